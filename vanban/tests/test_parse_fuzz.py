"""Whatever is fed to ``parse``: it answers, its spans stay inside the text, and its time grows with the text alone."""

from __future__ import annotations

import os
import random
import time
import tomllib
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vanban

_GOLDEN: Final = Path(__file__).parent / "golden"
BASE: Final = tuple(
    case["text"]
    for name in ("head.toml", "outline.toml", "foot.toml", "events.toml", "documents.toml")
    for case in tomllib.loads((_GOLDEN / name).read_text("utf-8"))["case"]
    if len(case["text"]) > 60
)
SPOILERS: Final = (
    "|",
    "||",
    "\n\n",
    "\t\t\t",
    "     ",
    "“1. ",
    "”",
    "**",
    "Số:",
    "Số: /",
    "ngày 32 tháng 13 năm 2023",
    "Điều 999999. ",
    "1.1.1.1.1.1.",
    "IIII. ",
    "V/v",
    "Kính gửi:",
    "Nơi nhận:",
    "- Lưu: VT",
    "\u0301",
    "\u200b",
    "\ufeff",
    "\x00",
    "\r",
    "\r\n",
    "𝟙",
    "١",
    "²",
    "⁄",
    "Ð",
    "ﬁ",
    "\ud7ff",
    "İ",
    "ß",
    "１",
    "Ⅳ",
    "<br>",
    "```",
    "| a | b |",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "KT. ",
    "TM. ",
    "QUYẾT ĐỊNH",
    "a) ",
    "đ) ",
    "99. ",
    "0. ",
    "-1. ",
    "٣. A",
    "²/KH-A",
    "Số: ²/KH-UBND",
    "7giờ 99 phút ngày 31/2/2024",
    "\v",
    "\f",
    "\x85",
    "\u2028",
)

RUNS: Final = int(os.environ.get("VANBAN_FUZZ_TEXTS") or 10_000)


def _mutated(randomness: random.Random, base: str) -> str:
    characters = list(base)
    for _ in range(randomness.randint(1, 12)):
        at = randomness.randrange(len(characters) + 1)
        choice = randomness.random()
        if choice < 0.3:
            del characters[at : at + randomness.randint(1, 60)]
        elif choice < 0.6:
            characters[at:at] = randomness.choice(SPOILERS)
        elif choice < 0.8:
            piece = characters[at : at + randomness.randint(1, 200)]
            characters[at:at] = piece * randomness.randint(1, 4)
        else:
            other = randomness.randrange(len(characters) + 1)
            characters[min(at, other) : max(at, other)] = reversed(characters[min(at, other) : max(at, other)])
    return "".join(characters)


def _check(text: str) -> None:
    document = vanban.parse(text)
    data = vanban.to_json(document)
    assert data["text"] == text
    for clause in document.clauses:
        assert 0 <= clause.span.start <= clause.own_span.start <= clause.own_span.end <= clause.span.end <= len(text)
    for heading in document.headings:
        assert 0 <= heading.span.start <= heading.span.end <= len(text)
    ids = [clause.id for clause in document.clauses]
    assert len(ids) == len(set(ids))


def test_mutated_documents_never_raise() -> None:
    """Every text within two seconds of the processor; every tenth goes through the checker too."""
    randomness = random.Random(20260101)
    slowest = 0.0
    for number in range(RUNS):
        text = _mutated(randomness, randomness.choice(BASE))
        started = time.process_time()
        _check(text)
        if number % 10 == 0:
            vanban.check(vanban.parse(text))
        slowest = max(slowest, time.process_time() - started)
        assert slowest < 2.0, text[:200]
    print(f"texts: {RUNS} read, the slowest in {slowest:.2f} s")


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_never_raises(text: str) -> None:
    _check(text)


_HOSTILE: Final = {
    "one long word": "a" * 200_000,
    "spaces": "Số: " + " " * 200_000 + "/KH-UBND",
    "digits": "1" * 200_000,
    "numbers with stops": "1." * 100_000,
    "markers in one line": "1. A " * 40_000,
    "marker lines": "1. A\n" * 40_000,
    "deep points": "a) A\n- B\n+ C\n" * 15_000,
    "bars": "|" * 200_000,
    "bars and words": "| a " * 50_000,
    "dashes": "- " * 100_000,
    "capital run": "CỘNG HÒA " * 22_500,
    "days": "ngày tháng năm " * 13_500,
    "open quotes": "“1. " * 50_000,
    "loose accents": "a\u0301" * 100_000,
    "stars": "*" * 200_000,
    "national title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" * 5_500,
    "numbers of documents": "Số: 12/KH-UBND\n" * 13_500,
    "recipients": "Nơi nhận:\n- A;\n" * 13_500,
    "line ends": "\n" * 200_000,
    "hours": "8 giờ 30 ngày 5/6/2023, " * 7_500,
    "names": "Nguyễn Văn An\n" * 15_000,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_no_text_explodes(name: str) -> None:
    started = time.process_time()
    vanban.parse(_HOSTILE[name])
    assert time.process_time() - started < 6.0


def test_time_grows_with_the_text() -> None:
    short = "\n".join(BASE) * 2
    long = short * 8
    vanban.parse(short)

    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(2):
            started = time.process_time()
            vanban.parse(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(long) < 20 * seconds(short)
