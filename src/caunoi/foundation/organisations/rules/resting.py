"""What keeps an event from being undone. Modules above say what of theirs rests on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Footprint:
    """What an event did, by ids of units (as in ``UnitsChanged``); given to whoever says what rests on it."""

    event_id: int
    kind: str
    effective_on: dt.date
    recorded_at: dt.datetime
    opened: tuple[int, ...]
    closed: tuple[int, ...]
    moved: tuple[int, ...]
    successors: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on an event: words for the list, and its page where it has one."""

    label: str
    url: str = ""


Check = Callable[[Footprint], Iterable[Resting]]
_checks: list[Check] = []


def resting_on_event(check: Check) -> Check:
    """Register what of a module rests on an event; called from ``plugs``. Whatever it yields forbids the undoing."""
    if check not in _checks:
        _checks.append(check)
    return check


def resting(footprint: Footprint, *, limit: int = 50) -> list[Resting]:
    """Return what the modules say rests on an event, at most ``limit`` things."""
    found: list[Resting] = []
    for check in _checks:
        for one in check(footprint):
            found.append(one)
            if len(found) >= limit:
                return found
    return found
