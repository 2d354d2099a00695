"""When an answer or a notice is due; the lengths are dated rows of law, given here as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Measured(StrEnum):
    """In what a limit is measured."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    TIMES_AN_HOUR = "times_an_hour"
    O_CLOCK = "o_clock"
    """An hour of the day, not a length."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as the law gives it."""

    amount: int
    measured: Measured


def due_at(start: dt.datetime, length: Length, *, after_working_days: Callable[[dt.date, int], dt.date]) -> dt.datetime:
    """Return the last moment in time.

    Hours run from the moment itself. Days begin with the day after (Bộ luật Dân sự 2015, Điều 147) and end with their
    last minute; ``after_working_days(day, n)`` gives the n-th working day after a day.
    """
    if length.measured is Measured.HOURS:
        return start + dt.timedelta(hours=length.amount)
    if length.measured is Measured.WORKING_DAYS:
        last = after_working_days(start.date(), length.amount)
    elif length.measured is Measured.DAYS:
        last = start.date() + dt.timedelta(days=length.amount)
    else:
        raise ValueError(f"{length.measured} is no length of time")
    return dt.datetime.combine(last, dt.time(23, 59, 59), tzinfo=start.tzinfo)
