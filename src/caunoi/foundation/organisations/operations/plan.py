"""An event before it is entered: what opens, closes, moves and follows. Nothing here writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from caunoi.foundation.organisations.models import Unit, UnitKind
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.kernel.actor import Line


@dataclass(eq=False, slots=True)
class Opening:
    """A unit to be established; ``unit`` is filled when the event is entered. Parents may themselves be openings."""

    code: str
    kind: UnitKind
    naming: Naming
    parents: Mapping[Line, Place] = field(default_factory=dict)
    unit: Unit | None = None

    @property
    def name(self) -> str:
        """The name it will have."""
        return self.naming.name


Place = Unit | Opening | None
"""Where a unit is put: under a unit, under one that the same event opens, or at the root."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """``unit`` is called and is something else from the day of the event."""

    unit: Unit
    naming: Naming
    code: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Movement:
    """``unit`` stands under ``parent`` in ``line`` from the day of the event."""

    unit: Unit
    line: Line
    parent: Place


@dataclass(frozen=True, slots=True)
class Handing:
    """``new`` takes over from ``old``; principal when it carries the whole of a unit that ends."""

    old: Unit
    new: Unit | Opening
    is_principal: bool = False
    duties: str = ""


@dataclass(slots=True)
class Plan:
    """One event. Built by the functions of ``planning``, looked at by ``preview``, entered by ``enter_event``."""

    kind: EventKind
    on: dt.date
    openings: list[Opening] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    endings: list[Unit] = field(default_factory=list)
    handings: list[Handing] = field(default_factory=list)
    decision: Decision = field(default_factory=Decision)
    subjects: list[Unit] = field(default_factory=list)
    """Units the event is about, besides those it opens."""

    def named(self) -> list[Unit]:
        """Return the units that an editor names: subjects, successors and new parents; not what stands beneath."""
        found = {unit.pk: unit for unit in self.subjects}
        for place in self._places():
            if isinstance(place, Unit):
                found.setdefault(place.pk, place)
        return list(found.values())

    def _places(self) -> Iterator[Place]:
        for opening in self.openings:
            yield from opening.parents.values()
        subjects = {unit.pk for unit in self.subjects}
        yield from (movement.parent for movement in self.movements if movement.unit.pk in subjects)
        yield from (handing.new for handing in self.handings)

    def uses_root(self) -> bool:
        """Whether something comes to stand at the top of the professional line, or a unit of no line is opened."""
        if any(opening.parents.get(Line.PROFESSIONAL) is None for opening in self.openings):
            return True
        return any(movement.parent is None and movement.line == Line.PROFESSIONAL for movement in self.movements)

    def label(self) -> str:
        """Return the names of the units concerned, for the log."""
        names = [unit.name for unit in self.subjects] + [opening.name for opening in self.openings]
        shown = "; ".join(dict.fromkeys(names[:5]))
        return (f"{shown} (+{len(names) - 5})" if len(names) > 5 else shown)[:500]


def ids(units: Iterable[Unit]) -> list[int]:
    """Return the ids of units."""
    return [unit.pk for unit in units]
