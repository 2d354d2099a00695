"""One's own account: who one is, which post one acts for, the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.web.duties import is_administrator
from caunoi.foundation.accounts.web.guard import is_waived
from caunoi.foundation.accounts.web.middleware import note_post
from caunoi.foundation.accounts.web.people import account_of
from caunoi.foundation.people.public import holdings_of
from caunoi.kernel import clock


@login_required
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Show the person, the posts held and the ways of signing in."""
    account = account_of(request)
    holdings = holdings_of(account.person, on=clock.today())
    context = {
        "account": account,
        "holdings": holdings,
        "is_waived": is_waived(account) and is_administrator(account.person),
    }
    return render(request, "accounts/profile.html", context)


@login_required
@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Act for another of the posts that one holds; 404 for any other."""
    held, wanted = holdings_of(account_of(request).person, on=clock.today()), request.POST.get("post", "")
    holding = next((one for one in held if str(one.post.public_id) == wanted), None)
    if holding is None:
        raise Http404
    note_post(request, holding.post_id)
    rotate_token(request)  # a form still open elsewhere was filled in for another post
    return redirect("/")


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the pages, for the browser and, when signed in, for the account."""
    language = request.POST.get("language", "")
    response = redirect(next_of(request))
    if not check_for_language(language) or language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Account):
        Account.objects.filter(pk=request.user.pk).update(language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def next_of(request: HttpRequest) -> str:
    """Return where a form asks to go on, if that is a page of this system; else the first page."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"
