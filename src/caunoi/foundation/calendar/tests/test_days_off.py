"""The table of days off, and what it does to last days and levels."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.foundation.audit.public import history
from caunoi.foundation.calendar.public import (
    Bound,
    DayOffRule,
    Due,
    DueRule,
    Rhythm,
    WorkingDays,
    days_off,
    in_working_time,
    remove_day_off,
    set_day_off,
    working_days,
)
from caunoi.foundation.calendar.rules.days_off import fixed_days_off
from caunoi.kernel.actor import system

FIXED = [(1, 1, "Tết Dương lịch"), (4, 30, "Ngày Chiến thắng"), (5, 1, "Ngày Quốc tế lao động"), (9, 2, "Quốc khánh")]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # 30/4/2022 a Saturday, 1/5/2022 a Sunday: Monday and Tuesday make up for them
        (2022, ["2022-01-01", "2022-01-03", "2022-04-30", "2022-05-01", "2022-05-02", "2022-05-03", "2022-09-02"]),
        (2029, ["2029-01-01", "2029-04-30", "2029-05-01", "2029-09-02", "2029-09-03"]),
        (2031, ["2031-01-01", "2031-04-30", "2031-05-01", "2031-09-02"]),
    ],
)
def test_a_fixed_day_on_a_weekend_is_made_up_for(year: int, expected: list[str]) -> None:
    assert [off.day.isoformat() for off in fixed_days_off(year, FIXED)] == expected


@given(st.integers(2020, 2040))
def test_every_year_has_four_fixed_days_on_which_nobody_works(year: int) -> None:
    found = [off.day for off in fixed_days_off(year, FIXED)]
    assert len([each for each in found if each.weekday() < 5]) == 4
    assert len(found) == len(set(found))


@pytest.mark.django_db
def test_the_table_knows_exchanged_days_of_the_year() -> None:
    working = working_days()
    assert day("2026-08-31") not in working
    assert day("2026-08-22") in working
    assert working.shift(day("2026-08-28"), 1) == day("2026-09-03")
    assert [row.day for row in days_off(2026) if row.is_working] == [day("2026-01-10"), day("2026-08-22")]
    assert {row.confidence for row in days_off(2026).filter(day__month=2)} == {"K"}
    assert day("2040-04-30") not in working


@pytest.mark.django_db
def test_the_table_can_be_corrected_and_a_day_taken_out(now: dt.datetime) -> None:
    set_day_off(day=day("2027-02-05"), name="Tết", source="Thông báo", by=system(), at=now)
    assert day("2027-02-05") not in working_days()
    assert remove_day_off(day=day("2027-02-05"), by=system(), at=now)
    assert day("2027-02-05") in working_days()
    assert not remove_day_off(day=day("2027-02-05"), by=system(), at=now)
    verbs = [entry.verb for entry in history(kind="holiday", public_id="2027-02-05")]
    assert sorted(verbs) == ["calendar.remove_day_off", "calendar.set_day_off"]


WORKING = WorkingDays(off={day("2026-04-30"), day("2026-05-01")})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(DayOffRule.AS_PRINTED, "2026-05-01"), (DayOffRule.EARLIER, "2026-04-29"), (DayOffRule.LATER, "2026-05-04")],
)
def test_a_last_day_without_work_moves_as_the_rule_says(rule: DayOffRule, expected: str) -> None:
    due = Due(day("2026-05-01"), day("2026-05-01"))
    assert in_working_time(due, rule, WORKING) == Due(day("2026-05-01"), day(expected))


def test_a_worked_last_day_never_moves() -> None:
    rule = DueRule(Rhythm.YEARLY, ((12, 10),), bound=Bound.STRICTLY_BEFORE)
    for due in rule.in_year(2026):
        assert {in_working_time(due, each, WORKING).last_day for each in DayOffRule} == {day("2026-12-09")}


def test_working_days_between_two_days_are_counted_both_ways() -> None:
    assert WORKING.between(day("2026-04-28"), day("2026-05-04")) == 2
    assert WORKING.between(day("2026-05-04"), day("2026-04-28")) == -2
    assert WORKING.between(day("2026-04-28"), day("2026-04-28")) == 0
