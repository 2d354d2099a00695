"""The head and foot of a document cut into pieces: cells, columns and anchors apart, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from vanban.rules import anchors
from vanban.stages.blurred import Missing, blurred_motto, blurred_title, missing
from vanban.text.fold import fold, fold_whole, is_capitals
from vanban.text.lines import Line


class PieceKind(StrEnum):
    """What a piece of the head or foot is."""

    NATIONAL = "national"
    MOTTO = "motto"
    NUMBER = "number"
    DATE = "date"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    SECRECY = "secrecy"
    MARK = "mark"
    """Urgency, circulation, draft: printed anywhere in the head, part of no field."""
    STAMP = "stamp"
    CAPITALS = "capitals"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one line that belongs together. Offsets are of the normal text."""

    kind: PieceKind
    start: int
    end: int
    text: str
    folded: str
    line: int
    """Index of its line."""
    cell: int
    """Which cell or column of the line, from 0."""
    gap: int
    """Empty lines before its line."""


_COLUMN_GAP = re.compile(r"\s{3,}|\t\s*|\v")
_GAPS = ("   ", "\t", "\v")
"""One of these stands in every gap between columns; the white space of a normal text is these and line ends."""
_LABEL_BEFORE = re.compile(r"(?:\bso|ngay|thang|nam|/)\W{0,3}\Z")
_CONTINUES = re.compile(r"[/,.;]|thang|nam \d|\d{1,2} thang")
_DRAWN = re.compile(r"[-_–—=~*]{3,}")
_INNER = re.compile(
    r"(?<=\s)(?=v\s?/\s?v\b)|(?<=[\s.;:])(?=kinh gui\s?:)|(?<=[a-z0-9])(?=v/v )|(?<=\s)(?=noi nhan\s?:)"
)
_INNER_SIGNS = ("/", "kinh gui", "noi nhan")
"""One of these stands wherever ``_INNER`` cuts; looked for first, which is far cheaper."""
_NUMBER_BEHIND = re.compile(r"(?<=[a-z]\s)(?=(?:luat )?so\s?:\s?[^a-z\s])")
"""A number behind the name of the body in one cell."""
_EDGE = " \t\v\n|_~=`'‘’*^<>«»"


def pieces(text: str, lines: Sequence[Line], last: int) -> Iterator[Piece]:
    """The pieces of ``lines[:last]`` in reading order, read one by one: a caller may stop early."""
    folded = fold_whole(text)
    lost = missing(text)
    for at, line in enumerate(lines[:last]):
        for cell, (start, end) in enumerate(_cells(text, line)):
            blurred = _blurred(text, start, end, lost)
            for left, right in _anchored(text, folded[start:end], start, blurred):
                piece = _piece((text, folded), left, right, (at, cell, line.gap), blurred.get(left))
                if piece is not None:
                    yield piece


def columns(text: str, line: Line) -> list[tuple[int, int]]:
    """The cells or columns of one line, as offsets without the white space around them."""
    return list(_cells(text, line))


def _cells(text: str, line: Line) -> Iterator[tuple[int, int]]:
    start = line.start
    bars = [match.start() for match in re.finditer(r"\|", text[line.start : line.end])] if line.row else []
    for bar in (*(line.start + offset for offset in bars), line.end):
        yield from _columns(text, start, bar)
        start = bar + 1


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if all(text.find(gap, start, end) < 0 for gap in _GAPS):
        yield start, end
        return
    left = start
    for match in _COLUMN_GAP.finditer(text, start, end):
        before, after = (
            fold(text[max(left, match.start() - 12) : match.start()]),
            fold(text[match.end() : match.end() + 12]),
        )
        if _LABEL_BEFORE.search(before) or _CONTINUES.match(after) or match.start() == left:
            continue
        yield left, match.start()
        left = match.end()
    yield left, end


_HEAD = 1500
Blurred = dict[int, tuple[PieceKind, int]]
"""Start of a spoilt national title or motto: its kind and end."""


