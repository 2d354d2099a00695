"""Deadlines as rules: the printed words, the rhythm, and the last day that is still in time."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Rhythm(StrEnum):
    """How often a deadline comes round."""

    ONCE = "once"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    """A rhythm only: which day of the week is for the office to say."""
    DAILY = "daily"


class Bound(StrEnum):
    """Whether the printed day itself is still in time."""

    STRICTLY_BEFORE = "strictly_before"
    """"trước ngày 10/12": 9/12 is the last day in time."""
    NO_LATER_THAN = "no_later_than"
    """"chậm nhất ngày 18/12": the day itself is in time."""


class DayOffRule(StrEnum):
    """What becomes of a last day in time on which nobody works; the decree is silent, so the office decides."""

    AS_PRINTED = "as_printed"
    EARLIER = "earlier"
    """The last working day before it: safe."""
    LATER = "later"
    """The next working day, where the ground says so."""


@dataclass(frozen=True, slots=True)
class Due:
    """One turn of a rule: the printed day and the last day in time."""

    day: dt.date
    last_day: dt.date


class Working(Protocol):
    """What is needed of the table of working days."""

    def __contains__(self, day: dt.date) -> bool: ...

    def at_or_before(self, day: dt.date) -> dt.date:
        """Return the last working day up to ``day``."""
        ...

    def at_or_after(self, day: dt.date) -> dt.date:
        """Return the first working day from ``day`` on."""
        ...

    def shift(self, day: dt.date, count: int) -> dt.date:
        """Return the working day so many working days away."""
        ...


def in_working_time(due: Due, rule: DayOffRule, working: Working) -> Due:
    """Return the turn with its last day moved off a day without work, as the rule says; the printed day stays."""
    if rule is DayOffRule.EARLIER:
        return Due(due.day, working.at_or_before(due.last_day))
    if rule is DayOffRule.LATER:
        return Due(due.day, working.at_or_after(due.last_day))
    return due


@dataclass(frozen=True, slots=True)
class AfterRule:
    """A deadline counted from an event, "sau 10 ngày kể từ ngày về": the day of the event itself is not counted."""

    days: int
    counts_working: bool = False
    """Whether working days are counted, not days of the calendar."""

    def due(self, happened_on: dt.date, working: Working) -> Due:
        """Return the day so many days after the event; the day itself is in time."""
        if self.counts_working:
            day = working.shift(happened_on, self.days)
        else:
            day = happened_on + dt.timedelta(days=self.days)
        return Due(day, day)


@dataclass(frozen=True, slots=True)
class DueRule:
    """A deadline as an order states it. Parts the text leaves open are ``None``; nothing is guessed.

    ``days`` holds (month, day) pairs: one for yearly and half-yearly dated ones, four for a quarterly rule whose days
    are known, (0, day) for monthly. ``year`` is set for ``ONCE`` only. ``printed`` keeps the words.
    """

    rhythm: Rhythm
    days: tuple[tuple[int, int], ...] = ()
    year: int | None = None
    bound: Bound = Bound.NO_LATER_THAN
    printed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the day is not stated, so that somebody has to set it."""
        return not self.days or (self.rhythm is Rhythm.ONCE and self.year is None)

    def in_year(self, year: int) -> Iterator[Due]:
        """Yield the turns whose printed day lies in ``year``, in order; nothing while the rule is open."""
        if self.is_open or (self.rhythm is Rhythm.ONCE and self.year != year):
            return
        for month, day in sorted(self.days):
            for each in range(1, 13) if month == 0 else (month,):
                yield self._due(year, each, day)

    def next_after(self, day: dt.date) -> Due | None:
        """Return the first turn whose last day in time is ``day`` or later; ``None`` when open or past for good."""
        for year in (day.year, day.year + 1):
            for due in self.in_year(year):
                if due.last_day >= day:
                    return due
        if self.rhythm is Rhythm.ONCE and self.year is not None and self.year > day.year:
            return next(self.in_year(self.year), None)
        return None

    def _due(self, year: int, month: int, day: int) -> Due:
        printed = dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
        strict = self.bound is Bound.STRICTLY_BEFORE
        return Due(printed, printed - dt.timedelta(days=1) if strict else printed)

    def to_data(self) -> dict[str, object]:
        """Return plain data for storing."""
        return {
            "rhythm": self.rhythm.value,
            "days": [list(pair) for pair in self.days],
            "year": self.year,
            "bound": self.bound.value,
            "printed": self.printed,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> DueRule:
        """Return the rule that ``to_data`` stored. Raises ValueError or KeyError for anything else."""
        days, year = data["days"], data["year"]
        if not isinstance(days, list) or not (year is None or isinstance(year, int)):
            raise ValueError("not a due rule")
        return cls(
            rhythm=Rhythm(str(data["rhythm"])),
            days=tuple((int(month), int(day)) for month, day in days),
            year=year,
            bound=Bound(str(data["bound"])),
            printed=str(data["printed"]),
        )
