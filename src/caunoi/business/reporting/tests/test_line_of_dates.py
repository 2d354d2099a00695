"""The rules of dates against a table worked out another way: ordinal by ordinal, without the calendar engine.

Sources: NĐ 09/2019/NĐ-CP, Điều 8 (at least one working day after the cut-off), Điều 12 (15th to 14th), and the grounds
that state a period of their own (TT 23/2022/TT-BTC, TT 19/2020/TT-BGDĐT, Luật 70/2020/QH14 Điều 46).
"""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.shipped import take_over
from caunoi.business.reporting.operations.timetable import TurnDates, timetable
from caunoi.business.reporting.operations.turns import Turn, set_turns, with_proposed_cut_off
from caunoi.business.reporting.queries import law_on
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.turns import covered_by, cut_off
from caunoi.business.reporting.tests.scenes import OPENED, draft_regime
from caunoi.foundation.calendar.public import Bound, WorkingDays, working_days
from caunoi.surfaces.demonstration.office import Office

YEARS = range(2020, 2041)
TODAY = OPENED.date()
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal(day: int, month: int, year: int) -> int:
    """Return a day as a number counted from 1 January of the year 1, by arithmetic alone."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = 365 * (year - 1) + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400
    return before + sum(_MONTH_DAYS[: month - 1]) + (1 if leap and month > 2 else 0) + day


def worked(number: int, off: frozenset[int], exchanged: frozenset[int]) -> bool:
    """Return whether a day is worked; 1 January of the year 1 was a Monday."""
    return number in exchanged or ((number - 1) % 7 < 5 and number not in off)


def table() -> tuple[frozenset[int], frozenset[int]]:
    known = working_days()
    return frozenset(map(dt.date.toordinal, known.off)), frozenset(map(dt.date.toordinal, known.worked))


def yearly(office: Office, month: int, day: int, span: Span, bound: Bound) -> ReportRegime:
    regime = draft_regime(office)
    ReportRegime.objects.filter(pk=regime.pk).update(bound=bound, day_off_rule="as_printed")
    turn = with_proposed_cut_off(Turn(month, day, span), bound, on=TODAY)
    set_turns(regime=regime, turns=[turn], by=office.actor("specialist", on=TODAY), at=OPENED)
    return ReportRegime.objects.get(pk=regime.pk)


def every_year(regime: ReportRegime) -> list[TurnDates]:
    return [dates for year in YEARS for dates in timetable([regime], year, on=TODAY)]


SOURCES = [
    # printed day, span, bound of the recurring deadlines of the field (half-year and year)
    (5, 20, Span.FIRST_HALF, Bound.STRICTLY_BEFORE), (11, 1, Span.YEAR, Bound.STRICTLY_BEFORE),
    (12, 10, Span.YEAR, Bound.STRICTLY_BEFORE), (6, 15, Span.FIRST_HALF, Bound.STRICTLY_BEFORE),
    (5, 5, Span.FIRST_HALF, Bound.NO_LATER_THAN), (11, 5, Span.YEAR, Bound.NO_LATER_THAN),
    (12, 18, Span.YEAR, Bound.NO_LATER_THAN), (12, 20, Span.YEAR, Bound.STRICTLY_BEFORE),
]  # fmt: skip


@pytest.mark.parametrize(("month", "day", "span", "bound"), SOURCES)
def test_every_deadline_of_2020_to_2040_against_plain_arithmetic(
    office: Office, month: int, day: int, span: Span, bound: Bound
) -> None:
    off, exchanged = table()
    found = every_year(yearly(office, month, day, span, bound))
    assert len(found) == len(YEARS)
    end_month = 6 if span is Span.FIRST_HALF else 12
    for year, dates in zip(YEARS, found, strict=True):
        last = ordinal(day, month, year) - (1 if bound is Bound.STRICTLY_BEFORE else 0)
        assert dates.due.last_day.toordinal() == last
        assert dates.covered.first.toordinal() == ordinal(15, 12, year - 1)
        assert dates.covered.last.toordinal() == ordinal(14, end_month, year)
        law_end = ordinal(14, end_month, year)
        left = sum(worked(number, off, exchanged) for number in range(law_end + 1, last + 1))
        if left >= 1 and dates.end.origin is CutOffOrigin.LAW:
            assert dates.end.on.toordinal() == law_end
        else:
            assert dates.end.origin is CutOffOrigin.OWN
            after = range(dates.end.on.toordinal() + 1, last + 1)
            assert sum(worked(number, off, exchanged) for number in after) >= 1


@pytest.mark.parametrize(
    ("last_day", "origin", "on"),
    [
        # the period of the year ends on 14/12/2026, a Monday
        ("2026-12-16", "law", "2026-12-14"), ("2026-12-15", "law", "2026-12-14"),
        ("2026-12-14", "own", "2026-12-09"), ("2026-12-09", "own", "2026-12-04"),
        # 14/6/2026 is a Sunday: Monday the 15th is the one working day
        ("2026-06-15", "law", "2026-06-14"), ("2026-06-14", "own", "2026-06-09"),
    ],
)  # fmt: skip
def test_the_period_of_the_decree_stands_only_where_a_working_day_is_left(
    db: None, last_day: str, origin: str, on: str
) -> None:
    day = dt.date.fromisoformat(last_day)
    span = Span.YEAR if day.month == 12 else Span.FIRST_HALF
    covered = covered_by(span, law_on(TODAY).windows[span], day)
    found = cut_off(covered, day, WorkingDays(), least=1, own=None)
    assert (found.origin, found.on.isoformat()) == (origin, on)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, "2026-02-15", "2026-03-14"), (Span.FIRST_QUARTER, "2025-12-15", "2026-03-14"),
        (Span.SECOND_QUARTER, "2026-03-15", "2026-06-14"), (Span.THIRD_QUARTER, "2026-06-15", "2026-09-14"),
        (Span.FOURTH_QUARTER, "2026-09-15", "2026-12-14"), (Span.FIRST_HALF, "2025-12-15", "2026-06-14"),
        (Span.SECOND_HALF, "2026-06-15", "2026-12-14"), (Span.NINE_MONTHS, "2025-12-15", "2026-09-14"),
        (Span.YEAR, "2025-12-15", "2026-12-14"),
    ],
)  # fmt: skip
def test_the_periods_of_the_decree(db: None, span: Span, first: str, last: str) -> None:
    window = law_on(TODAY).windows[span]
    assert [day.isoformat() for day in window.around(2026, 3 if span is Span.MONTH else 0)] == [first, last]


def test_the_months_of_aid_end_with_the_month_and_its_year_in_january(office: Office) -> None:
    by = office.actor("specialist", on=TODAY)
    made = take_over(code="aid_finance", owner=office.unit("so"), by=by, at=OPENED)
    ReportRegime.objects.filter(pk=made.pk).update(day_off_rule="as_printed")
    found = timetable([ReportRegime.objects.get(pk=made.pk)], 2027, on=TODAY)
    by_span = {(each.covered.span, each.due.day): each for each in found}
    months = [each for (span, _), each in by_span.items() if span is Span.MONTH]
    assert len(months) == 12
    for each in months:
        due = each.due.day
        closed = dt.date(due.year, due.month, 1) - dt.timedelta(days=1)
        assert (due.day, each.covered.last, each.covered.first) == (10, closed, closed.replace(day=1))
    expected = {
        (Span.FIRST_HALF, "2027-07-31"): ("2027-01-01", "2027-06-30"),
        (Span.SECOND_HALF, "2027-02-15"): ("2026-07-01", "2026-12-31"),
        (Span.YEAR, "2027-02-28"): ("2026-01-01", "2027-01-31"),
    }
    for (span, due_on), (first, last) in expected.items():
        dates = by_span[span, dt.date.fromisoformat(due_on)]
        assert (dates.covered.first.isoformat(), dates.covered.last.isoformat()) == (first, last)
        assert dates.end.origin is CutOffOrigin.STATED
        assert dates.end.on == dates.covered.last
    onward = {each.covered.span: each.onward.last_day.isoformat() for each in found if each.onward is not None}
    assert onward == {Span.FIRST_HALF: "2027-08-10", Span.YEAR: "2027-03-10"}


ONWARD = {
    "conferences": ((12, 18), False), "foreign_ngos": ((12, 18), False), "agreements": ((11, 15), True),
    "spokesperson": ((12, 20), True),
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(ONWARD))
def test_whoever_reports_to_the_level_that_gathers_is_due_before_it_every_year(office: Office, code: str) -> None:
    off, exchanged = table()
    by = office.actor("specialist", on=TODAY)
    made = take_over(code=code, owner=office.unit("so"), by=by, at=OPENED)
    (month, day), strict = ONWARD[code]
    for year, dates in zip(YEARS, every_year(ReportRegime.objects.get(pk=made.pk)), strict=True):
        above = ordinal(day, month, year) - strict
        assert dates.onward is not None
        assert dates.onward.last_day.toordinal() == above
        left = range(dates.due.last_day.toordinal() + 1, above + 1)
        assert sum(worked(number, off, exchanged) for number in left) >= 1
