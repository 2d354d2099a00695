"""Folding, repair of names, lines as a person sees them."""

from __future__ import annotations

import pytest

from vanban.document import Block, BlockKind, SourceText, Span
from vanban.text.fold import collapse, fold, is_capitals, key
from vanban.text.lines import split_lines
from vanban.text.normal import NormalText
from vanban.text.repair import repaired_name


def test_folding_keeps_every_offset() -> None:
    text = "Ủy ban nhân dân TỈNH Đắk Lắk, Nghị định số 08/2016/NĐ-CP"
    assert fold(text) == "uy ban nhan dan tinh dak lak, nghi dinh so 08/2016/nd-cp"
    assert len(fold(text)) == len(text)
    assert len(fold("İßﬁĲ")) == 4


@pytest.mark.parametrize(("one", "other"), [("Hoà Bình", "Hòa Bình"), ("UỶ BAN", "Ủy  ban"), ("SGD&ĐT", "sgdđt")])
def test_key_is_shared_by_spellings(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_collapse() -> None:
    assert collapse(" một \n\t hai ") == "một hai"


@pytest.mark.parametrize(("text", "expected"), [("SỞ Y TẾ", True), ("Sở Y tế", False), ("12/2025", False), ("", False)])
def test_capitals(text: str, expected: bool) -> None:
    assert is_capitals(text) is expected


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("SỞ Y TẺ", "SỞ Y TẾ"),
        ("ÚY BAN NHÂN DÂN TÍNH QUẢNG NGÃI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH"),
        ("TRƯỜNG THPT NAM ĐÀN", "TRƯỜNG THPT NAM ĐÀN"),
        ("Sở Y tẻ", "Sở Y tẻ"),
    ],
)
def test_names_of_bodies_are_put_right(printed: str, right: str) -> None:
    assert repaired_name(printed) == right


def _lines(text: str, source: SourceText | None = None) -> list[str]:
    normal = NormalText.of(text)
    return [normal.text[line.start : line.end] for line in split_lines(normal, source)]


def test_lines_leave_white_space_and_rules_out() -> None:
    assert _lines("  Một  \n\n|---|---|\n```\n| a | b |\nhai") == ["Một", "| a | b |", "hai"]


def test_gap_counts_empty_lines() -> None:
    normal = NormalText.of("a\n\n\nb\nc")
    assert [line.gap for line in split_lines(normal)] == [0, 2, 0]


def test_one_bar_of_a_scan_is_no_table() -> None:
    normal = NormalText.of("Số: |4 /KH-UBND\n7 |Ytế\n| a | b |")
    assert [line.row for line in split_lines(normal)] == [False, False, True]


def test_table_rows_of_a_reader_are_rows() -> None:
    text = "Lịch\nTrường A\t05/5\nHết"
    rows = SourceText(text, "text/plain", (Block(BlockKind.TABLE_ROW, Span(5, 18)),))
    assert [line.row for line in split_lines(NormalText.of(text), rows)] == [False, True, False]


def test_an_ordinary_long_paragraph_is_not_cut() -> None:
    paragraph = "Sở Giáo dục và Đào tạo đề nghị các trường thực hiện nghiêm túc. " * 60
    assert len(_lines(paragraph)) == 1


def test_run_together_lines_are_cut_where_words_touch() -> None:
    text = (
        "KẾ HOẠCHTrồng cây đầu xuânCăn cứ Chương trình công tác năm;Trường Tiểu học Kim Liên xây dựng kế "
        "hoạch như sau:I. MỤC ĐÍCH1. Mục đích chungPhủ xanh sân trường và giáo dục ý thức bảo vệ môi trường "
        "cho học sinh toàn trường trong năm học này và các năm học sau, góp phần xây dựng cảnh quan xanh, "
        "sạch, đẹp.2. Yêu cầua) Thiết thực, tiết kiệm;b) An toàn cho học sinh.II. TỔ CHỨC THỰC HIỆNCác lớp "
        "thực hiện trước ngày 15/3/2025.1. Tổng phụ trách theo dõi.2. Thư viện ghi chép."
    )
    assert [line[:12] for line in _lines(text)] == [
        "KẾ HOẠCH",
        "Trồng cây đầ",
        "Căn cứ Chươn",
        "Trường Tiểu ",
        "I. MỤC ĐÍCH",
        "1. Mục đích ",
        "Phủ xanh sân",
        "2. Yêu cầu",
        "a) Thiết thự",
        "b) An toàn c",
        "II. TỔ CHỨC ",
        "Các lớp thực",
        "1. Tổng phụ ",
        "2. Thư viện ",
    ]
