"""Changing a rule of signing in."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.access import Permission, require_for_all, rules_on
from caunoi.foundation.accounts.models import SignInRule
from caunoi.foundation.accounts.rules.policy import BOUNDS, RuleCode
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze


class RuleRefused(Refused):
    """``rule.out_of_bounds`` (``least``, ``most``), or ``rule.no_source``."""


@use_case
def change_rule(
    *, code: RuleCode, value: int, source: str, confidence: str, note: str = "", by: Actor, at: dt.datetime
) -> SignInRule:
    """Let a rule have another value from today on; what held until yesterday stays on record.

    Raises RuleRefused, AccountsForbidden for who does not answer for the whole installation.
    """
    today = clock.day_of(at)
    require_for_all(by, Permission.RULES, on=today)
    least, most = BOUNDS[code]
    if not least <= value <= most:
        raise RuleRefused("rule.out_of_bounds", least=least, most=most)
    if not squeeze(source):
        raise RuleRefused("rule.no_source")
    before = rules_on(today).filter(code=code).first()
    row = _succeed(before, code, today)
    row.value, row.source, row.confidence, row.note = value, squeeze(source), confidence, squeeze(note)
    row.save()
    changes = {"value": (before.value if before else None, value), "source": (before and before.source, row.source)}
    record(by=by, at=at, verb="accounts.change_rule", subject=Subject("sign_in_rule", code, code), changes=changes)
    return row


def _succeed(before: SignInRule | None, code: RuleCode, today: dt.date) -> SignInRule:
    """Return the row to write: that of today when the rule was changed today already, else one that begins today."""
    if before is not None and before.from_on == today:
        return SignInRule.objects.get(pk=before.pk)
    if before is not None:
        SignInRule.objects.filter(pk=before.pk).update(until_on=today)
    return SignInRule(code=code, from_on=today)
