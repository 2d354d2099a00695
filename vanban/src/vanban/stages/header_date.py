"""Place and date of issue (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4), handwriting and scans included."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vanban.rules import anchors
from vanban.stages.pieces import Piece, PieceKind
from vanban.text.fold import collapse


@dataclass(frozen=True, slots=True)
class DateParts:
    """Offsets of the normal text. ``partial`` is ``2023-01`` or ``2023`` when the day cannot be read."""

    day: dt.date | None
    partial: str | None
    at: tuple[int, int]
    place: str | None
    place_at: tuple[int, int] | None


_READABLE = re.compile(r"[\dlioøz|]{1,2}|\d \d")
_ONES = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0", "ø": "0", "z": "2", "s": "5", " ": None})
_YEAR_DIGITS = str.maketrans({"l": "1", "i": "1", "o": "0", "s": "5", " ": None})
_HOUR = re.compile(r"[\s,]+(?:vào\s)?(?:hồi|lúc)\s{0,2}\d")
"""A telegram tells the hour between place and day."""
_TRIM = " ,.;:|-–—_()[]{}'\"`‘’“”*•\t"


def read_date(text: str, piece: Piece, after: int) -> DateParts | None:
    """Place and date printed in ``piece`` at or after offset ``after``."""
    offset = max(after - piece.start, 0)
    match = anchors.date_in(piece.folded, offset)
    if match is None:
        return None
    day, month, year = _number(match["day"]), _number(match["month"]), _year(match["year"])
    exact = _date(year, month, day)
    partial = None if exact or year is None else f"{year}-{month:02d}" if month and month <= 12 else str(year)
    begin = max(after, piece.start)
    place_at = _place(text, begin, piece.start + match.start(), piece.kind is PieceKind.SUBJECT)
    place = collapse(text[place_at[0] : place_at[1]]) if place_at else None
    return DateParts(exact, partial, (piece.start + match.start(), piece.start + match.end()), place, place_at)


def _number(printed: str) -> int | None:
    """1 or 2 digits, "l" and "I" read as 1 beside a true digit; ``None`` when blank or doubtful."""
    printed = printed.strip(" .,:;-–_'’`")
    if not _READABLE.fullmatch(printed) or not any(character.isdigit() for character in printed):
        return None
    return int(printed.translate(_ONES))


def _year(printed: str) -> int | None:
    digits = printed.translate(_YEAR_DIGITS)
    return int(digits) if len(digits) == 4 and digits.isdigit() and 1945 <= int(digits) <= 2100 else None


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _place(text: str, start: int, end: int, capitalised: bool) -> tuple[int, int] | None:
    """The last words before "ngày" that are no all-capital rest of the left block ("TP." excepted).

    ``capitalised``: words of a subject stand before the place, so it begins after the last word in small letters.
    """
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text[start:end])]
    kept: list[tuple[int, int]] = []
    for left, right in reversed(words):
        word = text[start + left : start + right].strip(_TRIM)
        if kept and (_is_left_block(word) or (capitalised and word[:1].islower())):
            break
        if word or kept:
            kept.append((left, right))
    while kept and not text[start + kept[-1][0] : start + kept[-1][1]].strip(_TRIM):
        kept.pop()
    if not kept or len(kept) > 9:
        return None
    left, right = start + kept[-1][0], start + kept[0][1]
    hour = _HOUR.search(text, left, right)
    printed = text[left : hour.start() if hour else right]
    inner = printed.strip(_TRIM)
    left += printed.index(inner) if inner else 0
    return (left, left + len(inner)) if inner and any(character.isalpha() for character in inner) else None


def _is_left_block(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return (
        len(letters) >= 2
        and all(character.isupper() for character in letters)
        and word.rstrip(".") not in {"TP", "TX", "TT"}
    )
