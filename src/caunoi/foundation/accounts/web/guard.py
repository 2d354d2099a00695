"""Stands before every page of a signed-in person: idle lock, end of the session, second factor."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.accounts.access import policy_on
from caunoi.foundation.accounts.models import Account, Ending, SignIn
from caunoi.foundation.accounts.operations.sessions import why_ended
from caunoi.foundation.accounts.rules.policy import Policy, RuleCode
from caunoi.foundation.accounts.web.confirming import confirm_identity
from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.people.public import Role
from caunoi.kernel import clock

SEEN, BEGAN, LOCKED = "seen", "began", "locked"
"""Session keys: seconds since 1970 of the last work and of the beginning; whether the screen is locked."""
SIGN_IN, SIGN_IN_KEY = "sign_in", "sign_in_key"
SEEN_EVERY: Final = 30
"""Seconds: a session that is worked in is written once in so long."""
OPEN_WHEN_LOCKED: Final = ("account_unlock", "account_lock", "account_logout", "account_switch_language")

ENDINGS: Final = {
    Ending.ELSEWHERE: _("Phiên đăng nhập này đã được kết thúc từ thiết bị khác. Nếu không phải bạn, hãy đổi mật khẩu."),
    Ending.ADMINISTRATOR: _("Người quản trị đã kết thúc phiên đăng nhập này."),
    Ending.PASSWORD: _("Mật khẩu đã được đổi nên phiên này kết thúc. Hãy đăng nhập bằng mật khẩu mới."),
    Ending.CLOSED: _("Tài khoản này đã đóng. Cần dùng lại, hãy liên hệ người quản trị của đơn vị."),
    Ending.TOO_MANY: _("Tài khoản đăng nhập ở quá nhiều nơi nên phiên lâu không dùng này kết thúc."),
    Ending.POST_LEFT: _("Bạn không còn giữ vị trí nào nên phiên làm việc đã kết thúc. Việc đang làm ở lại với vị trí."),
}

Answer = Callable[[HttpRequest], HttpResponseBase]


def guard(get_response: Answer) -> Answer:
    """Return middleware that lets a signed-in person through, or answers why not."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return _ended(request) or get_response(request)
        at, policy = clock.now(), policy_on(clock.today())
        request.idle_seconds = policy[RuleCode.IDLE_MINUTES] * 60  # type: ignore[attr-defined]  # for the lock in the page
        request.confirm_identity = partial(confirm_identity, request)  # type: ignore[attr-defined]  # for modules below
        if _is_over(request, at, policy):
            get_adapter(request).logout(request)
            return _signed_out(request)
        if _is_locked(request, at, policy):
            return get_response(request) if _is_open_when_locked(request) else locked_answer(request)
        return _post_lost(request) or _duty(request, at, policy) or get_response(request)

    return middleware


def note_beginning(request: HttpRequest, begun: SignIn, at: dt.datetime) -> None:
    """Keep in the session when it began and which row of the list it is."""
    request.session[BEGAN] = request.session[SEEN] = int(at.timestamp())
    request.session[SIGN_IN], request.session[SIGN_IN_KEY] = begun.pk, begun.session_key
    request.session.pop(LOCKED, None)


def lock(request: HttpRequest) -> None:
    """Lock the session until its person has given the password again."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest, at: dt.datetime) -> None:
    """Let the session go on."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = int(at.timestamp())


def _is_over(request: HttpRequest, at: dt.datetime, policy: Policy) -> bool:
    began = request.session.get(BEGAN)
    return began is not None and at.timestamp() - began >= policy.hours(RuleCode.SESSION_HOURS).total_seconds()


def _is_locked(request: HttpRequest, at: dt.datetime, policy: Policy) -> bool:
    """Lock a session that was idle too long; note the work of one that was not."""
    session = request.session
    if session.get(LOCKED):
        return True
    if SEEN not in session:  # begun before this system kept count
        return False
    now, seen = int(at.timestamp()), session[SEEN]
    if now - seen >= policy[RuleCode.IDLE_MINUTES] * 60:
        lock(request)
        return True
    worked = max(seen, now - _idle_for(request))
    if worked - seen >= SEEN_EVERY or _key_changed(request):
        session[SEEN] = worked
        _see(request, at)
    return False


def _idle_for(request: HttpRequest) -> int:
    """Return for how many seconds the page says nobody touched it: what a page asks for by itself is no work."""
    said = request.headers.get("X-Idle", "")
    return int(said) if said.isdecimal() and len(said) < 8 else 0


def _key_changed(request: HttpRequest) -> bool:
    return SIGN_IN in request.session and request.session.get(SIGN_IN_KEY) != request.session.session_key


def _see(request: HttpRequest, at: dt.datetime) -> None:
    if SIGN_IN in request.session:
        request.session[SIGN_IN_KEY] = request.session.session_key
        row = SignIn.objects.filter(pk=request.session[SIGN_IN])
        row.update(seen_at=at, session_key=request.session.session_key)


def is_locked(request: HttpRequest) -> bool:
    """Whether the session waits for its person to show again who they are."""
    return isinstance(request.user, Account) and bool(request.session.get(LOCKED))