def _blurred(text: str, start: int, end: int, lost: Missing) -> Blurred:
    if start > _HEAD or end - start > 400 or not (lost.national or lost.motto):
        return {}
    printed = text[start:end]
    folded = fold(printed)
    found: Blurred = {}
    title = blurred_title(printed, folded) if lost.national else None
    if title:
        found[start + title[0]] = PieceKind.NATIONAL, start + title[1]
    offset = title[1] if title else 0
    motto = blurred_motto(folded[offset:]) if lost.motto else None
    if motto:
        found[start + offset + motto[0]] = PieceKind.MOTTO, start + offset + motto[1]
    return found


def _anchored(text: str, folded: str, start: int, blurred: Blurred) -> Iterator[tuple[int, int]]:
    """Where the pieces of one cell, given ``folded``, begin and end."""
    cuts = {0, len(folded)} | {edge - start for left, (_, right) in blurred.items() for edge in (left, right)}
    for rule in (anchors.NATIONAL, anchors.PARTY_TITLE, anchors.MOTTO):
        match = rule.find(folded)
        if match:
            cuts |= {match.start(), match.end()}
    for match in _DRAWN.finditer(folded):
        cuts |= {match.start(), match.end()}
    if any(sign in folded for sign in _INNER_SIGNS):
        cuts |= {match.start() for match in _INNER.finditer(folded)}
    number = _NUMBER_BEHIND.search(folded) if "so" in folded else None
    if number and is_capitals(text[start : start + number.start()], 0.9):
        cuts.add(number.start())
    edges = sorted(cuts)
    yield from ((start + left, start + right) for left, right in pairwise(edges))


def _piece(
    texts: tuple[str, str], start: int, end: int, place: tuple[int, int, int], blurred: tuple[PieceKind, int] | None
) -> Piece | None:
    """One piece at ``place`` (line, cell, gap); ``None`` when nothing but drawing stands there.

    ``texts``: the text as it is and folded.
    """
    raw = texts[0][start:end]
    printed = raw.strip(_EDGE)
    if not printed or _DRAWN.fullmatch(printed):
        return None
    start += raw.index(printed)
    folded = texts[1][start : start + len(printed)]
    kind = blurred[0] if blurred else _kind(printed, folded)
    return Piece(kind, start, start + len(printed), printed, folded, *place)


_TIME_OF_MEETING = re.compile(r"\W{0,3}(?:thoi gian|vao hoi|vao luc)\b")
_KINDS = (
    (PieceKind.NATIONAL, anchors.NATIONAL),
    (PieceKind.NATIONAL, anchors.PARTY_TITLE),
    (PieceKind.MOTTO, anchors.MOTTO),
    (PieceKind.STAMP, anchors.STAMP),
    (PieceKind.SUBJECT, anchors.SUBJECT),
    (PieceKind.ADDRESSEE, anchors.ADDRESSEE_LABEL),
    (PieceKind.NUMBER, anchors.NUMBER_LABEL),
    (PieceKind.DATE, anchors.DATE),
    (PieceKind.DATE, anchors.DATE_SHORT),
    (PieceKind.DATE, anchors.DATE_BARE),
)


def _kind(printed: str, folded: str) -> PieceKind:
    for kind, rule in _KINDS:
        if rule.find(folded):
            return PieceKind.TEXT if kind is PieceKind.DATE and not _is_date_line(printed, folded) else kind
    if is_capitals(printed):
        if anchors.MARK.find(folded):
            return PieceKind.MARK
        return PieceKind.SECRECY if anchors.SECRECY.find(folded) else PieceKind.CAPITALS
    return PieceKind.TEXT


def _is_date_line(printed: str, folded: str) -> bool:
    """A place and date stand alone: little before "ngày", little after the year."""
    match = None if _TIME_OF_MEETING.match(folded) else anchors.date_in(folded)
    return match is not None and match.start() <= 90 and len(folded) - match.end() <= 12 and "can cu" not in folded
