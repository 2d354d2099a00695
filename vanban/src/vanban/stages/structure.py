"""The body as an outline: parts, chapters, articles, numbered clauses, points, dashes and plain paragraphs.

Every line of the body belongs to exactly one clause; misnumbering is kept as printed and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.diagnostics import Diagnostic, Severity
from vanban.document import Clause, ClauseKind, Heading, Span
from vanban.rules import markers
from vanban.stages.outline import Before, Frame, Mark, mark_of, may_open
from vanban.text.fold import collapse, is_capitals
from vanban.text.lines import Line
from vanban.text.normal import NormalText


@dataclass(slots=True)
class _Node:
    id: str
    parent: int | None
    kind: ClauseKind
    marker: str
    text_start: int
    start: int
    end: int
    """End of its own paragraph."""
    last: int = 0
    """End of its last descendant."""
    children: int = 0
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """What the stage answers, in original code points."""

    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...]
    diagnostics: tuple[Diagnostic, ...]


_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*\Z|Trang \d{1,3}(?:/\d{1,3})?\Z")
_ENDED = re.compile(r"[.;:!?…”\"/]\s*\Z")
_CLOSING = re.compile(r"Trên đây (?:là|báo cáo|các)|Trên đây,")
"""The sentence that closes a plan or report belongs to the whole document, not to its last section."""
_QUOTE_OPENS = re.compile(r"[“\"](?=\s?(?:\d{1,3}[.)]|[a-zđ]\)|[IVX]{1,5}\.|Điều \d|Mục \d|Chương [IVX]))")
_QUOTE_MARKS = re.compile("[“”]")
_QUOTE_LIMIT = 6000
_HEADING_CHARACTERS = 80
_TITLE_MOST = 160


class _Builder:
    """Reads lines top down; ``stack`` holds the open nodes."""

    def __init__(self, normal: NormalText, lines: Sequence[Line], doubled: bool, width: int) -> None:
        self.normal, self.text, self.lines = normal, normal.text, lines
        self.doubled, self.width = doubled, width
        self.nodes: list[_Node] = []
        self.roots: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        self.stack: list[Frame] = [Frame(-1, "root", 0)]
        self.open: list[int] = []
        self.headings: list[Heading] = []
        self.diagnostics: list[Diagnostic] = []
        self.quoted_until = -1
        self.closings = _closings(self.text)
        self.above: Line | None = None

    def run(self, first: int, last: int) -> None:
        """Read ``lines[first:last]``; a later run goes on where the first ended."""
        for at in range(first, min(last, len(self.lines))):
            line = self.lines[at]
            if not line.row and line.end - line.start <= 9 and _PAGE_NUMBER.match(self.text, line.start, line.end):
                continue
            self._line(line)
            self.above = line

    def _line(self, line: Line) -> None:
        mark = None
        if not line.row and line.start >= self.quoted_until and may_open(self.text[line.start]):
            mark = mark_of(self.text, line.start, line.end, self.stack, self._before(line))
        if mark is not None:
            self._node(mark, line)
        elif line.row:
            self._plain(line)
        elif self._goes_on(line):
            self._extend(line)
        else:
            self._plain(line)
        self._quotes(line)

    def _before(self, line: Line) -> Before:
        above = self.above
        if above is None:
            return Before("", True, False)
        text = self.text[above.start : above.end]
        gap = line.gap > (1 if self.doubled else 0) or line.glued
        short = above.end - above.start < 0.7 * self.width or above.row or is_capitals(text[-80:], 0.9)
        return Before(text[-30:], gap or (line.gap > 0 and short), short)

    def _quotes(self, line: Line) -> None:
        """A quoted provision hides its markers: one that opens with a marker, or a line below "như sau:"."""
        if self.text.find("“", line.start, line.end) >= 0 or self.text.find('"', line.start, line.end) >= 0:
            for opened in _QUOTE_OPENS.finditer(self.text, line.start, line.end):
                if opened.start() >= self.quoted_until:
                    self._hide(opened.start(), opened.end())
        above = self.above
        if self.text[line.start] == "“" and above is not None and self.text[above.end - 1] == ":":
            self._hide(line.start, line.start + 1)

    def _hide(self, start: int, after: int) -> None:
        if self.text[start] == "“":
            end = self.closings.get(start, -1)
        else:
            end = self.text.find('"', after, after + _QUOTE_LIMIT)
        if after <= end <= after + _QUOTE_LIMIT:
            self.quoted_until = max(self.quoted_until, end)

    # --- nodes

    def _node(self, mark: Mark, line: Line) -> None:
        while len(self.stack) > 1 and self.stack[-1].rank >= mark.rank:
            self.stack.pop()
            self.open.pop()
        self._report(mark, line)
        counted = self.stack[0] if mark.style == "article" else self.stack[-1]
        counted.last[mark.style] = mark.value
        self._push(mark.kind, mark.marker, line, mark.text_start)
        self.stack.append(Frame(mark.rank, mark.style, mark.value))
        self.open.append(len(self.nodes) - 1)
        if mark.kind is not ClauseKind.ITEM:
            rest = collapse(self.text[mark.text_start : line.end]).strip(" :.-–")
            heading = collapse(self.text[mark.text_start : line.end])[:_HEADING_CHARACTERS].strip()
            self.headings.append(
                Heading(mark.marker, heading if rest else "", self.normal.to_original(line.start, line.end))
            )

    def _plain(self, line: Line) -> None:
        outermost = 0.0 if _CLOSING.match(self.text, line.start, line.end) else 13.0
        while len(self.stack) > 1 and self.stack[-1].rank >= outermost:
            self.stack.pop()
            self.open.pop()
        self._push(ClauseKind.PARAGRAPH, "", line, line.start)

    def _push(self, kind: ClauseKind, marker: str, line: Line, text_start: int) -> None:
        parent = self.open[-1] if self.open else None
        counts = self.nodes[parent].counts if parent is not None else self.roots
        node = _Node(
            self._id(parent, kind, marker, counts), parent, kind, marker, text_start, line.start, line.end, line.end
        )
        self.nodes.append(node)
        if parent is not None:
            self.nodes[parent].children += 1

    def _id(self, parent: int | None, kind: ClauseKind, marker: str, counts: dict[str, int]) -> str:
        """``II.1.a``; items and paragraphs count within their parent; a marker met again gets ``~2``."""
        name = "p" if kind is ClauseKind.PARAGRAPH else marker.replace(" ", "")
        if kind in {ClauseKind.PARAGRAPH, ClauseKind.ITEM}:
            counts[name] = counts.get(name, 0) + 1
            name = f"{name}{counts[name]}"
        elif "." in name and name[0].isdigit() and parent is not None:
            above = self.nodes[parent].marker
            name = name.removeprefix(above + ".") if above and name.startswith(above + ".") else name
        path = f"{self.nodes[parent].id}.{name}" if parent is not None else name
        self.ids[path] = self.ids.get(path, 0) + 1
        return path if self.ids[path] == 1 else f"{path}~{self.ids[path]}"

    def _report(self, mark: Mark, line: Line) -> None:
        if mark.kind is ClauseKind.ITEM:
            return
        counted = self.stack[0] if mark.style == "article" else self.stack[-1]
        last = counted.last.get(mark.style)
        if (last is None and mark.value <= 1) or (last is not None and mark.value == last + 1):
            return
        code = "number_repeated" if last is not None and mark.value <= last else "number_skipped"
        if last is not None and mark.value == 1 and code == "number_repeated":
            code = "number_restarted"
        span = self.normal.to_original(line.start, min(mark.text_start, line.end))
        facts = (("marker", mark.marker), ("last", "" if last is None else str(last)))
        self.diagnostics.append(Diagnostic(code, Severity.WARNING, span.start, span.end, facts))

    # --- continuation lines

    def _goes_on(self, line: Line) -> bool:
        """Whether a line without marker belongs to the paragraph above it."""
        if not self.nodes or self.above is None or self.above.row or line.glued:
            return False
        first = self.text[line.start]
        above = self.text[self.above.start : self.above.end]
        ended = _ENDED.search(above[-3:]) is not None
        if line.gap > (1 if self.doubled else 0):
            return not ended and first.islower() and not is_capitals(above, 0.9)
        is_title = is_capitals(self.text[line.start : line.end], 0.9)
        if is_title != is_capitals(above, 0.9) and (not is_title or (ended and line.end - line.start > 7)):
            return False
        full = self.above.end - self.above.start >= 0.72 * self.width
        if first.islower():
            return not (ended and not full) or above[-1:] in ",/"
        if ended:
            return full and line.indent <= self.above.indent + 2 and above[-1:] not in ";:"
        return full or first.isdigit() or first in '(“"'

    def _extend(self, line: Line) -> None:
        node = self.nodes[-1]
        node.end = node.last = line.end

    # --- answer

    def clauses(self) -> tuple[Clause, ...]:
        """The nodes as frozen clauses in reading order."""
        for node in reversed(self.nodes):  # a parent reaches to the end of its last descendant
            if node.parent is not None:
                parent = self.nodes[node.parent]
                parent.last = max(parent.last, node.last)
        return tuple(map(self._clause, self.nodes))

    def _clause(self, node: _Node) -> Clause:
        own = self.normal.to_original(node.start, node.end)
        return Clause(
            id=node.id,
            parent_id=self.nodes[node.parent].id if node.parent is not None else None,
            kind=node.kind,
            marker=node.marker,
            text=collapse(self.text[node.text_start : node.end]),
            span=own if node.last == node.end else self.normal.to_original(node.start, node.last),
            own_span=own,
            is_heading=self._is_heading(node),
        )

    def _is_heading(self, node: _Node) -> bool:
        if node.kind in {ClauseKind.PARAGRAPH, ClauseKind.ITEM}:
            return False
        text = self.text[node.text_start : node.end].strip()
        short = len(text) <= _TITLE_MOST and not text.endswith((";", "./."))
        return short and (node.children > 0 or is_capitals(text, 0.9) or not text.endswith("."))


def _closings(text: str) -> dict[int, int]:
    """Where each “ is closed, inner quotations paired first; one that is never closed is left out."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for mark in _QUOTE_MARKS.finditer(text):
        if mark.group() == "“":
            opened.append(mark.start())
        elif opened:
            pairs[opened.pop()] = mark.start()
    return pairs


