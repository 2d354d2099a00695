"""States of accounts and invitations, and rules, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.accounts.models import Account, Invitation, MailState
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.pages.public import State, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def account_state(account: Account, *, is_locked: bool) -> State:
    """Return how an account stands."""
    if not account.is_active:
        return State(_("Đã đóng"), Tone.NEUTRAL)
    if is_locked:
        return State(_("Đang khóa"), Tone.LATE)
    if account.last_login is None and not account.has_usable_password():
        return State(_("Chưa vào lần nào"), Tone.SOON)
    return State(_("Đang dùng"), Tone.DONE)


def invitation_state(invitation: Invitation, now: dt.datetime) -> State:
    """Return how an invitation stands."""
    if invitation.accepted_at is not None:
        return State(_("Đã nhận"), Tone.DONE)
    if invitation.withdrawn_at is not None:
        return State(_("Đã thu hồi"), Tone.NEUTRAL)
    return State(_("Quá hạn"), Tone.LATE) if invitation.expires_at <= now else State(_("Đang chờ"), Tone.INFO)


_MAIL: Final[Mapping[str, State]] = {
    MailState.QUEUED: State(_("Đang chờ gửi"), Tone.NEUTRAL),
    MailState.TAKEN: State(_("Máy chủ thư đã nhận"), Tone.DONE),
    MailState.REFUSED: State(_("Máy chủ thư từ chối"), Tone.LATE),
    MailState.UNCERTAIN: State(_("Không rõ đã gửi được chưa"), Tone.SOON),
}


def mail_state(invitation: Invitation) -> State:
    """Return how far the letter of an invitation is."""
    return _MAIL[invitation.mail_state]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule and its unit."""

    title: StrOrPromise
    unit: StrOrPromise = ""
    """Nothing for a rule that holds or does not: 1 or 0."""


RULE_WORDS: Final[Mapping[RuleCode, RuleWords]] = {
    RuleCode.ATTEMPTS: RuleWords(_("Số lần sai mật khẩu trước khi khóa tài khoản"), _("lần")),
    RuleCode.LOCK_MINUTES: RuleWords(_("Thời gian khóa tài khoản"), _("phút")),
    RuleCode.ADDRESS_ATTEMPTS: RuleWords(_("Số lần sai từ một địa chỉ mạng"), _("lần")),
    RuleCode.ADDRESS_LOCK_MINUTES: RuleWords(_("Thời gian chặn một địa chỉ mạng"), _("phút")),
    RuleCode.IDLE_MINUTES: RuleWords(_("Khóa màn hình sau khi không thao tác"), _("phút")),
    RuleCode.SESSION_HOURS: RuleWords(_("Thời gian dài nhất của một phiên đăng nhập"), _("giờ")),
    RuleCode.SESSIONS: RuleWords(_("Số phiên đăng nhập cùng lúc của một tài khoản"), _("phiên")),
    RuleCode.PASSWORD_LENGTH: RuleWords(_("Độ dài tối thiểu của mật khẩu"), _("ký tự")),
    RuleCode.PASSWORD_KINDS: RuleWords(_("Số loại ký tự tối thiểu trong mật khẩu"), _("loại")),
    RuleCode.PASSWORD_HISTORY: RuleWords(_("Số mật khẩu gần nhất không được dùng lại"), _("mật khẩu")),
    RuleCode.ADMIN_PASSWORD_DAYS: RuleWords(_("Người quản trị phải đổi mật khẩu sau"), _("ngày")),
    RuleCode.ADMIN_SECOND_FACTOR: RuleWords(_("Người quản trị phải dùng xác thực hai bước")),
    RuleCode.SECOND_FACTOR: RuleWords(_("Mọi người phải dùng xác thực hai bước")),
    RuleCode.UNUSED_DAYS: RuleWords(_("Đóng tài khoản không dùng sau"), _("ngày")),
    RuleCode.INVITATION_HOURS: RuleWords(_("Thời hạn của lời mời"), _("giờ")),
    RuleCode.KEY_DAYS: RuleWords(_("Thời hạn dài nhất của khóa truy cập"), _("ngày")),
    RuleCode.REVIEW_DAYS: RuleWords(_("Rà soát quyền truy cập sau"), _("ngày")),
}
