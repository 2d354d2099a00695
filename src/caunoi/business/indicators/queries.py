"""Figures and the records behind them, for any set of units at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import QuerySet

from caunoi.business.indicators.rules.registry import Contributor, Units, source_of
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.measure import Measure
from caunoi.kernel.periods import Period

UnitIds = QuerySet[Unit] | Collection[int]
"""Units as a lazy query, joined by the database, or as their ids."""


def figures(codes: Iterable[str], units: UnitIds, period: Period) -> dict[tuple[str, int], Measure]:
    """Return what each unit has of each indicator: one query a code, however many units.

    A unit without a record has a confirmed zero where the register is complete, else it is left out, as are codes that
    no register answers for. A record counts for its owner alone, so adding up units never counts it twice.
    """
    asked = _ids(units)
    found: dict[tuple[str, int], Measure] = {}
    for code in codes:
        source = source_of(code)
        if source is None:
            continue
        if source.is_complete:
            found.update({(code, unit_id): Measure.zero() for unit_id in asked})
        for unit_id, amount in source.sums(code, asked, period):
            found[code, unit_id] = Measure.of(amount) if amount else Measure.zero()
    return found


def total(code: str, units: UnitIds, period: Period) -> Decimal | None:
    """Return the sum over units, each record once; ``None`` when no register answers for the indicator."""
    source = source_of(code)
    if source is None:
        return None
    return sum((amount for _, amount in source.sums(code, _ids(units), period)), Decimal(0))


def contributors(codes: Iterable[str], units: UnitIds, period: Period) -> list[Contributor]:
    """Return the records behind the figures: those that the units own, and those in which they only took part.

    The sum of the amounts of owned records is the figure; each record stands in the list once a code.
    """
    asked = _ids(units)
    found: list[Contributor] = []
    for code in codes:
        source = source_of(code)
        if source is not None:
            found += source.rows(code, asked, period)
    return found


def _ids(units: UnitIds) -> Units:
    if isinstance(units, QuerySet):
        return units.order_by().values_list("pk", flat=True)
    return list(units)
