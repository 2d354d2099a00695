"""What entering a sheet could refuse is told at the dry run, with its row and cell; a clean sheet is entered."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.public import (
    Naming,
    TreeRefused,
    Unit,
    UnitKind,
    dissolve_unit,
    enter_event,
    establish_unit,
    move_unit,
    parent_of,
    plan_renaming,
    rename_unit,
)
from caunoi.foundation.people.models import Capacity, Holding, ImportState
from caunoi.foundation.people.operations.intake.runs import confirm_import, enter_import, findings_of
from caunoi.foundation.people.operations.posts import create_post, leave, take_up
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.foundation.people.tests.test_intake import KEPT, codes, entered, looked_through, school, sheet
from caunoi.foundation.spreadsheets.public import mend, what
from caunoi.kernel.actor import Line, system

NOBODY = {"head": "", "head_email": "", "clerk": "", "clerk_email": ""}
WARD = "Phòng Văn hóa – Xã hội"
LATER = dt.timedelta(days=30)


def known(scene: Scene, key: str, **changes: object) -> list[object]:
    """Return the row of a unit that is there, unchanged but for ``changes``."""
    unit = scene.unit(key)
    same = {"code": unit.code, "name": unit.name, "kind": unit.kind.name, "symbol": unit.symbol, "seat": unit.seat}
    return school(0, **{**same, **NOBODY, **changes})


def told(scene: Scene, *rows: list[object]) -> list[tuple[str, str]]:
    """Return what the dry run finds; nothing is changed by it."""
    with counted(*KEPT):
        run = looked_through(scene, sheet(*rows))
    assert run.state == ImportState.WRONG
    assert all(what(one) != one.code and mend(one) != one.code for one in findings_of(run))
    return codes(run)


def test_a_code_that_another_unit_will_bear(scene: Scene) -> None:
    plan = plan_renaming(unit=scene.unit("thpt_1"), naming=Naming("Tên mới"), code="moi0001", on=scene.today + LATER)
    enter_event(plan=plan, by=system(), at=scene.now)
    assert told(scene, school(1)) == [("code_promised", "A2")]


def test_a_superior_of_too_low_a_level(scene: Scene) -> None:
    assert told(scene, school(1, kind=WARD, parent="MOI0002"), school(2)) == [("parent_too_low", "D2")]
    assert told(scene, school(1, kind="Phòng, văn phòng thuộc Sở", parent="TG.XA.1")) == [("parent_too_low", "D2")]
    assert told(scene, school(1, kind=WARD, governed="TG.THPT.1")) == [("parent_too_low", "E2")]
    assert told(scene, known(scene, "xa_1", parent="TG.THPT.1")) == [("parent_too_low", "D2")]


def test_a_superior_that_is_about_to_end(scene: Scene) -> None:
    dissolve_unit(unit=scene.unit("thpt_1"), on=scene.today + LATER, by=scene.admin, at=scene.now)
    rows = [school(1, parent="TG.THPT.1"), known(scene, "thpt_1", name="Trường THPT Khác")]
    assert told(scene, *rows) == [("parent_ends", "D2"), ("unit_ends", "B3")]


def test_a_superior_without_a_place_in_the_line(scene: Scene) -> None:
    kind = UnitKind.objects.get(code="commune_division")
    establish_unit(
        kind=kind, code="LE", naming=Naming("Phòng Lẻ"), parents={Line.PROFESSIONAL: scene.unit("so")},
        on=scene.today, by=scene.admin, at=scene.now,
    )  # fmt: skip
    assert told(scene, school(1, parent="LE")) == [("parent_not_placed", "D2")]


def test_a_governing_body_of_somebody_else(scene: Scene) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    top = dict.fromkeys(Line)
    far = establish_unit(kind=kinds["provincial_committee"], code="XA.UBND", naming=Naming("UBND tỉnh Xa"), parents=top,
                         on=dt.date(2025, 7, 1), by=system(), at=scene.now)  # fmt: skip
    establish_unit(kind=kinds["department"], code="XA.SO", naming=Naming("Sở Xa"),
                   parents={Line.PROFESSIONAL: scene.unit("bo"), Line.ADMINISTRATIVE: far}, on=dt.date(2025, 7, 1),
                   by=system(), at=scene.now)  # fmt: skip
    assert told(scene, school(1, governed="XA.UBND")) == [("parent_unmanaged", "E2")]


def test_a_change_that_is_entered_for_a_later_day(scene: Scene) -> None:
    on, by, at = scene.today + LATER, scene.admin, scene.now
    move_unit(unit=scene.unit("thpt_1"), line=Line.PROFESSIONAL, parent=scene.unit("xa_1"), on=on, by=by, at=at)
    rename_unit(unit=scene.unit("thpt_2"), naming=Naming("Trường THPT Mai Sau"), on=on, by=by, at=at)
    rows = [known(scene, "thpt_1", parent="TG.XA.2"), known(scene, "thpt_2", name="Trường THPT Khác")]
    assert told(scene, *rows) == [("changed_ahead", "D2"), ("changed_ahead", "B3")]


def test_a_circle_that_would_close_on_a_later_day(scene: Scene) -> None:
    entered(scene, sheet(school(1, **NOBODY), school(2, **NOBODY)))
    first, second = Unit.objects.get(code="MOI0001"), Unit.objects.get(code="MOI0002")
    move_unit(unit=second, line=Line.PROFESSIONAL, parent=first, on=scene.today + LATER, by=scene.admin, at=scene.now)
    assert told(scene, school(1, parent="MOI0002", **NOBODY)) == [("parent_circle", "D2")]


def test_two_units_that_change_places_in_one_sheet_are_entered(scene: Scene) -> None:
    entered(scene, sheet(school(1, **NOBODY), school(2, parent="MOI0001", **NOBODY)))
    rows = [school(1, parent="MOI0002", **NOBODY), school(2, parent=scene.unit("so").code, **NOBODY)]
    entered(scene, sheet(*rows))
    first, second = Unit.objects.get(code="MOI0001"), Unit.objects.get(code="MOI0002")
    assert (parent_of(first, on=scene.today), parent_of(second, on=scene.today)) == (second, scene.unit("so"))


def test_a_post_that_somebody_has_been_given_already(scene: Scene) -> None:
    entered(scene, sheet(school(1, clerk="", clerk_email="")))
    post = Holding.objects.get(person__email="hieutruong1@moi.example").post
    leave(person=Holding.objects.get(post=post).person, post=post, on=scene.today, by=scene.admin, at=scene.now)
    successor = scene.somebody("Lê Thị Sau", "sau@moi.example")
    take_up(person=successor, post=post, on=scene.today + LATER, by=scene.admin, at=scene.now)
    row = school(1, head="Phạm Văn Khác", head_email="khac@moi.example", clerk="", clerk_email="")
    assert told(scene, row) == [("seat_promised", "H2")]


def test_whoever_stands_in_is_not_put_into_the_same_post(scene: Scene) -> None:
    entered(scene, sheet(school(1)))
    held = Holding.objects.select_related("person", "post").get(person__email="hieutruong1@moi.example")
    deputy = Holding.objects.get(person__email="vanthu1@moi.example").person
    leave(person=held.person, post=held.post, on=scene.today, by=scene.admin, at=scene.now)
    take_up(person=deputy, post=held.post, on=scene.today, until=scene.today + LATER, capacity=Capacity.SUBSTITUTE,
            by=scene.admin, at=scene.now)  # fmt: skip
    row = school(1, head=deputy.name, head_email=deputy.email)
    assert ("seat_promised", "H2") in told(scene, row)


def test_the_address_of_a_holder_who_also_works_elsewhere(scene: Scene) -> None:
    entered(scene, sheet(school(1)))
    holder = Holding.objects.get(person__email="hieutruong1@moi.example").person
    beyond = create_post(unit=scene.unit("bo"), title="Chuyên gia", by=system(), at=scene.now)
    take_up(person=holder, post=beyond, on=scene.today, by=system(), at=scene.now)
    assert told(scene, school(1, head_email="khac@moi.example")) == [("holder_beyond", "J2")]


def test_the_address_of_a_namesake(scene: Scene) -> None:
    entered(scene, sheet(school(1), school(2, head="Nguyễn Văn 1")))
    assert ("email_elsewhere", "J2") in told(scene, school(1, head_email="hieutruong2@moi.example"))


def test_a_school_that_is_there_under_another_code_is_shown_and_chosen(scene: Scene) -> None:
    name = scene.unit("thpt_1").name.upper()
    same = school(1, name=name)
    run = looked_through(scene, sheet(same))
    assert codes(run) == [("namesake", "A2")]
    assert "TG.THPT.1" in mend(findings_of(run)[0])
    with counted(Unit):
        entered(scene, sheet(known(scene, "thpt_1")))
    entered(scene, sheet(school(1, name=name, distinct="x")))
    assert Unit.objects.filter(code="MOI0001", name=name).exists()


def test_one_school_written_twice_in_a_sheet(scene: Scene) -> None:
    rows = [school(1, **NOBODY), school(2, name="Trường THPT mới 1", **NOBODY)]
    assert told(scene, *rows) == [("name_twice", "B3")]
    entered(scene, sheet(rows[0], school(2, name="Trường THPT mới 1", distinct="x", **NOBODY)))


def test_bodies_outside_the_sector_come_in_with_the_schools_they_govern(scene: Scene) -> None:
    body = school(2, code="UBND.MOI", name="Ủy ban nhân dân xã Mới", kind="Ủy ban nhân dân xã, phường, đặc khu",
                  **NOBODY)  # fmt: skip
    below = school(1, kind="Trường tiểu học", name="Trường Tiểu học Mới", governed="UBND.MOI", **NOBODY)
    entered(scene, sheet(below, body))
    unit, committee = Unit.objects.get(code="MOI0001"), Unit.objects.get(code="UBND.MOI")
    assert parent_of(unit, line=Line.ADMINISTRATIVE, on=scene.today) == committee
    assert parent_of(committee, on=scene.today) is None
    assert parent_of(committee, line=Line.ADMINISTRATIVE, on=scene.today) == scene.unit("ubnd")
    with counted(*KEPT):
        assert entered(scene, sheet(below, body)).counts["unchanged"] == 2
    changed = school(2, code="UBND.MOI", name="UBND xã Khác", kind="Ủy ban nhân dân xã, phường, đặc khu",
                     **{**NOBODY, "head": "Trần Văn A"})  # fmt: skip
    assert told(scene, changed) == [("body_kept", "B2"), ("body_seat", "H2")]
    new = school(3, kind="Ủy ban nhân dân xã, phường, đặc khu", parent="TG.SO", **NOBODY)
    assert told(scene, new) == [("body_parent", "D2")]


def test_what_is_refused_all_the_same_names_its_row(scene: Scene) -> None:
    run = looked_through(scene, sheet(school(1), known(scene, "thpt_1", name="Trường THPT Khác")))
    confirm_import(run=run, by=scene.admin, at=scene.now)
    where = "caunoi.foundation.people.operations.intake.entering.rename_unit"
    refusal = TreeRefused("already_ended", unit="Trường", on=scene.today)
    with counted(*KEPT, Entry), pytest.raises(TreeRefused) as caught, patch(where, side_effect=refusal):
        enter_import(run=run, by=scene.admin, at=scene.now)
    assert caught.value.facts["row"] == 3


CODES = ["MOI0001", "MOI0002", "MOI0003", "TG.THPT.1", "TG.XA.1", "TG.XA.2", "TG.THCS.1", "TG.THPT.2"]
PARENTS = ["", *CODES, "TG.SO", "TG.UBND.XA.1", "TG.BO", "KHONGCO"]
KINDS = [
    "",
    "Trường trung học phổ thông",
    WARD,
    "Trường tiểu học",
    "Phòng, văn phòng thuộc Sở",
    "Ủy ban nhân dân xã, phường, đặc khu",
]
ROWS = st.lists(
    st.tuples(*(st.sampled_from(one) for one in (CODES, KINDS, PARENTS, PARENTS)), st.integers(0, 3)),
    min_size=1, max_size=5, unique_by=lambda row: row[0],
)  # fmt: skip


def _row(scene: Scene, code: str, kind: str, parent: str, governed: str, who: int) -> list[object]:
    held = Unit.objects.select_related("kind").filter(code=code).first()
    named = {"head": f"Người {who}", "head_email": f"nguoi{who}@moi.example"} if who else {}
    return school(0, **{
        **NOBODY, **named, "code": code, "name": held.name if held else f"Trường {code}",
        "kind": held.kind.name if held else kind or WARD, "parent": parent, "governed": governed,
    })  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, ahead=st.booleans())
def test_a_clean_sheet_is_always_entered_and_a_wrong_one_changes_nothing(
    scene: Scene, rows: list[tuple[str, str, str, str, int]], ahead: bool
) -> None:
    with transaction.atomic():
        if ahead:
            move_unit(unit=scene.unit("xa_1"), line=Line.PROFESSIONAL, parent=scene.unit("xa_2"),
                      on=scene.today + LATER, by=scene.admin, at=scene.now)  # fmt: skip
        with counted(*KEPT):
            run = looked_through(scene, sheet(*(_row(scene, *row) for row in rows)))
        assert run.state in (ImportState.READY, ImportState.WRONG)
        if run.state == ImportState.READY:
            confirm_import(run=run, by=scene.admin, at=scene.now)
            assert enter_import(run=run, by=scene.admin, at=scene.now).state == ImportState.DONE
        else:
            assert all(one.row and one.column for one in findings_of(run))
        transaction.set_rollback(True)
