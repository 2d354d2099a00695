"""Cells packed as text: a figure, a confirmed zero, not applicable; what is absent is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from functools import reduce
from typing import Final

from caunoi.kernel.measure import Measure, MeasureState

ZERO: Final = "Z"
NOT_APPLICABLE: Final = "N"

Packed = Mapping[str, str]
"""Cell key → packed measure."""
_EXACT: Final = Context(prec=200)
"""More digits than any sum of figures has: the usual 28 would round a long fraction beside a large number."""


def plus(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact sum of two figures, so that what is added can always be taken out again."""
    return _EXACT.add(one, other)


def minus(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact difference of two figures."""
    return _EXACT.subtract(one, other)


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of figures."""
    return reduce(plus, amounts, Decimal(0))


def pack(measure: Measure) -> str | None:
    """Return the packed form, or ``None`` for a missing figure, which is not stored."""
    if measure.state is MeasureState.MISSING:
        return None
    if measure.state is MeasureState.ZERO:
        return ZERO
    if measure.state is MeasureState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return plain(measure.amount or Decimal(0))


def unpack(text: str | None) -> Measure:
    """Return the measure that was packed. Raises decimal.InvalidOperation for anything else."""
    if text is None:
        return Measure.missing()
    if text == ZERO:
        return Measure.zero()
    if text == NOT_APPLICABLE:
        return Measure.not_applicable()
    return Measure.of(Decimal(text))


def plain(amount: Decimal) -> str:
    """Return a number in the one way in which it is stored: no exponent, no trailing zeros."""
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def measures(cells: Packed) -> dict[str, Measure]:
    """Return every stored cell as a measure."""
    return {key: unpack(text) for key, text in cells.items()}
