"""Taking an event back: units, names, placements and derived rows become exactly what they were before it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.access import require_managed
from caunoi.foundation.organisations.events import UnitEventUndone
from caunoi.foundation.organisations.models import (
    Placement,
    Succession,
    Unit,
    UnitEvent,
    UnitEventPart,
    UnitName,
)
from caunoi.foundation.organisations.operations.carrying import lock_tree, show_name_of, subject, touch
from caunoi.foundation.organisations.operations.derived import cut_paths, write_heirs, write_paths
from caunoi.foundation.organisations.operations.finding import enter_in_search, take_from_search
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.operations.resting import footprint_of, resting_on
from caunoi.foundation.organisations.rules.resting import Footprint
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.clock import day_of
from caunoi.kernel.events import announce


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
