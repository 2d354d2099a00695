from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.files.public import StoredFile
from caunoi.foundation.organisations.public import Unit, UnitKind, parent_of, subtree
from caunoi.foundation.people.models import Grant, Holding, ImportRun, ImportState, Person, Post, SigningAuthority
from caunoi.foundation.people.operations.intake.planning import plan_of
from caunoi.foundation.people.operations.intake.runs import (
    annotated,
    check_import,
    confirm_import,
    enter_import,
    findings_of,
    receive_import,
)
from caunoi.foundation.people.operations.intake.sheet import template_for
from caunoi.foundation.people.public import Role, actor_of
from caunoi.foundation.people.tests.scenes import Scene, counted, refused
from caunoi.foundation.spreadsheets.public import read, what
from caunoi.foundation.spreadsheets.tests.workbooks import book
from caunoi.kernel.actor import Line

HEAD = [
    "Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị quản lý", "Mã cơ quan trực tiếp quản lý", "Ký hiệu",
    "Địa danh", "Người đứng đầu", "Chức danh người đứng đầu", "Thư điện tử người đứng đầu", "Văn thư, đầu mối",
    "Chức danh văn thư, đầu mối", "Thư điện tử văn thư, đầu mối", "Khác đơn vị trùng tên",
]  # fmt: skip
KEPT = (Unit, Person, Post, Holding, Grant, SigningAuthority)
Row = Sequence[object]


def school(number: int, **changes: object) -> list[object]:
    """Return one row of the sheet."""
    row: dict[str, object] = {
        "code": f"MOI{number:04}", "name": f"Trường THPT Mới {number}", "kind": "Trường trung học phổ thông",
        "parent": "", "governed": "", "symbol": f"THPTM{number}", "seat": "Thanh Giang",
        "head": f"Nguyễn Văn {number}", "head_title": "", "head_email": f"hieutruong{number}@moi.example",
        "clerk": f"Trần Thị {number}", "clerk_title": "Văn thư", "clerk_email": f"vanthu{number}@moi.example",
        "distinct": "",
    }  # fmt: skip
    return list({**row, **changes}.values())


def sheet(*rows: Row) -> bytes:
    return book([HEAD, *rows], name="Đơn vị")


def looked_through(scene: Scene, content: bytes, unit: str = "so", name: str = "danh-sach.xlsx") -> ImportRun:
    run = receive_import(content=content, name=name, unit=scene.unit(unit), by=scene.admin, at=scene.now)
    return check_import(run=run, by=scene.admin, at=scene.now)


def entered(scene: Scene, content: bytes) -> ImportRun:
    run = looked_through(scene, content)
    assert (run.state, run.findings) == (ImportState.READY, [])
    confirm_import(run=run, by=scene.admin, at=scene.now)
    return enter_import(run=run, by=scene.admin, at=scene.now)


def codes(run: ImportRun) -> list[tuple[str, str]]:
    return [(finding.code, finding.address) for finding in findings_of(run)]


def test_a_branch_is_set_up_from_one_sheet(scene: Scene) -> None:
    UnitKind.objects.filter(code="department").update(level="province")
    ward = school(2, kind="Phòng Văn hóa – Xã hội", name="Phòng Văn hóa – Xã hội xã Mới", head_title="Trưởng phòng")
    below = school(3, kind="Trường trung học cơ sở", name="Trường THCS Mới", parent="moi0002", governed="TG.UBND.XA.1")
    run = entered(scene, sheet(below, school(1), ward))
    assert run.counts == {"new": 3, "changed": 0, "unchanged": 0, "wrong": 0, "faults": 0, "invitable": 6}
    assert (run.state, len(run.people)) == (ImportState.DONE, 6)
    first, third = Unit.objects.get(code="MOI0001"), Unit.objects.get(code="MOI0003")
    assert (first.name, first.symbol, first.seat, first.established_on) == (
        "Trường THPT Mới 1", "THPTM1", "Thanh Giang", dt.date(2026, 1, 1),
    )  # fmt: skip
    assert [parent_of(third, line=line, on=scene.today) for line in (Line.PROFESSIONAL, Line.ADMINISTRATIVE)] == [
        Unit.objects.get(code="MOI0002"),
        scene.unit("ubnd_xa_1"),
    ]
    head = Person.objects.get(email="hieutruong1@moi.example")
    actor = actor_of(account_id=1, person=head, on=scene.today)
    assert (actor.post_title, actor.unit_name, set(actor.roles)) == ("Hiệu trưởng", "Trường THPT Mới 1", {"leader"})
    clerk = actor_of(account_id=1, person=Person.objects.get(email="vanthu2@moi.example"), on=scene.today)
    assert set(clerk.roles) == {Role.BRANCH_OFFICER, Role.SCHOOL_OFFICER, Role.CLERK}
    assert SigningAuthority.objects.get(unit=first).title == "HIỆU TRƯỞNG"
    assert Entry.objects.filter(verb="people.import", subject_id=str(run.public_id)).count() == 1


