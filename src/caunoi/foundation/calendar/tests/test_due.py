import datetime as dt

import pytest

from caunoi.foundation.calendar.public import Bound, Due, DueRule, Rhythm, WorkingDays

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


def test_stored_and_read_back_it_is_the_same_rule() -> None:
    assert DueRule.from_data(BEFORE_10_DECEMBER.to_data()) == BEFORE_10_DECEMBER


def test_working_days_step_over_days_off_and_use_days_worked_in_exchange() -> None:
    days = WorkingDays(off={dt.date(2026, 4, 30), dt.date(2026, 5, 1)}, worked={dt.date(2026, 5, 9)})
    assert days.shift(dt.date(2026, 4, 29), 1) == dt.date(2026, 5, 4)
    assert days.at_or_before(dt.date(2026, 5, 10)) == dt.date(2026, 5, 9)
    assert days.shift(dt.date(2026, 5, 4), -1) == dt.date(2026, 4, 29)
