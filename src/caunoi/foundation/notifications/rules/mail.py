"""What an answer of a mail server means, and when to try again."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What became of one try."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    UNCERTAIN = "uncertain"


PAUSES: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""Pauses between tries; after the last one the letter is given up (about two days in all)."""


def outcome_of(code: int) -> Outcome:
    """Return what a reply means (RFC 5321, 4.2.1): 2 taken, 5 refused for good, all else later."""
    if 200 <= code < 300:
        return Outcome.TAKEN
    return Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER


def pause_after(attempts: int) -> dt.timedelta | None:
    """Return how long to wait after so many tries (1 is the first); ``None`` when it is given up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_digest_due(*, now: dt.datetime, at: dt.time, is_working_day: bool, on_working_days_only: bool) -> bool:
    """Whether the digest of this day is due: its time has come, and the day is one on which it is wanted."""
    return now.time() >= at and (is_working_day or not on_working_days_only)
