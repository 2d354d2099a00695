"""Entering an event: one transaction, all rows set by set, everything it opened and closed marked with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.access import on_day, require_managed
from caunoi.foundation.organisations.events import UnitsChanged
from caunoi.foundation.organisations.models import (
    Placement,
    Succession,
    Unit,
    UnitEvent,
    UnitEventPart,
    UnitName,
    UnitPath,
)
from caunoi.foundation.organisations.operations.checking import faults
from caunoi.foundation.organisations.operations.derived import cut_paths, write_heirs, write_paths
from caunoi.foundation.organisations.operations.finding import enter_in_search
from caunoi.foundation.organisations.operations.plan import Opening, Place, Plan, Renaming
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.naming import Naming
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.clock import day_of
from caunoi.kernel.events import announce
from caunoi.kernel.text import fold, sort_key, squeeze

_TREE_LOCK = 0x6361756E_7472
"""Key of PostgreSQL's advisory lock; on SQLite the write transaction itself is the lock."""

VERBS: Mapping[EventKind, str] = {kind: f"organisations.{kind.value}" for kind in EventKind}


@use_case
def enter_event(*, plan: Plan, by: Actor, at: dt.datetime, seen: Mapping[UUID, int] | None = None) -> UnitEvent:
    """Enter a planned event. ``seen`` holds the revisions of the named units as the editor saw them.

    Raises TreeRefused for the first fault, and with ``changed_meanwhile`` when another editor came first;
    NotManaged when a unit named lies outside what the actor administers.
    """
    lock_tree()
    require_managed(plan.named(), by=by, today=day_of(at), root=plan.uses_root())
    refresh(plan, seen or {})
    for fault in faults(plan):
        raise fault
    event = _event(plan, by, at)
    _open(plan, event)
    _rename(plan, event, at)
    _end(plan, event)
    _place(plan, event)
    _derive(plan, event)
    opened = [opening.unit.pk for opening in plan.openings if opening.unit is not None]
    enter_in_search([*opened, *(renaming.unit.pk for renaming in plan.renamings)])
    _note(plan, event, by, at)
    announce(_announcement(plan, event, by, at))
    return event


