"""Reading the tree: on a day, in a line, under a unit, within the scopes of an actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from caunoi.foundation.organisations.models import Placement, Unit, UnitPath
from caunoi.foundation.organisations.rules.kinds import Level
from caunoi.foundation.organisations.rules.paths import END, unit_ids
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with units."""

    READ = "organisations.read"
    """Look units up: every role."""
    MANAGE = "organisations.manage"
    """Enter and undo events, keep groups: administrators, in their part of the tree."""


class UnitNotFound(NotFound):
    """No such unit."""


def on_day(day: dt.date) -> Q:
    """Return the condition that a dated row holds on ``day``."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def path_of(unit: Unit | int, *, line: Line = Line.PROFESSIONAL, on: dt.date) -> str | None:
    """Return the path of a unit on a day, or ``None`` when it is not placed in that line."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    return UnitPath.objects.filter(on_day(on), unit_id=unit_id, line=line).values_list("path", flat=True).first()


def paths_of(wanted: Iterable[tuple[int, Line]], *, on: dt.date) -> dict[tuple[int, Line], str]:
    """Return the paths of many units, each in its line, on a day, in one query; those not placed there are left out."""
    pairs = set(wanted)
    rows = UnitPath.objects.filter(on_day(on), unit_id__in={unit_id for unit_id, _line in pairs})
    found = {(unit_id, Line(line)): path for unit_id, line, path in rows.values_list("unit_id", "line", "path")}
    return {pair: path for pair, path in found.items() if pair in pairs}


def paths_ever(units: Collection[int], *, line: Line) -> list[tuple[int, str]]:
    """Return every path that units have had in a line, as pairs of unit id and path, the latest first."""
    rows = UnitPath.objects.filter(unit_id__in=units, line=line).order_by("-from_on", "unit_id")
    return list(rows.values_list("unit_id", "path"))


def subtree(unit: Unit, *, line: Line = Line.PROFESSIONAL, on: dt.date) -> QuerySet[Unit]:
    """Return the unit and everything below it on a day, as a lazy query in Vietnamese name order."""
    path = path_of(unit, line=line, on=on)
    if path is None:
        return Unit.objects.filter(pk=unit.pk)
    return within([Scope(unit.pk, path, line)], on=on)


def within(scopes: Iterable[Scope], *, on: dt.date) -> QuerySet[Unit]:
    """Return the units that lie in any of ``scopes`` on a day; nothing for no scope."""
    return Unit.objects.filter(pk__in=ids_within(scopes, on=on))


def ids_within(scopes: Iterable[Scope], *, on: dt.date) -> QuerySet[UnitPath, int]:
    """Return the ids of the units in ``scopes`` as a lazy sub-query, to be joined by the database."""
    conditions = [_condition(scope) for scope in scopes]
    if not conditions:
        return UnitPath.objects.none().values_list("unit_id", flat=True)
    return UnitPath.objects.filter(on_day(on), reduce(or_, conditions)).values_list("unit_id", flat=True)


def _condition(scope: Scope) -> Q:
    if not scope.subtree:
        return Q(unit_id=scope.unit_id)
    return Q(line=scope.line, path__gte=scope.path, path__lt=scope.path + END)


def with_paths(units: QuerySet[Unit], *, line: Line = Line.PROFESSIONAL, on: dt.date) -> QuerySet[Unit]:
    """Return ``units`` annotated with ``path``, their path in a line on a day (``None`` when not placed there)."""
    paths = UnitPath.objects.filter(on_day(on), unit_id=OuterRef("pk"), line=line).values("path")
    return units.annotate(path=Subquery(paths[:1]))


def covers(scopes: Iterable[Scope], unit: Unit | int, *, on: dt.date) -> bool:
    """Whether a unit lies in any of ``scopes`` on a day."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    return ids_within(scopes, on=on).filter(unit_id=unit_id).exists()


def ancestors(unit: Unit, *, line: Line = Line.PROFESSIONAL, on: dt.date) -> list[Unit]:
    """Return the units above ``unit`` on a day, root first, without itself."""
    path = path_of(unit, line=line, on=on)
    ids = unit_ids(path)[:-1] if path else ()
    found = Unit.objects.in_bulk(ids)
    return [found[i] for i in ids]


def parent_of(unit: Unit, *, line: Line = Line.PROFESSIONAL, on: dt.date) -> Unit | None:
    """Return the unit directly above on a day."""
    above = ancestors(unit, line=line, on=on)
    return above[-1] if above else None


def children(unit: Unit, *, line: Line = Line.PROFESSIONAL, on: dt.date) -> QuerySet[Unit]:
    """Return the units directly below on a day, in Vietnamese name order."""
    below = Placement.objects.filter(on_day(on), parent=unit, line=line).values_list("unit_id", flat=True)
    return Unit.objects.filter(pk__in=below)


def unit_by_public_id(public_id: UUID | str) -> Unit:
    """Return the unit. Raises UnitNotFound."""
    try:
        return Unit.objects.select_related("kind").get(public_id=public_id)
    except Unit.DoesNotExist:
        raise UnitNotFound("unit_not_found") from None


class NotManaged(NotAllowed):
    """The unit does not lie in the part of the tree that the actor administers."""


def managed(by: Actor, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units that the actor administers on a day."""
    return Unit.objects.all() if by.is_system else within(by.scopes(Permission.MANAGE), on=on)


