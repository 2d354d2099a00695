"""What a new password must be, by the rules of the day."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from caunoi.foundation.accounts.access import policy_on
from caunoi.foundation.accounts.models import Account, FormerPassword
from caunoi.foundation.accounts.rules.passwords import entry_of, is_digest, is_leaked, kinds_in
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.kernel import clock


class ByTheRules:
    """Length, kinds of characters and the passwords used before, as the dated rules say."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError with one sentence for each rule that is broken."""
        if wrong := list(_faults(password, user)):
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        """Return what a password must be, in one sentence."""
        policy = policy_on(clock.today())
        return gettext(
            "Ít nhất %(length)s ký tự, gồm ít nhất %(kinds)s loại trong: chữ thường, chữ hoa, chữ số, ký tự khác "
            "(dấu cách, dấu câu). Nên dùng một câu dễ nhớ với riêng bạn."
        ) % {"length": policy[RuleCode.PASSWORD_LENGTH], "kinds": policy[RuleCode.PASSWORD_KINDS]}


def _faults(password: str, user: object) -> Iterator[ValidationError]:
    policy = policy_on(clock.today())
    length, kinds = policy[RuleCode.PASSWORD_LENGTH], policy[RuleCode.PASSWORD_KINDS]
    if len(password) < length:
        text = gettext("Mật khẩu có %(has)s ký tự; cần ít nhất %(length)s.") % {"has": len(password), "length": length}
        yield ValidationError(text, code="password_too_short")
    if kinds_in(password) < kinds:
        text = gettext(
            "Mật khẩu cần ít nhất %(kinds)s loại trong: chữ thường, chữ hoa, chữ số, ký tự khác (dấu cách, dấu câu)."
        ) % {"kinds": kinds}
        yield ValidationError(text, code="password_too_plain")
    if isinstance(user, Account) and user.pk and _was_used(password, user, policy[RuleCode.PASSWORD_HISTORY]):
        text = ngettext(
            "Mật khẩu này vừa được dùng. Hãy chọn mật khẩu khác.",
            "Mật khẩu này nằm trong %(count)s mật khẩu gần nhất của bạn. Hãy chọn mật khẩu khác.",
            policy[RuleCode.PASSWORD_HISTORY],
        ) % {"count": policy[RuleCode.PASSWORD_HISTORY]}
        yield ValidationError(text, code="password_used_before")


def _was_used(password: str, account: Account, kept: int) -> bool:
    former = FormerPassword.objects.filter(account=account).order_by("-set_at", "-id")
    hashes = [account.password, *former.values_list("password", flat=True)[: max(0, kept - 1)]]
    return any(check_password(password, one) for one in hashes[:kept])


class NotLeaked:
    """A local list of leaked passwords, where the settings name one (``CAUNOI_LEAKED_PASSWORDS``)."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that the list holds."""
        place: Path | None = settings.LEAKED_PASSWORDS
        if place is None:
            return
        entries, lengths = _list(place, place.stat().st_mtime_ns)
        if is_leaked(password, entries, lengths):
            raise ValidationError(
                gettext("Mật khẩu này có trong danh sách mật khẩu đã bị lộ. Hãy chọn mật khẩu khác."),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """Return one sentence for people who choose a password."""
        return gettext("Không dùng mật khẩu đã bị lộ ở nơi khác.")


@functools.lru_cache(maxsize=1)
def _list(place: Path, changed: int) -> tuple[frozenset[str], frozenset[int]]:
    """Read the list once a process, and again when the file has changed."""
    with place.open(encoding="utf-8", errors="replace") as lines:
        entries = frozenset(entry for line in lines if (entry := entry_of(line)))
    return entries, frozenset(len(entry) for entry in entries if is_digest(entry))
