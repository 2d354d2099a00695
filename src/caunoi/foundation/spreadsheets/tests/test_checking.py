from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from caunoi.foundation.spreadsheets.public import (
    Cell,
    CellKind,
    Checked,
    Column,
    ListSheet,
    TemplateSheet,
    ValueKind,
    annotate,
    check,
    mend,
    place_of,
    read,
    sentence_of,
    what,
    write_csv,
    write_list,
    write_template,
)
from caunoi.foundation.spreadsheets.rules.columns import Wrong, read_value
from caunoi.foundation.spreadsheets.tests.workbooks import book

COLUMNS = [
    Column("code", "Mã", required=True, unique=True, max_length=10, help="Mã của đơn vị", example="TG.01"),
    Column("name", "Tên đơn vị", required=True),
    Column("kind", "Loại", ValueKind.CHOICE, choices={"thpt": "Trường THPT", "thcs": "Trường THCS"}),
    Column("email", "Thư điện tử", ValueKind.EMAIL),
    Column("since", "Từ ngày", ValueKind.DAY),
    Column("count", "Số lớp", ValueKind.WHOLE, minimum=0),
]
HEAD = ["Mã *", "Tên đơn vị *", "Loại", "Thư điện tử", "Từ ngày", "Số lớp"]


def checked(*rows: list[object], head: list[str] | None = None) -> Checked:
    return check(read(book([head or HEAD, *rows]), "a.xlsx").sheets[0], COLUMNS)


def test_good_rows_become_values() -> None:
    made = checked(["01", "Trường A", "trường thpt", "A@x.vn", "05/09/2026", 12], [], ["02", "Trường B"])
    assert made.is_clean
    assert [row.number for row in made.rows] == [2, 4]
    assert made.rows[0].values == {
        "code": "01",
        "name": "Trường A",
        "kind": "thpt",
        "email": "a@x.vn",
        "since": dt.date(2026, 9, 5),
        "count": Decimal(12),
    }
    assert made.rows[1].values["email"] is None


def test_every_fault_says_where_it_stands_what_it_is_and_how_to_mend_it() -> None:
    made = checked(["01", None, "Trường nghề", "khong", "31/02/2026", -1], ["01", "B", None, None, None, 1.5])
    assert [(one.code, one.address) for one in made.findings] == [
        ("required", "B2"),
        ("not_listed", "C2"),
        ("not_email", "D2"),
        ("not_day", "E2"),
        ("below", "F2"),
        ("not_whole", "F3"),
        ("repeated", "A3"),
    ]
    listed = made.findings[1]
    assert place_of(listed) == "Trang “Đơn vị”, ô C2 (Loại)"
    assert what(listed) == "“Trường nghề” không có trong danh sách."
    assert mend(listed) == "Chọn một trong: Trường THPT; Trường THCS."
    assert what(made.findings[-1]) == "“01” trùng với dòng 2."
    assert not made.is_clean


def test_a_formula_in_a_cell_that_is_read_is_a_fault_and_elsewhere_is_none() -> None:
    content = book([[*HEAD, "Ghi chú"], ["01", "A"]], formulas={"B2": '="A"', "G2": "=1+1"})
    made = check(read(content, "a.xlsx").sheets[0], COLUMNS)
    assert [(one.code, one.address, one.is_warning) for one in made.findings] == [
        ("unknown_column", "G1", True),
        ("formula", "B2", False),
    ]


def test_the_head_may_stand_below_a_title_and_must_be_whole() -> None:
    content = book([["DANH SÁCH"], [], HEAD, ["01", "A"]])
    assert [row.number for row in check(read(content, "a.xlsx").sheets[0], COLUMNS).rows] == [4]
    assert [one.code for one in checked(["x"], head=["Gì đó"]).findings] == ["no_head"]
    missing = checked(["01"], head=["Mã", "Loại", "Thư điện tử"])
    assert [(one.code, one.label) for one in missing.findings] == [("column_missing", "Tên đơn vị")]
    assert [one.code for one in checked(["01", "A"], head=["Mã", "Tên đơn vị", "MÃ"]).findings] == ["column_twice"]
    assert [one.code for one in checked().findings] == ["no_rows"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (ValueKind.NUMBER, "1.234,5", Decimal("1234.5")),
        (ValueKind.NUMBER, "1 234", Decimal(1234)),
        (ValueKind.NUMBER, "1e9", Wrong("not_number")),
        (ValueKind.NUMBER, "9" * 50, Wrong("not_number")),
        (ValueKind.WHOLE, "1.234", Decimal(1234)),
        (ValueKind.WHOLE, "mười", Wrong("not_whole")),
        (ValueKind.DAY, "2026-09-05", dt.date(2026, 9, 5)),
        (ValueKind.DAY, "5.9.2026", dt.date(2026, 9, 5)),
        (ValueKind.DAY, "9/2026", Wrong("not_day")),
        (ValueKind.TRUTH, "Có", True),
        (ValueKind.TRUTH, "không", False),
        (ValueKind.TRUTH, "chắc", Wrong("not_yes_or_no")),
        (ValueKind.EMAIL, "ă@x.vn", Wrong("not_email")),
        (ValueKind.TEXT, "a\u202eb", Wrong("control_signs")),
        (ValueKind.TEXT, "a" * 301, Wrong("too_long", {"limit": 300})),
    ],
)
def test_values_as_people_type_them(kind: ValueKind, text: str, expected: object) -> None:
    assert read_value(Cell(2, 1, CellKind.TEXT, text), Column("x", "X", kind)) == expected


