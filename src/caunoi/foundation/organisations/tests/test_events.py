"""Each kind of event, what it refuses, and how it is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.access import managed
from caunoi.foundation.organisations.models import UnitEvent, UnitName
from caunoi.foundation.organisations.operations.groups import add_to_group, create_group
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.public import (
    Decision,
    Naming,
    NotManaged,
    Opening,
    Plan,
    UnitEventUndone,
    UnitKind,
    UnitsChanged,
    children,
    dissolve_unit,
    enter_event,
    establish_unit,
    faults_of_paths,
    heirs,
    merge_units,
    move_unit,
    parent_of,
    plan_change_of_kind,
    plan_establishment,
    plan_merger,
    plan_move,
    plan_renaming,
    plan_split,
    plan_transfer,
    preview,
    rename_unit,
    resting_on,
    show_names_in_force,
    subtree,
    tree_export,
    undo_event,
)
from caunoi.foundation.organisations.rules.resting import Footprint, Resting, _checks, resting_on_event
from caunoi.kernel import events as kernel_events
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

BY = system("Máy thử")
DAY = dt.date(2026, 7, 1)
BEFORE = DAY - dt.timedelta(days=1)
DECISION = Decision("15/QĐ-UBND", dt.date(2026, 6, 20), "UBND tỉnh Thanh Giang")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what is announced, with no reactions of higher modules."""
    told: list[object] = []
    monkeypatch.setattr(kernel_events, "_reactions", {UnitsChanged: [told.append], UnitEventUndone: [told.append]})
    return told


def _opening(office: Office, code: str = "TG.XA.99", name: str = "Phòng Văn hóa – Xã hội xã Mới") -> Opening:
    places = {Line.PROFESSIONAL: office.unit("so"), Line.ADMINISTRATIVE: office.unit("ubnd")}
    return Opening(code, UnitKind.objects.get(code="commune_division"), Naming(name, seat="Mới"), places)


def _merged(office: Office, at: dt.datetime) -> tuple[Opening, UnitEvent]:
    into = _opening(office)
    plan = plan_merger(units=[office.unit("xa_1"), office.unit("xa_2")], into=into, on=DAY, decision=DECISION)
    return into, enter_event(plan=plan, by=BY, at=at)


def test_a_merger_ends_units_moves_what_is_below_and_leads_figures_on(
    office: Office, now: dt.datetime, heard: list[object]
) -> None:
    into, event = _merged(office, now)
    new, school = into.unit, office.unit("thcs_1")
    assert new is not None
    assert parent_of(school, on=BEFORE) == office.unit("xa_1")
    assert parent_of(school, on=DAY) == new
    assert {unit.pk for unit in children(new, on=DAY)} == {office.unit(f"thcs_{n}").pk for n in (1, 2, 3, 4)}
    assert office.unit("xa_1") not in subtree(office.unit("so"), on=DAY)
    carrying = {unit.pk: unit.heir_id for unit in heirs(on=DAY)}  # type: ignore[attr-defined]  # annotated
    assert (carrying[office.unit("xa_1").pk], carrying[school.pk]) == (new.pk, school.pk)
    assert {unit.pk: unit.heir_id for unit in heirs(on=BEFORE)}[office.unit("xa_1").pk] == office.unit("xa_1").pk  # type: ignore[attr-defined]  # annotated
    assert isinstance(heard[0], UnitsChanged)
    assert heard[0].opened == (new.pk,)
    assert heard[0].closed == (office.unit("xa_1").pk, office.unit("xa_2").pk)
    assert heard[0].successors == ((office.unit("xa_1").pk, new.pk), (office.unit("xa_2").pk, new.pk))
    assert set(heard[0].moved) == {office.unit(f"thcs_{n}").pk for n in (1, 2, 3, 4)}
    assert (event.decision_code, event.recorded_by) == ("15/QĐ-UBND", "Máy thử")
    assert faults_of_paths() == []


def test_taking_a_merger_back_restores_every_byte(office: Office, now: dt.datetime, heard: list[object]) -> None:
    before = tree_export()
    _into, event = _merged(office, now)
    assert tree_export() != before
    undo_event(event=event, by=BY, at=now)
    assert tree_export() == before
    assert isinstance(heard[-1], UnitEventUndone)
    assert heard[-1].closed == tuple(sorted((office.unit("xa_1").pk, office.unit("xa_2").pk)))
    with pytest.raises(TreeRefused, match="undone_already"):
        undo_event(event=event, by=BY, at=now)


