"""The ladder of reminders: which rung is due, and which ones it leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Audience(StrEnum):
    """Who hears a rung, post by post upward."""

    OFFICER = "officer"
    """Those in the unit who prepare its report."""
    HEAD = "head"
    """The head of the unit as well."""
    ABOVE = "above"
    """The head of the unit above."""
    GATHERER = "gatherer"
    """Whoever gathers the reports."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder, ``offset`` days after the last day in time (negative before it)."""

    code: str
    offset: int
    audience: Audience
    from_on: dt.date = dt.date.min
    until_on: dt.date | None = None
    """First day without it."""

    def day_for(self, last_day: dt.date) -> dt.date | None:
        """Return the day on which it is due; ``None`` where that day lies outside the days for which it holds."""
        day = last_day + dt.timedelta(days=self.offset)
        holds = self.from_on <= day and (self.until_on is None or day < self.until_on)
        return day if holds else None


@dataclass(frozen=True, slots=True)
class DueRungs:
    """What is due for one unit on one day: the rung to send, and those that it leaves behind unsent."""

    rung: Rung
    passed: tuple[Rung, ...]


def due_rungs(ladder: Sequence[Rung], *, last_day: dt.date, on: dt.date) -> DueRungs | None:
    """Return the highest rung reached on a day; ``None`` before the first one.

    After downtime only the latest rung is sent: nobody gains from three reminders on one morning. The lower ones are
    marked as passed, so that a clock that is set back sends none of them. Each rung belongs to its own day: a ladder
    that is changed neither repeats what the ladder before it said nor loses what was due under it during downtime.
    """
    steps = ((rung, rung.day_for(last_day)) for rung in sorted(ladder, key=lambda rung: rung.offset))
    reached = [rung for rung, day in steps if day is not None and day <= on]
    if not reached:
        return None
    return DueRungs(reached[-1], tuple(reached[:-1]))


def own_before_house(own: Sequence[Rung], house: Sequence[Rung]) -> list[Rung]:
    """Return the ladder of a regime: its own rungs, and those of the house for the days on which it has none."""
    taken = sorted({(rung.from_on, rung.until_on or dt.date.max) for rung in own})
    return [*own, *(part for rung in house for part in _outside(rung, taken))]


def _outside(rung: Rung, taken: Sequence[tuple[dt.date, dt.date]]) -> Iterator[Rung]:
    start, end = rung.from_on, rung.until_on or dt.date.max
    for first, after in taken:
        if start < min(first, end):
            yield replace(rung, from_on=start, until_on=min(first, end))
        start = max(start, after)
    if start < end:
        yield replace(rung, from_on=start)


def code_of(offset: int) -> str:
    """Return the code of a rung so many days after the last day in time; the ledger knows it by that."""
    if offset == 0:
        return "due_day"
    return f"before_{-offset}" if offset < 0 else f"late_{offset}"


def rung_name(rung: Rung, *, last_day: dt.date, usual: dt.date) -> str:
    """Return how a rung stands in the ledger; a unit with more time climbs a ladder of its own."""
    return rung.code if last_day == usual else f"{rung.code}@{last_day:%Y%m%d}"
