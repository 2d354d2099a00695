"""Levels: whoever gathers for the body above needs the reports of those below first (NĐ 09/2019/NĐ-CP, Điều 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caunoi.business.reporting.rules.turns import WorkingCalendar

PROPOSED_DAYS = 5
"""Working days to gather and sign a summary; a proposal, changed at will."""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Room:
    """Working days between the last day of those below and the last day of the body that gathers."""

    below: dt.date
    above: dt.date
    days: int

    @property
    def is_enough(self) -> bool:
        """Whether at least one working day is left to gather."""
        return self.days >= 1


def room(below: dt.date, above: dt.date, working: WorkingCalendar) -> Room:
    """Return what is left to gather in: working days after ``below``, up to and including ``above``."""
    days, day = 0, working.shift(below, 1)
    while day <= above:
        days, day = days + 1, working.shift(day, 1)
    return Room(below, above, days)


def earlier(above: dt.date, working: WorkingCalendar, days: int = PROPOSED_DAYS) -> dt.date:
    """Return the last day to propose to the level below: a working day, so many working days before ``above``."""
    last_worked = working.shift(above + ONE_DAY, -1)
    return working.shift(last_worked, -days)


def chain(top: dt.date, steps: Sequence[int], working: WorkingCalendar) -> list[dt.date]:
    """Return the last days of every level from the top down; ``steps`` are the working days each level needs."""
    days = [top]
    for step in steps:
        days.append(earlier(days[-1], working, step))
    return days


def onward_day(month: int, day: int, after: dt.date) -> dt.date:
    """Return the day by which the summary goes onward: the first such day not before ``after``.

    ``month`` 0 means every month. A day that the month lacks is its last one.
    """
    for year, each in _months(after, month):
        found = _day(year, each, day)
        if found >= after:
            return found
    raise ValueError(f"no day {day}/{month}")


def _months(after: dt.date, month: int) -> list[tuple[int, int]]:
    if month:
        return [(after.year, month), (after.year + 1, month)]
    following = (after.year, after.month + 1) if after.month < 12 else (after.year + 1, 1)
    return [(after.year, after.month), following]


def _day(year: int, month: int, day: int) -> dt.date:
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, min(day, (first_of_next - ONE_DAY).day))
