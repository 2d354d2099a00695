"""What comes in for the cells of a form - typed, pasted, from a file, from another program - read by one rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caunoi.business.reporting.rules.checks import Finding, Severity, place_facts
from caunoi.business.reporting.rules.form import Form
from caunoi.foundation.pages.public import CellUnreadable, read_cell
from caunoi.kernel.measure import Measure

Raw = str | int | Decimal | None
"""A text as a person types it, a number, or nothing (a missing figure)."""
MOST_DIGITS = 40


@dataclass(frozen=True, slots=True)
class ReadValues:
    """Cells that could be read, and those whose content is neither a number nor one of the two codes."""

    cells: Mapping[str, Measure]
    unreadable: Mapping[str, str]


def measure_of(raw: Raw) -> Measure:
    """Return what one cell says. Raises CellUnreadable."""
    if raw is None:
        return Measure.missing()
    if isinstance(raw, str):
        return read_cell(raw)
    amount = Decimal(raw)
    if not amount.is_finite() or abs(amount.adjusted()) > MOST_DIGITS or len(amount.as_tuple().digits) > MOST_DIGITS:
        raise CellUnreadable("pages.cell_unreadable", text=str(raw)[:MOST_DIGITS])
    return Measure.of(amount)


def unreadable_findings(form: Form, unreadable: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a finding for each cell that could not be read, with its place."""
    typed = form.typed_cells()
    return tuple(
        Finding(Severity.ERROR, "unreadable", f"cell:{key}", {**place_facts(*typed[key]), "text": text})
        for key, text in unreadable.items()
    )


def read_values(form: Form, raw: Mapping[str, Raw]) -> ReadValues:
    """Return what was sent for the cells of the form; names that it does not have are left out."""
    cells: dict[str, Measure] = {}
    unreadable: dict[str, str] = {}
    for key in form.typed_cells():
        if key not in raw:
            continue
        try:
            cells[key] = measure_of(raw[key])
        except CellUnreadable:
            unreadable[key] = str(raw[key]).strip()[:MOST_DIGITS]
    return ReadValues(cells, unreadable)
