"""What is worth drawing of a form: for each table the rows of its first column, beside those of a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.totals import total_of
from caunoi.kernel.measure import Total

MOST: Final = 14
"""Bars of one chart; of more rows the largest are drawn."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The figures of one chart: a bar a row, ``None`` where nobody answered."""

    table: Table
    column: Line
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    earlier: tuple[Decimal | None, ...]
    """Of the period that it is compared with; empty without one."""
    largest: int | None
    """Which bar is the longest, where one alone is."""
    share: Decimal | None
    """Its share of the sum in percent."""
    least: Total
    """Of all bars the one with the thinnest coverage: what the chart as a whole may claim."""


def bars_of(
    form: Form, cells: Mapping[str, object], expected: int, earlier: Mapping[str, object] | None, earlier_expected: int
) -> list[Bars]:
    """Return the charts of a form: tables with at least two rows of which one is known."""
    made = [_bars(table, cells, expected, earlier, earlier_expected) for table in form.tables]
    return [each for each in made if each is not None]


def _bars(
    table: Table,
    cells: Mapping[str, object],
    expected: int,
    earlier: Mapping[str, object] | None,
    earlier_expected: int,
) -> Bars | None:
    rows = [row for row in table.rows if not row.is_total]
    column = next((column for column in table.columns if not column.is_total), None)
    if column is None or len(rows) < 2:
        return None
    totals = [(row, total_of(cells, table.key(row, column), expected)) for row in rows]
    if all(total.amount is None for _, total in totals):
        return None
    if len(totals) > MOST:
        totals = sorted(totals, key=lambda pair: -(pair[1].amount or Decimal(0)))[:MOST]
    values = tuple(total.amount for _, total in totals)
    keys = tuple(table.key(row, column) for row, _ in totals)
    then = () if earlier is None else tuple(total_of(earlier, key, earlier_expected).amount for key in keys)
    largest, share = _largest(values)
    least = min((total for _, total in totals), key=lambda total: total.answered - total.expected)
    return Bars(table, column, tuple(row.label for row, _ in totals), keys, values, then, largest, share, least)


def _largest(values: tuple[Decimal | None, ...]) -> tuple[int | None, Decimal | None]:
    known = [value for value in values if value is not None]
    top, whole = max(known), sum(known, Decimal(0))
    if top <= 0 or known.count(top) > 1:
        return None, None
    return values.index(top), (100 * top / whole).quantize(Decimal(1))
