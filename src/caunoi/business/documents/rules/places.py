"""Where facts stand: marks nested into running text, boxes on the pictures of pages. Offsets count code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """A fact's place in the text; ``doubt``: to be looked at; ``faint``: shown only when touched."""

    id: str
    start: int
    end: int
    doubt: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text together with the places that begin before it and those that end behind it."""

    text: str
    opens: tuple[Place, ...]
    closes: int
    """How many open places end behind this piece."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle on a page in ten-thousandths of its width and height."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


def pieces(text: str, start: int, end: int, places: Iterable[Place]) -> Iterator[Piece]:
    """Yield ``text[start:end]`` cut at the places, properly nested: places that cross are opened again where they must.

    Outer places are longer ones; empty places and those outside are left out.
    """
    inside = [_cut(one, start, end) for one in places if one.start < end and start < one.end and one.start < one.end]
    cuts = sorted({start, end, *(one.start for one in inside), *(one.end for one in inside)})
    opened: list[Place] = []
    for left, right in pairwise(cuts):
        beginning = sorted((one for one in inside if one.start == left), key=lambda one: (-one.end, one.id))
        opened = [*opened, *beginning]
        ending = [one for one in opened if one.end == right]
        keep = _kept(opened, ending) if right < end else []
        yield Piece(text[left:right], tuple(beginning), len(opened) - len(keep))
        still = [one for one in opened if one not in ending] if right < end else []
        opened = keep
        inside = [*inside, *(Place(one.id, right, one.end, one.doubt, one.faint) for one in still if one not in keep)]


def _cut(one: Place, start: int, end: int) -> Place:
    return Place(one.id, max(one.start, start), min(one.end, end), one.doubt, one.faint)


def _kept(opened: list[Place], ending: list[Place]) -> list[Place]:
    """Return the outer places that stay open: everything inside the outermost ending one has to be closed with it."""
    for at, one in enumerate(opened):
        if one in ending:
            return opened[:at]
    return opened


def rectangles(words: Sequence[Sequence[float]], start: int, end: int) -> list[Rectangle]:
    """Return the rectangles that cover ``start``-``end``, one for each printed line.

    ``words`` holds [page, start, end, left, top, right, bottom, …] in ten-thousandths, in reading order.
    """
    lines: list[Rectangle] = []
    for word in words:
        if word[1] >= end or word[2] <= start:
            continue
        page, left, top, right, bottom = (int(word[at]) for at in (0, 3, 4, 5, 6))
        last = lines[-1] if lines else None
        if last is not None and last.page == page and _same_line(last, top, bottom):
            lines[-1] = Rectangle(
                page, min(last.left, left), min(last.top, top), max(last.right, right), max(last.bottom, bottom)
            )
        else:
            lines.append(Rectangle(page, left, top, right, bottom))
    return lines


def _same_line(line: Rectangle, top: int, bottom: int) -> bool:
    overlap = min(line.bottom, bottom) - max(line.top, top)
    return overlap * 2 > min(line.bottom - line.top, bottom - top)