def test_the_same_sheet_again_changes_nothing(scene: Scene) -> None:
    content = sheet(*(school(n) for n in range(1, 6)))
    entered(scene, content)
    with counted(*KEPT):
        again = entered(scene, content)
    assert again.counts["unchanged"] == 5
    assert again.outcome == []
    assert (
        Entry.objects.filter(verb="organisations.establish", subject_label__startswith="Trường THPT Mới").count() == 5
    )


def test_a_corrected_sheet_changes_what_it_says_and_keeps_the_rest(scene: Scene) -> None:
    entered(scene, sheet(school(1), school(2)))
    changed = school(1, name="Trường THPT Mới Một", parent="", head_email="khac@moi.example", seat="")
    run = entered(scene, sheet(changed, school(2, clerk="", clerk_email="")))
    assert run.counts["changed"] == 1
    assert run.outcome == [[2, "MOI0001", "Trường THPT Mới Một", "changed", ["rename", "head_email"]]]
    unit = Unit.objects.get(code="MOI0001")
    assert (unit.name, unit.seat) == ("Trường THPT Mới Một", "Thanh Giang")
    assert Person.objects.filter(name="Nguyễn Văn 1").values_list("email", flat=True).get() == "khac@moi.example"


def test_one_wrong_row_keeps_everything_out_and_says_how_to_mend_it(scene: Scene) -> None:
    held = scene.person("thpt_1.principal")
    other = Unit.objects.create(
        code="NGOAI", name="Ngoài", kind=UnitKind.objects.get(code="primary"), established_on=scene.today, folded="",
        sort_key="",
    )  # fmt: skip
    rows = [
        school(1, name=""),
        school(2, parent="KHONGCO"),
        school(3, code=other.code),
        school(4, head_email="hieutruong5@moi.example"),
        school(5),
        school(6, parent="MOI0007"),
        school(7, parent="MOI0006"),
        school(8, code="TG.THPT.1", head="Người Khác", head_email="", clerk="", clerk_email=""),
        school(9, clerk=""),
        school(10, head_email=held.email),
        school(11, governed="KHONGCO"),
    ]
    noted = Entry.objects.count()
    with counted(*KEPT):
        run = looked_through(scene, sheet(*rows))
        assert run.state == ImportState.WRONG
        assert refused(confirm_import, run=run, by=scene.admin, at=scene.now) == "people.import_not_ready"
    assert [one.verb for one in Entry.objects.order_by("pk")[noted:]] == ["people.receive_import"]
    assert codes(run) == [
        ("required", "B2"),
        ("parent_unknown", "D3"),
        ("code_elsewhere", "A4"),
        ("email_twice", "J6"),
        ("parent_circle", "D7"),
        ("parent_circle", "D8"),
        ("holder_differs", "H9"),
        ("email_without_name", "M10"),
        ("email_elsewhere", "J11"),
        ("governed_unknown", "E12"),
    ]
    assert what(findings_of(run)[6]) == f"Vị trí này đang do {held.name} giữ."
    marked = read(annotated(run, on=scene.today), "a.xlsx").sheets[0].rows
    assert marked[0][-1].value == "Lỗi cần sửa"
    assert str(marked[8 - 1][-1].value).startswith("D8 (Mã đơn vị quản lý): Đơn vị không thể trực thuộc chính mình")


def test_a_unit_cannot_be_moved_below_itself(scene: Scene) -> None:
    row = school(1, code="TG.XA.1", name="", kind="Phòng Văn hóa – Xã hội", parent="TG.THCS.1", head="", head_email="",
                 clerk="", clerk_email="")  # fmt: skip
    row[1] = scene.unit("xa_1").name
    assert codes(looked_through(scene, sheet(row))) == [("parent_circle", "D2")]


