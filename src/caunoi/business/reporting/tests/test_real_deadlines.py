"""Every deadline of the source documents, read in place, through the calendar engine for 2020-2040.

What is expected stands here as worked out by hand from the words of the law: "trước ngày" leaves the day before as the
last one in time, "chậm nhất" and a bare day the day itself; a period of NĐ 09/2019/NĐ-CP ends on the 14th.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caunoi.business.documents.models import Document, Obligation, ObligationKind
from caunoi.business.documents.tests.scenes import read_now, received
from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.regimes import change_regime, create_regime
from caunoi.business.reporting.operations.timetable import timetable
from caunoi.business.reporting.queries import facts_of
from caunoi.business.reporting.rules.requirements import Item, missing_items
from caunoi.surfaces.demonstration.office import Office

YEARS = range(2020, 2041)
Key = tuple[int, int]


def _document(office: Office, now: dt.datetime, folder: Path, number: int) -> Document:
    file = folder / f"seed{number}.txt"
    by = office.actor("specialist", on=now.date())
    return read_now(received(office.unit("so"), by, now, file.read_bytes(), file.name), now)


def _regimes(office: Office, now: dt.datetime, document: Document) -> list[ReportRegime]:
    by = office.actor("specialist", on=now.date())
    rows = Obligation.objects.filter(document=document).exclude(kind=ObligationKind.TASK).order_by("pk")
    return [
        create_regime(owner=office.unit("so"), obligation=row, by=by, at=now) for row in rows if row.due is not None
    ]


def _last_days(regime: ReportRegime, now: dt.datetime) -> set[dt.date]:
    fresh = ReportRegime.objects.get(pk=regime.pk)
    return {dates.due.last_day for year in YEARS for dates in timetable([fresh], year, on=now.date())}


def _days(regimes: list[ReportRegime]) -> set[Key]:
    return {(turn.day, turn.month) for regime in regimes for turn in regime.turns.all()}


def _yearly(day: int, month: int) -> set[dt.date]:
    return {dt.date(year, month, day) for year in YEARS}


def _made_yearly(regime: ReportRegime, office: Office, now: dt.datetime) -> ReportRegime:
    by = office.actor("specialist", on=now.date())
    return change_regime(regime=regime, facts={"repeats": True}, by=by, at=now)


def test_the_report_before_the_tenth_of_december_of_every_year(
    shared_documents: Path, office: Office, now: dt.datetime
) -> None:
    regimes = _regimes(office, now, _document(office, now, shared_documents, 2))
    yearly = [regime for regime in regimes if regime.rhythm == "yearly" and _days([regime]) == {(10, 12)}]
    assert yearly
    assert _last_days(yearly[0], now) == _yearly(9, 12)
    for year in YEARS:  # the 14th of December is too late for a report due on the 9th: an own cut-off, marked so
        (dates,) = timetable([ReportRegime.objects.get(pk=yearly[0].pk)], year, on=now.date())
        assert (dates.covered.first, dates.covered.last) == (dt.date(year - 1, 12, 15), dt.date(year, 12, 14))
        assert dates.end.origin == "own"
        assert dates.end.on < dates.due.last_day


def test_days_of_one_year_stay_in_that_year_and_are_offered_as_yearly(
    shared_documents: Path, office: Office, now: dt.datetime
) -> None:
    once = [
        regime
        for number in (1, 2)
        for regime in _regimes(office, now, _document(office, now, shared_documents, number))
        if regime.rhythm == "once"
    ]
    assert {(15, 6), (10, 12)} <= _days(once)
    for regime in once:
        assert Item.REPEATS in missing_items(facts_of(regime))
        (day, month) = next(iter(_days([regime])))
        strict = regime.bound == "strictly_before"
        last = dt.date(2023, month, day) - dt.timedelta(days=strict)
        assert regime.year == 2023
        assert last in _last_days(regime, now)
        assert {each.year for each in _last_days(regime, now)} == {2023}
        assert len(_last_days(_made_yearly(regime, office, now), now)) == len(YEARS) * regime.turns.count()


def test_the_days_of_may_and_november(shared_documents: Path, office: Office, now: dt.datetime) -> None:
    first = _regimes(office, now, _document(office, now, shared_documents, 1))
    assert _days(first) == {(20, 5), (1, 11)}
    for regime in first:
        made = _made_yearly(regime, office, now)
        expected = set()
        for day, month in _days([made]):
            for year in YEARS:
                printed = dt.date(year, month, day)
                expected.add(printed - dt.timedelta(days=1) if made.bound == "strictly_before" else printed)
        assert _last_days(made, now) == expected


def test_half_year_and_year_are_dated_and_the_quarters_ask(
    shared_documents: Path, office: Office, now: dt.datetime
) -> None:
    regimes = _regimes(office, now, _document(office, now, shared_documents, 3))
    by_days = {frozenset(_days([regime])): regime for regime in regimes}
    half, year = by_days[frozenset({(5, 5)})], by_days[frozenset({(5, 11)})]
    assert _last_days(half, now) == _yearly(5, 5)
    assert _last_days(year, now) == _yearly(5, 11)
    quarterly = next(regime for regime in regimes if regime.rhythm == "quarterly")
    assert _last_days(quarterly, now) == set()
    assert quarterly.undated == ["q1", "q2", "q3", "q4"]
    assert Item.DUE in missing_items(facts_of(quarterly))
    names = [regime.name for regime in regimes]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_name_says_a_word_twice(shared_documents: Path, office: Office, now: dt.datetime, number: int) -> None:
    for regime in _regimes(office, now, _document(office, now, shared_documents, number)):
        assert "báo cáo báo cáo" not in regime.name.lower()
