"""What registers know of a unit's form: which cells they answer, and what was frozen of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from caunoi.business.indicators.public import Contributor, codes_with_source, contributors, figures
from caunoi.business.reporting.models import Campaign, Snapshot
from caunoi.business.reporting.rules.cells import Packed, pack
from caunoi.business.reporting.rules.form import Form
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.measure import Measure
from caunoi.kernel.periods import Period

ESTIMATE = "estimate"
"""Columns of what is expected of the rest of a period: no register knows it."""


def answered_cells(form: Form) -> dict[str, str]:
    """Return the typed cells that a register answers: key → code of the indicator."""
    known = codes_with_source()
    found = {
        key: table.indicator_of(row, column)
        for key, (table, row, column) in form.typed_cells().items()
        if column.basis != ESTIMATE
    }
    return {key: code for key, code in found.items() if code in known}


def counted_period(campaign: Campaign) -> Period:
    """Return the days whose figures count: from the first of the period to the cut-off, both included."""
    return Period(campaign.period_from_on, campaign.cut_off_on + dt.timedelta(days=1))


def read_registers(
    campaign: Campaign, cells: Mapping[str, str], unit_ids: list[int]
) -> dict[int, tuple[dict[str, str], dict[str, list[dict[str, object]]]]]:
    """Return for each unit the packed figures and the records behind them, by cell; two queries a code and chunk."""
    period = counted_period(campaign)
    codes = sorted(set(cells.values()))
    measures = figures(codes, unit_ids, period)
    rows = contributors(codes, unit_ids, period)
    names = _names({unit for row in rows for unit in (row.unit_id, *row.participants)})
    behind: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in rows:
        for unit_id in {row.unit_id, *row.participants}:
            behind.setdefault((row.code, unit_id), []).append(_told(row, unit_id, names))
    found = {}
    for unit_id in unit_ids:
        packed = {key: pack(measures.get((code, unit_id), Measure.missing())) for key, code in cells.items()}
        figures_of = {key: text for key, text in packed.items() if text is not None}
        found[unit_id] = figures_of, {key: behind.get((cells[key], unit_id), []) for key in figures_of}
    return found


def _told(row: Contributor, unit_id: int, names: Mapping[int, str]) -> dict[str, object]:
    """Return a record as it is kept for one unit: with its amount for the owner, with 0 where it only took part."""
    amount = row.amount if row.unit_id == unit_id else Decimal(0)
    return {
        "kind": row.kind, "id": str(row.public_id), "label": row.label, "amount": f"{amount:f}",
        "on": row.on.isoformat() if row.on else "", "unit": names.get(row.unit_id, ""),
        "units": [names[each] for each in row.participants if each in names],
    }  # fmt: skip


def _names(ids: set[int]) -> dict[int, str]:
    many, found = sorted(ids), {}
    for start in range(0, len(many), 900):
        found.update(dict(Unit.objects.filter(pk__in=many[start : start + 900]).values_list("pk", "name")))
    return found


def registered_of(reporter_id: int) -> Packed:
    """Return the figures that registers gave for a report, by cell; nothing when they were never asked."""
    found = Snapshot.objects.filter(reporter_id=reporter_id).values_list("cells", flat=True).first()
    return found or {}
