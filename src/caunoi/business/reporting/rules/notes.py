"""Notes on places of a report that was sent back: which places can carry one, and which the next version answers."""

from __future__ import annotations

from collections.abc import Iterable

from caunoi.business.reporting.rules.differences import Difference
from caunoi.business.reporting.rules.form import Form

SECTION, CELL, TABLE = "section", "cell", "table"


def can_be_noted(form: Form, target: str) -> bool:
    """Whether ``target`` ("section:CODE", "cell:KEY", "table:CODE") is a place of the form that a unit fills in."""
    kind, _colon, key = target.partition(":")
    if kind == SECTION:
        return form.section(key) is not None
    if kind == CELL:
        return key in form.typed_cells()
    return kind == TABLE and any(table.code == key for table in form.tables)


def answered(targets: Iterable[str], change: Difference) -> frozenset[str]:
    """Return the noted places that differ in the version sent after the notes; a table where any of its cells does."""
    touched = {f"{CELL}:{each.key}" for each in change.cells}
    touched |= {f"{TABLE}:{each.table.code}" for each in change.cells}
    touched |= {f"{SECTION}:{each.section.code}" for each in change.sections}
    return frozenset(targets) & touched
