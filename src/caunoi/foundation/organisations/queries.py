"""Reading over time: who carries a unit on a day. Lazy and set-based, to be joined by the database."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from caunoi.foundation.organisations.models import Placement, Succession, Unit, UnitHeir, UnitName, UnitPath


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
