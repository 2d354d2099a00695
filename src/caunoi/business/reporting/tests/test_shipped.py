"""Regimes that come with the system can be taken over, adjusted and put in force."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import FormRow, ReportRegime
from caunoi.business.reporting.operations.regimes import change_regime, put_in_force
from caunoi.business.reporting.operations.shipped import shipped_regimes, take_over
from caunoi.business.reporting.operations.timetable import timetable
from caunoi.business.reporting.operations.turns import Turn, set_turns
from caunoi.business.reporting.queries import facts_of, form_of
from caunoi.business.reporting.rules.requirements import Item, missing_items
from caunoi.business.reporting.rules.spans import Span
from caunoi.surfaces.demonstration.office import Office

COMPLETE = [each.code for each in shipped_regimes() if each.spans and not each.undated]
ASKING = [each.code for each in shipped_regimes() if not each.spans or each.undated]


def _taken(office: Office, code: str, now: dt.datetime) -> ReportRegime:
    return take_over(code=code, owner=office.unit("so"), by=office.actor("specialist", on=now.date()), at=now)


def test_the_regimes_of_the_field_are_there() -> None:
    assert [each.code for each in shipped_regimes()] == [
        "foreign_affairs", "people_diplomacy", "study_abroad", "external_information", "conferences", "agreements",
        "foreign_ngos", "aid_finance", "spokesperson", "after_trip", "school_year",
    ]  # fmt: skip
    assert all(each.ground and each.mark in {"C", "C2", "K", "I"} for each in shipped_regimes())


@pytest.mark.parametrize("code", COMPLETE)
def test_a_dated_one_can_be_put_in_force_as_it_comes(office: Office, now: dt.datetime, code: str) -> None:
    regime = _taken(office, code, now)
    assert missing_items(facts_of(regime)) == []
    put_in_force(regime=regime, on=now.date(), by=office.actor("specialist", on=now.date()), at=now)
    found = timetable([ReportRegime.objects.get(pk=regime.pk)], 2027, on=now.date())
    assert found
    assert all(dates.room is None or dates.room.is_enough for dates in found)


@pytest.mark.parametrize("code", ASKING)
def test_one_without_days_asks_for_them(office: Office, now: dt.datetime, code: str) -> None:
    regime = _taken(office, code, now)
    assert Item.DUE in missing_items(facts_of(regime))


def test_the_days_of_the_quarters_are_asked_for_beside_those_of_the_half_year_and_year(
    office: Office, now: dt.datetime
) -> None:
    regime = _taken(office, "external_information", now)
    assert regime.undated == ["q1", "q2", "q3", "q4"]
    assert [(turn.day, turn.month, turn.span) for turn in regime.turns.all()] == [(5, 5, "h1"), (5, 11, "year")]
    by = office.actor("specialist", on=now.date())
    days = [(3, 20, Span.FIRST_QUARTER), (6, 20, Span.SECOND_QUARTER), (9, 20, Span.THIRD_QUARTER)]
    kept = [Turn(5, 5, Span.FIRST_HALF, own=(4, 28)), Turn(11, 5, Span.YEAR, own=(10, 30))]
    set_turns(
        regime=regime, turns=[*kept, *(Turn(*day) for day in days)], undated=[Span(s) for s in regime.undated],
        by=by, at=now,
    )  # fmt: skip
    again = ReportRegime.objects.get(pk=regime.pk)
    assert again.undated == ["q4"]
    assert Item.DUE in missing_items(facts_of(again))


def test_countries_and_levels_come_from_the_shared_lists(office: Office, now: dt.datetime) -> None:
    table = form_of(_taken(office, "study_abroad", now)).tables[0]
    assert [row.label for row in table.rows][:2] == ["Lào", "Căm-pu-chia"]
    assert table.rows[0].dimensions == (("country", "LA"),)
    assert [column.label for column in table.columns][-2:] == ["Khóa học tiếng, dự bị", "Tổng cộng"]
    assert table.rows[-1].is_total
    assert FormRow.objects.filter(table__code=table.code, dimensions__country="JP").exists()


def test_estimates_are_never_answered_by_a_register(office: Office, now: dt.datetime) -> None:
    table = form_of(_taken(office, "foreign_affairs", now)).tables[0]
    done, expected = table.columns
    assert (done.label, expected.label) == ("Thực hiện đến ngày chốt", "Ước cả kỳ")
    assert (table.indicator_of(table.rows[0], done), table.indicator_of(table.rows[0], expected)) == ("DR01", "")


def test_a_second_one_gets_a_name_of_its_own(office: Office, now: dt.datetime) -> None:
    names = [_taken(office, "people_diplomacy", now).name for _ in range(3)]
    assert names == [
        "Báo cáo công tác đối ngoại nhân dân",
        "Báo cáo công tác đối ngoại nhân dân (năm)",
        "Báo cáo công tác đối ngoại nhân dân (năm) – 2",
    ]


def test_the_office_changes_what_it_took_over(office: Office, now: dt.datetime) -> None:
    regime, by = _taken(office, "people_diplomacy", now), office.actor("specialist", on=now.date())
    changed = change_regime(regime=regime, facts={"name": "Báo cáo hữu nghị"}, by=by, at=now)
    assert (changed.name, changed.shipped_code) == ("Báo cáo hữu nghị", "people_diplomacy")


def test_a_school_takes_nothing_over_for_the_department(office: Office, now: dt.datetime) -> None:
    by = office.actor("school_officer", on=now.date())
    with pytest.raises(ReportingForbidden):
        take_over(code="people_diplomacy", owner=office.unit("so"), by=by, at=now)
    assert not ReportRegime.objects.filter(shipped_code="people_diplomacy").exists()
