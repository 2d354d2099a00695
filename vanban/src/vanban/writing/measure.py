"""Width of a line of Times New Roman, to draw rules as long as the decree asks and to break names evenly."""

from __future__ import annotations

import unicodedata

# Advance widths of U+0020–U+007E in thousandths of the type size: the published metrics of Times (AFM).
_REGULAR = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389,
    500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581,
    500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
)  # fmt: skip
_MM_PER_POINT = 25.4 / 72
_UNKNOWN = 500
_HORN, _HORN_ROOM = "\u031b", 60
"""The horn of ơ and ư widens the letter; other accents cost nothing."""
_ADMINISTRATIVE = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
_PLAIN = str.maketrans("đĐ", "dD")


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that ``text`` takes at ``size`` points."""
    table = _BOLD if bold else _REGULAR
    total = 0
    for char in unicodedata.normalize("NFD", text).translate(_PLAIN):
        if unicodedata.combining(char):
            total += _HORN_ROOM if char == _HORN else 0
            continue
        place = ord(char) - 32
        total += table[place] if 0 <= place < len(table) else _UNKNOWN
    return total * size / 1000 * _MM_PER_POINT


def balanced_lines(text: str, size: float, limit_mm: float, *, bold: bool = False) -> tuple[str, ...]:
    """``text`` in the fewest lines that fit ``limit_mm``, as even as words allow; a long word may stand over.

    The name of a people's committee or council that needs two lines breaks before its province, as offices write it.
    """
    words = text.split()
    for body in _ADMINISTRATIVE:
        rest = " ".join(words).removeprefix(f"{body} ")
        if len(rest) < len(" ".join(words)) and width_mm(" ".join(words), size, bold=bold) > limit_mm:
            return (body, *balanced_lines(rest, size, limit_mm, bold=bold))
    count = len(_greedy(words, size, limit_mm, bold))
    if count <= 1:
        return (" ".join(words),)
    low, high = limit_mm / count / 2, limit_mm
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(_greedy(words, size, middle, bold)) <= count:
            high = middle
        else:
            low = middle
    return tuple(_greedy(words, size, high, bold))


def _greedy(words: list[str], size: float, limit_mm: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_mm(longer, size, bold=bold) <= limit_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
