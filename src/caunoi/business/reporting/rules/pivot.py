"""Figures of a form turned as one wishes: places, kinds of units, periods, rows and columns against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from caunoi.business.reporting.rules.form import Line, Table
from caunoi.business.reporting.rules.totals import total_of
from caunoi.kernel.measure import Total


class Axis(StrEnum):
    """What may stand in the rows or columns of a pivot."""

    PLACE = "noi"
    KIND = "loai"
    PERIOD = "ky"
    ROW = "dong"
    COLUMN = "cot"


class Shown(StrEnum):
    """What a cell of a pivot shows."""

    SUM = "tong"
    ANSWERED = "don-vi"
    """Units that gave the figure."""
    COVERAGE = "do-phu"
    """Their share of those that owe it, in percent."""


OF_NODES: Final = frozenset({Axis.PLACE, Axis.KIND})
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Member:
    """One row or column heading: what it stands for, and its words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """The packed totals of one place or kind in one period."""

    cells: Mapping[str, object]
    expected: int
    place: str = ""
    """Public id of the place, for opening what stands behind a figure."""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class PivotCell:
    """One sum with its coverage, and where it is kept; ``total`` is ``None`` where there was no such campaign."""

    total: Total | None
    key: str = ""
    place: str = ""
    campaign: str = ""

    def number(self, shown: Shown) -> Decimal | None:
        """Return what the cell shows, ``None`` when nothing is known."""
        if self.total is None:
            return None
        if shown is Shown.ANSWERED:
            return Decimal(self.total.answered)
        if shown is Shown.COVERAGE:
            return share(self.total.answered, self.total.expected)
        return self.total.amount


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is held fixed on the axes that are not turned."""

    node: str
    period: str
    row: Line
    column: Line


@dataclass(frozen=True, slots=True)
class Pivot:
    """A turned table."""

    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    cells: tuple[tuple[PivotCell, ...], ...]


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent to a tenth; ``None`` of nothing."""
    return (Decimal(100 * part) / whole).quantize(_TENTH, rounding=ROUND_HALF_UP) if whole else None


def fits(rows: Axis, columns: Axis) -> bool:
    """Whether two axes can stand against each other: places and kinds of units are two cuts of the same units."""
    return rows is not columns and not (rows in OF_NODES and columns in OF_NODES)


def turned(
    table: Table,
    facts: Mapping[tuple[str, str], NodeFacts],
    axes: tuple[Axis, Axis],
    members: tuple[Sequence[Member], Sequence[Member]],
    chosen: Chosen,
) -> Pivot:
    """Return the table turned; ``facts`` are by place and period. Raises ValueError for axes that do not fit."""
    if not fits(*axes):
        raise ValueError(f"{axes[0]} against {axes[1]}")
    cells = tuple(
        tuple(_cell(table, facts, {axes[0]: row.key, axes[1]: column.key}, chosen) for column in members[1])
        for row in members[0]
    )
    return Pivot(tuple(members[0]), tuple(members[1]), cells)


def _cell(
    table: Table,
    facts: Mapping[tuple[str, str], NodeFacts],
    at: Mapping[Axis, str],
    chosen: Chosen,
) -> PivotCell:
    node = at.get(Axis.PLACE) or at.get(Axis.KIND) or chosen.node
    found = facts.get((node, at.get(Axis.PERIOD, chosen.period)))
    if found is None:
        return PivotCell(None)
    rows, columns = {r.code: r for r in table.rows}, {c.code: c for c in table.columns}
    row = rows[at[Axis.ROW]] if Axis.ROW in at else chosen.row
    column = columns[at[Axis.COLUMN]] if Axis.COLUMN in at else chosen.column
    key = table.key(row, column)
    return PivotCell(total_of(found.cells, key, found.expected), key, found.place, found.campaign)
