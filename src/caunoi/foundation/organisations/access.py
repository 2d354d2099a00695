"""Reading the tree: on a day, in a line, under a unit, within the scopes of an actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from caunoi.foundation.organisations.models import Placement, Unit, UnitPath
from caunoi.foundation.organisations.rules.paths import END, unit_ids
from caunoi.kernel.actor import Line, Scope
from caunoi.kernel.errors import NotFound


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
