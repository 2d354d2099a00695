"""A form as data: sections, and tables whose total rows and columns are worked out, never typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from caunoi.business.reporting.rules.cells import Packed, pack, sum_of, unpack
from caunoi.business.reporting.rules.relations import Check
from caunoi.kernel.measure import Measure, MeasureState

BY_ROW: Final = "*"
"""Stands as the indicator of a column whose cells are answered by the indicator of their row."""
ESTIMATE: Final = "estimate"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the outline with its guiding question."""

    code: str
    title: str
    marker: str = ""
    question: str = ""
    is_required: bool = True

    @property
    def heading(self) -> str:
        """The heading with its marker, as printed."""
        return f"{self.marker}. {self.title}" if self.marker else self.title


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table."""

    code: str
    label: str
    is_total: bool = False
    unit: str = ""
    whole: bool = True
    """Columns: whether only whole numbers make sense."""
    basis: str = "period"
    """Columns: "period", "to_cut_off" or "estimate" of the whole period."""
    indicator: str = ""
    """Code of the indicator that answers it, where a register knows it."""
    dimensions: tuple[tuple[str, str], ...] = ()
    """Members of shared lists: (list, member)."""


@dataclass(frozen=True)  # without slots: its cells are kept once they were asked for, a file asks for each of its rows
class Table:
    """Rows by columns; ``nature`` is "flow" or "stock"."""

    code: str
    title: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    unit: str = ""
    nature: str = "flow"

    def key(self, row: Line, column: Line) -> str:
        """Return the key under which a cell is stored."""
        return f"{self.code}.{row.code}.{column.code}"

    def cells(self) -> Iterator[tuple[str, Line, Line]]:
        """Yield every cell in reading order: key, row, column."""
        return iter(self._cells)

    @cached_property
    def _cells(self) -> tuple[tuple[str, Line, Line], ...]:
        return tuple((self.key(row, column), row, column) for row in self.rows for column in self.columns)

    def address(self, row: Line, column: Line) -> str:
        """Return where a cell stands in the sheet to be filled in: heads in row 1, names of rows in column A."""
        x, y = self.columns.index(column) + 2, self.rows.index(row) + 2
        letters = ""
        while x:
            x, rest = divmod(x - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{y}"

    def typed(self) -> Iterator[tuple[str, Line, Line]]:
        """Yield the cells that a unit fills in."""
        return iter(self._typed)

    @cached_property
    def _typed(self) -> tuple[tuple[str, Line, Line], ...]:
        return tuple(cell for cell in self._cells if not (cell[1].is_total or cell[2].is_total))

    def indicator_of(self, row: Line, column: Line) -> str:
        """Return the code of the indicator that answers a cell; empty when none does.

        A column names its own, or ``BY_ROW``; in a table of one column the row's counts without saying. Estimates are
        never answered by a register.
        """
        if column.basis == ESTIMATE or row.is_total or column.is_total:
            return ""
        if column.indicator and column.indicator != BY_ROW:
            return column.indicator
        alone = sum(1 for each in self.columns if not each.is_total) == 1
        return row.indicator if alone or column.indicator == BY_ROW else ""

    def parts_of(self, row: Line, column: Line) -> list[str]:
        """Return the keys of the typed cells that a total cell adds up."""
        rows = [r for r in self.rows if not r.is_total] if row.is_total else [row]
        columns = [c for c in self.columns if not c.is_total] if column.is_total else [column]
        return [self.key(r, c) for r in rows for c in columns]


@dataclass(frozen=True)
class Form:
    """What a unit fills in."""

    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    checks: tuple[Check, ...] = ()
    """Rules between figures (period ≤ cumulative, one table against another)."""

    def typed_cells(self) -> Mapping[str, tuple[Table, Line, Line]]:
        """Return every cell that a unit fills in: key → table, row, column."""
        return self._typed_cells

    @cached_property
    def _typed_cells(self) -> Mapping[str, tuple[Table, Line, Line]]:
        return {key: (table, row, column) for table in self.tables for key, row, column in table.typed()}

    def all_cells(self) -> dict[str, tuple[Table, Line, Line]]:
        """Return every cell, totals included: key → table, row, column."""
        return {key: (table, row, column) for table in self.tables for key, row, column in table.cells()}

    def section(self, code: str) -> Section | None:
        """Return the section with this code."""
        return next((section for section in self.sections if section.code == code), None)


GAP: Final = "?"
"""Behind the key of a total: the unit has left at least one of its parts without a figure."""


def with_totals(form: Form, typed: Packed) -> dict[str, str]:
    """Return the typed cells together with those that are worked out from them.

    A total adds up the parts that are answered, so that columns always add up; where parts are missing it carries a
    second cell, its key with ``GAP`` behind it, so that no total hides a gap.
    """
    full = {key: typed[key] for key in form.typed_cells() if key in typed}
    for table in form.tables:
        for key, row, column in table.cells():
            if row.is_total or column.is_total:
                parts = [unpack(typed.get(part)) for part in table.parts_of(row, column)]
                packed = pack(_sum(parts))
                if packed is not None:
                    full[key] = packed
                    if any(part.state is MeasureState.MISSING for part in parts):
                        full[key + GAP] = "1"
    return full


def _sum(parts: list[Measure]) -> Measure:
    owed = [part for part in parts if part.state is not MeasureState.NOT_APPLICABLE]
    if not owed:
        return Measure.not_applicable() if parts else Measure.missing()
    known = [part for part in owed if part.is_known]
    if not known:
        return Measure.missing()
    if len(known) == len(owed) and all(part.state is MeasureState.ZERO for part in owed):
        return Measure.zero()
    return Measure.of(sum_of(part.number or Decimal(0) for part in known))


def known_sum(form_table: Table, cells: Mapping[str, str], row: Line, column: Line) -> Decimal | None:
    """Return the sum of the parts answered so far, for showing while typing; ``None`` when there is none."""
    numbers = [unpack(cells.get(part)).number for part in form_table.parts_of(row, column)]
    known = [number for number in numbers if number is not None]
    return sum_of(known) if known else None
