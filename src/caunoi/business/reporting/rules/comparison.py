"""Which periods a period is compared with, and how a figure has changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from caunoi.business.reporting.rules.spans import Span
from caunoi.kernel.measure import Total

_BEFORE: Final = {
    Span.SECOND_QUARTER: Span.FIRST_QUARTER,
    Span.THIRD_QUARTER: Span.SECOND_QUARTER,
    Span.FOURTH_QUARTER: Span.THIRD_QUARTER,
    Span.SECOND_HALF: Span.FIRST_HALF,
    Span.SECOND_SEMESTER: Span.FIRST_SEMESTER,
}
_LAST_OF_YEAR_BEFORE: Final = {
    Span.FIRST_QUARTER: Span.FOURTH_QUARTER,
    Span.FIRST_HALF: Span.SECOND_HALF,
    Span.FIRST_SEMESTER: Span.SECOND_SEMESTER,
}
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class PeriodKey:
    """A period of reporting: which part of which year; month 1-12 for monthly reports, else 0."""

    span: Span
    year: int
    month: int = 0

    @property
    def before(self) -> PeriodKey:
        """The period of the same kind just before."""
        if self.span is Span.MONTH:
            return PeriodKey(self.span, self.year - (self.month == 1), (self.month - 2) % 12 + 1)
        if self.span in _BEFORE:
            return PeriodKey(_BEFORE[self.span], self.year)
        return PeriodKey(_LAST_OF_YEAR_BEFORE.get(self.span, self.span), self.year - 1)

    @property
    def year_before(self) -> PeriodKey:
        """The same period of the year before (cùng kỳ)."""
        return PeriodKey(self.span, self.year - 1, self.month)


@dataclass(frozen=True, slots=True)
class Change:
    """A sum beside an earlier one."""

    earlier: Total
    difference: Decimal | None
    """``None`` when one of the two is unknown."""
    percent: Decimal | None
    """Of the earlier sum, to a tenth; ``None`` when that is zero or unknown."""
    is_comparable: bool
    """Whether both sums cover every unit that owed the figure; otherwise the change may be that of coverage."""


def change_from(earlier: Total, now: Total) -> Change:
    """Return how a sum has changed."""
    if earlier.amount is None or now.amount is None:
        return Change(earlier, None, None, is_comparable=False)
    difference = now.amount - earlier.amount
    percent = None
    if earlier.amount:
        percent = (100 * difference / abs(earlier.amount)).quantize(_TENTH, rounding=ROUND_HALF_UP)
    return Change(earlier, difference, percent, earlier.is_complete and now.is_complete)