def _is_open_when_locked(request: HttpRequest) -> bool:
    """Say whether a page helps to unlock, among them those of the office's own sign-in."""
    match = resolve(request.path_info)
    return match.url_name in (*OPEN_WHEN_LOCKED, "openid_connect_login", "openid_connect_callback")


def locked_answer(request: HttpRequest) -> HttpResponse:
    """Answer a request of a locked session: pages go to where it is unlocked, all else is refused and does nothing."""
    if request.headers.get("HX-Request") == "true":
        trigger = json.dumps({"accounts:locked": {}})
        return HttpResponse(status=401, headers={"HX-Reswap": "none", "HX-Trigger": trigger, "X-Session-Locked": "1"})
    if request.method in ("GET", "HEAD") and "X-Idle" not in request.headers:
        target = request.get_full_path()
        return redirect(f"{reverse('account_unlock')}?{urlencode({'next': target})}")
    answer = render(request, "accounts/locked.html", status=401)
    answer.headers["X-Session-Locked"] = "1"
    return answer


def _ended(request: HttpRequest) -> HttpResponse | None:
    """Tell the browser of a session that somebody ended why it did; its cookie goes with this answer."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    why = why_ended(key) if key else None
    return None if why is None else _told(request, str(ENDINGS[why]), "account_login")


def _post_lost(request: HttpRequest) -> HttpResponse | None:
    """Say that the post of this session is no longer held: with another one left it goes on, else it ends.

    What was sent in the belief of still holding it is refused; forms in other tabs are, by their old token, too.
    """
    if request.path in {reverse(name) for name in (*OPEN_WHEN_LOCKED, "account_alive")}:
        return None
    by = actor_of(request)
    left, lost = by.post_id, getattr(request, "post_lost", "")  # the first makes the actor, which finds the loss
    if not lost:
        return None
    if left is None:
        get_adapter(request).logout(request)
        return _told(request, str(ENDINGS[Ending.POST_LEFT]), "account_login")
    rotate_token(request)
    words = gettext("Bạn không còn giữ vị trí “%(lost)s”. Từ đây bạn làm việc với vị trí “%(post)s, %(unit)s”.")
    return _told(request, words % {"lost": lost, "post": by.post_title, "unit": by.unit_name}, "/")


def _told(request: HttpRequest, words: str, target: str) -> HttpResponse | None:
    """Say a sentence: above the page asked for; instead of doing what was sent; within the page for a part of it."""
    part = request.headers.get("HX-Request") == "true"
    if not part and request.method in ("GET", "HEAD"):
        messages.warning(request, words)
        return None if target == "/" else redirect(f"{reverse(target)}?{urlencode({'next': request.get_full_path()})}")
    if request.method not in ("GET", "HEAD"):
        words = f"{words} {gettext('Nội dung vừa gửi chưa được lưu.')}"
    if part:
        said = json.dumps({"pages:say": {"text": words, "tone": "late"}})
        return HttpResponse(status=HTTPStatus.CONFLICT, headers={"HX-Reswap": "none", "HX-Trigger": said})
    if "X-Pages-Autosave" in request.headers:
        return JsonResponse({"sentence": words}, status=HTTPStatus.CONFLICT)
    messages.warning(request, words)
    return redirect(target)


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
    target = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


def _duty(request: HttpRequest, at: dt.datetime, policy: Policy) -> HttpResponse | None:
    """Return the way to what an administrator, or everybody where the rules say so, has to do first, if anything."""
    if _is_own_page(request.path):
        return None
    account, administers = request.user, Role.ADMINISTRATOR in actor_of(request).roles
    assert isinstance(account, Account)  # noqa: S101 - the caller has seen to it
    if must_have_second_factor(account, administers, policy) and not has_second_factor(account):
        return _first(request, "account_second_factor_required")
    if administers and _password_is_old(account, at, policy):
        return _first(request, "account_change_password")
    return None


def _first(request: HttpRequest, name: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": reverse(name)})
    return redirect(name)


def _is_own_page(path: str) -> bool:
    """Say whether a page is about one's own account, which stays open while one has a duty."""
    return path.startswith(reverse("account_profile")) and not path.startswith(reverse("account_manage"))


def is_waived(account: Account) -> bool:
    """Whether the second factor is not asked of this account: of the demonstration, where the settings say so."""
    return bool(settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION) and account.is_demonstration


def must_have_second_factor(account: Account, administers: bool, policy: Policy) -> bool:
    """Whether the rules ask a second factor of an account: of administrators, or of everybody."""
    asked = policy[RuleCode.SECOND_FACTOR] or (administers and policy[RuleCode.ADMIN_SECOND_FACTOR])
    return bool(asked) and not is_waived(account)


def has_second_factor(account: Account) -> bool:
    """Whether an authenticator or a passkey is enrolled."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=account, type__in=kinds).exists())


def _password_is_old(account: Account, at: dt.datetime, policy: Policy) -> bool:
    if is_waived(account) or account.password_set_at is None or not account.has_usable_password():
        return False
    return at - account.password_set_at >= policy.days(RuleCode.ADMIN_PASSWORD_DAYS)
