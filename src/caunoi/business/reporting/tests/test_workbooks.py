"""The report as an Excel file: there and back, twice the same, wrong files and wrong cells refused with their place."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from caunoi.business.reporting.models import Campaign, FormRow, FormTable, Submission
from caunoi.business.reporting.operations.workbooks import Received, receive_workbook, template_of
from caunoi.business.reporting.public import DraftClash, SubmissionRefused, put_in_force, save_draft
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, Scene, draft_regime, figures, scene
from caunoi.foundation.spreadsheets.public import SpreadsheetRefused, sentence_of
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def filled(here: Scene, campaign: Campaign, fill: Callable[[openpyxl.Workbook], None], unit: str = "thpt_1") -> bytes:
    """Return the template of a unit after somebody wrote into it."""
    content = template_of(here.reporter(campaign, unit), here.by(f"{unit}.officer"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def receive(here: Scene, campaign: Campaign, content: bytes) -> Received:
    by = here.by("thpt_1.officer")
    return receive_workbook(reporter=here.reporter(campaign), content=content, name="b.xlsx", by=by, at=OPENED)


def sheet_of(book: openpyxl.Workbook, index: int = 0) -> Worksheet:
    return book.worksheets[index]


def everything(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book)
    values: dict[str, str | float | None] = {"B2": 1234, "C2": "-", "B3": "1.250", "C3": "KAD", "B4": 3.0, "C4": None}
    for address, value in values.items():
        sheet[address] = value
    words = sheet_of(book, 1)
    words["B2"], words["B3"] = "Đã làm.\nHai hội nghị.", "Tiếp tục."


def test_a_file_goes_there_and_back_and_twice_changes_nothing(here: Scene, campaign: Campaign) -> None:
    content = filled(here, campaign, everything)
    first = receive(here, campaign, content)
    assert (first.findings, first.changed) == ((), 1)
    draft = Submission.objects.get()
    assert draft.cells == {"b1.r1.c1": "1234", "b1.r1.c2": "Z", "b1.r2.c1": "1250", "b1.r2.c2": "N", "b1.r3.c1": "3"}
    assert draft.narrative == {"s1": "Đã làm.\nHai hội nghị.", "s2": "Tiếp tục."}
    assert receive(here, campaign, content).changed == 0
    assert Submission.objects.get().revision == 1
    again = filled(here, campaign, lambda _book: None)
    assert receive(here, campaign, again).changed == 0
    assert Submission.objects.get().cells == draft.cells


@pytest.mark.parametrize(
    ("address", "value", "said"),
    [
        ("B2", "ba", "B2 (Lào, Số đoàn): “ba” không phải số. Ghi số, KPS (không phát sinh) hoặc KAD (không áp dụng)."),
        ("C3", "=1+1", "C3 (Số lượt người): Ô có công thức. Chép ô rồi dán lại dưới dạng giá trị."),
        ("A3", "Nga", "A3 (Đoàn ra): Dòng này phải là “Nhật Bản”, đang là “Nga”. "
         "Dùng mẫu tải từ hệ thống; không thêm, bớt, đổi chỗ dòng."),
        ("B9", 7, "B9 (Đoàn ra): Số 7 nằm ngoài biểu nên không được đọc. Chuyển số vào ô của biểu hoặc xóa."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_is_saved(
    here: Scene, campaign: Campaign, address: str, value: str | int, said: str
) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        everything(book)
        sheet_of(book)[address] = value

    received = receive(here, campaign, filled(here, campaign, fill))
    assert (received.version, [sentence_of(one) for one in received.findings]) == (None, [said])
    assert Submission.objects.count() == 0


def test_files_of_others_of_other_forms_and_of_nobody(here: Scene, campaign: Campaign) -> None:
    of_another = filled(here, campaign, everything, "thpt_2")
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    for content, code in ((of_another, "reporting.file_of_another"), (plain.getvalue(), "reporting.file_not_ours")):
        with pytest.raises(SubmissionRefused) as refused:
            receive(here, campaign, content)
        assert refused.value.code == code
    content = filled(here, campaign, everything)
    stamped = next(s for s in openpyxl.load_workbook(io.BytesIO(content)).worksheets if s["A1"].value == "report")

    def other_form(book: openpyxl.Workbook) -> None:
        for row in book[stamped.title].iter_rows():
            if row[0].value == "form":
                row[1].value = "0" * 16

    with pytest.raises(SubmissionRefused) as refused:
        receive(here, campaign, filled(here, campaign, other_form))
    assert refused.value.code == "reporting.file_of_another_form"
    with pytest.raises(SpreadsheetRefused):
        receive(here, campaign, b"PK\x03\x04 nothing")
    assert Submission.objects.count() == 0


def test_a_file_from_before_a_colleagues_change_saves_nothing_over_it(here: Scene, campaign: Campaign) -> None:
    content = filled(here, campaign, everything)
    save_draft(reporter=here.reporter(campaign), cells=figures(9), by=here.by("principal"), at=OPENED)
    with pytest.raises(DraftClash) as refused:
        receive(here, campaign, content)
    assert [one.field for one in refused.value.clashes] == ["cell:b1.r1.c1"]
    assert Submission.objects.get().cells == {"b1.r1.c1": "9"}


def test_the_page_gives_the_template_takes_it_and_hands_it_back_marked(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    client, key = client_of("school_officer"), here.reporter(campaign).public_id
    answer = client.get(reverse("reporting:template", args=[key]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    everything(book)
    sheet_of(book)["B2"] = -5
    out = io.BytesIO()
    book.save(out)
    posted = SimpleUploadedFile("bao-cao.xlsx", out.getvalue())
    page = client.post(reverse("reporting:upload", args=[key]), {"workbook": posted})
    assert page.status_code == 200
    assert "số không được âm" in page.content.decode()
    assert Submission.objects.get().narrative[FIRST].startswith("Đã làm.")
    marked = openpyxl.load_workbook(io.BytesIO(client.get(reverse("reporting:marked", args=[key])).content))
    comment = sheet_of(marked)["B2"].comment
    assert comment is not None
    assert "số không được âm" in comment.text
    assert client_of("principal").get(reverse("reporting:marked", args=[key])).status_code == 404


@pytest.mark.slow
def test_ten_thousand_rows_come_in_at_once(office: Office) -> None:
    regime = draft_regime(office)
    table = FormTable.objects.get(regime=regime)
    FormRow.objects.filter(table=table).delete()
    rows = [FormRow(table=table, code=f"r{n}", label=f"Dòng {n}", position=n) for n in range(10_000)]
    FormRow.objects.bulk_create(rows, batch_size=500)
    by = office.actor("specialist", on=OPENED.date())
    here = Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))
    campaign = here.open()

    def fill(book: openpyxl.Workbook) -> None:
        for y in range(2, 10_002):
            sheet_of(book).cell(y, 2, y)
            sheet_of(book).cell(y, 3, "1.234")

    content = filled(here, campaign, fill)
    assert receive(here, campaign, content).changed == 1
    assert len(Submission.objects.get().cells) == 20_000


@pytest.mark.parametrize("stamp", ["9" * 5000, "-1", "1.0", "١" * 12])
def test_a_stamp_that_somebody_wrote_is_refused_like_that_of_another_form(
    here: Scene, campaign: Campaign, stamp: str
) -> None:
    def forged(book: openpyxl.Workbook) -> None:
        for name, value in book["_caunoi"].iter_rows():
            value.value = stamp if name.value == "revision" else value.value

    with pytest.raises(SubmissionRefused) as refused:
        receive(here, campaign, filled(here, campaign, forged))
    assert refused.value.code == "reporting.file_of_another_form"
    assert not Submission.objects.exists()
