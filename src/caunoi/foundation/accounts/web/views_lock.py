"""The locked screen: the session waits until its person gives the password again; what was typed stays on the page."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from caunoi.foundation.accounts.web import guard
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
    """Ask for the password; from within a page answer 204 or 422 with a sentence, otherwise show a page."""
    from_page = request.headers.get("X-Pages-Lock") == "1"
    error = _try(request) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        guard.unlock(request, clock.now())
        return HttpResponse(status=204) if from_page else redirect(next_of(request))
    if from_page:
        return JsonResponse({"text": error}, status=422)
    context = {"error": error, "next": request.POST.get("next", request.GET.get("next", "/"))}
    return render(request, "accounts/unlock.html", context, status=422 if error else 200)


def _try(request: HttpRequest) -> str:
    """Return what was wrong, or nothing."""
    try:
        right = get_adapter(request).reauthenticate(account_of(request), request.POST.get("password", ""))
    except ValidationError as closed:
        return " ".join(closed.messages)
    return "" if right else gettext("Mật khẩu chưa đúng.")