def test_a_code_typed_as_a_number_reads_as_it_was_typed() -> None:
    made = checked([79, "A"], [1000, "B"])
    assert [row.values["code"] for row in made.rows] == ["79", "1000"]


def test_a_template_is_read_back_with_its_stamp_and_its_leading_zeros() -> None:
    sheet = TemplateSheet("Đơn vị", COLUMNS, [{"code": "007", "name": "=A1", "kind": "Trường THPT"}])
    content = write_template([sheet], help_lines=["Điền từ dòng 2."], stamp={"template": "units", "version": "1"})
    again = read(content, "a.xlsx")
    assert again.stamp == {"template": "units", "version": "1"}
    made = check(again.sheets[0], COLUMNS)
    assert made.findings == ()
    assert (made.rows[0].values["code"], made.rows[0].values["name"]) == ("007", "=A1")
    assert [one.name for one in again.sheets if not one.is_hidden] == ["Đơn vị", "Hướng dẫn"]


def test_a_wrong_file_is_handed_back_with_comments_and_a_column_of_errors() -> None:
    content = book([HEAD, ["01", "A", "Trường nghề"], ["02", "B"]])
    made = check(read(content, "a.xlsx").sheets[0], COLUMNS)
    once = annotate(content, "a.xlsx", made.findings)
    again = annotate(once, "a.xlsx", made.findings)
    for handed in (once, again):
        rows = read(handed, "a.xlsx").sheets[0].rows
        assert rows[0][-1].value == "Lỗi cần sửa"
        assert (rows[1][-1].address, rows[1][-1].value) == ("G2", sentence_of(made.findings[0]))
        assert [cell.value for cell in rows[2]] == ["02", "B"]
        same = check(read(handed, "a.xlsx").sheets[0], COLUMNS)
        assert [(one.code, one.address) for one in same.findings] == [("not_listed", "C2")]


def test_a_wrong_csv_is_handed_back_with_the_column_of_errors() -> None:
    content = "Mã;Tên đơn vị;Loại\n01;A;Trường nghề\n".encode()
    made = check(read(content, "a.csv").sheets[0], COLUMNS)
    handed = annotate(content, "a.csv", made.findings).decode("utf-8-sig").splitlines()
    assert handed[0] == "Mã;Tên đơn vị;Loại;Lỗi cần sửa"
    assert "không có trong danh sách" in handed[1]


def test_nothing_that_leaves_is_taken_for_a_formula() -> None:
    rows: list[list[str | int | dt.date | None]] = [["=HYPERLINK(1)", "+84", 5, dt.date(2026, 9, 5), None]]
    text = write_csv(["a", "b", "c", "d", "e"], rows)
    assert text == "\ufeffa,b,c,d,e\r\n'=HYPERLINK(1),'+84,5,05/09/2026,\r\n".encode()
    assert [cell.value for cell in read(text, "a.csv").sheets[0].rows[1]][:2] == ["=HYPERLINK(1)", "+84"]
    listed = read(write_list([ListSheet("Danh sách", ["a", "b", "c", "d", "e"], rows)]), "a.xlsx").sheets[0]
    assert [cell.kind for cell in listed.rows[1]] == [CellKind.TEXT, CellKind.TEXT, CellKind.NUMBER, CellKind.DAY]


def test_ten_thousand_rows_are_read_and_checked() -> None:
    rows: list[list[object]] = [
        [f"M{n:05}", f"Trường {n}", "Trường THPT", f"a{n}@x.vn", "05/09/2026", n] for n in range(10_000)
    ]
    content = book([HEAD, *rows])
    made = check(read(content, "a.xlsx").sheets[0], COLUMNS)
    assert (len(made.rows), made.findings) == (10_000, ())


def test_a_csv_handed_back_runs_nothing_for_whoever_opens_it() -> None:
    content = "Mã;Tên đơn vị;Loại\n=HYPERLINK(1);@SUM(1);Trường nghề\n".encode()
    made = check(read(content, "a.csv").sheets[0], COLUMNS)
    handed = annotate(content, "a.csv", made.findings)
    assert handed.decode("utf-8-sig").splitlines()[1].startswith("'=HYPERLINK(1);'@SUM(1);")
    assert [cell.value for cell in read(handed, "a.csv").sheets[0].rows[1]][:2] == ["=HYPERLINK(1)", "@SUM(1)"]
