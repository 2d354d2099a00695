"""Rules between figures of a form: period ≤ cumulative, parts ≤ whole, one table against another.

A place is written table.row.column. ``*`` for the row means "for each row", with the same row on both sides; ``+``
means all typed rows added up. So ``b1.*.nam`` ≤ ``b1.*.luy_ke`` asks every row, and ``b2.+.tien`` = ``b1.chi.so`` asks
across two tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from caunoi.business.reporting.rules.cells import Packed, sum_of, unpack
from caunoi.kernel.measure import MeasureState

if TYPE_CHECKING:
    from caunoi.business.reporting.rules.form import Table

EACH: Final = "*"
ALL: Final = "+"


class Relation(StrEnum):
    """How the left side has to stand to the right."""

    AT_MOST = "le"
    EQUAL = "eq"
    AT_LEAST = "ge"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a form."""

    code: str
    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...]
    is_error: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that the figures break: where the left side begins, and the two sums."""

    check: Check
    place: str
    left: Decimal
    right: Decimal


def faults_of(check: Check, tables: Mapping[str, Table]) -> list[str]:
    """Return the places of a rule that the form does not have; an empty list means that the rule can be used."""
    return [place for place in (*check.left, *check.right) if not _exists(place, tables)]


def broken(check: Check, tables: Mapping[str, Table], cells: Packed) -> Iterator[Broken]:
    """Yield where a rule is broken. A side with a missing figure is not judged; what does not apply counts nothing."""
    for row in _rows(check, tables):
        left, right = (_sum(side, row, tables, cells) for side in (check.left, check.right))
        if left is not None and right is not None and not _holds(check.relation, left, right):
            yield Broken(check, _bound(check.left[0], row, tables)[0], left, right)


def _exists(place: str, tables: Mapping[str, Table]) -> bool:
    parts = place.split(".")
    if len(parts) != 3 or parts[0] not in tables:
        return False
    table = tables[parts[0]]
    rows = {line.code for line in table.rows} | {EACH, ALL}
    return parts[1] in rows and parts[2] in {line.code for line in table.columns}


def _rows(check: Check, tables: Mapping[str, Table]) -> list[str]:
    """Return the rows for which a rule is asked: one nameless turn, or every typed row that all its tables have."""
    asked = [place.split(".")[0] for place in (*check.left, *check.right) if place.split(".")[1] == EACH]
    if not asked:
        return [""]
    first, *others = [[line.code for line in tables[code].rows if not line.is_total] for code in dict.fromkeys(asked)]
    return [code for code in first if all(code in other for other in others)]


def _bound(place: str, row: str, tables: Mapping[str, Table]) -> list[str]:
    """Return the keys of the cells that a place stands for, on this turn."""
    table, line, column = place.split(".")
    if line == EACH:
        return [f"{table}.{row}.{column}"]
    if line == ALL:
        return [f"{table}.{each.code}.{column}" for each in tables[table].rows if not each.is_total]
    return [place]


def _sum(side: tuple[str, ...], row: str, tables: Mapping[str, Table], cells: Packed) -> Decimal | None:
    measures = [unpack(cells.get(key)) for place in side for key in _bound(place, row, tables)]
    owed = [each for each in measures if each.state is not MeasureState.NOT_APPLICABLE]
    numbers = [each.number for each in owed if each.number is not None]
    if not owed or len(numbers) != len(owed):
        return None
    return sum_of(numbers)


def _holds(relation: Relation, left: Decimal, right: Decimal) -> bool:
    if relation is Relation.AT_MOST:
        return left <= right
    return left >= right if relation is Relation.AT_LEAST else left == right