def manages(unit: Unit, *, by: Actor, today: dt.date) -> bool:
    """Whether the actor administers a unit; an ended one counts where it stood last."""
    return by.is_system or not _outside(by, [unit], today)


def require_managed(units: Iterable[Unit], *, by: Actor, today: dt.date, root: bool = False) -> None:
    """Raise NotManaged unless all units lie in what the actor administers; ``root``: something is placed at the top.

    Bodies outside the sector belong to nobody's branch. Who administers a whole Sở keeps those of its own province and
    those on which no other Sở depends; those of the centre belong to who administers the centre, or every Sở.
    """
    if by.is_system:
        return
    outside = _outside(by, list(units), today)
    if outside:
        raise NotManaged("not_managed", unit=outside[0].name)
    if root and not _heads(by):
        raise NotManaged("not_managed_root")


def _outside(by: Actor, units: list[Unit], today: dt.date) -> list[Unit]:
    scopes = by.scopes(Permission.MANAGE)
    days = {unit.pk: _day_of(unit, today) for unit in units}
    inside = {scope.unit_id for scope in scopes}
    for row in UnitPath.objects.filter(unit_id__in=days):
        if row.from_on <= days[row.unit_id] and (row.until_on is None or row.until_on > days[row.unit_id]):
            above = (s for s in scopes if s.subtree and s.line == row.line and row.path.startswith(s.path))
            inside |= {row.unit_id for _ in above}
    left = [unit for unit in units if unit.pk not in inside]
    heads = _heads(by) if any(unit.kind.is_outside for unit in left) else []
    return [unit for unit in left if not (heads and unit.kind.is_outside and _keeps(by, heads, unit, today))]


def _day_of(unit: Unit, today: dt.date) -> dt.date:
    """Return today, or the nearest day on which the unit exists."""
    day = max(today, unit.established_on)
    return day if unit.dissolved_on is None else min(day, unit.dissolved_on - dt.timedelta(days=1))


def _heads(by: Actor) -> list[Unit]:
    """Return the units of a province or of the centre that the actor administers with all below them."""
    ids = [scope.unit_id for scope in by.scopes(Permission.MANAGE) if scope.subtree]
    heads = Unit.objects.filter(pk__in=ids, kind__level__in=[Level.CENTRAL, Level.PROVINCE])
    return list(heads.select_related("kind").order_by("pk"))


def _keeps(by: Actor, heads: list[Unit], body: Unit, today: dt.date) -> bool:
    """Whether a body outside the sector is kept by who administers ``heads``."""
    if any(head.kind.level == Level.CENTRAL for head in heads):
        return True
    scopes = by.scopes(Permission.MANAGE)
    if body.kind.level == Level.CENTRAL:
        departments = Unit.objects.filter(kind__code="department", dissolved_on__isnull=True)
        return not departments.exclude(pk__in=ids_within(scopes, on=today)).exists()
    day = _day_of(body, today)
    chain = [unit.pk for unit in ancestors(body, line=Line.ADMINISTRATIVE, on=day)] + [body.pk]
    if any(_province_of(head, today) in chain for head in heads):
        return True
    below = subtree(body, line=Line.ADMINISTRATIVE, on=day).filter(kind__is_outside=False)
    return not below.exclude(pk__in=ids_within(scopes, on=day)).exists()


def _province_of(head: Unit, today: dt.date) -> int | None:
    """Return the highest body of the province above a head in the administrative line."""
    above = [unit.pk for unit in ancestors(head, line=Line.ADMINISTRATIVE, on=today)]
    provincial = Unit.objects.filter(pk__in=above, kind__level=Level.PROVINCE).values_list("pk", flat=True)
    held = set(provincial)
    return next((pk for pk in above if pk in held), None)
