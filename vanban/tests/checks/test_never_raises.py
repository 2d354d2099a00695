"""Whatever stands in a text, the checker answers, and its places lie inside the text."""

from __future__ import annotations

import random

import pytest

import vanban
from vanban.checks import Register

SENTENCES = """KẾ HOẠCH Số: 45 /KH-SGDĐT Căn cứ Quyết định số 12/QĐ-UBND ngày 31/02/2025 của Ủy ban nhân dân tỉnh
về việc ban hành I. 1. a) - + ( ) “ ” ./. ; , Nơi nhận: - Lưu: VT. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Thị Hà An hàng quý
báo cáo trước ngày 20/5 và 30/11/2025 ** 1.1. II. Điều 1. … năm 2024 thành phố tỉnh Hòa Bình"""
WORDS = SENTENCES.split()
ODD = ("\n", "\n\n", " ", "\t", "\x00", "\u0301", "|", "- +", "(" * 20, "“" * 5, "số " * 30, "\u200b", "\r\n")


@pytest.mark.parametrize("seed", range(60))
def test_any_text_is_answered(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [chance.choice(WORDS if chance.random() < 0.8 else ODD) for _ in range(chance.randrange(0, 250))]
    text = " ".join(pieces)
    other = vanban.parse(" ".join(chance.sample(pieces, len(pieces))))
    for finding in vanban.check(vanban.parse(text), register=Register(documents=(("khác", other),))):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.why
        assert finding.mend


def test_an_empty_text_is_only_a_missing_head() -> None:
    assert {one.klass.value for one in vanban.check(vanban.parse(""))} <= {"HEADER"}
