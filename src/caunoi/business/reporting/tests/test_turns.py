"""The four dates of a campaign."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.turns import (
    Covered,
    CutOff,
    Window,
    covered_by,
    cut_off,
    leaves,
    lock_day,
    period_name,
    usual_span,
)
from caunoi.foundation.calendar.rules.working_days import WorkingDays

YEAR, HALF, QUARTER = Window(0, 15, 12, 14), Window(0, 15, 6, 14), Window(9, 15, 12, 14)
MONTH = Window(-1, 15, 0, 14)
WORKING = WorkingDays(off=frozenset({dt.date(2026, 4, 30), dt.date(2026, 5, 1)}))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day without a moment


@pytest.mark.parametrize(
    ("span", "window", "due", "first", "last"),
    [
        (Span.YEAR, YEAR, "10/12/2026", "15/12/2025", "14/12/2026"),
        (Span.YEAR, YEAR, "05/11/2026", "15/12/2025", "14/12/2026"),
        (Span.YEAR, YEAR, "31/01/2027", "15/12/2025", "14/12/2026"),
        (Span.FIRST_HALF, HALF, "05/05/2026", "15/12/2025", "14/06/2026"),
        (Span.FIRST_HALF, HALF, "15/06/2026", "15/12/2025", "14/06/2026"),
        (Span.FOURTH_QUARTER, QUARTER, "05/01/2027", "15/09/2026", "14/12/2026"),
        (Span.MONTH, MONTH, "20/05/2026", "15/04/2026", "14/05/2026"),
        (Span.MONTH, MONTH, "02/05/2026", "15/03/2026", "14/04/2026"),
        (Span.MONTH, MONTH, "05/01/2027", "15/11/2026", "14/12/2026"),
    ],
)
def test_a_turn_covers_the_period_that_ends_nearest(
    span: Span, window: Window, due: str, first: str, last: str
) -> None:
    covered = covered_by(span, window, day(due))
    assert (covered.first, covered.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("last_day", "own", "expected", "origin"),
    [
        ("18/12/2026", None, "14/12/2026", CutOffOrigin.LAW),
        ("15/12/2026", None, "14/12/2026", CutOffOrigin.LAW),
        ("14/12/2026", None, "09/12/2026", CutOffOrigin.OWN),
        ("09/12/2026", None, "04/12/2026", CutOffOrigin.OWN),
        ("31/10/2026", (10, 20), "20/10/2026", CutOffOrigin.OWN),
        ("31/10/2026", (10, 31), "29/10/2026", CutOffOrigin.OWN),
        ("31/10/2026", (11, 30), "29/10/2026", CutOffOrigin.OWN),
        ("05/01/2027", (12, 20), "20/12/2026", CutOffOrigin.OWN),
        ("31/10/2026", (None, 15), "15/10/2026", CutOffOrigin.OWN),
    ],
)
def test_the_law_stands_only_when_it_leaves_a_working_day(
    last_day: str, own: tuple[int | None, int] | None, expected: str, origin: CutOffOrigin
) -> None:
    covered = Covered(Span.YEAR, 2026, 0, day("15/12/2025"), day("14/12/2026"))
    assert cut_off(covered, day(last_day), WORKING, least=1, own=own) == CutOff(day(expected), origin)


DUE_DAYS = [(5, 20), (11, 1), (5, 5), (11, 5), (6, 15), (12, 10), (12, 18)]


@pytest.mark.parametrize(("month", "date"), DUE_DAYS)
@pytest.mark.parametrize("span", [Span.FIRST_HALF, Span.YEAR])
def test_every_cut_off_of_twenty_years_leaves_a_working_day(month: int, date: int, span: Span) -> None:
    window = HALF if span is Span.FIRST_HALF else YEAR
    for year in range(2020, 2041):
        last_day = dt.date(year, month, date)
        covered = covered_by(span, window, last_day)
        found = cut_off(covered, last_day, WORKING, least=1, own=None)
        assert leaves(found.on, last_day, WORKING, 1)
        assert (found.origin is CutOffOrigin.LAW) == (found.on == covered.last)


@given(
    last_day=st.dates(dt.date(2020, 1, 10), dt.date(2040, 12, 31)),
    own=st.one_of(st.none(), st.tuples(st.one_of(st.none(), st.integers(1, 12)), st.integers(1, 31))),
    least=st.integers(1, 5),
)
def test_a_cut_off_always_leaves_the_time_the_law_asks_for(
    last_day: dt.date, own: tuple[int | None, int] | None, least: int
) -> None:
    covered = covered_by(Span.YEAR, YEAR, last_day)
    found = cut_off(covered, last_day, WORKING, least=least, own=own)
    assert leaves(found.on, last_day, WORKING, least)
    assert found.on < last_day


def test_the_lock_follows_so_many_working_days() -> None:
    assert lock_day(day("31/10/2026"), WORKING, 0) == day("01/11/2026")
    assert lock_day(day("30/10/2026"), WORKING, 1) == day("03/11/2026")


@pytest.mark.parametrize(
    ("rhythm", "days", "expected"),
    [
        ("yearly", [(12, 10)], [Span.YEAR]),
        ("half_yearly", [(5, 5), (11, 5)], [Span.FIRST_HALF, Span.YEAR]),
        ("half_yearly", [(5, 5)], [Span.FIRST_HALF]),
        ("once", [(6, 15)], [Span.FIRST_HALF]),
        ("once", [(1, 31)], [Span.YEAR]),
        ("yearly", [(6, 15)], [Span.YEAR]),
        ("monthly", [(0, 20)], [Span.MONTH]),
        ("yearly", [(6, 15), (9, 15), (12, 10)], [Span.FIRST_HALF, Span.NINE_MONTHS, Span.YEAR]),
        (
            "quarterly",
            [(3, 20), (6, 20), (9, 20), (12, 20)],
            [Span.FIRST_QUARTER, Span.SECOND_QUARTER, Span.THIRD_QUARTER, Span.FOURTH_QUARTER],
        ),
    ],
)
def test_the_likely_period_of_a_due_day(rhythm: str, days: list[tuple[int, int]], expected: list[Span]) -> None:
    assert [usual_span(rhythm, month, date, days) for month, date in days] == expected


def test_periods_are_named_as_documents_print_them() -> None:
    assert period_name(Span.YEAR, 2026) == "năm 2026"
    assert period_name(Span.FIRST_HALF, 2026) == "6 tháng đầu năm 2026"
    assert period_name(Span.THIRD_QUARTER, 2026) == "quý III năm 2026"
    assert period_name(Span.MONTH, 2026, 5) == "tháng 5 năm 2026"
