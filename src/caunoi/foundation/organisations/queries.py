"""Reading over time: who carries a unit on a day. Lazy and set-based, to be joined by the database."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from caunoi.foundation.organisations.access import UnitNotFound, ids_within, on_day, subtree
from caunoi.foundation.organisations.models import (
    GroupMember,
    Placement,
    Succession,
    Unit,
    UnitEvent,
    UnitEventPart,
    UnitGroup,
    UnitHeir,
    UnitName,
    UnitPath,
)
from caunoi.foundation.organisations.rules.paths import END
from caunoi.kernel.actor import Line, Scope
from caunoi.kernel.clock import day_of
from caunoi.kernel.text import fold


def heir_of(field: str, *, on: dt.date) -> Coalesce:
    """Return an expression: the id of the unit that carries the unit in ``field`` on a day (itself while it lives).

    ``rows.annotate(carrier=heir_of("unit_id", on=today))`` turns figures "as at the time" into "as of today".
    """
    carrying = UnitHeir.objects.filter(
        Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on)), unit_id=OuterRef(field)
    )
    return Coalesce(Subquery(carrying.values("heir_id")[:1]), F(field), output_field=BigIntegerField())


def heirs(*, on: dt.date) -> QuerySet[Unit]:
    """Return all units, each with ``heir_id``: itself or the unit that carries it on a day.

    Merged units lead to what they were merged into, split ones to the successor marked principal, dissolved ones to
    the unit named in the decision (the one above when none is named), through as many events as there were.
    """
    return Unit.objects.annotate(heir_id=heir_of("pk", on=on))


def predecessors_of(unit_ids: list[int], *, on: dt.date) -> QuerySet[Unit]:
    """Return the ended units that any of ``unit_ids`` carries on a day."""
    carried = UnitHeir.objects.filter(
        Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on)), heir_id__in=unit_ids
    )
    return Unit.objects.filter(pk__in=carried.values("unit_id"))


def may_have_moved(*, line: Line, since: dt.datetime, on: dt.date) -> set[int]:
    """Return the ids of all units that may stand elsewhere on a day than they stood by what was known at a moment.

    Who followed the unit above into the one that carries it has not moved, and neither has what stands below. It names
    too many rather than too few: who asks compares the paths. The cost is that of what was placed anew.
    """
    day = day_of(since)
    later = UnitEvent.objects.filter(effective_on__lte=on).order_by()
    backward = later.filter(recorded_at__gt=since, effective_on__lte=day).values_list("effective_on", flat=True)
    undone = UnitEventPart.objects.filter(event__in=later.filter(undone_at__gt=since).values("pk"))
    back = set(undone.order_by().values_list("unit_id", flat=True))
    rewritten = UnitPath.objects.filter(line=line, until_on__in=set(backward)).order_by()
    found = back | set(rewritten.values_list("unit_id", flat=True))
    standing = UnitPath.objects.filter(on_day(on), line=line, unit_id__in=back)
    moved = _placed_elsewhere(line, day, on)
    tops = set(standing.order_by().values_list("path", flat=True))
    for start in range(0, len(moved), CHUNK):
        some = moved[start : start + CHUNK]
        tops.update(UnitPath.objects.filter(line=line, unit_id__in=some).order_by().values_list("path", flat=True))
    ranges = _outermost(tops)
    for start in range(0, len(ranges), RANGES):
        below = Q()
        for path in ranges[start : start + RANGES]:
            below |= Q(line=line, path__gte=path, path__lt=path + END)
        found.update(UnitPath.objects.filter(below).order_by().values_list("unit_id", flat=True))
    return found


CHUNK = 900
"""Ids in one query; older SQLite allows 999 parameters."""
RANGES = 100
"""Ranges of paths in one query: a database takes only so many alternatives in one condition."""


def _placed_elsewhere(line: Line, day: dt.date, on: dt.date) -> list[int]:
    """Return the units placed anew after one day until another, but those whose unit above became the one above now."""
    left = Placement.objects.filter(line=line, until_on__gt=day, until_on__lte=on).order_by()
    carried = dict(UnitHeir.objects.filter(on_day(on)).values_list("unit_id", "heir_id"))
    carrying = UnitHeir.objects.filter(on_day(on), unit_id__in=left.values("unit_id")).values("heir_id")
    placed = Placement.objects.filter(on_day(on), line=line).order_by()
    above = dict(
        placed.filter(Q(unit_id__in=left.values("unit_id")) | Q(unit_id__in=carrying)).values_list(
            "unit_id", "parent_id"
        )
    )
    return sorted(
        {
            unit
            for unit, parent in left.values_list("unit_id", "parent_id")
            if carried.get(parent, parent) != above.get(carried.get(unit, unit), NOWHERE)
        }
    )


NOWHERE = -1


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths that do not lie below another of them."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def tree_export() -> bytes:
    """Return units, names, placements, paths and successions as lines of JSON in one fixed order, by public ids.

    The same tree gives the same bytes. Who last edited a unit, and the log of events itself, are not part of it.
    """
    units = dict(Unit.objects.values_list("pk", "public_id"))
    lines: list[tuple[str, ...]] = [
        ("unit", str(u.public_id), u.code, u.kind.code, u.name, u.name_en, u.symbol, u.seat, u.folded, u.sort_key,
         str(u.established_on), str(u.dissolved_on))
        for u in Unit.objects.select_related("kind").order_by("public_id")
    ]  # fmt: skip
    lines += sorted(
        ("name", str(units[n.unit_id]), str(n.from_on), str(n.until_on), n.name, n.name_en, n.symbol, n.seat, n.code,
         n.kind.code, n.folded, str(n.pk))
        for n in UnitName.objects.select_related("kind")
    )  # fmt: skip
    lines += sorted(
        ("placement", str(units[p.unit_id]), p.line, str(p.from_on), str(p.until_on),
         str(units[p.parent_id]) if p.parent_id else "", str(p.pk))
        for p in Placement.objects.all()
    )  # fmt: skip
    lines += sorted(
        ("path", str(units[p.unit_id]), p.line, str(p.from_on), str(p.until_on), p.path, str(p.depth))
        for p in UnitPath.objects.all()
    )
    lines += sorted(
        ("heir", str(units[h.unit_id]), str(units[h.heir_id]), str(h.from_on), str(h.until_on))
        for h in UnitHeir.objects.all()
    )
    lines += sorted(
        (
            "succession",
            str(units[s.predecessor_id]),
            str(units[s.successor_id]),
            str(s.from_on),
            str(s.is_principal),
            s.duties,
        )
        for s in Succession.objects.all()
    )
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of units asks for."""

    on: dt.date
    words: str = ""
    under: Unit | None = None
    """Directly below it; anywhere below it when words are asked for."""
    kind: str = ""
    level: str = ""
    ended: bool = False
    """The units that no longer exist on that day instead of those that do."""
    scopes: tuple[Scope, ...] | None = None
    """Only within these parts of the tree; None: everywhere."""


