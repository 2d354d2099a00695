"""Taking an event back: units, names, placements and derived rows become exactly what they were before it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import CASCADE, ForeignObjectRel, Q

from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.access import require_managed
from caunoi.foundation.organisations.events import UnitEventUndone
from caunoi.foundation.organisations.models import (
    GroupMember,
    Placement,
    Succession,
    Unit,
    UnitEvent,
    UnitEventPart,
    UnitHeir,
    UnitName,
    UnitPath,
)
from caunoi.foundation.organisations.operations.carrying import lock_tree, show_name_of, subject, touch
from caunoi.foundation.organisations.operations.derived import cut_paths, write_heirs, write_paths
from caunoi.foundation.organisations.operations.finding import enter_in_search, take_from_search
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.rules.paths import unit_ids
from caunoi.foundation.organisations.rules.resting import Footprint, Resting, resting
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.clock import day_of
from caunoi.kernel.events import announce

_OWN = (UnitName, Placement, UnitPath, UnitHeir, Succession, UnitEventPart, GroupMember)


def footprint_of(event: UnitEvent) -> Footprint:
    """Return what an event did, by ids."""
    opened = Unit.objects.filter(pk__in=UnitName.objects.filter(opened_by=event).values("unit_id"))
    opened = opened.exclude(pk__in=UnitName.objects.filter(closed_by=event).values("unit_id"))
    new = set(opened.values_list("pk", flat=True))
    placed = Placement.objects.filter(opened_by=event).values_list("unit_id", flat=True)
    links = Succession.objects.filter(event=event).order_by("-is_principal", "id")
    closed = Placement.objects.filter(closed_by=event, unit__dissolved_on=event.effective_on)
    named = UnitName.objects.filter(closed_by=event, unit__dissolved_on=event.effective_on)
    ended = set(closed.values_list("unit_id", flat=True)) | set(named.values_list("unit_id", flat=True))
    reopened = set(UnitName.objects.filter(opened_by=event).values_list("unit_id", flat=True))
    return Footprint(
        event_id=event.pk,
        kind=event.kind,
        effective_on=event.effective_on,
        recorded_at=event.recorded_at,
        opened=tuple(sorted(new)),
        closed=tuple(sorted(ended - reopened - set(placed))),
        moved=tuple(sorted(set(placed) - new)),
        successors=tuple(links.values_list("predecessor_id", "successor_id")),
    )


def resting_on(event: UnitEvent, *, limit: int = 50) -> list[Resting]:
    """Return what keeps an event from being undone: later events, and what modules above say; empty when nothing."""
    footprint = footprint_of(event)
    later = [
        Resting(f"{one.label} ({one.effective_on:%d/%m/%Y})", f"event:{one.public_id}")
        for one in _later_events(event, footprint)
    ]
    return [*later, *_members(footprint), *resting(footprint, limit=limit), *_foreign_rows(footprint)][:limit]


def _later_events(event: UnitEvent, footprint: Footprint) -> list[UnitEvent]:
    """Return the events that build on rows of this one or would contradict what its undoing brings back."""
    opened = footprint.opened
    closed = Q(opened_by=event, closed_by__isnull=False)
    found = set(Placement.objects.filter(closed).values_list("closed_by_id", flat=True))
    found |= set(UnitName.objects.filter(closed).values_list("closed_by_id", flat=True))
    found |= set(Placement.objects.filter(parent_id__in=opened).values_list("opened_by_id", flat=True))
    links = Succession.objects.filter(Q(predecessor_id__in=opened) | Q(successor_id__in=opened))
    found |= set(links.values_list("event_id", flat=True))
    found |= set(_ended_parents(event))
    found |= set(_turned_round(event))
    found.discard(event.pk)
    return list(UnitEvent.objects.filter(pk__in=[one for one in found if one]).order_by("effective_on", "id"))


def _ended_parents(event: UnitEvent) -> Iterator[int]:
    """Yield the events that ended a unit under which the undoing would put something back."""
    parents = Placement.objects.filter(closed_by=event, parent__dissolved_on__isnull=False).values("parent_id")
    ended = UnitName.objects.filter(unit_id__in=parents, until_on__isnull=False).exclude(closed_by=event)
    yield from (
        row.closed_by_id
        for row in ended.select_related("unit")
        if row.closed_by_id is not None and row.until_on == row.unit.dissolved_on
    )


def _turned_round(event: UnitEvent) -> Iterator[int]:
    """Yield the later moves that put a unit below what the undoing would put back under it."""
    since = Q(until_on__isnull=True) | Q(until_on__gt=event.effective_on)
    back: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for unit_id, parent_id, line in Placement.objects.filter(closed_by=event, parent__isnull=False).values_list(
        "unit_id", "parent_id", "line"
    ):
        back[(parent_id, line)].add(unit_id)
    for (parent_id, line), units in back.items():
        for path in UnitPath.objects.filter(since, unit_id=parent_id, line=line).values_list("path", flat=True):
            chain = unit_ids(path)
            first = next((place for place, one in enumerate(chain) if one in units), None)
            if first is not None:
                later = Placement.objects.filter(unit_id__in=chain[first + 1 :], line=line, opened_by_id__gt=event.pk)
                yield from later.values_list("opened_by_id", flat=True)


def _members(footprint: Footprint) -> Iterator[Resting]:
    rows = GroupMember.objects.filter(unit_id__in=footprint.opened).select_related("group", "unit")
    for row in rows.order_by("group__sort_key", "unit__sort_key")[:20]:
        yield Resting(f"{row.group.name}: {row.unit.name}")


def _foreign_rows(footprint: Footprint) -> Iterator[Resting]:
    """Yield every other table that holds rows about units which the undoing would remove, whoever owns it."""
    if not footprint.opened:
        return
    for relation in Unit._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model in _OWN:
            continue
        if getattr(relation, "on_delete", None) is CASCADE:  # says itself that it goes with the unit
            continue
        model = relation.related_model
        count = model._default_manager.filter(**{f"{relation.field.name}__in": footprint.opened}).count()
        if count:
            yield Resting(f"{model._meta.label}: {count}")


def touched_by(event: UnitEvent) -> list[Unit]:
    """Return the units that one must administer to take an event back: its own, and where it moved them from and to.

    Who received a unit from another branch may not send it back there alone, as nobody may bring one in alone.
    """
    parts = UnitEventPart.objects.filter(event=event).values("unit_id")
    placed = Placement.objects.filter(opened_by=event, unit_id__in=parts)
    before = Placement.objects.filter(closed_by=event, unit_id__in=placed.values("unit_id"))
    ends = Q(pk__in=placed.values("parent_id")) | Q(pk__in=before.values("parent_id"))
    return list(Unit.objects.filter(Q(pk__in=parts) | ends).select_related("kind"))


@use_case
def undo_event(*, event: UnitEvent, by: Actor, at: dt.datetime) -> None:
    """Take an event back. Raises TreeRefused ``resting`` with ``items`` (the list), or ``undone_already``."""
    lock_tree()
    event = UnitEvent.objects.select_for_update().get(pk=event.pk)
    if event.undone_at is not None:
        raise TreeRefused("undone_already", who=event.undone_by, at=event.undone_at)
    parts = list(Unit.objects.filter(pk__in=UnitEventPart.objects.filter(event=event).values("unit_id")))
    require_managed(touched_by(event), by=by, today=day_of(at))
    items = resting_on(event)
    if items:
        raise TreeRefused("resting", items=tuple(items), list="; ".join(item.label for item in items))
    footprint = footprint_of(event)
    _announce(event, footprint, by, at)
    _take_back(event, footprint, at)
    gone = set(footprint.opened)
    touch((unit.pk for unit in parts if unit.pk not in gone), by, at)
    event.undone_at, event.undone_by = at, by.person_name
    event.save(update_fields=["undone_at", "undone_by"])
    for unit in parts:
        record(by=by, at=at, verb="organisations.undo", subject=subject(unit), changes={"event": (event.label, None)})


def _take_back(event: UnitEvent, footprint: Footprint, at: dt.datetime) -> None:
    for line in Line:
        cut_paths(event.pk, line=line, since=event.effective_on)
    links = list(Succession.objects.filter(event=event, is_principal=True).values_list("predecessor_id", flat=True))
    Succession.objects.filter(event=event).delete()
    Placement.objects.filter(opened_by=event).delete()
    Placement.objects.filter(closed_by=event).update(until_on=None)
    for line in Line:
        write_paths(event.pk, line=line, since=event.effective_on)
    Placement.objects.filter(closed_by=event).update(closed_by=None)
    UnitName.objects.filter(opened_by=event).delete()
    renamed = list(UnitName.objects.filter(closed_by=event).values_list("unit_id", flat=True))
    UnitName.objects.filter(closed_by=event).update(until_on=None, closed_by=None)
    Unit.objects.filter(pk__in=footprint.closed).update(dissolved_on=None)
    if links:
        write_heirs(links)
    take_from_search(footprint.opened)
    UnitEventPart.objects.filter(unit_id__in=footprint.opened).delete()
    Unit.objects.filter(pk__in=footprint.opened).delete()
    if event.kind in ("rename", "change_kind"):
        for unit in Unit.objects.filter(pk__in=renamed):
            show_name_of(unit, day_of(at))
    enter_in_search(renamed)


def _announce(event: UnitEvent, footprint: Footprint, by: Actor, at: dt.datetime) -> None:
    announce(
        UnitEventUndone(
            event_id=event.public_id,
            kind=event.kind,
            effective_on=event.effective_on,
            opened=footprint.opened,
            closed=footprint.closed,
            moved=footprint.moved,
            successors=footprint.successors,
            by=by,
            at=at,
        )
    )