def test_a_hostile_file_is_refused_in_words(scene: Scene) -> None:
    run = looked_through(scene, b"PK\x03\x04 nothing")
    assert (run.state, run.reason) == (ImportState.REFUSED, {"code": "spreadsheet_broken", "facts": {}})
    assert codes(looked_through(scene, book([["x"]], name="Khác"))) == [("no_head", "")]
    stamped = template_for(scene.unit("thpt_1"), list(UnitKind.objects.all()))
    assert ("other_unit", "") in codes(looked_through(scene, stamped))


def test_a_csv_does_as_well(scene: Scene) -> None:
    text = "Mã đơn vị;Tên đơn vị;Loại đơn vị\nMOI1;Trường THPT Mới;upper_secondary\n"
    run = looked_through(scene, text.encode(), name="a.csv")
    assert (run.state, run.counts["new"]) == (ImportState.READY, 1)


def test_what_changed_since_the_dry_run_is_looked_at_again(scene: Scene) -> None:
    run = looked_through(scene, sheet(school(1)))
    confirm_import(run=run, by=scene.admin, at=scene.now)
    scene.somebody("Người Khác Hẳn", "hieutruong1@moi.example")
    with counted(*KEPT):
        enter_import(run=run, by=scene.admin, at=scene.now)
    assert (run.state, codes(run)) == (ImportState.WRONG, [("email_elsewhere", "J2")])


def test_who_sends_the_sheet_in_is_told_at_the_cell_that_it_names_them(scene: Scene) -> None:
    me = scene.person("administrator")
    me.email = "toi@so.example"
    me.save()
    run = looked_through(scene, sheet(school(1, head=me.name, head_email=me.email)))
    assert (run.state, codes(run)) == (ImportState.WRONG, [("own_seat", "H2")])


def test_a_crash_in_the_middle_leaves_nothing(scene: Scene) -> None:
    run = looked_through(scene, sheet(school(1), school(2)))
    confirm_import(run=run, by=scene.admin, at=scene.now)
    last = "caunoi.foundation.people.operations.intake.runs.record"
    with counted(*KEPT, Entry), patch(last, side_effect=OSError("gone")), pytest.raises(OSError, match="gone"):
        enter_import(run=run, by=scene.admin, at=scene.now)
    assert ImportRun.objects.get(pk=run.pk).state == ImportState.ENTERING


@pytest.mark.parametrize("who", ["specialist", "director", "thpt_1.principal"])
def test_only_the_administrator_of_the_branch_imports(scene: Scene, who: str) -> None:
    run = looked_through(scene, sheet(school(1)))
    with counted(*KEPT, Entry, ImportRun, StoredFile):
        by = scene.actor(who)
        code = refused(
            receive_import, content=sheet(school(2)), name="a.xlsx", unit=scene.unit("so"), by=by, at=scene.now
        )
        assert code == "people.not_permitted"
        assert refused(confirm_import, run=run, by=by, at=scene.now) == "people.not_permitted"
    assert ImportRun.objects.get(pk=run.pk).state == ImportState.READY


def test_seven_wrong_rows_of_five_thousand_are_found_and_nothing_is_entered(scene: Scene) -> None:
    rows = [school(n) for n in range(5000)]
    for number in (3, 700, 1400, 2100, 2800, 3500, 4999):
        rows[number] = school(number, parent="SAI")
    content = sheet(*rows)
    noted = Entry.objects.count()
    with counted(*KEPT), CaptureQueriesContext(connection) as queries:
        run = looked_through(scene, content)
    assert [one.verb for one in Entry.objects.order_by("pk")[noted:]] == ["people.receive_import"]
    assert codes(run) == [("parent_unknown", f"D{n + 2}") for n in (3, 700, 1400, 2100, 2800, 3500, 4999)]
    assert run.counts == {"new": 4993, "changed": 0, "unchanged": 0, "wrong": 7, "faults": 7, "invitable": 10000}
    assert len(queries) < 50


def test_looking_up_costs_the_same_for_any_number_of_rows(scene: Scene) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}

    def cost(rows: int) -> int:
        made = read(sheet(*(school(n) for n in range(rows))), "a.xlsx")
        with CaptureQueriesContext(connection) as queries:
            plan_of(made, root=scene.unit("so"), kinds=kinds, by=scene.admin, on=scene.today)
        return len(queries)

    assert cost(2) == cost(300)
    assert subtree(scene.unit("so"), on=scene.today).count() > 30
