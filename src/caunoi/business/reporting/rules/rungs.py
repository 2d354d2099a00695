"""The ladder of reminders: which rung is due, and which ones it leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class DueRungs:
    """What is due for one unit on one day: the rung to send, and those that it leaves behind unsent."""

    rung: Rung
    passed: tuple[Rung, ...]


def due_rungs(ladder: Sequence[Rung], *, last_day: dt.date, on: dt.date) -> DueRungs | None:
    """Return the highest rung reached on a day; ``None`` before the first one.

    After downtime only the latest rung is sent: nobody gains from three reminders on one morning. The lower ones are
    marked as passed, so that a clock that is set back sends none of them.
    """
    reached = [rung for rung in sorted(ladder, key=lambda rung: rung.offset) if rung.offset <= (on - last_day).days]
    if not reached:
        return None
    return DueRungs(reached[-1], tuple(reached[:-1]))


def rung_name(rung: Rung, *, last_day: dt.date, usual: dt.date) -> str:
    """Return how a rung stands in the ledger; a unit with more time climbs a ladder of its own."""
    return rung.code if last_day == usual else f"{rung.code}@{last_day:%Y%m%d}"
