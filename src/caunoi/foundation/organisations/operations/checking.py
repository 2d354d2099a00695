"""Whether an event may be entered: every fault found, so that the preview can list them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import F, Q

from caunoi.foundation.organisations.models import Placement, Unit, UnitKind, UnitName, UnitPath
from caunoi.foundation.organisations.operations.plan import Opening, Place, Plan
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.queries import bearers_of
from caunoi.foundation.organisations.rules.kinds import EventKind, Level
from caunoi.foundation.organisations.rules.paths import unit_ids
from caunoi.kernel.actor import Line
from caunoi.kernel.text import squeeze

HOLDS = Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))
"""Leaves out rows that were replaced on the day they began."""


def faults(plan: Plan) -> list[TreeRefused]:
    """Return why a plan cannot be entered, most telling first; empty when it can."""
    return [*_openings(plan), *_renamings(plan), *_endings(plan), *_movements(plan), *_handings(plan)]


def _openings(plan: Plan) -> Iterator[TreeRefused]:
    codes = [opening.code for opening in plan.openings]
    taken = bearers_of(codes, since=plan.on)
    for index, opening in enumerate(plan.openings):
        if not squeeze(opening.naming.name):
            yield TreeRefused("no_name", unit_code=opening.code)
        if opening.code in taken or opening.code in codes[:index]:
            holder = next(iter(taken.get(opening.code, {}).values()), opening.name)
            yield TreeRefused("code_taken", unit_code=opening.code, unit=holder)
        if opening.kind.until_on is not None and opening.kind.until_on <= plan.on:
            yield TreeRefused("kind_ended", kind=opening.kind.name, on=opening.kind.until_on)
    places = [(opening.name, line, place) for opening in plan.openings for line, place in opening.parents.items()]
    yield from _places(plan, places)
    for opening in plan.openings:
        yield from _levels(opening.name, opening.kind, opening.parents.values())


def _levels(name: str, kind: UnitKind, places: Iterable[Place]) -> Iterator[TreeRefused]:
    """Check that what an editor places stands under nothing of a lower level: no Sở under a commune."""
    for place in places:
        if place is not None and Level(place.kind.level).is_below(Level(kind.level)):
            yield TreeRefused("parent_too_low", unit=name, parent=place.name)


def _renamings(plan: Plan) -> Iterator[TreeRefused]:
    current = _current_names([renaming.unit for renaming in plan.renamings])
    taken = bearers_of([renaming.code for renaming in plan.renamings], since=plan.on)
    for renaming in plan.renamings:
        unit, row, naming = renaming.unit, current.get(renaming.unit.pk), renaming.naming
        if row is None:
            yield TreeRefused("already_ended", unit=unit.name, on=unit.dissolved_on)
        elif row.from_on > plan.on:
            yield TreeRefused("in_the_past", unit=unit.name, since=row.from_on)
        elif (row.name, row.name_en, row.symbol, row.seat, row.code, row.kind_id) == (
            squeeze(naming.name), squeeze(naming.name_en), squeeze(naming.symbol), squeeze(naming.seat),
            renaming.code, renaming.kind.pk,
        ):  # fmt: skip
            yield TreeRefused("nothing_changed", unit=unit.name)
        if not squeeze(naming.name):
            yield TreeRefused("no_name", unit_code=renaming.code)
        others = [name for held, name in taken.get(renaming.code, {}).items() if held != unit.pk]
        if others:
            yield TreeRefused("code_taken", unit_code=renaming.code, unit=others[0])
        if renaming.kind.until_on is not None and renaming.kind.until_on <= plan.on:
            yield TreeRefused("kind_ended", kind=renaming.kind.name, on=renaming.kind.until_on)


def _endings(plan: Plan) -> Iterator[TreeRefused]:
    current = _current_names(plan.endings)
    leaving = {(movement.unit.pk, movement.line.value) for movement in plan.movements}
    ending = {unit.pk for unit in plan.endings}
    later = {row.unit_id: row for row in _open_placements(ending) if row.from_on > plan.on}
    for unit in plan.endings:
        row = current.get(unit.pk)
        if row is None or unit.dissolved_on is not None:
            yield TreeRefused("already_ended", unit=unit.name, on=unit.dissolved_on)
            continue
        since = max([row.from_on] + ([later[unit.pk].from_on] if unit.pk in later else []))
        if since > plan.on:
            yield TreeRefused("in_the_past", unit=unit.name, since=since)
        if unit.established_on >= plan.on:
            yield TreeRefused("not_yet", unit=unit.name, on=unit.established_on)
    beneath = Placement.objects.filter(HOLDS, Q(until_on__isnull=True) | Q(until_on__gt=plan.on), parent_id__in=ending)
    for held in beneath.select_related("unit", "parent").order_by("parent_id", "unit_id", "line"):
        goes = held.unit_id in ending or (held.unit_id, held.line) in leaving
        name = held.parent.name if held.parent else ""
        if held.until_on is not None:
            yield TreeRefused("later_beneath", unit=name, child=held.unit.name, on=held.until_on)
        elif not goes:
            yield TreeRefused("has_children", unit=name, child=held.unit.name)


def _movements(plan: Plan) -> Iterator[TreeRefused]:
    rows = {(row.unit_id, row.line): row for row in _open_placements({m.unit.pk for m in plan.movements})}
    for movement in plan.movements:
        unit, row = movement.unit, rows.get((movement.unit.pk, movement.line.value))
        if unit.dissolved_on is not None:
            yield TreeRefused("already_ended", unit=unit.name, on=unit.dissolved_on)
        elif unit.established_on > plan.on:
            yield TreeRefused("not_yet", unit=unit.name, on=unit.established_on)
        elif row is not None and row.from_on > plan.on:
            yield TreeRefused("in_the_past", unit=unit.name, since=row.from_on)
        elif row is not None and not isinstance(movement.parent, Opening) and row.parent == movement.parent:
            yield TreeRefused("same_parent", unit=unit.name, parent=movement.parent.name if movement.parent else "")
    yield from _places(plan, [(m.unit.name, m.line, m.parent) for m in plan.movements])
    yield from _circles(plan)
    if plan.kind == EventKind.MOVE:
        for movement in plan.movements:
            yield from _levels(movement.unit.name, movement.unit.kind, [movement.parent])


def _places(plan: Plan, places: Iterable[tuple[str, Line, Place]]) -> Iterator[TreeRefused]:
    """Check that every new parent stands in its line from the day of the event on, and goes on standing."""
    seen: set[tuple[int, Line]] = set()
    ending = {unit.pk for unit in plan.endings}
    for name, line, place in places:
        if isinstance(place, Opening):
            if place not in plan.openings:
                yield TreeRefused("parent_not_placed", unit=name, parent=place.name)
            continue
        if place is None or (place.pk, line) in seen:
            continue
        seen.add((place.pk, line))
        yield from _place(plan.on, name, line, place, ends=place.pk in ending)


def _place(on: dt.date, name: str, line: Line, parent: Unit, *, ends: bool) -> Iterator[TreeRefused]:
    if ends or parent.dissolved_on is not None:
        yield TreeRefused("parent_ended", unit=name, parent=parent.name, on=parent.dissolved_on or on)
        return
    rows = Placement.objects.filter(HOLDS, unit=parent, line=line)
    first = rows.order_by("from_on").first()
    if first is None or first.from_on > on:
        yield TreeRefused("parent_not_placed", unit=name, parent=parent.name)


def _circles(plan: Plan) -> Iterator[TreeRefused]:
    """Look for moved units above their new parent, on the day of the event and on any later day."""
    above: dict[tuple[int, Line], set[int]] = {}
    for movement in plan.movements:
        for parent in _real_parents(movement.parent, movement.line):
            key = (parent.pk, movement.line)
            if key not in above:
                paths = UnitPath.objects.filter(
                    Q(until_on__isnull=True) | Q(until_on__gt=plan.on), unit=parent, line=movement.line
                )
                above[key] = {i for path in paths.values_list("path", flat=True) for i in unit_ids(path)}
            if movement.unit.pk in above[key] | {parent.pk}:
                yield TreeRefused("under_itself", unit=movement.unit.name, parent=parent.name)


def _real_parents(place: Place, line: Line) -> list[Unit]:
    while isinstance(place, Opening):
        place = place.parents.get(line)
    return [] if place is None else [place]


def _handings(plan: Plan) -> Iterator[TreeRefused]:
    ending = {unit.pk for unit in plan.endings}
    for handing in plan.handings:
        for unit in (handing.old, handing.new):
            if not isinstance(unit, Unit):
                continue
            if unit.established_on > plan.on:
                yield TreeRefused("not_yet", unit=unit.name, on=unit.established_on)
            ended = unit.pk in ending and unit is handing.new
            if (unit.pk not in ending and unit.dissolved_on is not None) or ended:
                yield TreeRefused("already_ended", unit=unit.name, on=unit.dissolved_on or plan.on)


def _current_names(units: Iterable[Unit]) -> Mapping[int, UnitName]:
    rows = UnitName.objects.filter(unit_id__in=[unit.pk for unit in units], until_on__isnull=True)
    return {row.unit_id: row for row in rows}


def _open_placements(ids: Iterable[int]) -> Iterable[Placement]:
    return Placement.objects.filter(unit_id__in=list(ids), until_on__isnull=True).select_related("parent")