def lock_tree() -> None:
    """Let one editor at a time change the tree; the others wait for the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def refresh(plan: Plan, seen: Mapping[UUID, int]) -> None:
    """Look again at the named units under the lock. Raises TreeRefused when one is not as the editor saw it."""
    current = Unit.objects.in_bulk([unit.pk for unit in plan.named()])
    for unit in plan.named():
        now = current.get(unit.pk)
        if now is None:
            raise TreeRefused("gone", unit=unit.name)
        if seen.get(unit.public_id, now.revision) != now.revision:
            raise TreeRefused("changed_meanwhile", unit=now.name, who=now.changed_by, at=now.changed_at)
        unit.revision, unit.dissolved_on = now.revision, now.dissolved_on


def _event(plan: Plan, by: Actor, at: dt.datetime) -> UnitEvent:
    return UnitEvent.objects.create(
        kind=plan.kind.value, effective_on=plan.on, decision_code=squeeze(plan.decision.code),
        decision_on=plan.decision.on, decision_organ=squeeze(plan.decision.organ), note=squeeze(plan.decision.note),
        label=plan.label(), recorded_at=at, recorded_by=by.person_name,
    )  # fmt: skip


def _open(plan: Plan, event: UnitEvent) -> None:
    for opening in plan.openings:
        unit = Unit(kind=opening.kind, code=opening.code, established_on=plan.on)
        print_name(unit, opening.naming)
        opening.unit = unit
    opened = [opening.unit for opening in plan.openings if opening.unit is not None]
    Unit.objects.bulk_create(opened, batch_size=1000)
    UnitName.objects.bulk_create([name_row(unit, plan.on, event) for unit in opened], batch_size=1000)


def _rename(plan: Plan, event: UnitEvent, at: dt.datetime) -> None:
    units = [renaming.unit.pk for renaming in plan.renamings]
    UnitName.objects.filter(unit_id__in=units, until_on__isnull=True).update(until_on=plan.on, closed_by=event)
    for renaming in plan.renamings:
        UnitName.objects.create(**_renamed(renaming), from_on=plan.on, opened_by=event)
        if plan.on <= day_of(at):
            show_name_of(renaming.unit, plan.on)


def _renamed(renaming: Renaming) -> dict[str, object]:
    shown = Unit(kind=renaming.kind, code=renaming.code)
    print_name(shown, renaming.naming)
    return {
        "unit": renaming.unit, "name": shown.name, "name_en": shown.name_en, "symbol": shown.symbol,
        "seat": shown.seat, "code": shown.code, "kind": shown.kind, "folded": shown.folded,
    }  # fmt: skip


def show_name_of(unit: Unit, on: dt.date) -> None:
    """Repeat on the unit what it is called and is on a day: the row in force, or the last one of an ended unit."""
    rows = UnitName.objects.filter(unit=unit, from_on__lte=on).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))
    )
    row = rows.order_by("-from_on").first() or UnitName.objects.filter(unit=unit).order_by("from_on", "id").first()
    if row is None:
        return
    unit.kind, unit.code = row.kind, row.code
    print_name(unit, Naming(row.name, row.name_en, row.symbol, row.seat))
    unit.save(update_fields=["kind", "code", "name", "name_en", "symbol", "seat", "folded", "sort_key"])


def show_names_in_force(*, at: dt.datetime) -> int:
    """Repeat on units what came into force after it was entered; return how many changed. Doing it again does nothing.

    Not audited: the event itself was, when somebody entered it.
    """
    today = day_of(at)
    same = {name: F(f"unit__{name}") for name in ("name", "name_en", "symbol", "seat", "code", "kind_id")}
    stale = UnitName.objects.filter(on_day(today)).exclude(**same).select_related("unit").order_by("pk")
    units = [row.unit for row in stale]
    for unit in units:
        show_name_of(unit, today)
    return len(units)


def _end(plan: Plan, event: UnitEvent) -> None:
    ended = [unit.pk for unit in plan.endings]
    closing = {"until_on": plan.on, "closed_by": event}
    UnitName.objects.filter(unit_id__in=ended, until_on__isnull=True).update(**closing)
    Placement.objects.filter(unit_id__in=ended, until_on__isnull=True).update(**closing)
    Unit.objects.filter(pk__in=ended).update(dissolved_on=plan.on)
    for unit in plan.endings:
        unit.dissolved_on = plan.on
    Succession.objects.bulk_create(
        Succession(
            event=event, predecessor=handing.old, successor=_unit(handing.new), from_on=plan.on,
            is_principal=handing.is_principal, duties=squeeze(handing.duties),
        )
        for handing in plan.handings
    )  # fmt: skip


def _place(plan: Plan, event: UnitEvent) -> None:
    for line in Line:
        moved = [movement.unit.pk for movement in plan.movements if movement.line == line]
        rows = Placement.objects.filter(unit_id__in=moved, line=line, until_on__isnull=True)
        rows.update(until_on=plan.on, closed_by=event)
    places: list[tuple[Unit, Line, Place]] = [(m.unit, m.line, m.parent) for m in plan.movements]
    places += [
        (opening.unit, line, parent)
        for opening in plan.openings
        if opening.unit is not None
        for line, parent in opening.parents.items()
    ]
    Placement.objects.bulk_create(
        (
            Placement(
                unit=unit, line=line, parent=None if parent is None else _unit(parent), from_on=plan.on, opened_by=event
            )
            for unit, line, parent in places
        ),
        batch_size=1000,
    )


def _derive(plan: Plan, event: UnitEvent) -> None:
    for line in Line:
        cut_paths(event.pk, line=line, since=plan.on)
        write_paths(event.pk, line=line, since=plan.on)
    lost = Placement.objects.filter(opened_by=event).exclude(
        unit_id__in=UnitPath.objects.filter(from_on__lte=plan.on, until_on__isnull=True).values("unit_id")
    )
    if plan.movements and (found := lost.select_related("unit").first()) is not None:
        raise TreeRefused("under_itself", unit=found.unit.name, parent=found.unit.name)
    principal = [handing.old.pk for handing in plan.handings if handing.is_principal]
    if principal:
        write_heirs(principal)


def _note(plan: Plan, event: UnitEvent, by: Actor, at: dt.datetime) -> None:
    concerned = {unit.pk: unit for unit in plan.subjects}
    concerned |= {handing.new.pk: handing.new for handing in plan.handings if isinstance(handing.new, Unit)}
    concerned |= {opening.unit.pk: opening.unit for opening in plan.openings if opening.unit is not None}
    concerned |= {unit.pk: unit for unit in plan.endings}
    UnitEventPart.objects.bulk_create(
        (UnitEventPart(event=event, unit=unit) for unit in concerned.values()), batch_size=1000
    )
    touch(concerned, by, at)
    for unit in [*plan.subjects, *(opening.unit for opening in plan.openings if opening.unit is not None)]:
        record(by=by, at=at, verb=VERBS[plan.kind], subject=subject(unit), changes=_changes(plan, unit))


def touch(ids: Iterable[int], by: Actor, at: dt.datetime) -> None:
    """Note on units that somebody changed them, for the next editor."""
    who = by.person_name if not by.post_title else f"{by.person_name} ({by.post_title})"
    changed = Unit.objects.filter(pk__in=list(ids))
    changed.update(revision=F("revision") + 1, changed_at=at, changed_by=who[:200])


def _changes(plan: Plan, unit: Unit) -> dict[str, tuple[object, object]]:
    changes: dict[str, tuple[object, object]] = {"effective_on": (None, plan.on)}
    if plan.decision.code:
        changes["decision"] = (None, f"{plan.decision.code} {plan.decision.organ}".strip())
    for renaming in plan.renamings:
        if renaming.unit.pk == unit.pk:
            changes["name"] = (None, renaming.naming.name)
            changes["kind"] = (None, renaming.kind.name)
    for movement in plan.movements:
        if movement.unit.pk == unit.pk:
            changes[f"parent_{movement.line.value}"] = (None, movement.parent.name if movement.parent else None)
    heirs = [handing.new.name for handing in plan.handings if handing.old.pk == unit.pk]
    if heirs:
        changes["successors"] = (None, "; ".join(heirs))
    return changes


def _announcement(plan: Plan, event: UnitEvent, by: Actor, at: dt.datetime) -> UnitsChanged:
    ordered = sorted(plan.handings, key=lambda handing: not handing.is_principal)
    return UnitsChanged(
        event_id=event.public_id,
        kind=plan.kind.value,
        effective_on=plan.on,
        opened=tuple(opening.unit.pk for opening in plan.openings if opening.unit is not None),
        closed=tuple(unit.pk for unit in plan.endings),
        moved=tuple(dict.fromkeys(movement.unit.pk for movement in plan.movements)),
        successors=tuple((handing.old.pk, _unit(handing.new).pk) for handing in ordered),
        by=by,
        at=at,
    )


def _unit(place: Unit | Opening) -> Unit:
    if isinstance(place, Unit):
        return place
    if place.unit is None:
        raise ValueError(f"{place.code} is used before it is opened")
    return place.unit


def print_name(unit: Unit, naming: Naming) -> None:
    """Write names, search text and sort key on a unit; does not save."""
    unit.name, unit.name_en = squeeze(naming.name), squeeze(naming.name_en)
    unit.symbol, unit.seat = squeeze(naming.symbol), squeeze(naming.seat)
    unit.folded = fold(f"{unit.name} {unit.name_en} {unit.symbol} {unit.code}")[:700]
    unit.sort_key = sort_key(unit.name)[:700]


def name_row(unit: Unit, on: dt.date, event: UnitEvent | None) -> UnitName:
    """Return the dated row of what a unit is called and is; does not save."""
    return UnitName(
        unit=unit, name=unit.name, name_en=unit.name_en, symbol=unit.symbol, seat=unit.seat, code=unit.code,
        kind=unit.kind, folded=unit.folded, from_on=on, opened_by=event,
    )  # fmt: skip


def subject(unit: Unit) -> Subject:
    """Return how the audit names a unit."""
    return Subject("unit", str(unit.public_id), unit.name, unit.pk)
