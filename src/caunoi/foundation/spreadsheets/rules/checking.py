"""Reading the rows of a sheet by its schema: good values, and a finding for each that is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caunoi.foundation.spreadsheets.rules.cells import Cell, CellKind, Sheet, Value
from caunoi.foundation.spreadsheets.rules.columns import Column, Wrong, read_value
from caunoi.foundation.spreadsheets.rules.findings import Finding
from caunoi.kernel.text import fold

HEAD_WITHIN = 15
"""The head stands in one of the first so many rows that hold anything."""
ERRORS_LABEL = "Lỗi cần sửa"
"""Head of the column that ``annotate`` adds; never read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and for each column the value (``None`` when empty or wrong)."""

    number: int
    values: Mapping[str, Value]
    cells: Mapping[str, Cell] = field(repr=False)

    def text(self, key: str) -> str:
        """Return a value as text; "" when there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a sheet and what is wrong in it; ``is_clean`` when nothing is but warnings."""

    sheet: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    places: Mapping[str, tuple[int, str]]
    """Column key → its number in the sheet and its head."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands in the way."""
        return all(finding.is_warning for finding in self.findings)

    def at(
        self, row: Row, key: str, code: str, facts: Mapping[str, str | int] | None = None, *, is_warning: bool = False
    ) -> Finding:
        """Return a finding of the caller's own about a cell of a row."""
        column, label = self.places.get(key, (None, ""))
        cell = row.cells.get(key)
        value = cell.printed[:200] if cell else ""
        return Finding(code, self.sheet, row.number, column, label, value, facts or {}, is_warning)


def check(sheet: Sheet, columns: Sequence[Column]) -> Checked:
    """Return the rows of ``sheet`` below its head, read by ``columns``, and every fault with its place."""
    start, places, findings = _head(sheet, columns)
    if start is None:
        return Checked(sheet.name, (), tuple(findings), {})
    labels = {column.key: (places[column.key], str(column.label)) for column in columns if column.key in places}
    rows: list[Row] = []
    seen: dict[str, dict[str, int]] = {column.key: {} for column in columns if column.unique}
    present = [column for column in columns if column.key in places]
    for cells in sheet.rows[start + 1 :]:
        row = _row(sheet.name, cells, present, places, findings)
        if row is None:
            continue
        _note_repeated(sheet.name, row, seen, labels, findings)
        rows.append(row)
    if not rows:
        findings.append(Finding("no_rows", sheet.name))
    return Checked(sheet.name, tuple(rows), tuple(findings), labels)


def _head(sheet: Sheet, columns: Sequence[Column]) -> tuple[int | None, dict[str, int], list[Finding]]:
    wanted = {fold(str(column.label)): column.key for column in columns}
    best: tuple[int, int] = (0, -1)
    for index, cells in enumerate(sheet.rows[:HEAD_WITHIN]):
        hits = len({_name(cell) for cell in cells} & wanted.keys())
        best = max(best, (hits, -index))
    if best[0] * 2 < sum(column.required for column in columns) or best[0] == 0:
        first = ", ".join(f"“{column.label}”" for column in columns[:4])
        return None, {}, [Finding("no_head", sheet.name, facts={"columns": first})]
    return _placed(sheet, -best[1], wanted, columns)


def _placed(
    sheet: Sheet, index: int, wanted: Mapping[str, str], columns: Sequence[Column]
) -> tuple[int | None, dict[str, int], list[Finding]]:
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for cell in sheet.rows[index]:
        key = wanted.get(_name(cell))
        where = (sheet.name, cell.row, cell.column, cell.printed[:200])
        if key is None and _name(cell) not in ("", fold(ERRORS_LABEL)):
            findings.append(Finding("unknown_column", *where, is_warning=True))
        elif key in places:
            findings.append(Finding("column_twice", *where))
        elif key is not None:
            places[key] = cell.column
    head = sheet.rows[index][0].row
    findings += [
        Finding("column_missing", sheet.name, head, None, str(column.label))
        for column in columns
        if column.required and column.key not in places
    ]
    return (index if not any(not one.is_warning for one in findings) else None), places, findings


def _name(cell: Cell) -> str:
    return fold(cell.printed.rstrip("* ")) if cell.kind is CellKind.TEXT else ""


def _row(
    sheet: str, cells: Sequence[Cell], columns: Sequence[Column], places: Mapping[str, int], findings: list[Finding]
) -> Row | None:
    standing = {cell.column: cell for cell in cells}
    number = cells[0].row
    found = {column.key: standing.get(places[column.key]) for column in columns}
    if all(cell is None or (cell.kind is CellKind.TEXT and not cell.value) for cell in found.values()):
        return None
    values: dict[str, Value] = {}
    kept: dict[str, Cell] = {}
    for column in columns:
        cell = found[column.key] or Cell(number, places[column.key], CellKind.EMPTY, None)
        value = read_value(cell, column)
        if isinstance(value, Wrong):
            where = (sheet, number, cell.column, str(column.label), cell.printed[:200])
            findings.append(Finding(value.code, *where, value.facts))
            value = None
        values[column.key], kept[column.key] = value, cell
    return Row(number, values, kept)


def _note_repeated(
    sheet: str,
    row: Row,
    seen: dict[str, dict[str, int]],
    labels: Mapping[str, tuple[int, str]],
    findings: list[Finding],
) -> None:
    for key, rows in seen.items():
        value = row.values.get(key)
        if value is None:
            continue
        first = rows.setdefault(str(value).casefold(), row.number)
        if first != row.number:
            column, label = labels[key]
            findings.append(Finding("repeated", sheet, row.number, column, label, str(value)[:200], {"first": first}))
