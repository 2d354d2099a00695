"""The locked screen: the session waits until its person shows again who they are; what was typed stays on the page."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from caunoi.foundation.accounts.web import guard
from caunoi.foundation.accounts.web.office_sign_in import office_of
from caunoi.foundation.accounts.web.people import account_of
from caunoi.foundation.accounts.web.views import next_of
from caunoi.kernel import clock


@login_required
@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    """Hear that somebody works on a page that asks nothing of the server; the guard has noted it."""
    return HttpResponse(status=204)


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session now."""
    guard.lock(request)
    return HttpResponse(status=204) if "X-Idle" in request.headers else redirect("account_unlock")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password or a passkey; otherwise the office's own sign-in opens the session (``office_sign_in``).

    From within a page: GET answers with the ways that the account has (``?key=1``: with what to ask of its passkeys,
    which the session then remembers), POST with 204 or 422 and a sentence.
    """
    from_page = request.headers.get("X-Pages-Lock") == "1"
    error = _try(request) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        guard.unlock(request, clock.now())
        return HttpResponse(status=204) if from_page else redirect(next_of(request))
    if from_page:
        return (
            JsonResponse({"text": error}, status=422) if error else JsonResponse(_ways(request, "key" in request.GET))
        )
    context = {
        "error": error,
        "ways": _ways(request, asks_key=True),
        "next": request.POST.get("next", request.GET.get("next", "/")),
    }
    return render(request, "accounts/unlock.html", context, status=422 if error else 200)


def _ways(request: HttpRequest, asks_key: bool) -> dict[str, object]:
    """Return by what an account can open its session: password, passkey (or what to ask of it), the office."""
    account = account_of(request)
    keys = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).exists()
    office = office_of(request) if SocialAccount.objects.filter(user=account).exists() else None
    return {
        "password": account.has_usable_password(),
        "key": begin_authentication(account) if keys and asks_key else keys,
        "office": office and {
            "address": reverse("openid_connect_login", args=[office.sub_id]),
            "name": office.name,
            "words": gettext("Mở khóa bằng %(name)s") % {"name": office.name},
        },
    }  # fmt: skip


def _try(request: HttpRequest) -> str:
    """Return what was wrong, or nothing."""
    if "credential" in request.POST:
        form = ReauthenticateWebAuthnForm(request.POST, user=account_of(request))
        return "" if form.is_valid() else gettext("Chưa dùng được khóa bảo mật. Hãy thử lại hoặc chọn cách khác.")
    try:
        right = get_adapter(request).reauthenticate(account_of(request), request.POST.get("password", ""))
    except ValidationError as closed:
        return " ".join(closed.messages)
    return "" if right else gettext("Mật khẩu chưa đúng.")
