"""Roman numerals counted again in the picture, hyphens read twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from vanban.reading.mending import Read, mended, without_dirt

HEIGHT = 40


def stems(*strokes: str) -> Image.Image:
    """A picture of strokes: ``I`` an upright one with serifs, ``V`` two that meet below."""
    image = Image.new("L", (400, 60), 255)
    draw = ImageDraw.Draw(image)
    left = 10
    for stroke in strokes:
        if stroke == "I":
            draw.rectangle((left + 4, 10, left + 11, 49), fill=20)
            for serif in (10, 47):
                draw.rectangle((left, serif, left + 15, serif + 2), fill=20)
            left += 16
        else:
            draw.line((left, 10, left + 12, 49), fill=20, width=6)
            draw.line((left + 24, 10, left + 12, 49), fill=20, width=6)
            left += 28
    return image


def line(*texts: str) -> list[Read]:
    """Words of one line; the first covers the strokes."""
    return [Read(text, 8 + 200 * index, 9, 100, HEIGHT, 0.95, ("1", "1", "1")) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("printed", "misread", "right"),
    [
        ("III", "II.", "III."),
        ("III", "HI.", "III."),
        ("II", "H.", "II."),
        ("I", "II.", "I."),
        ("VII", "VH.", "VII."),
        ("VI", "VII", "VI"),
    ],
)
def test_strokes_are_counted(printed: str, misread: str, right: str) -> None:
    first, second = mended(line(misread, "NỘI"), stems(*printed))
    assert first.text == right
    assert first.confidence == pytest.approx(0.65)
    assert (second.text, second.confidence) == ("NỘI", 0.95)


@pytest.mark.parametrize("text", ["II.", "1.", "11.", "a)", "Hội", "IX.", "-"])
def test_right_readings_and_other_markers_stay(text: str) -> None:
    assert mended(line(text, "NỘI"), stems("I", "I"))[0] == line(text)[0]


def test_a_word_alone_on_its_line_is_no_marker() -> None:
    assert mended(line("HI"), stems("I", "I", "I"))[0].text == "HI"


def test_numerals_inside_a_line_are_left_alone() -> None:
    assert [read.text for read in mended(line("khóa", "XII"), stems("I"))] == ["khóa", "XII"]


def test_a_hyphen_read_twice_is_one() -> None:
    assert [(read.text, read.confidence) for read in mended(line("số", "08/CTr--UBND", "--"), stems("I"))] == [
        ("số", 0.95),
        ("08/CTr-UBND", 0.65),
        ("--", 0.95),
    ]


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        (("Lãnh", "đạo", "SỞ;"), ("Lãnh", "đạo", "Sở;")),
        (("động", "Ở", "nước"), ("động", "ở", "nước")),
        (("hiện", "KẾ", "hoạch"), ("hiện", "Kế", "hoạch")),
        (("TRƯỞNG", "SỞ", "NGOẠI"), ("TRƯỞNG", "SỞ", "NGOẠI")),
        (("các", "TCVN", "mới"), ("các", "TCVN", "mới")),
        (("số", "QĐ", "của"), ("số", "QĐ", "của")),
    ],
)
def test_stray_capitals_become_small(misread: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert tuple(read.text for read in mended(line(*misread), stems("I"))) == right


def test_the_numeral_of_an_annex_stands_third() -> None:
    reads = [
        Read(text, left, 9, 100, HEIGHT, 0.9, ("1", "1", "1")) for text, left in (("Phụ", 300), ("lục", 300), ("H", 8))
    ]
    assert [read.text for read in mended(reads, stems("I", "I"))] == ["Phụ", "lục", "II"]


def test_dirt_is_no_word() -> None:
    rule = Read("__|", 10, 10, 100, 4, 0.8, ("1", "1", "2"))
    cell = Read("|Hội", 10, 10, 100, 40, 0.8, ("1", "1", "2"))
    speck = Read("i", 10, 10, 3, 4, 0.05, ("1", "1", "1"))
    doubtful = Read("VT,", 10, 10, 3, 4, 0.05, ("1", "1", "1"))
    assert without_dirt([*line("Lưu:"), speck, doubtful, rule, cell]) == [
        *line("Lưu:"),
        doubtful,
        replace(cell, text="Hội"),
    ]
