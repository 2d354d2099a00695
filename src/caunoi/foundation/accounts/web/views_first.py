"""The first sign-in: from the link of an invitation to the first page."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from caunoi.foundation.accounts.access import policy_on
from caunoi.foundation.accounts.models import Account, Invitation
from caunoi.foundation.accounts.operations.addresses import InvitationRefused
from caunoi.foundation.accounts.operations.invitations import accept_invitation, invitation_of
from caunoi.foundation.accounts.web.duties import duties_of, is_administrator
from caunoi.foundation.accounts.web.forms import FirstPasswordForm
from caunoi.foundation.accounts.web.guard import has_second_factor, must_have_second_factor
from caunoi.foundation.accounts.web.people import account_of, own_actor
from caunoi.kernel import clock

TOKEN: Final = "invitation"  # noqa: S105 - a session key
"""The token leaves the address at once, so that it stands in no history, log or referrer."""


@never_cache
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link out of the address; an unknown, used or old one is answered alike."""
    try:
        invitation_of(token, at=clock.now())
    except InvitationRefused:
        return render(request, "accounts/invitation_closed.html", status=404)
    request.session[TOKEN] = token
    return redirect("account_first_sign_in")


@never_cache
@require_http_methods(["GET", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Show who is invited to what, and take the password."""
    token = str(request.session.get(TOKEN, ""))
    try:
        open_one = invitation_of(token, at=clock.now())
        form = FirstPasswordForm(request.POST or None, account=open_one.account)
        if request.method == "POST" and form.is_valid():
            return _accept(request, open_one, token, form.cleaned_data["password1"])
    except InvitationRefused:
        return render(request, "accounts/invitation_closed.html", status=404)
    person = open_one.account.person
    context = {
        "invitation": open_one,
        "person": person,
        "form": form,
        "posts": list(duties_of(person)),
        "must_have_second_factor": _must_have(open_one.account),
    }
    return render(request, "accounts/first_sign_in.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, open_one: Invitation, token: str, password: str) -> HttpResponse:
    by = own_actor(request, open_one.account)
    account = accept_invitation(token=token, password=password, by=by, at=clock.now())
    adapter = get_adapter(request)
    adapter.logout(request)  # whoever was signed in on this machine before, and the session with the token
    record_authentication(request, account, "password", reauthenticated=True)
    adapter.login(request, account)
    return redirect("account_welcome")


def _must_have(account: Account) -> bool:
    return must_have_second_factor(account, is_administrator(account.person), policy_on(clock.today()))


@login_required
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """Offer the next steps: second factor, passkey, and the way to work."""
    account = account_of(request)
    context = {
        "account": account,
        "has_second_factor": has_second_factor(account),
        "must_have_second_factor": _must_have(account),
    }
    return render(request, "accounts/welcome.html", context)


@login_required
@require_GET
def second_factor_required(request: HttpRequest) -> HttpResponse:
    """Say why an administrator cannot go on, and how to."""
    return render(request, "accounts/second_factor_required.html", {"done": has_second_factor(account_of(request))})