def listed(asked: Asked) -> QuerySet[UnitName]:
    """Return units as they were called on a day, in Vietnamese order; each row has its unit and kind."""
    if asked.ended:
        rows = UnitName.objects.filter(unit__dissolved_on__lte=asked.on, until_on=F("unit__dissolved_on"))
        rows = rows.filter(until_on__gt=F("from_on"))
    else:
        rows = UnitName.objects.filter(on_day(asked.on))
    if asked.kind:
        rows = rows.filter(kind__code=asked.kind)
    if asked.level:
        rows = rows.filter(kind__level=asked.level)
    if asked.under is not None and not asked.ended:
        rows = rows.filter(unit_id__in=_below(asked.under, asked.on, deep=bool(asked.words)))
    if asked.scopes is not None:
        rows = rows.filter(unit_id__in=ids_within(asked.scopes, on=asked.on))
    for word in fold(asked.words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    return rows.select_related("unit", "kind").order_by("unit__sort_key", "unit_id")


def _below(unit: Unit, on: dt.date, *, deep: bool) -> QuerySet[UnitPath, int] | QuerySet[Placement, int]:
    if not deep:
        return Placement.objects.filter(on_day(on), parent=unit).values_list("unit_id", flat=True)
    paths = UnitPath.objects.filter(on_day(on), unit=unit).values_list("path", "line")
    scopes = [Scope(unit.pk, path, Line(line)) for path, line in paths]
    return ids_within(scopes, on=on)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is entered already for later days: whoever acts today would be contradicted by it."""

    places: list[tuple[dt.date, int, Line, int | None]]
    """From which day, unit, line, parent."""
    names: dict[int, dt.date]
    """Unit → the day from which it is called or is something else."""


def ahead_of(*, on: dt.date) -> Ahead:
    """Return the places and names that units take after a day, in two queries."""
    holds = Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))
    places = Placement.objects.filter(holds, from_on__gt=on).order_by("from_on", "id")
    names = UnitName.objects.filter(holds, from_on__gt=on).order_by("from_on", "id")
    return Ahead(
        [(day, unit, Line(line), parent) for day, unit, line, parent in
         places.values_list("from_on", "unit_id", "line", "parent_id")],
        dict(names.values_list("unit_id", "from_on")),
    )  # fmt: skip


def bearers_of(codes: Collection[str], *, since: dt.date) -> dict[str, dict[int, str]]:
    """Return code → id and name of the units that bear it now, or on ``since`` or any later day; two queries.

    A change of code may be entered ahead of its day, or taken back: on each day a code is one unit's.
    """
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for code, unit, name in Unit.objects.filter(code__in=codes).values_list("code", "pk", "name"):
        found[code][unit] = name
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=Greatest(F("from_on"), Value(since)))
    for code, unit, name in UnitName.objects.filter(lasting, code__in=codes).values_list("code", "unit", "unit__name"):
        found[code][unit] = name
    return dict(found)


def roots(on: dt.date) -> QuerySet[UnitName]:
    """Return what stands at the top on a day: under nothing in either line, or in no line at all."""
    beneath = Placement.objects.filter(on_day(on), parent__isnull=False).values("unit_id")
    return listed(Asked(on)).exclude(unit_id__in=beneath)


def parents_of(unit_ids: Iterable[int], *, on: dt.date) -> dict[int, list[Placement]]:
    """Return the places of many units on a day in one query, professional line first."""
    found: dict[int, list[Placement]] = {}
    rows = Placement.objects.filter(on_day(on), unit_id__in=list(unit_ids)).select_related("parent")
    for row in rows.order_by("-line", "id"):
        found.setdefault(row.unit_id, []).append(row)
    return found


def called_on(unit_ids: Iterable[int], *, on: dt.date) -> dict[int, UnitName]:
    """Return what units were called and were on a day in one query; those that did not exist then are left out."""
    rows = UnitName.objects.filter(on_day(on), unit_id__in=list(unit_ids)).select_related("kind")
    return {row.unit_id: row for row in rows}


def counts_beneath(unit_ids: Iterable[int], *, on: dt.date) -> dict[int, int]:
    """Return how many units stand directly below each of many units on a day, in either line, in one query."""
    rows = Placement.objects.filter(on_day(on), parent_id__in=list(unit_ids)).values("parent_id")
    counted = rows.annotate(count=Count("unit_id", distinct=True)).order_by("parent_id")
    return {row["parent_id"]: row["count"] for row in counted}


def picked(
    words: str,
    *,
    on: dt.date,
    start: int,
    count: int,
    scopes: tuple[Scope, ...] | None = None,
    under: Unit | None = None,
) -> list[Unit]:
    """Return units that exist on a day and match every word, with or without accents, in Vietnamese order.

    Two queries: the ids, answered by the index ``organisations_unit_picking`` alone, then the rows shown.
    """
    rows = Unit.objects.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on), established_on__lte=on)
    if scopes is not None:
        rows = rows.filter(pk__in=ids_within(scopes, on=on))
    if under is not None:
        rows = rows.filter(pk__in=subtree(under, on=on).order_by().values("pk"))
    for word in fold(words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    ids = list(rows.order_by("sort_key", "id").values_list("pk", flat=True)[start : start + count])
    found = Unit.objects.in_bulk(ids)
    return [found[one] for one in ids]


def names_of(unit: Unit) -> QuerySet[UnitName]:
    """Return what a unit was called and was, oldest first."""
    rows = UnitName.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), unit=unit)
    return rows.select_related("kind").order_by("from_on", "id")


def placements_of(unit: Unit) -> QuerySet[Placement]:
    """Return where a unit stood, professional line first, oldest first."""
    rows = Placement.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), unit=unit)
    return rows.select_related("parent").order_by("-line", "from_on", "id")


def events_of(unit: Unit) -> QuerySet[UnitEvent]:
    """Return the events that name a unit, those taken back too, newest first."""
    parts = UnitEventPart.objects.filter(unit=unit).values("event_id")
    return UnitEvent.objects.filter(pk__in=parts).order_by("-effective_on", "-id")


def successions_of(unit: Unit) -> tuple[list[Succession], list[Succession]]:
    """Return the successions that lead to a unit and those that lead from it."""
    rows = Succession.objects.select_related("predecessor", "successor", "event").order_by(
        "from_on", "-is_principal", "id"
    )
    return list(rows.filter(successor=unit)), list(rows.filter(predecessor=unit))


def event_by_public_id(public_id: UUID) -> UnitEvent:
    """Return the event. Raises UnitNotFound."""
    found = UnitEvent.objects.filter(public_id=public_id).first()
    if found is None:
        raise UnitNotFound("unit_event_not_found")
    return found


def with_counts(groups: QuerySet[UnitGroup]) -> QuerySet[UnitGroup]:
    """Return groups with ``count``, how many units belong to each now."""
    members = GroupMember.objects.filter(group=OuterRef("pk"), until_on__isnull=True).order_by().values("group")
    return groups.annotate(count=Coalesce(Subquery(members.annotate(n=Count("pk")).values("n")), 0))


def members_of(group: UnitGroup, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units that belong to a group on a day, in Vietnamese order."""
    members = GroupMember.objects.filter(on_day(on), group=group).values("unit_id")
    return Unit.objects.filter(pk__in=members).select_related("kind").order_by("sort_key", "id")
