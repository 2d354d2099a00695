"""Joins printed lines to paragraphs by the way they are set: indents, gaps, short ends, markers, weight."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from vanban.reading.fold import fold
from vanban.reading.words import Row

_MARKER = re.compile(
    r"(?:[-–—+•▪*]|\d{1,3}(?:\.\d{1,3}){0,4}\s?[.)/]|\d{1,3}(?:\.\d{1,3}){1,4}|[IVXLC]{1,6}\s?[.)/]|[a-zđA-ZĐ]\s?[.)]"
    r"|(?:điều|chương|mục|phần|phụ lục)\s+[\dIVXLC]+)(?:\s|$)",
    re.I,
)
_ENDS = (".", ";", ":", "!", "?", "…", "/.", "./.", "”", '"', ")")


@dataclass(slots=True)
class Lines:
    """Printed lines that make one paragraph; ``is_table`` for one row of a table."""

    rows: list[Row] = field(default_factory=list)
    is_table: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """How the body of a page is set, in points."""

    left: float
    right: float
    gap: float
    """Usual white between two lines."""
    height: float

    @property
    def width(self) -> float:
        """Width of a full line."""
        return max(self.right - self.left, 1.0)


def measure(rows: Sequence[Row]) -> Measure:
    """The margins and line gap of ``rows``, by their majority."""
    if not rows:
        return Measure(0, 1, 0, 1)
    height = median(row.height for row in rows)
    right = _edge([row.right for row in rows], height, largest=True)
    long = [row for row in rows if row.right - row.left > 0.5 * (right - min(row.left for row in rows))] or list(rows)
    left = _edge([row.left for row in long], height, largest=False)
    gaps = [after.top - before.bottom for before, after in itertools.pairwise(rows) if after.top > before.top]
    close = sorted(gap for gap in gaps if gap < 1.5 * height)
    return Measure(left, right, close[len(close) // 4] if close else 0.0, height)


def _edge(values: list[float], height: float, *, largest: bool) -> float:
    """The outermost value near which several others lie; a stray mark in the margin does not count."""
    ordered = sorted(values, reverse=largest)
    needed = max(1, min(3, len(ordered) // 6))
    for value in ordered:
        if sum(1 for other in ordered if abs(other - value) < 0.5 * height) > needed or len(ordered) < 3:
            return value
    return ordered[0]


def paragraphs(rows: Sequence[Row], page: Measure) -> list[Lines]:
    """``rows`` of the body of one page, joined; the first may continue the page before (``continues``)."""
    out: list[Lines] = []
    for index, row in enumerate(rows):
        if _is_table_row(rows, index):
            out.append(Lines([row], is_table=True))
            continue
        centred = is_centred(row, page)
        last = out[-1] if out else None
        if (
            last is not None
            and not last.is_table
            and not starts_new(last.rows, row, page, was_centred=last.centred, centred=centred)
        ):
            last.rows.append(row)
        else:
            out.append(Lines([row], centred=centred))
    return out


def starts_new(before: Sequence[Row], row: Row, page: Measure, *, was_centred: bool, centred: bool) -> bool:
    """Whether ``row`` begins a paragraph after the lines ``before``, on the same page."""
    last = before[-1]
    gap = row.top - last.bottom
    if gap > page.gap + 0.45 * page.height:
        return True
    if centred and not was_centred and _runs_on(last, row, page):
        return False
    if was_centred or centred:
        return not (was_centred and centred and _same_weight(last, row))
    return continues_not(before, row, page)


def continues_not(before: Sequence[Row], row: Row, page: Measure) -> bool:
    """Whether the setting of ``row`` says that it is no continuation of ``before``; gaps and centring aside."""
    last = before[-1]
    indent = row.left - page.left
    last_indent = last.left - page.left
    room = page.right - last.right
    if room > row.words[0].right - row.words[0].left + 0.8 * page.height:
        return True  # its first word would have fitted on the line above
    if _MARKER.match(row.text) and (last.text.endswith(_ENDS) or indent > 0.5 * page.height):
        return True
    if indent > 0.8 * page.height and (len(before) > 1 and last_indent < indent - 0.5 * page.height):
        return True
    if indent > 0.8 * page.height and abs(indent - last_indent) < 0.4 * page.height and len(before) == 1:
        return last.text.endswith(_ENDS)
    return _weight_changes(last, row) and last.text.endswith(_ENDS)


def _runs_on(last: Row, row: Row, page: Measure) -> bool:
    """Whether a short line in the middle ends the sentence of a full line above: both are set centred."""
    return page.right - last.right < 0.06 * page.width and row.text[:1].islower() and not last.text.endswith(_ENDS)


def is_centred(row: Row, page: Measure) -> bool:
    """Whether ``row`` stands in the middle of the text width with white on both sides."""
    left, right = row.left - page.left, page.right - row.right
    return left > 0.06 * page.width and right > 0.06 * page.width and abs(left - right) < 0.06 * page.width


def _same_weight(a: Row, b: Row) -> bool:
    return a.bold == b.bold and _capitals(a) == _capitals(b) and abs(a.height - b.height) < 0.35 * a.height


def _capitals(row: Row) -> bool:
    letters = [letter for letter in row.text if letter.isalpha()]
    return bool(letters) and sum(1 for letter in letters if letter.isupper()) > 0.7 * len(letters)


def _weight_changes(a: Row, b: Row) -> bool:
    return a.bold != b.bold


def _is_table_row(rows: Sequence[Row], index: int) -> bool:
    """Two or more cells side by side, as in the row above or below."""
    row = rows[index]
    if len(row.segments) < 2 or _fills(row):
        return False
    if len(row.segments) >= 3:
        return True
    around = [rows[other] for other in (index - 1, index + 1) if 0 <= other < len(rows)]
    return any(
        len(other.segments) >= 2 and abs(other.segments[-1].left - row.segments[-1].left) < 3 * row.height
        for other in around
    )


def _fills(row: Row) -> bool:
    """A line of prose that happens to have a wide gap: a marker, or blanks left for a number or a day."""
    first = row.segments[0].text
    widest = max(b.left - a.right for a, b in zip(row.segments, row.segments[1:], strict=False))
    return widest < 2.2 * row.height or (
        len(row.segments) == 2 and (_MARKER.fullmatch(first) is not None or "ngay" in fold(row.text))
    )
