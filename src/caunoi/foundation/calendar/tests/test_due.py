import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.foundation.calendar.public import AfterRule, Bound, Due, DueRule, Rhythm, WorkingDays

BEFORE_10_DECEMBER = DueRule(
    Rhythm.YEARLY, ((12, 10),), bound=Bound.STRICTLY_BEFORE, printed="trước ngày 10/12 hằng năm"
)


def test_before_a_day_excludes_the_day() -> None:
    assert list(BEFORE_10_DECEMBER.in_year(2026)) == [Due(dt.date(2026, 12, 10), dt.date(2026, 12, 9))]


def test_the_next_turn_moves_to_next_year_once_the_last_day_has_passed() -> None:
    assert BEFORE_10_DECEMBER.next_after(dt.date(2026, 12, 9)) == Due(dt.date(2026, 12, 10), dt.date(2026, 12, 9))
    assert BEFORE_10_DECEMBER.next_after(dt.date(2026, 12, 10)) == Due(dt.date(2027, 12, 10), dt.date(2027, 12, 9))


def test_a_deadline_dated_for_one_year_comes_once() -> None:
    rule = DueRule(Rhythm.ONCE, ((5, 20),), year=2027)
    assert rule.next_after(dt.date(2025, 1, 1)) == Due(dt.date(2027, 5, 20), dt.date(2027, 5, 20))
    assert rule.next_after(dt.date(2027, 5, 21)) is None


@pytest.mark.parametrize("rule", [DueRule(Rhythm.QUARTERLY), DueRule(Rhythm.ONCE, ((5, 20),))])
def test_an_open_rule_guesses_nothing(rule: DueRule) -> None:
    assert rule.is_open
    assert rule.next_after(dt.date(2026, 1, 1)) is None


def test_monthly_on_the_31st_falls_on_the_last_day() -> None:
    days = [due.day for due in DueRule(Rhythm.MONTHLY, ((0, 31),)).in_year(2026)]
    assert days[:3] == [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31)]


@pytest.mark.parametrize(
    ("rule", "happened", "expected"),
    [
        (AfterRule(10), dt.date(2026, 4, 20), dt.date(2026, 4, 30)),
        (AfterRule(1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
        (AfterRule(5, counts_working=True), dt.date(2026, 4, 24), dt.date(2026, 5, 5)),  # off on 30/4 and 1/5
        (AfterRule(1, counts_working=True), dt.date(2026, 5, 2), dt.date(2026, 5, 4)),  # back on a Saturday
        (AfterRule(15, counts_working=True), dt.date(2026, 6, 1), dt.date(2026, 6, 22)),
    ],
)
def test_days_after_an_event_do_not_count_its_own_day(rule: AfterRule, happened: dt.date, expected: dt.date) -> None:
    working = WorkingDays(off={dt.date(2026, 4, 30), dt.date(2026, 5, 1)})
    assert rule.due(happened, working) == Due(expected, expected)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)), st.integers(1, 60))
def test_working_days_after_an_event_are_as_many_as_asked_for(happened: dt.date, days: int) -> None:
    working = WorkingDays()
    due = AfterRule(days, counts_working=True).due(happened, working)
    assert working.between(happened, due.last_day) == days
    assert due.last_day in working
    assert due.last_day >= AfterRule(days).due(happened, working).last_day


def test_stored_and_read_back_it_is_the_same_rule() -> None:
    assert DueRule.from_data(BEFORE_10_DECEMBER.to_data()) == BEFORE_10_DECEMBER


def test_working_days_step_over_days_off_and_use_days_worked_in_exchange() -> None:
    days = WorkingDays(off={dt.date(2026, 4, 30), dt.date(2026, 5, 1)}, worked={dt.date(2026, 5, 9)})
    assert days.shift(dt.date(2026, 4, 29), 1) == dt.date(2026, 5, 4)
    assert days.at_or_before(dt.date(2026, 5, 10)) == dt.date(2026, 5, 9)
    assert days.shift(dt.date(2026, 5, 4), -1) == dt.date(2026, 4, 29)
