"""The outline of a plan: order, levels and marks, the same on the page and in the printed document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Level = Literal["roman", "clause", "subclause", "point", "dash", "plus", "plain"]

POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""Letters of points (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6)."""
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as far as its place is concerned; entries come in reading order, parents before children."""

    id: int
    parent_id: int | None
    style: str
    is_heading: bool
    is_printed: bool = True
    """False for what is dropped: it keeps its place and takes no number."""


@dataclass(slots=True)
class Node:
    """An item with its level, mark ("II", "1", "a", "-", "") and what stands under it."""

    id: int
    depth: int
    level: Level
    marker: str
    is_printed: bool
    children: list[Node] = field(default_factory=list)


def outline(entries: Sequence[Entry]) -> list[Node]:
    """Return the tree of ``entries`` with levels and marks; the marks count only what is printed."""
    below: dict[int | None, list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.parent_id, []).append(entry)
    return _siblings(below, None, None, "")


def flat(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes in reading order."""
    return [each for node in nodes for each in (node, *flat(node.children))]


def _siblings(below: dict[int | None, list[Entry]], of: int | None, above: Node | None, path: str) -> list[Node]:
    entries = below.get(of, [])
    numbered: Level = _numbered_level(entries, above)
    made: list[Node] = []
    count = 0
    for entry in entries:
        level = _level(entry, numbered, above)
        is_printed = entry.is_printed and (above is None or above.is_printed)
        is_counted = is_printed and level not in ("dash", "plus", "plain")
        count += is_counted
        mark = _marker(level, count, path) if is_counted else {"dash": "-", "plus": "+"}.get(level, "")
        node = Node(entry.id, above.depth + 1 if above else 0, level, mark, is_printed)
        node.children = _siblings(below, entry.id, node, mark if level in ("clause", "subclause") else "")
        made.append(node)
    return made


def _numbered_level(entries: Sequence[Entry], above: Node | None) -> Level:
    """Return the level that numbered siblings share; where headings are among them they are numbered through."""
    if above is None:
        return "roman"
    if above.level == "roman":
        return "clause"
    if above.level == "clause":
        return "subclause" if any(entry.is_heading for entry in entries) else "point"
    return "point" if above.level == "subclause" else "dash"


def _level(entry: Entry, numbered: Level, above: Node | None) -> Level:
    if entry.style == "plain":
        return "plain"
    if entry.style == "dash" or numbered == "dash":
        return "plus" if above is not None and above.level in ("dash", "plus") else "dash"
    return numbered


def _marker(level: Level, count: int, path: str) -> str:
    if level == "roman":
        return roman(count)
    if level == "point":
        return POINT_LETTERS[count - 1] if count <= len(POINT_LETTERS) else str(count)
    return f"{path}.{count}" if level == "subclause" and path else str(count)


def roman(number: int) -> str:
    """Return a number below 40 in Roman digits, larger ones with as many X as needed."""
    digits = ""
    for value, letter in _ROMAN:
        while number >= value:
            digits, number = digits + letter, number - value
    return digits
