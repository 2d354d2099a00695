"""The ladder of reminders under a clock that skips and repeats days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.reporting.rules.rungs import Audience, DueRungs, Rung, due_rungs, rung_name

LADDER = [
    Rung("before_10", -10, Audience.OFFICER),
    Rung("before_5", -5, Audience.OFFICER),
    Rung("before_2", -2, Audience.OFFICER),
    Rung("due_day", 0, Audience.OFFICER),
    Rung("late_1", 1, Audience.OFFICER),
    Rung("late_3", 3, Audience.HEAD),
    Rung("late_7", 7, Audience.ABOVE),
    Rung("late_10", 10, Audience.GATHERER),
]
LAST = dt.date(2026, 12, 9)
ORDER = [rung.code for rung in LADDER]


def at(offset: int) -> DueRungs | None:
    return due_rungs(LADDER, last_day=LAST, on=LAST + dt.timedelta(days=offset))


def test_each_day_has_its_rung() -> None:
    found = {
        offset: due.rung.code if (due := at(offset)) else None for offset in (-11, -10, -6, -5, -2, -1, 0, 1, 2, 3)
    }
    assert found == {
        -11: None, -10: "before_10", -6: "before_10", -5: "before_5", -2: "before_2", -1: "before_2", 0: "due_day",
        1: "late_1", 2: "late_1", 3: "late_3",
    }  # fmt: skip


def test_after_a_long_silence_only_the_latest_is_sent() -> None:
    due = at(40)
    assert due is not None
    assert (due.rung.code, [rung.code for rung in due.passed]) == ("late_10", ORDER[:-1])


def test_a_unit_with_more_time_climbs_a_ladder_of_its_own() -> None:
    assert rung_name(LADDER[1], last_day=LAST, usual=LAST) == "before_5"
    assert rung_name(LADDER[1], last_day=dt.date(2026, 12, 20), usual=LAST) == "before_5@20261220"


@given(st.lists(st.integers(-15, 30), min_size=1, max_size=40), st.integers(-15, 31))
def test_whatever_the_clock_does_no_rung_is_sent_twice_or_out_of_order_or_after_the_report(
    days: list[int], reported: int
) -> None:
    ledger: set[str] = set()
    sent: list[str] = []
    done = False
    for offset in days:
        done = done or offset >= reported
        due = at(offset)
        if done or due is None or due.rung.code in ledger:
            continue
        sent.append(due.rung.code)
        ledger |= {due.rung.code, *(rung.code for rung in due.passed)}
    assert len(sent) == len(set(sent))
    assert [ORDER.index(code) for code in sent] == sorted(ORDER.index(code) for code in sent)
    before = list(days[: next((n for n, o in enumerate(days) if o >= reported), len(days))])
    reached = [due.rung.code for offset in before if (due := at(offset))]
    assert bool(sent) == bool(reached)
    if reached:
        assert sent[-1] == max(reached, key=ORDER.index)


@given(st.integers(-20, 40), st.integers(0, 40))
def test_a_clock_that_runs_every_day_sends_every_rung_reached(first: int, length: int) -> None:
    ledger: set[str] = set()
    for offset in range(first, first + length):
        due = at(offset)
        if due is not None:
            ledger |= {due.rung.code, *(rung.code for rung in due.passed)}
    last = first + length - 1
    assert ledger == ({rung.code for rung in LADDER if rung.offset <= last} if length else set())
