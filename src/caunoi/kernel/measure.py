"""A figure that knows the difference between nothing happened and nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MeasureState(StrEnum):
    """The four states of a cell of a report."""

    VALUE = "value"
    ZERO = "zero"
    """Confirmed: nothing happened (không phát sinh)."""
    MISSING = "missing"
    """No figure yet (chưa có số liệu)."""
    NOT_APPLICABLE = "not_applicable"
    """The question does not concern this unit (không áp dụng)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One cell: a state and, for ``VALUE``, an exact amount. Raises ValueError when the two disagree."""

    state: MeasureState
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.state is MeasureState.VALUE) != (self.amount is not None):
            raise ValueError(f"{self.state} with amount {self.amount}")

    @classmethod
    def of(cls, amount: Decimal | int) -> Measure:
        """Return a measured value."""
        return cls(MeasureState.VALUE, Decimal(amount))

    @classmethod
    def zero(cls) -> Measure:
        """Return a confirmed zero."""
        return cls(MeasureState.ZERO)

    @classmethod
    def missing(cls) -> Measure:
        """Return a cell without a figure."""
        return cls(MeasureState.MISSING)

    @classmethod
    def not_applicable(cls) -> Measure:
        """Return a cell that does not concern the unit."""
        return cls(MeasureState.NOT_APPLICABLE)

    @property
    def is_known(self) -> bool:
        """Whether the unit has answered with a figure, zero included."""
        return self.state in (MeasureState.VALUE, MeasureState.ZERO)

    @property
    def number(self) -> Decimal | None:
        """The amount to add up: 0 for a confirmed zero, ``None`` when unknown or not applicable."""
        if self.state is MeasureState.ZERO:
            return Decimal(0)
        return self.amount


@dataclass(frozen=True, slots=True)
class Total:
    """A sum with its coverage: ``amount`` from ``answered`` of ``expected`` units ("3 from 2 of 3")."""

    amount: Decimal | None
    answered: int
    expected: int
    """Units that owe the figure; those to which it does not apply are left out."""

    @property
    def is_complete(self) -> bool:
        """Whether every unit that owes the figure has given it."""
        return self.answered == self.expected


def add_up(measures: Iterable[Measure]) -> Total:
    """Return the sum of ``measures``, one for each expected unit. No answer at all gives ``None``, never 0."""
    amount, answered, expected = Decimal(0), 0, 0
    for measure in measures:
        if measure.state is MeasureState.NOT_APPLICABLE:
            continue
        expected += 1
        if measure.number is not None:
            answered += 1
            amount += measure.number
    return Total(amount if answered else None, answered, expected)
