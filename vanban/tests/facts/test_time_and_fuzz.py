"""The stages are linear in the text, and no text makes them raise or stall."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from vanban.document import Deadline, Header
from vanban.stages import citations, deadlines, obligations
from vanban.text.normal import NormalText

PARAGRAPH = (
    "Căn cứ Quyết định số {n}/QĐ-UBND ngày 05/8/2020 của Ủy ban nhân dân tỉnh về việc triển khai Kế hoạch số {n}-KH"
    "/TU ngày "
    "03 tháng 4 năm 2019 của Ban Thường vụ Tỉnh ủy. Các đơn vị có trách nhiệm tổ chức thực hiện, định kỳ hàng quý, "
    "6 tháng (10/6), hàng năm (10/12) báo cáo số lượt mượn về Sở Nội vụ (qua Văn phòng Sở) trước ngày 20/12/2020 "
    "để tổng hợp báo cáo UBND tỉnh.\n\n"
)
PIECES = [
    "số",
    "Quyết định",
    "ngày",
    "12",
    "/",
    "-",
    "QĐ-UBND",
    "TTg",
    "của",
    "Ủy ban nhân dân",
    "về việc",
    "(",
    ")",
    ";",
    ".",
    ",",
    "\n",
    "\n\n",
    "“",
    "”",
    "trước ngày",
    "05/11",
    "2023",
    "hàng năm",
    "quý III",
    "báo cáo",
    "về Sở",
    "qua Văn phòng",
    "để tổng hợp",
    "đề nghị",
    "các đơn vị",
    "Điều 5",
    "khoản 2",
    "điểm a",
    "và",
    "từ",
    "đến",
    "|",
    "*",
    "\t",
    "\x00",
    "\u200b",
    "Ð",
    "⁄",
    "l",
    "O",
    "§",
    "€",
    "é",
    "sộ́",
    "\ud7ff",
    "𝟘",
    "１２/ＱĐ",
]


def _all(text: str) -> tuple[int, int, int]:
    normal = NormalText.of(text)
    found = citations.find(normal, (), Header())
    bound: tuple[Deadline, ...] = deadlines.find(normal, (), Header())
    owed, _ = obligations.find(normal, (), Header(), bound, None)
    for span in (*(one.span for one in found), *(one.span for one in bound), *(one.span for one in owed)):
        assert 0 <= span.start <= span.end <= len(text)
    return len(found), len(bound), len(owed)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def test_known_counts_in_a_long_text() -> None:
    text = "".join(PARAGRAPH.format(n=n) for n in range(1, 41))
    assert _all(text)[:2] == (80, 160)


def test_time_grows_linearly() -> None:
    small = "".join(PARAGRAPH.format(n=n) for n in range(300))
    large = "".join(PARAGRAPH.format(n=n) for n in range(3000))
    base = min(_seconds(lambda: _all(small)) for _ in range(2))
    assert _seconds(lambda: _all(large)) < 25 * base + 0.5


@pytest.mark.parametrize(
    "unit",
    [
        "12/QĐ-UBND ",
        "số 12/QĐ-UBND ngày 1/1/2020, ",
        "trước ngày 1/1 và ",
        "hàng năm, quý, ",
        "của Sở ",
        "đề nghị các đơn vị ",
        "(Công văn số ",
        "“báo cáo về Sở ”",
    ],
)
def test_repetition_does_not_stall(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert _seconds(lambda: _all(text)) < 6.0


def test_never_raises_on_noise() -> None:
    """A tenth of the fuzz run: random texts out of the words that the rules look for."""
    chance = random.Random(20201103)
    for _ in range(400):
        text = "".join(
            chance.choice(PIECES) + chance.choice((" ", "", " ", "\n")) for _ in range(chance.randint(1, 120))
        )
        assert _seconds(lambda text=text: _all(text)) < 1.0  # type: ignore[misc]
