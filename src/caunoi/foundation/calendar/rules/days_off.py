"""Days off of a year that the law fixes, with the day that makes up for one on a weekend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caunoi.foundation.calendar.rules.working_days import ONE_DAY, SATURDAY


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off with its name."""

    day: dt.date
    name: str


def fixed_days_off(year: int, fixed: Iterable[tuple[int, int, str]]) -> Iterator[DayOff]:
    """Yield the fixed days of a year in order, and for each on a weekend the next working day that is not taken.

    Source: Bộ luật Lao động 2019, Điều 111 khoản 3 and Điều 112.
    """
    days = sorted((dt.date(year, month, day), name) for month, day, name in fixed)
    taken = {day for day, _ in days}
    made = [DayOff(day, name) for day, name in days]
    for day, name in days:
        if day.weekday() >= SATURDAY:
            instead = _next_free(day, taken)
            taken.add(instead)
            made.append(DayOff(instead, f"Nghỉ bù {name}"))
    yield from sorted(made, key=lambda off: off.day)


def _next_free(day: dt.date, taken: set[dt.date]) -> dt.date:
    while day in taken or day.weekday() >= SATURDAY:
        day += ONE_DAY
    return day
