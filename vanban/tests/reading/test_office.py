"""doc, odt, rtf and workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import makers
import openpyxl
import pytest

from vanban.document import BlockKind, SourceText
from vanban.reading import Limits, UnreadableError, read

LinesOf = Callable[[SourceText, BlockKind], list[str]]


@pytest.mark.parametrize(
    ("target", "media_type"),
    [
        ("doc", "application/msword"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("rtf", "application/rtf"),
    ],
)
def test_texts_of_other_offices_are_read_like_docx(plan_docx: bytes, target: str, media_type: str) -> None:
    source = read(makers.convert_office(plan_docx, target), name=f"plan.{target}")
    word = read(plan_docx)
    assert source.text == word.text
    assert source.media_type == media_type
    assert [block.kind for block in source.blocks] == [block.kind for block in word.blocks]


@pytest.fixture
def workbook() -> bytes:
    """An annex form of two sheets, one hidden sheet and a stray corner."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 1"
    sheet["A1"] = "THỐNG KÊ ĐOÀN RA"
    sheet.append(["TT", "Nước đến", "Số người", "Ngày đi"])
    sheet.append([1, "Lào", 12.0, dt.date(2024, 5, 6)])
    sheet.append([2, "Nhật Bản", 3.5, dt.datetime.combine(dt.date(2024, 7, 1), dt.time(8, 30))])
    sheet.append([])
    sheet.append([None, True, None, "=1+1"])
    sheet["XFD1048576"] = "góc"
    second = book.create_sheet("Biểu 2")
    second["B2"] = "Một ô"
    hidden = book.create_sheet("ẩn")
    hidden["A1"] = "không in"
    hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_sheets_are_rows_of_what_is_filled(workbook: bytes, lines: LinesOf) -> None:
    source = read(workbook, name="bieu.xlsx")
    assert source.text.split("\n\n") == [
        "Biểu 1",
        "THỐNG KÊ ĐOÀN RA",
        "| TT | Nước đến | Số người | Ngày đi |\n| 1 | Lào | 12 | 06/05/2024 |\n"
        "| 2 | Nhật Bản | 3.5 | 01/07/2024 08:30 |",
        "TRUE",
        "góc",
        "Biểu 2",
        "Một ô",
    ]
    assert len(lines(source, BlockKind.TABLE_ROW)) == 3


def test_old_workbooks_are_converted_first(workbook: bytes) -> None:
    source = read(makers.convert_office(workbook, "xls", source="xlsx"), name="bieu.xls")
    assert "| 1 | Lào | 12 | 06/05/2024 |" in source.text
    assert source.media_type == "application/vnd.ms-excel"


def test_too_many_cells_are_refused(workbook: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(workbook, limits=Limits(cells=5))
    assert refusal.value.code == "too_large"


def test_an_empty_workbook_is_empty() -> None:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(UnreadableError) as refusal:
        read(out.getvalue())
    assert refusal.value.code == "empty"
