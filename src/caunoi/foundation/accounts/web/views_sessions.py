"""Where one is signed in, and one's access keys."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.accounts.access import key_by_public_id, keys_of, policy_on, sign_ins_of
from caunoi.foundation.accounts.models import AccessKey, SignIn
from caunoi.foundation.accounts.operations.keys import KeyRefused, make_key, revoke_key
from caunoi.foundation.accounts.operations.sessions import revoke_other_sessions, revoke_session
from caunoi.foundation.accounts.rules.devices import device_name
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.accounts.web.forms import KeyForm
from caunoi.foundation.accounts.web.people import account_of
from caunoi.foundation.pages.public import Column, actor_of, sentence
from caunoi.kernel import clock

SESSION_COLUMNS = [
    Column("device", _("Thiết bị")),
    Column("address", _("Địa chỉ mạng")),
    Column("way", _("Cách đăng nhập")),
    Column("began", _("Từ lúc")),
    Column("seen", _("Dùng gần nhất")),
    Column("act", _("Việc"), hidden_label=True),
]
KEY_COLUMNS = [
    Column("name", _("Tên khóa")),
    Column("post", _("Quyền của vị trí")),
    Column("until", _("Hết hạn")),
    Column("used", _("Dùng gần nhất")),
    Column("act", _("Việc"), hidden_label=True),
]
WAYS = {
    "password": _("Mật khẩu"),
    "passkey": _("Khóa bảo mật"),
    "office": _("Tài khoản cơ quan"),
    "invitation": _("Lời mời"),
}


@login_required
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show every place where the account is signed in."""
    rows = [_row(one, request) for one in sign_ins_of(account_of(request))[:100]]
    return render(request, "accounts/sessions.html", {"rows": rows, "columns": SESSION_COLUMNS})


def _row(one: SignIn, request: HttpRequest) -> dict[str, object]:
    return {
        "row": one,
        "device": device_name(one.user_agent),
        "way": WAYS.get(one.way, one.way),
        "current": one.session_key == request.session.session_key,
    }


@login_required
@require_POST
def end_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one session; it is signed out at its next request."""
    revoke_session(public_id=public_id, account=account_of(request), by=actor_of(request), at=clock.now())
    return redirect("account_sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    ended = revoke_other_sessions(
        account=account_of(request), but=request.session.session_key, by=actor_of(request), at=clock.now()
    )
    messages.success(request, gettext("Đã kết thúc %(count)s phiên đăng nhập khác.") % {"count": ended})
    return redirect("account_sessions")


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Show one's access keys and make one; its secret is shown on this one answer and never again."""
    account, by = account_of(request), actor_of(request)
    longest = policy_on(clock.today())[RuleCode.KEY_DAYS]
    form, made = KeyForm(request.POST or None, account=account, longest=longest), None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_key(account=account, **form.cleaned_data, by=by, at=clock.now())
            form = KeyForm(account=account, longest=longest)
        except KeyRefused as refused:
            form.add_error("expires_on", sentence(refused) or "")
    context = {"keys": list(keys_of(account)[:100]), "columns": KEY_COLUMNS, "form": form, "now": clock.now()}
    context["key"], context["secret"] = made or (None, "")
    return render(request, "accounts/keys.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_key(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Revoke one of one's keys."""
    key: AccessKey = key_by_public_id(public_id, account=account_of(request))
    revoke_key(key=key, by=actor_of(request), at=clock.now())
    messages.success(request, gettext("Đã thu hồi khóa “%(name)s”.") % {"name": key.name})
    return redirect("account_keys")
