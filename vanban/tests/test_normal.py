"""The normal form and the way back to the text as stored."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from vanban.document import Span
from vanban.text.normal import NormalText


@pytest.mark.parametrize(
    ("stored", "normal"),
    [
        ("Kế hoạch số 12", "Kế hoạch số 12"),
        (unicodedata.normalize("NFD", "Kế hoạch số 12"), "Kế hoạch số 12"),
        ("s\u00f4\u0301 5", "số 5"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("ngày\u00a05\u2009tháng", "ngày 5 tháng"),
        ("12\u204412", "12/12"),
        ("17\u2011KL/TW", "17-KL/TW"),
        ("\ufeffSố\u200b: 1", "Số: 1"),
        ("QÐ-TTg", "QĐ-TTg"),
        ("gửi **trước ngày 5** về", "gửi trước ngày 5 về"),
        ("“*chủ động*”.", "“chủ động”."),
        ("# Tiêu đề\n## Hai", "Tiêu đề\nHai"),
        ("5 * 3 (*)", "5 * 3 (*)"),
        ("\\- Lưu: VT", "- Lưu: VT"),
        ("A<br>B<br/>C", "A\vB\vC"),
        ("", ""),
    ],
)
def test_normal_form(stored: str, normal: str) -> None:
    assert NormalText.of(stored).text == normal


def test_unchanged_text_is_shared() -> None:
    stored = "Căn cứ Luật"
    assert NormalText.of(stored).text is stored


def test_span_of_decomposed_text() -> None:
    stored = unicodedata.normalize("NFD", "Kế hoạch số 219/KH-UBND ngày")
    normal = NormalText.of(stored)
    start = normal.text.index("số")
    assert normal.printed(start, start + 2) == unicodedata.normalize("NFD", "số")


def test_span_leaves_marks_outside() -> None:
    stored = "gửi **trước ngày 5** về"
    normal = NormalText.of(stored)
    start = normal.text.index("trước")
    assert normal.to_original(start, start + 12) == Span(6, 18)
    assert stored[6:18] == "trước ngày 5"


@pytest.mark.parametrize(
    "stored", [unicodedata.normalize("NFD", "Số: 5\r\n**ngày**\u200b ệ"), "**", "\ufeff", "\r\n", "e\u0301"]
)
def test_every_character_has_its_place(stored: str) -> None:
    normal = NormalText.of(stored)
    ends = [normal.to_original(at, at + 1) for at in range(len(normal.text))]
    assert all(left.end <= right.start for left, right in itertools.pairwise(ends))
    for at, span in enumerate(ends):
        assert unicodedata.normalize("NFC", stored[span.start : span.end]).replace("\r\n", "\n") == normal.text[at]
        assert normal.from_original(span.start) == at