def test_what_rests_on_an_event_is_listed_and_keeps_it(office: Office, now: dt.datetime) -> None:
    into, event = _merged(office, now)
    assert into.unit is not None
    rename_unit(unit=into.unit, naming=Naming("Phòng đổi tên"), on=dt.date(2026, 8, 1), by=BY, at=now)
    group = create_group(owner=office.unit("so"), name="Cụm ven sông", by=BY, at=now)
    add_to_group(group=group, units=[into.unit], by=BY, at=now)
    before = tree_export()
    with pytest.raises(TreeRefused) as refused:
        undo_event(event=event, by=BY, at=now)
    labels = [item.label for item in refused.value.facts["items"]]  # type: ignore[attr-defined]  # the list
    assert labels == ["Phòng Văn hóa – Xã hội xã Mới (01/08/2026)", "Cụm ven sông: Phòng đổi tên"]
    assert tree_export() == before
    assert UnitEvent.objects.get(pk=event.pk).undone_at is None


def test_modules_above_may_forbid_the_undoing(office: Office, now: dt.datetime) -> None:
    _into, event = _merged(office, now)

    def check(footprint: Footprint) -> list[Resting]:
        return [Resting(f"Đợt báo cáo của {len(footprint.closed)} đơn vị")]

    resting_on_event(check)
    try:
        assert [item.label for item in resting_on(event)] == ["Đợt báo cáo của 2 đơn vị"]
        with pytest.raises(TreeRefused, match="resting"):
            undo_event(event=event, by=BY, at=now)
    finally:
        _checks.remove(check)


def test_a_split_leads_to_the_principal_and_a_part_leaves_the_unit_standing(office: Office, now: dt.datetime) -> None:
    unit, school = office.unit("xa_1"), office.unit("thcs_1")
    first, second = _opening(office, "TG.A", "Phòng A"), _opening(office, "TG.B", "Phòng B")
    plan = plan_split(unit=unit, into=[first, second], principal=1, shares={school.pk: 0}, on=DAY, decision=DECISION)
    event = enter_event(plan=plan, by=BY, at=now)
    assert parent_of(school, on=DAY) == first.unit
    assert parent_of(office.unit("thcs_2"), on=DAY) == second.unit
    assert heirs(on=DAY).get(pk=unit.pk).heir_id == second.unit.pk  # type: ignore[union-attr,attr-defined]  # annotated
    undo_event(event=event, by=BY, at=now)
    part = _opening(office, "TG.C", "Phòng C")
    enter_event(plan=plan_split(unit=unit, into=[part], principal=None, shares={school.pk: 0}, on=DAY), by=BY, at=now)
    assert parent_of(school, on=DAY) == part.unit
    assert heirs(on=DAY).get(pk=unit.pk).heir_id == unit.pk  # type: ignore[attr-defined]  # annotated


def test_attributes_have_their_periods(office: Office, now: dt.datetime) -> None:
    school = office.unit("thcs_1")
    kind = UnitKind.objects.get(code="several_levels")
    enter_event(plan=plan_change_of_kind(unit=school, kind=kind, on=DAY, decision=DECISION), by=BY, at=now)
    later = dt.date(2027, 1, 1)
    plan = plan_renaming(unit=school, naming=Naming("Trường liên cấp", "", "LC", "Bến Mới"), code="LC.1", on=later)
    enter_event(plan=plan, by=BY, at=now)
    rows = UnitName.objects.filter(unit=school).order_by("from_on").values_list("kind__code", "code", "symbol", "seat")
    assert list(rows)[1:] == [
        ("several_levels", "TG.THCS.1", school.symbol, school.seat),
        ("several_levels", "LC.1", "LC", "Bến Mới"),
    ]
    school.refresh_from_db()
    assert (school.kind.code, school.code) == ("several_levels", "TG.THCS.1")  # the new name has not begun
    assert show_names_in_force(at=now) == 0
    assert show_names_in_force(at=now + dt.timedelta(days=100)) == 1
    school.refresh_from_db()
    assert (school.name, school.code, school.seat) == ("Trường liên cấp", "LC.1", "Bến Mới")


def test_a_transfer_of_duties_ends_nobody(office: Office, now: dt.datetime) -> None:
    plan = plan_transfer(unit=office.unit("so_ngoai_vu"), to=[office.unit("ubnd")], duties="Lễ tân", on=DAY)
    event = enter_event(plan=plan, by=BY, at=now)
    assert heirs(on=DAY).get(pk=office.unit("so_ngoai_vu").pk).heir_id == office.unit("so_ngoai_vu").pk  # type: ignore[attr-defined]  # annotated
    undo_event(event=event, by=BY, at=now)


def test_several_events_on_one_day_follow_each_other(office: Office, now: dt.datetime) -> None:
    before = tree_export()
    school = office.unit("thcs_1")
    events = [
        move_unit(unit=school, line=Line.PROFESSIONAL, parent=office.unit(key), on=DAY, by=BY, at=now)
        for key in ("xa_2", "xa_3", "xa_1")
    ]
    assert parent_of(school, on=DAY) == office.unit("xa_1")
    assert faults_of_paths() == []
    for event in reversed(events):
        undo_event(event=event, by=BY, at=now)
    assert tree_export() == before


