"""What keeps an event from being taken back: later events, groups, and whatever other modules hold about its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import CASCADE, F, Model, Q
from django.utils.translation import gettext

from caunoi.foundation.organisations.models import (
    GroupMember,
    Placement,
    Succession,
    Unit,
    UnitEvent,
    UnitName,
    UnitPath,
)
from caunoi.foundation.organisations.rules.paths import unit_ids
from caunoi.foundation.organisations.rules.resting import Footprint, Resting, held_kinds, resting

_NAMED = 20


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
        renamed=tuple(sorted(reopened - new)),
    )


def resting_on(event: UnitEvent, *, limit: int = 50) -> list[Resting]:
    """Return what keeps an event from being undone: later events, and what modules above say; empty when nothing."""
    footprint = footprint_of(event)
    later = [
        Resting(f"{one.label} ({one.effective_on:%d/%m/%Y})", event=one.public_id)
        for one in _later_events(event, footprint)
    ]
    return [*later, *_members(footprint), *resting(footprint, limit=limit), *_held(footprint)][:limit]


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
    found |= set(_given_codes(event))
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


def _given_codes(event: UnitEvent) -> Iterator[int]:
    """Yield the later events that gave another unit a code which the undoing would bring back."""
    back = dict(UnitName.objects.filter(closed_by=event).values_list("code", "unit_id"))
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))
    borne = UnitName.objects.filter(lasting, code__in=back, opened_by_id__gt=event.pk)
    for code, unit_id, opened_by in borne.values_list("code", "unit_id", "opened_by_id"):
        if back[code] != unit_id and opened_by is not None:
            yield opened_by


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
        yield Resting(f"{row.group.name}: {row.unit.name}", group=row.group.public_id)


def tables_about_units() -> dict[str, tuple[str, ...]]:
    """Return each table of another module with its fields that name units; not those whose rows go with the unit."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            remote = getattr(field, "remote_field", None)
            goes = getattr(remote, "on_delete", None) is CASCADE  # says itself that it goes with the unit
            if field.related_model is Unit and not goes and model._meta.app_label != Unit._meta.app_label:
                found[model._meta.label].append(field.name)
    return {label: tuple(names) for label, names in found.items()}


def _held(footprint: Footprint) -> Iterator[Resting]:
    """Yield, unit by unit, what other modules hold about units which the undoing would remove, in their own words."""
    opened = {unit.pk: unit for unit in Unit.objects.filter(pk__in=footprint.opened)}
    if not opened:
        return
    for label, names in tables_about_units().items():
        rows = _rows_about(apps.get_model(label), names, opened)
        for pk in sorted(rows, key=lambda one: opened[one].sort_key)[:_NAMED]:
            yield _in_words(label, opened[pk], rows[pk])


def _rows_about(model: type[Model], names: tuple[str, ...], opened: dict[int, Unit]) -> dict[int, set[int]]:
    """Return unit → rows that name it in any of the fields."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    about = reduce(or_, (Q(**{f"{name}__in": list(opened)}) for name in names))
    for pk, *units in model._default_manager.filter(about).values_list("pk", *names):
        for unit in opened.keys() & set(units):
            found[unit].add(pk)
    return found


def _in_words(label: str, unit: Unit, rows: set[int]) -> Resting:
    kind = held_kinds().get(label)
    if kind is None:
        words = gettext("%(count)d mục khác") % {"count": len(rows)}
        return Resting(f"{unit.name}: {words} ({label})")
    url = kind.address(unit.public_id, max(rows)) if kind.address is not None else ""
    return Resting(f"{unit.name}: {kind.words(len(rows))}", url, kind.permission)
