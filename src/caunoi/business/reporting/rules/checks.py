"""Errors, which block, and queries, which need an explanation. One rule set for page, Excel and API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from caunoi.business.reporting.rules.branch import less_than_standing
from caunoi.business.reporting.rules.cells import Packed, plain, unpack
from caunoi.business.reporting.rules.form import Form, Line, Table, with_totals
from caunoi.business.reporting.rules.relations import ALL, EACH, Check, Relation, broken, faults_of
from caunoi.kernel.measure import MeasureState

LARGEST = Decimal(10) ** 15
"""Beyond this a figure is a slip of the hand."""
JUMP = Decimal(3)
"""A figure so many times larger or smaller than in the period before is asked about."""
JUMP_FROM = Decimal(10)
"""Differences smaller than this are not asked about."""


QUERIES: Final = frozenset({"jump", "cells_missing", "differs_from_register"})
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
    rule: str = ""
    """Code of the form's own rule that is broken; empty for the rules that every form has."""

    @property
    def key(self) -> str:
        """Under which an explanation is kept."""
        return f"{self.rule or self.code}|{self.target}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a unit has filled in."""

    cells: Packed
    narrative: Mapping[str, str]
    explanations: Mapping[str, str] = field(default_factory=dict)
    registers: Packed = field(default_factory=dict)
    """What registers said of its cells; a figure that differs needs a reason."""
    standing: Packed = field(default_factory=dict)
    """What is counted of its cells already through the units below; no figure may be less than that."""


def check(form: Form, content: Content, before: Packed | None = None) -> list[Finding]:
    """Return every finding, in the order of the form. ``before`` are the cells of the unit's previous report."""
    found = [*_sections(form, content)]
    for table in form.tables:
        found += _cells(table, content.cells, before or {})
        found += _corrections(table, content)
        found += _less_than_below(table, content)
        found += _gaps(table, content.cells)
    if form.checks:
        found += _relations(form, content.cells)
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
    if code not in QUERIES and code not in {check.code for check in form.checks if not check.is_error}:
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
        if code := _fault(measure.amount, column):
            facts = {**place_facts(table, row, column), "value": plain(measure.amount)}
            yield Finding(Severity.ERROR, code, f"cell:{key}", facts)
            continue
        earlier = unpack(before.get(key)).number
        if earlier is not None and _jumps(earlier, measure.amount):
            said = {"before": f"{earlier:f}", "now": f"{measure.amount:f}"}
            facts = {**place_facts(table, row, column), **said}
            yield Finding(Severity.QUERY, "jump", f"cell:{key}", facts)


def place_facts(table: Table, row: Line, column: Line) -> dict[str, str]:
    """Return the words for where a cell stands: its address in the sheet, its table, row and column."""
    return {
        "table": table.title, "row": row.label, "column": column.label, "address": table.address(row, column),
    }  # fmt: skip


def _relations(form: Form, cells: Packed) -> Iterator[Finding]:
    tables = {table.code: table for table in form.tables}
    everything = form.all_cells()
    full = with_totals(form, cells)
    for each in form.checks:
        severity = Severity.ERROR if each.is_error else Severity.QUERY
        for found in broken(each, tables, full):
            table, row, column = everything[found.place]
            is_total = row.is_total or column.is_total
            facts = {
                **place_facts(table, row, column), "left": f"{found.left:f}", "right": f"{found.right:f}",
                "against": against(each, form, row), "note": each.note,
            }  # fmt: skip
            target = f"table:{table.code}" if is_total else f"cell:{found.place}"
            yield Finding(severity, f"relation_{each.relation}", target, facts, each.code)


def example_of(rule: Check, form: Form) -> Finding | None:
    """Return what breaking a rule would look like, with made-up figures; ``None`` where the form lacks its cells."""
    code, line, column = rule.left[0].split(".")
    table = next((each for each in form.tables if each.code == code), None)
    rows = [] if table is None else [each for each in table.rows if each.code == line or line in (EACH, ALL)]
    if table is None or not rows or faults_of(rule, {each.code: each for each in form.tables}):
        return None
    head = next(each for each in table.columns if each.code == column)
    left, right = ("8", "10") if rule.relation is Relation.AT_LEAST else ("12", "10")
    facts = {
        **place_facts(table, rows[0], head), "left": left, "right": right, "note": rule.note,
        "against": against(rule, form, rows[0]),
    }  # fmt: skip
    severity = Severity.ERROR if rule.is_error else Severity.QUERY
    return Finding(severity, f"relation_{rule.relation}", f"cell:{table.key(rows[0], head)}", facts, rule.code)


def against(rule: Check, form: Form, row: Line) -> str:
    """Return the right side of a rule in words: rows and columns by their names, parts joined by a plus sign."""
    tables = {table.code: table for table in form.tables}
    said = []
    for place in rule.right:
        code, line, column = place.split(".")
        table = tables[code]
        head = next(each.label for each in table.columns if each.code == column)
        names = {each.code: each.label for each in table.rows} | {EACH: row.label, ALL: "∑"}
        said.append(f"{table.title} / {names[line]} / {head}")
    return " + ".join(said)


def _corrections(table: Table, content: Content) -> Iterator[Finding]:
    """Yield the cells in which a unit says otherwise than the register from which they were filled."""
    for key, row, column in table.typed():
        registered, typed = content.registers.get(key), content.cells.get(key)
        if registered is None or typed is None or unpack(typed).number == unpack(registered).number:
            continue
        now = unpack(typed).number
        said = {"before": f"{unpack(registered).number or 0:f}", "now": "KAD" if now is None else f"{now:f}"}
        facts = {**place_facts(table, row, column), **said}
        yield Finding(Severity.QUERY, "differs_from_register", f"cell:{key}", facts)


def _less_than_below(table: Table, content: Content) -> Iterator[Finding]:
    """Yield the cells that say less than the units below, whose reports count in the same campaign."""
    less = set(less_than_standing(content.cells, content.standing))
    for key, row, column in table.typed():
        if key in less:
            said = {"value": content.cells[key], "before": content.standing[key]}
            yield Finding(Severity.ERROR, "less_than_below", f"cell:{key}", {**place_facts(table, row, column), **said})


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
