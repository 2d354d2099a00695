"""The four dates of a campaign: period, cut-off, due, lock (NĐ 09/2019/NĐ-CP, Điều 8 and Điều 12)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from caunoi.business.reporting.rules.spans import CutOffOrigin, Span

ONE_DAY = dt.timedelta(days=1)
MARCH, AUGUST = 3, 8
PROPOSED_LEAD = 3
"""Working days before the last day in time at which an own cut-off is proposed; a proposal, changed at will."""


class WorkingCalendar(Protocol):
    """What is needed of the table of working days."""

    def shift(self, day: dt.date, count: int) -> dt.date:
        """Return the working day so many working days away."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day of the figures of a span; month 0 is December of the year before, or the month before."""

    first_month: int
    first_day: int
    last_month: int
    last_day: int

    def around(self, year: int, month: int = 0) -> tuple[dt.date, dt.date]:
        """Return the first and the last day for a year, or for ``month`` of it when the span is a month."""
        return (
            _day(year, month + self.first_month, self.first_day),
            _day(year, month + self.last_month, self.last_day),
        )


def _day(year: int, month: int, day: int) -> dt.date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Covered:
    """The period that one turn reports on, both ends included; ``month`` is 0 unless the span is a month."""

    span: Span
    year: int
    month: int
    first: dt.date
    last: dt.date


def covered_by(span: Span, window: Window, due: dt.date) -> Covered:
    """Return the period that a report due on a day covers.

    A month: the latest one whose figures are closed by then. All else: the period whose end lies nearest to the day,
    before or after it, since reports of a half-year or a year are often due inside their period.
    """
    if span is Span.MONTH:
        this = Covered(span, due.year, due.month, *window.around(due.year, due.month))
        year, month = _month_before(due)
        return this if this.last < due else Covered(span, year, month, *window.around(year, month))
    options = [Covered(span, y, 0, *window.around(y)) for y in (due.year, due.year - 1, due.year + 1)]
    return min(options, key=lambda covered: abs((covered.last - due).days))


def _month_before(day: dt.date) -> tuple[int, int]:
    last = day.replace(day=1) - ONE_DAY
    return last.year, last.month


@dataclass(frozen=True, slots=True)
class CutOff:
    """The last day whose figures count, and where it comes from."""

    on: dt.date
    origin: CutOffOrigin


def cut_off(
    covered: Covered,
    last_day: dt.date,
    working: WorkingCalendar,
    *,
    least: int,
    own: tuple[int | None, int] | None,
    stated: bool = False,
) -> CutOff:
    """Return the cut-off of one campaign.

    The end of the period - the law's, or with ``stated`` the ground's - stands when ``least`` working days are left to
    ``last_day`` after it. Otherwise the regime's own (month, day; month ``None`` for monthly reports), moved earlier
    when it leaves too little time.
    """
    if own is None and leaves(covered.last, last_day, working, least):
        return CutOff(covered.last, CutOffOrigin.STATED if stated else CutOffOrigin.LAW)
    last_worked = working.shift(last_day + ONE_DAY, -1)
    latest = working.shift(last_worked, -least)
    wished = _own_day(own, last_day) if own is not None else working.shift(last_worked, -PROPOSED_LEAD)
    return CutOff(min(wished, latest), CutOffOrigin.OWN)


def leaves(cut_off_on: dt.date, last_day: dt.date, working: WorkingCalendar, least: int) -> bool:
    """Whether at least ``least`` working days lie after the cut-off and not after the last day in time (Điều 8)."""
    return working.shift(cut_off_on, least) <= last_day


def _own_day(own: tuple[int | None, int], last_day: dt.date) -> dt.date:
    """Return such a day nearest to ``last_day``."""
    month, day = own
    year, this = last_day.year, last_day.month
    if month is None:
        options = [_day(year, this, day), _day(year, this - 1, day)]
    else:
        options = [_day(year, month, day), _day(year - 1, month, day)]
    return min(options, key=lambda each: abs((each - last_day).days))


def lock_day(last_day: dt.date, working: WorkingCalendar, after: int) -> dt.date:
    """Return the first day on which nothing can be sent: the day after ``after`` more working days."""
    return working.shift(last_day, after) + ONE_DAY


def a_year_on(day: dt.date) -> dt.date:
    """Return the same day of the following year; 29 February becomes the 28th."""
    return _day(day.year + 1, day.month, day.day)


def usual_span(rhythm: str, month: int, day: int, days: Collection[tuple[int, int]]) -> Span:
    """Return the period that a due day most likely covers, to be offered and never assumed.

    ``rhythm`` is the calendar's word. Of two days in a year the first is taken for the first half and the second for
    the year; three are half-year, nine months and year; four the quarters. A single half-yearly day, or one dated for
    one year, from March to July is the first half, whose end lies nearest; all else is the year.
    """
    if month == 0:
        return Span.MONTH
    ordered = sorted({*days, (month, day)})
    place = ordered.index((month, day))
    if len(ordered) == 4:
        return (Span.FIRST_QUARTER, Span.SECOND_QUARTER, Span.THIRD_QUARTER, Span.FOURTH_QUARTER)[place]
    if len(ordered) == 3:
        return (Span.FIRST_HALF, Span.NINE_MONTHS, Span.YEAR)[place]
    if len(ordered) == 2:
        return (Span.FIRST_HALF, Span.YEAR)[place]
    if rhythm in ("half_yearly", "once") and MARCH <= month < AUGUST:
        return Span.FIRST_HALF
    return Span.YEAR


_ROMAN = {Span.FIRST_QUARTER: "I", Span.SECOND_QUARTER: "II", Span.THIRD_QUARTER: "III", Span.FOURTH_QUARTER: "IV"}

_OF_SCHOOL_YEAR = {
    Span.SCHOOL_YEAR: "năm học",
    Span.FIRST_SEMESTER: "học kỳ I năm học",
    Span.SECOND_SEMESTER: "học kỳ II năm học",
}


def period_name(span: Span, year: int, month: int = 0) -> str:
    """Return the period as official documents print it."""
    if span is Span.MONTH:
        return f"tháng {month} năm {year}"
    if span is Span.EVENT:
        return f"vụ việc năm {year}"
    if span in _ROMAN:
        return f"quý {_ROMAN[span]} năm {year}"
    if span in _OF_SCHOOL_YEAR:
        return f"{_OF_SCHOOL_YEAR[span]} {year}-{year + 1}"
    words = {Span.FIRST_HALF: "6 tháng đầu năm", Span.SECOND_HALF: "6 tháng cuối năm", Span.NINE_MONTHS: "9 tháng năm"}
    return f"{words.get(span, 'năm')} {year}"
