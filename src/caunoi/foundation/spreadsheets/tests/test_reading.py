from __future__ import annotations

import datetime as dt
import io
import time
import unicodedata
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caunoi.foundation.spreadsheets.public import REFUSALS, Cell, CellKind, Limits, SpreadsheetRefused, read
from caunoi.foundation.spreadsheets.tests.workbooks import book, changed, part

GOOD = book([["Mã", "Tên"], ["01", "Trường A"]])
TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def code_of(content: bytes, name: str = "mau.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(SpreadsheetRefused) as refused:
        read(content, name, limits=limits or Limits())
    return refused.value.code


def test_cells_keep_their_kind_and_place() -> None:
    day = dt.date(2026, 9, 5)
    sheet = read(book([["Mã", 7, 1.5, day, True], [None, "  x "]]), "a.xlsx").sheets[0]
    assert sheet.name == "Đơn vị"
    assert sheet.rows == (
        (
            Cell(1, 1, CellKind.TEXT, "Mã"),
            Cell(1, 2, CellKind.NUMBER, Decimal(7)),
            Cell(1, 3, CellKind.NUMBER, Decimal("1.5")),
            Cell(1, 4, CellKind.DAY, day),
            Cell(1, 5, CellKind.TRUTH, True),
        ),
        (Cell(2, 2, CellKind.TEXT, "x"),),
    )
    assert [cell.address for cell in sheet.rows[0]] == ["A1", "B1", "C1", "D1", "E1"]
    assert Cell(7, 28, CellKind.EMPTY, None).address == "AB7"


def test_decomposed_letters_are_composed() -> None:
    rows = read(book([[unicodedata.normalize("NFD", "Trường Tiểu học")]]), "a.xlsx").sheets[0].rows
    assert rows[0][0].value == unicodedata.normalize("NFC", "Trường Tiểu học")


def test_a_formula_is_told_apart_from_its_value() -> None:
    cells = read(book([["a"]], formulas={"B1": "=1+1"}), "a.xlsx").sheets[0].rows[0]
    assert cells[1].kind is CellKind.FORMULA


def test_what_is_no_workbook_is_refused_whatever_its_name() -> None:
    assert code_of(b"%PDF-1.7 ...") == "spreadsheet_not_a_workbook"
    assert code_of(b"  \n") == "spreadsheet_empty"
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "spreadsheet_old_format"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert code_of(ole) == "spreadsheet_encrypted"
    assert code_of(b"PK\x03\x04 and then nothing") == "spreadsheet_broken"
    assert code_of(changed(GOOD, {TYPES: b"<Types/>"})) == "spreadsheet_not_a_workbook"
    assert code_of(b"a;b\n\x00;1", "a.csv") == "spreadsheet_not_a_workbook"
    assert code_of("Mã;Tên".encode("cp1258", errors="replace") + b"\xff\xfe", "a.csv") == "spreadsheet_encoding"


def test_macros_links_objects_and_entities_are_refused() -> None:
    types = part(GOOD, TYPES).replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert code_of(changed(GOOD, {TYPES: types})) == "spreadsheet_macros"
    assert code_of(changed(GOOD, {"xl/vbaProject.bin": b"x"})) == "spreadsheet_macros"
    assert code_of(changed(GOOD, {"xl/externalLinks/externalLink1.xml": b"<a/>"})) == "spreadsheet_outside"
    assert code_of(changed(GOOD, {"xl/connections.xml": b"<a/>"})) == "spreadsheet_outside"
    assert code_of(changed(GOOD, {"xl/embeddings/oleObject1.bin": b"x"})) == "spreadsheet_embedded"
    entities = part(GOOD, SHEET).replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "b">]>', 1)
    assert code_of(changed(GOOD, {SHEET: entities})) == "spreadsheet_bomb"
    assert code_of(changed(GOOD, {SHEET: b"\xff\xfe" + b"<\0a\0/\0>\0"})) == "spreadsheet_broken"


