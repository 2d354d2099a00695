"""What keeps an event from being undone. Modules above say what of theirs rests on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


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
    renamed: tuple[int, ...] = ()
    """Units that are called or are something else since."""


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on an event: words for the list, and where it is to be found."""

    label: str
    url: str = ""
    permission: str = ""
    """What one must hold to open ``url``; nothing: everybody may."""
    event: UUID | None = None
    group: UUID | None = None


@dataclass(frozen=True, slots=True)
class HeldKind:
    """Rows of one table that name units: how many in words, and a page for (public id of the unit, id of the last)."""

    words: Callable[[int], str]
    address: Callable[[UUID, int], str] | None
    permission: str


Check = Callable[[Footprint], Iterable[Resting]]
_checks: list[Check] = []
_held: dict[str, HeldKind] = {}


def resting_on_event(check: Check) -> Check:
    """Register what of a module rests on an event; called from ``plugs``. Whatever it yields forbids the undoing."""
    if check not in _checks:
        _checks.append(check)
    return check


def rests_on_units(
    table: str,
    *,
    words: Callable[[int], str],
    address: Callable[[UUID, int], str] | None = None,
    permission: str = "",
) -> None:
    """Say in words what the rows of a table ("people.Post") that name a unit are; called from ``plugs``.

    They forbid to take back the event that opened the unit, with or without words.
    """
    _held[table] = HeldKind(words, address, permission)


def held_kinds() -> Mapping[str, HeldKind]:
    """Return what was registered, by table."""
    return _held


def resting(footprint: Footprint, *, limit: int = 50) -> list[Resting]:
    """Return what the modules say rests on an event, at most ``limit`` things."""
    found: list[Resting] = []
    for check in _checks:
        for one in check(footprint):
            found.append(one)
            if len(found) >= limit:
                return found
    return found
