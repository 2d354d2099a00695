"""NUMBERING: outline marks that repeat, skip or start wrong; and two marks on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import Heading

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_TWO_MARKS = re.compile(
    r"\s*(?:(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s*[-–+•]\s|[-–]\s*[+•*]|\+\s*[-–•]|[-–]\s+[-–])\s*(?=\w)"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker taken apart: its family, the path above its last number, and the number."""

    family: str
    path: str
    number: int


_PARTS = "ABCDEGH"
"""Capital letters that head the parts of a document, in their order; after these C is no Roman hundred."""


def _read(level: str) -> _Mark | None:
    word = re.fullmatch(r"(Phần|Chương|Mục|Tiểu mục|Điều)\s+([IVXLC]+|\d+)\w?", level)
    if word:
        return _Mark(word.group(1), "", _value(word.group(2)))
    if level in tuple(_PARTS):
        return _Mark("part", "", _PARTS.index(level) + 1)
    if re.fullmatch(r"[IVXLC]+", level):
        return _Mark("roman", "", _value(level))
    if re.fullmatch(r"\d+", level):
        return _Mark("number", "", int(level))
    if re.fullmatch(r"\d+(?:\.\d+)+", level):
        path, _, last = level.rpartition(".")
        return _Mark(f"number{level.count('.')}", path, int(last))
    if len(level) == 1 and level in _LETTERS:
        return _Mark("letter", "", _LETTERS.index(level) + 1)
    return None


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    total = 0
    for here, after in zip(text, f"{text[1:]} ", strict=True):
        total += -_ROMAN[here] if after in _ROMAN and _ROMAN[after] > _ROMAN[here] else _ROMAN[here]
    return total


def sequence(view: View) -> Iterator[Finding]:
    """Marks of one list count 1, 2, 3; a list that starts at 1 again is a new list."""
    open_lists: list[_Mark] = []
    foot = view.span(min(view.foot_start, max(len(view.text) - 1, 0)), len(view.text)).start
    for heading in view.parsed.headings:
        mark = _read(heading.level)
        if mark is None or heading.span.start >= foot:
            continue
        before = _before(open_lists, mark)
        open_lists = [*_above(open_lists, mark), mark]
        if before is not None:
            yield from _compare(view, heading, before, mark)


def _above(open_lists: list[_Mark], mark: _Mark) -> list[_Mark]:
    """The lists that stay open when ``mark`` comes: those above the first of its own family."""
    for place, opened in enumerate(open_lists):
        if opened.family == mark.family:
            return open_lists[:place]
    return open_lists


def _before(open_lists: list[_Mark], mark: _Mark) -> _Mark | None:
    return next((opened for opened in open_lists if opened.family == mark.family and opened.path == mark.path), None)


def _compare(view: View, heading: Heading, before: _Mark, mark: _Mark) -> Iterator[Finding]:
    if mark.number == before.number + 1 or (mark.number == 1 and before.number > 1):
        return
    if mark.number == before.number:
        why, mend = f"Số thứ tự “{heading.level}” bị trùng với mục đứng trước.", "Đánh lại số thứ tự từ mục này."
    elif mark.number > before.number:
        why, mend = (
            f"Số thứ tự nhảy từ {before.number} đến {mark.number}.",
            "Đánh lại số thứ tự, hoặc bổ sung mục bị mất.",
        )
    else:
        why, mend = f"Số thứ tự lùi từ {before.number} về {mark.number}.", "Đánh lại số thứ tự."
    severity = Severity.WARNING if view.is_scanned else Severity.ERROR
    yield view.at_span("outline.sequence", Klass.NUMBERING, severity, heading.span, why=why, mend=mend)


def orphan_decimals(view: View) -> Iterator[Finding]:
    """ "1.1" where no "1" stands above it: said once."""
    printed = {heading.level for heading in view.parsed.headings}
    for heading in view.parsed.headings:
        mark = _read(heading.level)
        if mark is not None and mark.path and mark.path not in printed:
            yield view.at_span(
                "outline.orphan",
                Klass.NUMBERING,
                Severity.NOTE,
                heading.span,
                why=f"Có mục “{heading.level}” nhưng không có mục “{mark.path}”.",
                mend="Đánh số theo cấp: 1., 1.1. hoặc a).",
            )
            return


def two_marks(view: View) -> Iterator[Finding]:
    """ "- + …": two list marks on one line."""
    for line in view.lines:
        if line.row or line.start < view.body_start:
            continue
        match = _TWO_MARKS.match(view.text, line.start, line.end)
        if match:
            yield view.make(
                "outline.two-marks",
                Klass.PUNCT,
                Severity.ERROR,
                (line.start, min(line.end, match.end() + 12)),
                why="Hai dấu đầu dòng trên cùng một dòng.",
                mend="Giữ một dấu đầu dòng đúng cấp.",
            )


RULES = (sequence, orphan_decimals, two_marks)
