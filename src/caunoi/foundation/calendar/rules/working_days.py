"""Working days: Monday to Friday, but for days off and weekend days worked in exchange.

Source: Bộ luật Lao động 2019, Điều 112.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days off and the weekend days worked, for the years that matter."""

    off: Collection[dt.date] = frozenset()
    worked: Collection[dt.date] = frozenset()

    def __contains__(self, day: dt.date) -> bool:
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def at_or_before(self, day: dt.date) -> dt.date:
        """Return ``day`` if it is worked, else the last working day before it."""
        while day not in self:
            day -= ONE_DAY
        return day

    def at_or_after(self, day: dt.date) -> dt.date:
        """Return ``day`` if it is worked, else the next working day."""
        while day not in self:
            day += ONE_DAY
        return day

    def between(self, after: dt.date, until: dt.date) -> int:
        """Return how many working days lie after one day and not after another; negative when they are reversed."""
        if until < after:
            return -self.between(until, after)
        days = (after + ONE_DAY * step for step in range(1, (until - after).days + 1))
        return sum(1 for day in days if day in self)

    def shift(self, day: dt.date, count: int) -> dt.date:
        """Return the working day ``count`` working days after ``day`` (before it when negative)."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while day not in self:
                day += step
        return day
