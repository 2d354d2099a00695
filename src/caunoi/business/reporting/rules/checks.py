"""Errors, which block, and queries, which need an explanation. One rule set for page, Excel and API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from caunoi.business.reporting.rules.cells import Packed, unpack
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.kernel.measure import MeasureState

LARGEST = Decimal(10) ** 15
"""Beyond this a figure is a slip of the hand."""
JUMP = Decimal(3)
"""A figure so many times larger or smaller than in the period before is asked about."""
JUMP_FROM = Decimal(10)
"""Differences smaller than this are not asked about."""


QUERIES: Final = frozenset({"jump", "cells_missing"})
"""The codes of findings that may be explained."""


class Severity(StrEnum):
    """Whether sending is blocked or only asks for an explanation."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or has to be explained. ``target`` is "cell:KEY", "section:CODE" or "table:CODE"."""

    severity: Severity
    code: str
    target: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Under which an explanation is kept."""
        return f"{self.code}|{self.target}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a unit has filled in."""

    cells: Packed
    narrative: Mapping[str, str]
    explanations: Mapping[str, str] = field(default_factory=dict)


def check(form: Form, content: Content, before: Packed | None = None) -> list[Finding]:
    """Return every finding, in the order of the form. ``before`` are the cells of the unit's previous report."""
    found = [*_sections(form, content)]
    for table in form.tables:
        found += _cells(table, content.cells, before or {})
        found += _gaps(table, content.cells)
    return found


def blocking(findings: list[Finding], explanations: Mapping[str, str]) -> list[Finding]:
    """Return what still stands in the way of sending: errors, and queries without an explanation."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR or not explanations.get(finding.key, "").strip()
    ]


def can_explain(form: Form, key: str) -> bool:
    """Whether ``key`` names a query that this form can raise: a known kind, about a cell or table that it has."""
    code, _bar, target = key.partition("|")
    kind, _colon, place = target.partition(":")
    if code not in QUERIES:
        return False
    if kind == "cell":
        return place in form.all_cells()
    return kind == "table" and any(table.code == place for table in form.tables)


def _sections(form: Form, content: Content) -> Iterator[Finding]:
    for section in form.sections:
        if section.is_required and not content.narrative.get(section.code, "").strip():
            yield Finding(Severity.ERROR, "section_empty", f"section:{section.code}", {"section": section.heading})


def _cells(table: Table, cells: Packed, before: Packed) -> Iterator[Finding]:
    for key, row, column in table.typed():
        measure = unpack(cells.get(key))
        if measure.state is not MeasureState.VALUE or measure.amount is None:
            continue
        code = _fault(measure.amount, column)
        facts = {"table": table.title, "row": row.label, "column": column.label}
        if code:
            yield Finding(Severity.ERROR, code, f"cell:{key}", facts)
            continue
        earlier = unpack(before.get(key)).number
        if earlier is not None and _jumps(earlier, measure.amount):
            facts = {**facts, "before": f"{earlier:f}", "now": f"{measure.amount:f}"}
            yield Finding(Severity.QUERY, "jump", f"cell:{key}", facts)


def _fault(amount: Decimal, column: Line) -> str:
    if amount < 0:
        return "negative"
    if amount > LARGEST:
        return "too_large"
    if column.whole and amount != amount.to_integral_value():
        return "not_whole"
    return ""


def _jumps(earlier: Decimal, now: Decimal) -> bool:
    low, high = sorted((earlier, now))
    return high - low >= JUMP_FROM and high >= low * JUMP


def _gaps(table: Table, cells: Packed) -> Iterator[Finding]:
    missing = [key for key, _, _ in table.typed() if key not in cells]
    if missing:
        facts = {"table": table.title, "count": str(len(missing))}
        yield Finding(Severity.QUERY, "cells_missing", f"table:{table.code}", facts)
