"""Packed totals: what one place of the tree knows of every cell, and how one report changes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from caunoi.business.reporting.rules.cells import NOT_APPLICABLE, ZERO, Packed, minus, plain, plus, unpack
from caunoi.business.reporting.rules.form import GAP
from caunoi.kernel.measure import MeasureState, Total

PackedTotals = dict[str, list[object]]
"""Cell key → [sum as text, units that answered, units to which it does not apply]."""


def change(totals: Mapping[str, object], cells: Packed, sign: int) -> PackedTotals:
    """Return ``totals`` with one report added (``sign`` 1) or taken out (-1). Nothing left of a cell drops its key."""
    changed: PackedTotals = {key: _row(value) for key, value in totals.items()}
    for key, text in cells.items():
        measure = unpack(text)
        amount, answered, inapplicable = changed.get(key, ["0", 0, 0])
        if measure.state is MeasureState.NOT_APPLICABLE:
            inapplicable = _count(inapplicable) + sign
        elif measure.number is not None:
            amount = plain((plus if sign > 0 else minus)(Decimal(str(amount)), measure.number))
            answered = _count(answered) + sign
        if answered == 0 and inapplicable == 0:
            changed.pop(key, None)
        else:
            changed[key] = [amount, answered, inapplicable]
    return changed


def total_of(totals: Mapping[str, object], key: str, expected: int) -> Total:
    """Return the sum of a cell with its coverage among ``expected`` units."""
    amount, answered, inapplicable = _row(totals.get(key, ["0", 0, 0]))
    counted = _count(answered)
    return Total(Decimal(str(amount)) if counted else None, counted, expected - _count(inapplicable))


def gaps_of(totals: Mapping[str, object], key: str) -> int:
    """Return how many units in the sum of a total cell left some of its parts without a figure."""
    return _count(_row(totals.get(key + GAP, ["0", 0, 0]))[1])


def _row(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError(f"not a packed total: {value!r}")
    return list(value)


def _count(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError(f"not a count: {value!r}")
    return value


def places_above(path: str, root_path: str, width: int) -> list[str]:
    """Return the paths whose totals hold a unit at ``path``: from nearest above it up to the root of the campaign.

    ``width`` is that of one step of a path. The order is that in which their rows are locked, so that two reports never
    wait for each other in a circle.
    A unit outside the root counts in the whole campaign alone.
    """
    if not path.startswith(root_path) or path == root_path:
        return [root_path]
    return [path[:end] for end in range(len(path) - width, len(root_path) - 1, -width)]


def gathered(many: Iterable[Packed]) -> PackedTotals:
    """Return the totals of several reports in one walk: what ``change`` would say after adding each of them."""
    sums: dict[str, Decimal] = {}
    answered: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for cells in many:
        for key, text in cells.items():
            if text == NOT_APPLICABLE:
                outside[key] += 1
                continue
            answered[key] += 1
            if text != ZERO:
                sums[key] = plus(sums.get(key, Decimal(0)), Decimal(text))
    keys = answered.keys() | outside.keys()
    return {key: [plain(sums.get(key, Decimal(0))), answered[key], outside[key]] for key in keys}


def merged(many: Iterable[Mapping[str, object]]) -> PackedTotals:
    """Return the sum of several packed totals, for checking that no place has drifted."""
    result: PackedTotals = {}
    for totals in many:
        for key, value in totals.items():
            amount, answered, inapplicable = result.get(key, ["0", 0, 0])
            more, replied, outside = _row(value)
            result[key] = [
                plain(plus(Decimal(str(amount)), Decimal(str(more)))),
                _count(answered) + _count(replied),
                _count(inapplicable) + _count(outside),
            ]
    return result