BadPlan = Callable[[Office], Plan]
BAD: dict[str, BadPlan] = {
    "under_itself": lambda o: plan_move(unit=o.unit("xa_1"), line=Line.PROFESSIONAL, parent=o.unit("thcs_1"), on=DAY),
    "in_the_past": lambda o: plan_move(
        unit=o.unit("thcs_2"), line=Line.PROFESSIONAL, parent=o.unit("xa_2"), on=dt.date(2026, 1, 1)
    ),
    "parent_ended": lambda o: plan_move(unit=o.unit("thcs_1"), line=Line.PROFESSIONAL, parent=o.unit("xa_4"), on=DAY),
    "parent_not_placed": lambda o: plan_establishment(openings=[_opening(o)], on=dt.date(2020, 1, 1)),
    "same_parent": lambda o: plan_move(unit=o.unit("thcs_1"), line=Line.PROFESSIONAL, parent=o.unit("xa_1"), on=DAY),
    "code_taken": lambda o: plan_establishment(openings=[_opening(o, "TG.SO")], on=DAY),
    "no_name": lambda o: plan_establishment(openings=[_opening(o, name=" ")], on=DAY),
    "nothing_changed": lambda o: plan_change_of_kind(unit=o.unit("thcs_1"), kind=o.unit("thcs_1").kind, on=DAY),
    "kind_ended": lambda o: plan_change_of_kind(
        unit=o.unit("thcs_1"), kind=UnitKind.objects.get(code="district_division"), on=DAY
    ),
    "already_ended": lambda o: plan_renaming(unit=o.unit("xa_4"), naming=Naming("Tên khác"), on=dt.date(2026, 9, 1)),
    "not_yet": lambda o: plan_merger(units=[o.unit("ttnn_1")], into=o.unit("xa_2"), on=dt.date(2022, 1, 1)),
}


@pytest.mark.parametrize("code", BAD)
def test_bad_input_is_refused_with_its_reason_and_changes_nothing(office: Office, now: dt.datetime, code: str) -> None:
    move_unit(unit=office.unit("thcs_2"), line=Line.PROFESSIONAL, parent=office.unit("xa_3"), on=DAY, by=BY, at=now)
    merge_units(units=[office.unit("xa_4")], into=office.unit("xa_5"), on=dt.date(2026, 6, 1), by=BY, at=now)
    office.unit("xa_4").refresh_from_db()
    before, events, entries = tree_export(), UnitEvent.objects.count(), Entry.objects.count()
    plan = BAD[code](office)
    assert code in [fault.code for fault in preview(plan).faults]
    with pytest.raises(TreeRefused):
        enter_event(plan=plan, by=BY, at=now)
    assert (tree_export(), UnitEvent.objects.count(), Entry.objects.count()) == (before, events, entries)


def test_one_unit_named_twice_or_too_few_are_refused(office: Office) -> None:
    with pytest.raises(TreeRefused, match="named_twice"):
        plan_merger(units=[office.unit("xa_1"), office.unit("xa_1")], into=office.unit("xa_2"), on=DAY)
    with pytest.raises(TreeRefused, match="too_few"):
        plan_merger(units=[office.unit("xa_1")], into=_opening(office), on=DAY)


def test_the_second_of_two_editors_is_told_who_came_first(office: Office, now: dt.datetime) -> None:
    seen = preview(plan_renaming(unit=office.unit("thcs_1"), naming=Naming("Tên của người sau"), on=DAY)).seen
    by = office.actor("administrator", on=now.date())
    rename_unit(unit=office.unit("thcs_1"), naming=Naming("Tên của người trước"), on=BEFORE, by=by, at=now)
    before = tree_export()
    plan = plan_renaming(unit=office.unit("thcs_1"), naming=Naming("Tên của người sau"), on=DAY)
    with pytest.raises(TreeRefused) as refused:
        enter_event(plan=plan, by=BY, at=now, seen=seen)
    assert refused.value.code == "changed_meanwhile"
    assert by.person_name in str(refused.value.facts["who"])
    assert refused.value.facts["at"] == "09:30 05/10/2026"
    assert tree_export() == before


def test_an_administrator_acts_in_their_part_of_the_tree_alone(office: Office, now: dt.datetime) -> None:
    today = now.date()
    by = office.actor("administrator", on=today)
    assert office.unit("thcs_1") in managed(by, on=today)
    dissolve_unit(unit=office.unit("ttnn_1"), on=DAY, by=by, at=now)
    before = tree_export()
    for kind in ("specialist", "principal", "commune_officer"):
        with pytest.raises(NotManaged):
            rename_unit(
                unit=office.unit("thcs_1"), naming=Naming("Tên"), on=DAY, by=office.actor(kind, on=today), at=now
            )
    assert tree_export() == before
    agency = UnitKind.objects.get(code="provincial_agency")
    parents = {Line.PROFESSIONAL: office.unit("ubnd")}
    made = establish_unit(
        kind=agency, code="TG.SNV", naming=Naming("Sở Nội vụ"), parents=parents, on=DAY, by=by, at=now
    )
    assert parent_of(made, on=DAY) == office.unit("ubnd")