def test_bombs_are_refused_before_they_go_off() -> None:
    swollen = changed(GOOD, {"xl/media/a.xml": b"0" * (3 << 20)})
    assert len(swollen) < 20_000
    assert code_of(swollen, limits=Limits(unpacked=2 << 20)) == "spreadsheet_bomb"
    assert code_of(changed(GOOD, {f"x/{n}.xml": b"" for n in range(600)})) == "spreadsheet_bomb"
    assert code_of(b"PK\x03\x04" + b"0" * 100, limits=Limits(size=50)) == "spreadsheet_too_large"


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>',
        b'<row r="1"><c r="XFD1"><v>1</v></c></row>',
        b"".join(b'<row r="%d"><c r="XFD%d" t="str"><v> </v></c></row>' % (n, n) for n in range(1, 3000)),
        b'<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>none</v></c></row>',
        b"<row><c><v>",
    ],
)
def test_sheets_that_lie_about_their_size_are_refused_in_time(rows: bytes) -> None:
    began = time.process_time()
    sheet = part(GOOD, SHEET)
    start, end = sheet.index(b"<sheetData>"), sheet.index(b"</sheetData>")
    hostile = sheet[:start] + b"<sheetData>" + rows + sheet[end:]
    assert code_of(changed(GOOD, {SHEET: hostile})) in ("spreadsheet_broken", "spreadsheet_too_many_columns")
    assert time.process_time() - began < 5


def test_rows_columns_and_sheets_have_their_limits() -> None:
    assert code_of(book([["x"]] * 11), limits=Limits(rows=10)) == "spreadsheet_too_many_rows"
    assert len(read(book([["x"]] * 10), "a.xlsx", limits=Limits(rows=10)).sheets[0].rows) == 10
    assert code_of(book([["x"] * 11]), limits=Limits(columns=10)) == "spreadsheet_too_many_columns"
    assert code_of(GOOD, limits=Limits(sheets=0)) == "spreadsheet_too_many_sheets"
    assert code_of(b"a\n" * 11, "a.csv", limits=Limits(rows=10)) == "spreadsheet_too_many_rows"
    assert code_of(b"a\n" * 30, "a.csv", limits=Limits(rows=10)) == "spreadsheet_too_many_rows"


def test_a_csv_is_read_with_either_separator_and_its_formulas_are_seen() -> None:
    content = "\ufeffMã;Tên;Số\n01;=1+1;'+84 9\n".encode()
    rows = read(content, "a.csv").sheets[0].rows
    assert [cell.value for cell in rows[0]] == ["Mã", "Tên", "Số"]
    assert [(cell.kind, cell.value) for cell in rows[1]] == [
        (CellKind.TEXT, "01"),
        (CellKind.FORMULA, "=1+1"),
        (CellKind.TEXT, "+84 9"),
    ]


def outcome(content: bytes, name: str) -> str:
    try:
        read(content, name)
    except SpreadsheetRefused as refused:
        return refused.code
    return "read"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_files_are_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    names = zipfile.ZipFile(io.BytesIO(GOOD)).namelist()
    name = data.draw(st.sampled_from(names))
    body = bytearray(part(GOOD, name))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    content = changed(GOOD, {name: bytes(body)})
    assert outcome(content, "a.xlsx") in ("read", *REFUSALS)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_refused_or_read_as_text(noise: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert outcome(noise, name) in ("read", *REFUSALS)


def test_a_number_counts_with_the_digits_that_the_program_shows() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    content = book([[1.5, 2.5, 1234567890123456]])
    noise = part(content, sheet).replace(b"<v>1.5</v>", b"<v>3.0000000000000004</v>")
    noise = noise.replace(b"<v>2.5</v>", b"<v>0.30000000000000004</v>")
    (row,) = read(changed(content, {sheet: noise}), "a.xlsx").sheets[0].rows
    assert [cell.value for cell in row] == [Decimal(3), Decimal("0.3"), Decimal("1234567890123456")]
