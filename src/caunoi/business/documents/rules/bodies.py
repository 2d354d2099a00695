"""The body of a draft as plain lines, for writing by hand: "I. …", "1. …", "a) …" begin sections, "- …" items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vanban.writing.draft import Item, Level, Mark, Node, Paragraph, Section, item, paragraph

_MARKS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.ARTICLE, re.compile(r"Điều\s+(\d+)[.:]?\s+(?P<text>.+)", re.IGNORECASE)),
    (Level.ROMAN, re.compile(r"[IVXLC]+\.\s+(?P<text>.+)")),
    (Level.SUBCLAUSE, re.compile(r"\d+\.\d+\.?\s+(?P<text>.+)")),
    (Level.CLAUSE, re.compile(r"\d+\.\s+(?P<text>.+)")),
    (Level.POINT, re.compile(r"[a-zđ]\)\s+(?P<text>.+)")),
)
_DEPTH = {Level.ROMAN: 0, Level.ARTICLE: 0, Level.CLAUSE: 1, Level.SUBCLAUSE: 2, Level.POINT: 3}
_ITEM = re.compile(r"(?P<mark>[-–+])\s+(?P<text>.+)")
_TITLE = 120
"""A marked line of up to so many characters without a closing stop is a heading, a longer one text behind a number."""


def body_of(text: str) -> tuple[Node, ...]:
    """Return the body that lines of plain text describe. The writer sets numbers anew, so typed ones do not count."""
    top: list[Node] = []
    open_sections: list[tuple[int, Level, str, list[Node]]] = []

    def close(depth: int) -> None:
        while open_sections and open_sections[-1][0] >= depth:
            _, level, title, children = open_sections.pop()
            (open_sections[-1][3] if open_sections else top).append(Section(level, title, tuple(children)))

    for line in (raw.strip() for raw in text.splitlines()):
        if not line:
            continue
        level, rest = _marked(line)
        if level is None:
            (open_sections[-1][3] if open_sections else top).append(_plain(line))
            continue
        close(_DEPTH[level])
        heading = len(rest) <= _TITLE and not rest.endswith((".", ";", ":")) and level is not Level.POINT
        open_sections.append((_DEPTH[level], level, rest if heading else "", [] if heading else [paragraph(rest)]))
    close(0)
    return tuple(top)


def _marked(line: str) -> tuple[Level | None, str]:
    for level, pattern in _MARKS:
        if match := pattern.fullmatch(line):
            return level, match["text"].strip()
    return None, line


def _plain(line: str) -> Node:
    match = _ITEM.fullmatch(line)
    if match is None:
        return paragraph(line)
    made = item(match["text"].strip())
    return replace(made, mark=Mark.PLUS) if match["mark"] == "+" else made


def text_of_body(body: tuple[Node, ...]) -> str:
    """Return the lines of a body; tables and pictures have none."""
    return "\n".join(_lines(body, ""))


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _lines(nodes: tuple[Node, ...], path: str) -> Iterator[str]:
    counts: dict[Level, int] = {}
    for node in nodes:
        if isinstance(node, Section):
            counts[node.level] = counts.get(node.level, 0) + 1
            marker = _marker(node.level, counts[node.level], path)
            children = node.children
            if node.title:
                yield f"{marker} {node.title}"
            elif children and isinstance(children[0], Paragraph):
                yield f"{marker} {children[0].text}"
                children = children[1:]
            yield from _lines(children, marker.rstrip("."))
        elif isinstance(node, Item):
            yield f"{node.mark} {node.content.text}"
            yield from _lines(node.children, path)
        elif isinstance(node, Paragraph):
            yield node.text


def _marker(level: Level, count: int, path: str) -> str:
    if level is Level.ROMAN:
        return f"{_ROMAN[min(count, len(_ROMAN)) - 1]}."
    if level is Level.POINT:
        return f"{_LETTERS[min(count, len(_LETTERS)) - 1]})"
    if level is Level.ARTICLE:
        return f"Điều {count}."
    return f"{path}.{count}." if level is Level.SUBCLAUSE else f"{count}."
