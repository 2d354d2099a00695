"""How far a right reaches: its own line and no other; and whose the bodies outside the sector are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.access import Permission, require_managed
from caunoi.foundation.organisations.models import UnitKind
from caunoi.foundation.organisations.operations.country import load_country
from caunoi.foundation.organisations.public import (
    Naming,
    NotManaged,
    Opening,
    TreeRefused,
    Unit,
    covers,
    enter_event,
    establish_unit,
    path_of,
    plan_establishment,
    plan_move,
    plan_renaming,
    tree_export,
    within,
)
from caunoi.kernel.actor import Actor, Line, Scope, system
from caunoi.surfaces.demonstration.office import Office

BY = system("Máy thử")
DAY = dt.date(2026, 9, 1)


def _over(unit: Unit, line: Line, on: dt.date) -> Actor:
    path = path_of(unit, line=line, on=on)
    assert path is not None
    return Actor(account_id=1, granted={Permission.MANAGE: (Scope(unit.pk, path, line),)})


def test_a_right_over_one_line_reaches_nothing_of_the_other(office: Office, today: dt.date) -> None:
    committee, division, school = (office.unit(key) for key in ("ubnd_xa_1", "xa_1", "thcs_1"))
    high_school = office.unit("thpt_1")  # under the Sở in both lines, not under the commune
    reach = {
        (unit, line): {one.pk for one in within(_over(unit, line, today).scopes(Permission.MANAGE), on=today)}
        for unit in (committee, division)
        for line in Line
    }
    assert school.pk in reach[committee, Line.ADMINISTRATIVE]
    assert school.pk not in reach[committee, Line.PROFESSIONAL]
    assert school.pk in reach[division, Line.PROFESSIONAL]
    assert school.pk not in reach[division, Line.ADMINISTRATIVE]
    assert not any(high_school.pk in found for found in reach.values())


def test_the_committee_of_a_province_does_not_reach_the_schools_by_profession(office: Office, today: dt.date) -> None:
    province = _over(office.unit("ubnd"), Line.PROFESSIONAL, today).scopes(Permission.MANAGE)
    assert not covers(province, office.unit("thcs_1"), on=today)
    assert not covers(province, office.unit("thpt_1"), on=today)


@pytest.fixture
def country(office: Office, now: dt.datetime) -> Callable[[str], Unit]:
    """Return a finder of bodies of the country by code; the office stands beside it."""
    load_country(beside=True, by=BY, at=now)
    return lambda code: Unit.objects.select_related("kind").get(code=code)


def test_a_department_keeps_the_bodies_of_its_own_province_alone(
    country: Callable[[str], Unit], today: dt.date, now: dt.datetime
) -> None:
    by = _over(country("QG.SGDDT.LAICHAU"), Line.PROFESSIONAL, today)
    own = country("QG.UBND.LAICHAU")
    agency = UnitKind.objects.get(code="provincial_agency")
    made = establish_unit(
        kind=agency, code="LC.SNV", naming=Naming("Sở Nội vụ"), parents=dict.fromkeys(Line, own), on=DAY, by=by, at=now
    )
    require_managed([own, made], by=by, today=today)
    before, entries = tree_export(), Entry.objects.count()
    for code in ("QG.UBND.SONLA", "QG.SGDDT.SONLA", "QG.BCA"):
        plan = plan_renaming(unit=country(code), naming=Naming("Tên khác"), on=DAY)
        with pytest.raises(NotManaged):
            enter_event(plan=plan, by=by, at=now)
    assert (tree_export(), Entry.objects.count()) == (before, entries)


def test_the_centre_keeps_every_body_outside_the_sector(country: Callable[[str], Unit], today: dt.date) -> None:
    by = _over(country("QG.BGDDT"), Line.PROFESSIONAL, today)
    require_managed([country("QG.UBND.SONLA"), country("QG.BCA"), country("QG.SGDDT.SONLA")], by=by, today=today)


def test_where_there_is_one_department_it_keeps_the_centre_and_a_new_committee(
    office: Office, today: dt.date, now: dt.datetime
) -> None:
    by = _over(office.unit("so"), Line.PROFESSIONAL, today)
    require_managed([office.unit("bo"), office.unit("ubnd")], by=by, today=today)
    kind = UnitKind.objects.get(code="provincial_committee")
    new = establish_unit(
        kind=kind, code="X.UBND", naming=Naming("Ủy ban nhân dân tỉnh Mới"), parents=dict.fromkeys(Line), on=DAY,
        by=by, at=now,
    )  # fmt: skip
    require_managed([new], by=by, today=today)


def test_nothing_stands_under_a_lower_level(office: Office, now: dt.datetime) -> None:
    before = tree_export()
    division, committee = office.unit("xa_1"), office.unit("ubnd_xa_1")
    kind = UnitKind.objects.get(code="department_office")
    opening = Opening("TG.P", kind, Naming("Phòng"), {Line.PROFESSIONAL: division})
    plans = [
        plan_move(unit=office.unit("so"), line=Line.ADMINISTRATIVE, parent=committee, on=DAY),
        plan_move(unit=division, line=Line.PROFESSIONAL, parent=office.unit("thpt_1"), on=DAY),
        plan_establishment(openings=[opening], on=DAY),
    ]
    for plan in plans:
        with pytest.raises(TreeRefused, match="parent_too_low"):
            enter_event(plan=plan, by=BY, at=now)
    assert tree_export() == before
