"""Reading over time: who carries a unit on a day. Lazy and set-based, to be joined by the database."""

from __future__ import annotations

import datetime as dt

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from caunoi.foundation.organisations.models import Unit, UnitHeir


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
