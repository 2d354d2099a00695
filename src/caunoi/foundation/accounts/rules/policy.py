"""The rules of signing in as the dated rows give them for one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RuleCode(StrEnum):
    """What the rows of ``data/sign_in_rules.toml`` set; each value is a whole number."""

    ATTEMPTS = "sign_in_attempts"
    LOCK_MINUTES = "lock_minutes"
    ADDRESS_ATTEMPTS = "address_attempts"
    ADDRESS_LOCK_MINUTES = "address_lock_minutes"
    IDLE_MINUTES = "idle_lock_minutes"
    SESSION_HOURS = "session_hours"
    SESSIONS = "sessions_at_once"
    PASSWORD_LENGTH = "password_length"  # noqa: S105 - a name
    PASSWORD_KINDS = "password_kinds"  # noqa: S105 - a name
    PASSWORD_HISTORY = "password_history"  # noqa: S105 - a name
    ADMIN_PASSWORD_DAYS = "admin_password_days"  # noqa: S105 - a name
    ADMIN_SECOND_FACTOR = "admin_second_factor"
    SECOND_FACTOR = "second_factor"
    UNUSED_DAYS = "unused_account_days"
    INVITATION_HOURS = "invitation_hours"
    KEY_DAYS = "key_days"
    REVIEW_DAYS = "access_review_days"


BOUNDS: Mapping[RuleCode, tuple[int, int]] = {
    RuleCode.ATTEMPTS: (1, 100),
    RuleCode.LOCK_MINUTES: (1, 43_200),
    RuleCode.ADDRESS_ATTEMPTS: (5, 10_000),
    RuleCode.ADDRESS_LOCK_MINUTES: (1, 43_200),
    RuleCode.IDLE_MINUTES: (1, 720),
    RuleCode.SESSION_HOURS: (1, 168),
    RuleCode.SESSIONS: (1, 100),
    RuleCode.PASSWORD_LENGTH: (8, 64),
    RuleCode.PASSWORD_KINDS: (1, 4),
    RuleCode.PASSWORD_HISTORY: (0, 24),
    RuleCode.ADMIN_PASSWORD_DAYS: (1, 3_650),
    RuleCode.ADMIN_SECOND_FACTOR: (0, 1),
    RuleCode.SECOND_FACTOR: (0, 1),
    RuleCode.UNUSED_DAYS: (1, 3_650),
    RuleCode.INVITATION_HOURS: (1, 2_160),
    RuleCode.KEY_DAYS: (1, 3_650),
    RuleCode.REVIEW_DAYS: (1, 3_650),
}
"""Smallest and largest value that makes sense; what the law allows stands in the note of the row."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules on one day, by code."""

    values: Mapping[str, int]

    def __getitem__(self, code: RuleCode) -> int:
        return self.values[code]

    def minutes(self, code: RuleCode) -> dt.timedelta:
        """Return a rule counted in minutes."""
        return dt.timedelta(minutes=self.values[code])

    def hours(self, code: RuleCode) -> dt.timedelta:
        """Return a rule counted in hours."""
        return dt.timedelta(hours=self.values[code])

    def days(self, code: RuleCode) -> dt.timedelta:
        """Return a rule counted in days."""
        return dt.timedelta(days=self.values[code])
