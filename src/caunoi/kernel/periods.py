"""Half-open spans of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` up to, not including, ``end``; ``end`` is ``None`` while it lasts.

    Raises ValueError when the span would be empty.
    """

    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"empty period: {self.start} to {self.end}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether at least one day lies in both."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    @property
    def last_day(self) -> dt.date | None:
        """The last day inside, or ``None`` while the period lasts."""
        return None if self.end is None else self.end - dt.timedelta(days=1)
