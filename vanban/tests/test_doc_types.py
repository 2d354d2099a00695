"""The types of documents as dated data: all 29 of the decree are known by name, by code and on the page."""

from __future__ import annotations

import datetime as dt

import pytest

import vanban
from vanban.data.doc_types import cited_types, doc_types, name_of_code

ADMINISTRATIVE = [row for row in doc_types() if row.family == "administrative"]


def test_the_decree_has_29_types() -> None:
    assert len(ADMINISTRATIVE) == 29
    assert len({row.name for row in ADMINISTRATIVE}) == 29
    assert all(row.since == dt.date(2020, 3, 5) and row.until is None for row in ADMINISTRATIVE)


def test_only_letters_have_no_code() -> None:
    assert [row.name for row in ADMINISTRATIVE if not row.codes] == ["Công văn", "Thư công"]


def test_every_administrative_type_can_be_cited_under_its_own_code() -> None:
    cited = cited_types()
    assert [row.name for row in ADMINISTRATIVE if not set(row.codes) <= set(cited[row.name])] == []
    assert cited["Nghị định"] == ("NĐ",)
    assert "Thư ngỏ" not in cited


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KH", "Kế hoạch"),
        ("TTr", "Tờ trình"),
        ("QyĐ", "Quy định"),
        ("HD", "Hướng dẫn"),
        ("HĐ", "Hợp đồng"),
        ("ĐA", "Đề án"),
    ],
)
def test_code_names_its_type(code: str, name: str) -> None:
    assert name_of_code(code) == name


def test_unknown_code_names_nothing() -> None:
    assert name_of_code("XYZ") is None


@pytest.mark.parametrize("name", sorted({row.name for row in doc_types()} - {"Công văn"}))
def test_every_type_is_read_from_its_line(name: str) -> None:
    text = (
        "SỞ NỘI VỤ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: 5/AB-SNV Sông Lam, ngày 15 tháng 11 năm 2022\n{name.upper()}\n"
        "Về công tác lưu trữ\n\nCăn cứ Luật Lưu trữ;\n"
    )
    header = vanban.parse(text).header
    assert header.doc_type is not None
    assert header.doc_type.value == name
    assert header.title is not None
    assert header.title.value == "Về công tác lưu trữ"
