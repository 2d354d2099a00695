"""One file with a row for each unit: dry run, faults by row, all or nothing, on behalf; totals exact."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from caunoi.business.reporting.access import rows_of_sheet
from caunoi.business.reporting.jobs import enter, look_through
from caunoi.business.reporting.models import Campaign, RowOutcome, SheetState, Submission, TotalsNode, UnitSheet
from caunoi.business.reporting.operations.sheet_plan import template_for_units
from caunoi.business.reporting.operations.sheets import (
    check_sheet,
    confirm_sheet,
    enter_sheet,
    findings_of,
    marked_sheet,
    receive_sheet,
)
from caunoi.business.reporting.public import (
    ReportingForbidden,
    SubmissionRefused,
    exempt,
    return_submission,
    save_draft,
    whole,
)
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.totals import change, gathered, total_of
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, figures, scene
from caunoi.foundation.audit.public import Entry, faults
from caunoi.foundation.jobs.public import Run
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.spreadsheets.public import place_of, what
from caunoi.kernel.measure import add_up
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
Typed = str | int | float | None
Rows = dict[str, list[Typed]]
"""Unit → its six figures, its two sections, its explanation."""
LATE = dt.datetime(2026, 11, 3, 8, 0, tzinfo=OPENED.tzinfo)


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def full(*values: Typed, why: str = "") -> list[Typed]:
    return [*(values or (1, 2, 3, 4, 5, 6)), "Đã triển khai.", "Tiếp tục.", why]


def filled(here: Scene, campaign: Campaign, rows: Rows, change: Callable[..., None] | None = None) -> bytes:
    """Return the template after somebody wrote rows of units into it."""
    book = openpyxl.load_workbook(io.BytesIO(template_for_units(campaign)))
    sheet = book.worksheets[0]
    places: dict[str, int] = {str(row[0].value): row[0].row or 0 for row in sheet.iter_rows(min_row=2)}
    for unit, values in rows.items():
        for x, value in enumerate(values, start=3):
            sheet.cell(places[here.office.unit(unit).code], x, value)
    if change is not None:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def received(here: Scene, campaign: Campaign, content: bytes, at: dt.datetime = OPENED) -> UnitSheet:
    by = here.by("specialist")
    sheet = receive_sheet(campaign=campaign, content=content, name="b.xlsx", ground="Các trường gửi giấy", by=by, at=at)
    return check_sheet(sheet=sheet, by=by, at=at)


def entered(here: Scene, campaign: Campaign, content: bytes, at: dt.datetime = OPENED) -> UnitSheet:
    sheet, by = received(here, campaign, content, at), here.by("specialist")
    return enter_sheet(sheet=confirm_sheet(sheet=sheet, by=by, at=at), by=by, at=at)


def test_many_reports_come_in_at_once_with_their_ground_audit_and_totals(here: Scene, campaign: Campaign) -> None:
    returned = here.send(campaign, "thcs_1", 9, 9, 9, 9, 9, 9)
    return_submission(submission=returned, reason="Sai", by=here.by("specialist"), at=OPENED)
    rows: Rows = {"thpt_1": full(), "thcs_1": full("-", "KAD", 1, None, "1.250", 2, why="Đang thống kê."),
                  "tvdh_1": full(7, 0, 7, 0, 7, 0)}  # fmt: skip
    sheet = received(here, campaign, filled(here, campaign, rows), LATE)
    assert (sheet.state, sheet.units, sheet.faults, Submission.objects.count()) == ("ready", 3, 0, 1)
    by = here.by("specialist")
    done = enter_sheet(sheet=confirm_sheet(sheet=sheet, by=by, at=LATE), by=by, at=LATE)
    assert (done.state, done.units, done.unchanged) == (SheetState.DONE, 3, 0)
    sent = {s.reporter.unit_id: s for s in Submission.objects.filter(counts=True).select_related("reporter")}
    one = sent[here.office.unit("thcs_1").pk]
    assert (one.version, one.behalf_ground, one.days_late, one.sent_by_name) == (
        2, "Các trường gửi giấy", 3, by.person_name,
    )  # fmt: skip
    assert {k: one.cells.get(k) for k in KEYS} == dict(zip(KEYS, ["Z", "N", "1", None, "1250", "2"], strict=True))
    assert one.explanations == {"cells_missing|table:b1": "Đang thống kê."}
    place = here.reporter(campaign, "thcs_1")
    assert (place.state, place.versions, place.days_late, place.behalf_ground) == (
        "submitted", 2, 0, "Các trường gửi giấy",
    )  # fmt: skip
    assert (here.reporter(campaign, "thpt_1").days_late, here.reporter(campaign, "thpt_1").first_sent_at) == (3, LATE)
    for node in TotalsNode.objects.filter(campaign=campaign):
        inside = [
            s for s in sent.values()
            if (s.reporter.kind_code == node.path if node.axis == "kind" else s.reporter.path.startswith(node.path))
        ]  # fmt: skip
        assert (node.sent, node.late) == (len(inside), sum(s.reporter.days_late > 0 for s in inside))
        for key in KEYS:
            expected = add_up([unpack(s.cells.get(key)) for s in inside] + [unpack(None)] * (node.expected - node.sent))
            assert total_of(node.cells, key, node.expected) == expected
    assert Entry.objects.filter(verb="reporting.submit", changes__behalf_ground__isnull=False).count() == 3
    assert list(faults()) == []
    told = Notice.objects.get(kind="reporting.on_behalf", post=here.office.posts["thcs_1.officer"])
    assert told.text == "Các trường gửi giấy"


def test_the_dry_run_says_of_each_unit_what_it_would_put_there(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    by = here.by("specialist")
    return_submission(submission=here.send(campaign, "thcs_1", 1, 2, 3, 4, 5, 6), reason="Sai", by=by, at=OPENED)
    content = filled(here, campaign, {
        "thpt_1": full("-", "KAD", 1, None, "1.250", 2, why="Đang thống kê."), "thcs_1": full(1, 2, 3, 40, 5, 6),
        "thpt_2": full(), "tvdh_1": full(-1, "ba", 3, 4, 5, 6),
    })  # fmt: skip
    entered(here, campaign, filled(here, campaign, {"thpt_2": full()}))
    with time_machine.travel(OPENED, tick=False):
        sheet = received(here, campaign, content)
        shown = [(r.outcome, r.code, r.faults, r.sections) for r in rows_of_sheet(sheet)]
        code = {unit: here.office.unit(unit).code for unit in ("thpt_1", "thpt_2", "thcs_1", "tvdh_1")}
        assert shown == [
            (RowOutcome.WRONG, code["tvdh_1"], 1, []), (RowOutcome.MENDS, code["thcs_1"], 0, []),
            (RowOutcome.ENTERS, code["thpt_1"], 0, ["s1", "s2"]), (RowOutcome.SAME, code["thpt_2"], 0, []),
        ]  # fmt: skip
        mends, enters = rows_of_sheet(sheet)[1], rows_of_sheet(sheet)[2]
        assert (mends.before, mends.values) == (["1", "2", "3", "4", "5", "6"], ["1", "2", "3", "40", "5", "6"])
        assert (enters.before, enters.values) == ([], ["Z", "N", "1", None, "1250", "2"])
        client, address = (
            client_of("specialist"),
            reverse("reporting:sheet", args=[campaign.public_id, sheet.public_id]),
        )
        response = client.get(address)
        assert [row.figures for row in response.context["rows"]][1] == [("Nhật Bản, Số lượt người", "4", "40")]
        assert "1 số liệu khác bản bị trả lại" in response.content.decode()
        assert [row.row.code for row in client.get(f"{address}?loai=3-enters").context["rows"]] == [code["thpt_1"]]


def test_the_page_of_a_file_costs_the_same_for_many_units(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    client, costs = client_of("specialist"), []
    for units in (["thpt_1"], ["thpt_1", "thpt_2", "thcs_1", "thcs_2", "thcs_3"]):
        sheet = received(here, campaign, filled(here, campaign, {unit: full() for unit in units}))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("reporting:sheet", args=[campaign.public_id, sheet.public_id]))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_same_file_again_changes_nothing(here: Scene, campaign: Campaign) -> None:
    content = filled(here, campaign, {"thpt_1": full(), "thcs_1": full()})
    entered(here, campaign, content)
    before, told = whole(campaign).cells, Notice.objects.count()
    again = received(here, campaign, content)
    assert (again.state, again.units, again.unchanged, again.faults) == ("ready", 0, 2, 0)
    with pytest.raises(SubmissionRefused) as refused:
        confirm_sheet(sheet=again, by=here.by("specialist"), at=OPENED)
    assert refused.value.code == "reporting.sheet_not_ready"
    assert (Submission.objects.count(), whole(campaign).cells, Notice.objects.count()) == (2, before, told)


@pytest.mark.parametrize(
    ("value", "place", "said"),
    [
        (-1, "C", "dòng “Lào”, cột “Số đoàn”): số không được âm"),
        ("ba", "C", "“ba” không phải số"),
        ("=1+1", "C", "Ô có công thức"),
        (1.5, "C", "1,5 không phải số nguyên"),
        (10**18, "C", "lớn bất thường"),
        (None, "K", "còn 1 ô chưa có số liệu"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_of_the_file_is_entered(
    here: Scene, campaign: Campaign, value: Typed, place: str, said: str
) -> None:
    content = filled(here, campaign, {"thpt_1": full(value, 2, 3, 4, 5, 6), "thcs_1": full()})
    sheet = received(here, campaign, content)
    found = findings_of(sheet)
    assert (sheet.state, sheet.units, len(found)) == ("wrong", 1, 1)
    assert f"ô {place}" in place_of(found[0])
    assert said in str(what(found[0]))
    with pytest.raises(SubmissionRefused):
        confirm_sheet(sheet=sheet, by=here.by("specialist"), at=OPENED)
    assert (Submission.objects.count(), whole(campaign).sent) == (0, 0)
    marked = openpyxl.load_workbook(io.BytesIO(marked_sheet(sheet, at=OPENED)))
    comments = [cell.comment.text for row in marked.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert any(said in text for text in comments)


def test_rows_of_units_that_cannot_be_entered(here: Scene, campaign: Campaign) -> None:
    specialist = here.by("specialist")
    rows: Rows = {unit: full() for unit in ("thpt_1", "thpt_2", "thcs_1", "thcs_2", "thcs_3", "tvdh_1")}

    def spoil(sheet: Worksheet) -> None:
        sheet.append(["KHONG-CO", "Không có", 1])
        places: dict[str, int] = {str(row[0].value): row[0].row or 0 for row in sheet.iter_rows(min_row=2)}
        sheet.cell(places[here.office.unit("thcs_2").code], 2, "Trường khác")
        sheet.cell(places[here.office.unit("tvdh_1").code], 1, here.office.unit("thcs_3").code)
        sheet.cell(places[here.office.unit("tvdh_1").code], 2, here.office.unit("thcs_3").name)

    content = filled(here, campaign, rows, spoil)
    here.send(campaign, "thpt_1", 8, 8, 8, 8, 8, 8)
    save_draft(reporter=here.reporter(campaign, "thpt_2"), cells=figures(1), by=here.by("thpt_2.officer"), at=OPENED)
    exempt(reporter=here.reporter(campaign, "thcs_1"), ground="Mới lập", by=specialist, at=OPENED)
    sheet = received(here, campaign, content)
    assert sorted(each.code for each in findings_of(sheet)) == [
        "sheet_unit_exempt", "sheet_unit_name", "sheet_unit_sent", "sheet_unit_twice", "sheet_unit_unknown",
        "sheet_unit_writes",
    ]  # fmt: skip
    assert (sheet.units, whole(campaign).sent) == (1, 1)
    locked = received(here, campaign, filled(here, campaign, {"thcs_3": full()}), LATE + dt.timedelta(days=30))
    assert [each.code for each in findings_of(locked)] == ["sheet_unit_locked"]


def test_what_changed_since_the_dry_run_is_looked_at_again(here: Scene, campaign: Campaign) -> None:
    sheet = received(here, campaign, filled(here, campaign, {"thpt_1": full(), "thcs_1": full()}))
    confirm_sheet(sheet=sheet, by=here.by("specialist"), at=OPENED)
    here.send(campaign, "thpt_1", 8, 8, 8, 8, 8, 8)
    enter_sheet(sheet=sheet, by=here.by("specialist"), at=OPENED)
    assert (sheet.state, [each.code for each in findings_of(sheet)]) == ("wrong", ["sheet_unit_sent"])
    assert (Submission.objects.count(), here.reporter(campaign, "thcs_1").state) == (1, "not_started")


def test_strange_files_a_clock_set_back_and_other_people(here: Scene, campaign: Campaign) -> None:
    content = filled(here, campaign, {"thpt_1": full()})
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    for strange, code in ((plain.getvalue(), "reporting.sheet_not_ours"), (b"PK\x03\x04", "spreadsheet_broken")):
        sheet = received(here, campaign, strange)
        assert (sheet.state, sheet.reason["code"]) == ("refused", code)
    for who in ("school_officer", "commune_officer", "clerk", "reporter"):
        with pytest.raises(ReportingForbidden):
            receive_sheet(campaign=campaign, content=content, name="b", ground="x", by=here.by(who), at=OPENED)
    with pytest.raises(SubmissionRefused):
        receive_sheet(campaign=campaign, content=content, name="b", ground=" ", by=here.by("specialist"), at=OPENED)
    early = OPENED - dt.timedelta(days=1)
    with pytest.raises(SubmissionRefused) as refused:
        entered(here, campaign, content, early)
    assert refused.value.code == "reporting.clock_wrong"
    moved = filled(here, campaign, {"thpt_1": full()}, lambda sheet: sheet.cell(1, 4, "Cột khác"))
    assert [each.code for each in findings_of(received(here, campaign, moved))] == ["sheet_column_moved"]
    assert (Submission.objects.count(), whole(campaign).sent) == (0, 0)


def test_from_the_page_through_the_jobs(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    with time_machine.travel(OPENED, tick=False):
        client, address = client_of("specialist"), reverse("reporting:sheets", args=[campaign.public_id])
        assert "Chưa có tệp nào" in client.get(address).content.decode()
        book = client.get(reverse("reporting:sheet_template", args=[campaign.public_id]))
        assert book.headers["Content-Disposition"].startswith("attachment")
        assert client.post(address, {"ground": "Gửi giấy"}).status_code == 422
        content = filled(here, campaign, {"thpt_1": full(), "thcs_1": full(-1, 2, 3, 4, 5, 6)})
        file = SimpleUploadedFile("bang.xlsx", content)
        posted = client.post(address, {"ground": "Gửi giấy", "workbook": file})
        sheet = UnitSheet.objects.get()
        assert posted["Location"] == reverse("reporting:sheet", args=[campaign.public_id, sheet.public_id])
        assert "Đang đọc và kiểm tra" in client.get(posted["Location"]).content.decode()
        look_through(Run(1, OPENED, 1), sheet=sheet.pk)
        words = client.get(posted["Location"]).content.decode()
        assert "số không được âm" in words
        assert "Nhập và gửi thay" not in words
        marked = client.get(reverse("reporting:sheet_marked", args=[campaign.public_id, sheet.public_id]))
        assert marked.headers["Content-Disposition"].startswith("attachment")
        client.post(posted["Location"])
        sheet.refresh_from_db()
        assert (sheet.state, Submission.objects.count()) == ("wrong", 0)
        good = SimpleUploadedFile("bang.xlsx", filled(here, campaign, {"thpt_1": full(), "thcs_1": full()}))
        there = client.post(address, {"ground": "Gửi giấy", "workbook": good})["Location"]
        second = UnitSheet.objects.order_by("-pk")[0]
        look_through(Run(1, OPENED, 1), sheet=second.pk)
        assert "Nhập và gửi thay" in client.get(there).content.decode()
        client.post(there)
        for _again in range(2):
            enter(Run(1, OPENED, 1), sheet=second.pk)
        assert "Báo cáo đã nhập và gửi" in client.get(there).content.decode()
    assert (whole(campaign).sent, Submission.objects.count()) == (2, 2)
    assert client_of("school_officer").get(address).status_code == 403


def test_totals_in_one_walk_equal_one_report_after_the_other() -> None:
    many = [{"a": "1", "b": "Z", "c": "N"}, {"a": "2.5", "c": "3"}, {"b": "N", "c": "N", "a?": "1"}]
    one_by_one: dict[str, list[object]] = {}
    for cells in many:
        one_by_one = change(one_by_one, cells, 1)
    assert gathered(many) == one_by_one
    assert total_of(gathered(many), "a", 3).amount == Decimal("3.5")
    assert (FIRST, SECOND) == ("s1", "s2")