def find(
    normal: NormalText, lines: Sequence[Line], body: tuple[int, int], annex: int, doubled: bool = False
) -> Outline:
    """The outline of ``lines[body[0]:body[1]]`` and of what follows the foot (from ``annex``).

    ``doubled``: every line is followed by an empty one, so that an empty line ends nothing.
    """
    builder = _Builder(normal, lines, doubled, line_width(lines, *body))
    builder.run(*body)
    if annex < len(lines):
        _annex(builder, annex)
    return Outline(builder.clauses(), tuple(builder.headings), tuple(builder.diagnostics))


def _annex(builder: _Builder, first: int) -> None:
    """What stands below the foot hangs under one node ``PL``."""
    builder.stack, builder.open = [Frame(-1, "root", 0)], []
    line = builder.lines[first]
    named = markers.ANNEX.pattern.match(builder.text, line.start, line.end)
    marker = collapse(named["marker"]) if named and named["number"] else "PL"
    builder._push(ClauseKind.PART, marker, line, line.start)
    builder.stack.append(Frame(-0.5, "annex", 1))
    builder.open.append(len(builder.nodes) - 1)
    builder.above = line
    builder.run(first + 1, len(builder.lines))


def line_width(lines: Sequence[Line], first: int, last: int) -> int:
    """The length that a full line has: the 90th percentile of lines, 40 at least and 160 at most."""
    lengths = sorted(line.end - line.start for line in lines[first:last] if not line.row)
    if not lengths:
        return 80
    return max(40, min(lengths[int(len(lengths) * 0.9)], 160))


def is_doubled(lines: Sequence[Line], text: str) -> bool:
    """Whether nearly every line is followed by one empty line although sentences run on across them."""
    sample = lines[:400]
    if len(sample) < 12:
        return False
    single = sum(1 for line in sample[1:] if line.gap == 1)
    running = sum(1 for line in sample[1:] if line.gap == 1 and text[line.start].islower())
    return single > 0.75 * len(sample) and running > 0.3 * len(sample)


_ = Span
