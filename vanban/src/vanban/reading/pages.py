"""Pages of words to one text with blocks, pages and word boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vanban.diagnostics import Diagnostic, Severity, UnreadableError
from vanban.document import Block, BlockKind, Box, Page, SourceText, Span, WordBox
from vanban.reading.fold import fold
from vanban.reading.paragraphs import Lines, Measure, continues_not, is_centred, measure, paragraphs
from vanban.reading.regions import Region, regions
from vanban.reading.words import PageWords, Row, Word, rows, segments

_MARKS = ("-", "–", "+", "•", "*")
_CODE_BREAKS = re.compile(r"[\dA-ZĐ][-/]$")
_DOUBTFUL = 0.6
"""Mean confidence of a page under which its reading is reported as doubtful."""


@dataclass(slots=True)
class _Writer:
    """Collects the text of all pages."""

    limit: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    words: list[WordBox] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        if self.length > self.limit:
            raise UnreadableError("too_large", limit=self.limit, size=self.length)

    def line(self, row: Row, page: PageWords, between: str = " ") -> None:
        """The words of one printed line, with their boxes."""
        for index, segment in enumerate(row.segments):
            for place, word in enumerate(segment.words):
                if place or index:
                    self.put(" " if place else between)
                start = self.length
                self.put(word.text)
                self.words.append(WordBox(page.number, Span(start, self.length), _box(word, page), word.confidence))

    def block(self, kind: BlockKind, lines: Lines, page: PageWords) -> None:
        """One block of printed lines."""
        if self.blocks:
            tight = kind is not BlockKind.PARAGRAPH and self.blocks[-1].kind is kind
            self.put("\n" if tight else "\n\n")
        start = self.length
        for index, row in enumerate(lines.rows):
            if index:
                self.put("\n" if kind is BlockKind.PARAGRAPH else _seam(lines.rows[index - 1].text, row.text))
            if lines.is_table:
                self.put("| ")
                self.line(row, page, " | ")
                self.put(" |")
            else:
                self.line(row, page)
        bold, italic = all(row.bold for row in lines.rows), all(row.italic for row in lines.rows)
        self.blocks.append(Block(kind, Span(start, self.length), page.number, bold, italic, lines.centred))

    def extend(self, row: Row, page: PageWords) -> None:
        """One more line of the last block, from the next page."""
        self.put("\n")
        self.line(row, page)
        last = self.blocks[-1]
        self.blocks[-1] = Block(
            last.kind, Span(last.span.start, self.length), last.page, last.bold, last.italic, last.centred
        )


def assemble(pages: Sequence[PageWords], media_type: str, characters: int) -> SourceText:
    """The text of ``pages``: head and foot by columns, lines kept, paragraphs parted by an empty line.

    Raises ``no_text`` when no page holds a word, ``too_large`` when the text grows over ``characters``.
    """
    writer = _Writer(characters)
    sizes: list[Page] = []
    running = _running_lines(pages)
    open_rows: list[Row] = []
    for page in pages:
        before = writer.length
        open_rows = _page(writer, page, running, open_rows)
        start = min(before + 2, writer.length) if before and writer.length > before else before
        sizes.append(Page(page.number, page.width, page.height, Span(start, writer.length), page.scanned))
    text = "".join(writer.parts)
    if not text.strip():
        raise UnreadableError("no_text")
    return SourceText(
        text, media_type, tuple(writer.blocks), tuple(sizes), tuple(writer.words), tuple(_remarks(pages, sizes))
    )


def _page(writer: _Writer, page: PageWords, running: set[str], open_rows: list[Row]) -> list[Row]:
    """Write one page; returns the lines of its last paragraph if the next page may go on with it."""
    found = regions(_without_running(page, running))
    body = [row for region in found if region.kind is BlockKind.PARAGRAPH for row in region.rows]
    set_ = measure(body)
    for index, region in enumerate(found):
        if region.kind is not BlockKind.PARAGRAPH:
            for lines in _column_lines(region):
                writer.block(region.kind, lines, page)
            open_rows = []
            continue
        groups = paragraphs(region.rows, set_)
        if index == 0 and open_rows and groups and _goes_on(open_rows, groups[0], set_):
            for row in groups[0].rows:
                writer.extend(row, page)
            groups = groups[1:]
        for lines in groups:
            writer.block(BlockKind.TABLE_ROW if lines.is_table else BlockKind.PARAGRAPH, lines, page)
        open_rows = groups[-1].rows if groups and not groups[-1].is_table else []
    return open_rows


def _goes_on(open_rows: Sequence[Row], first: Lines, set_: Measure) -> bool:
    """Whether the first lines of a page continue the last paragraph of the page before."""
    if first.is_table or is_centred(first.rows[0], set_):
        return False
    ended = open_rows[-1].text.endswith((".", ";", ":", "!", "?", "/."))
    return not ended and not continues_not(open_rows, first.rows[0], set_)


def _column_lines(region: Region) -> Iterator[Lines]:
    """Lines of one column of head or foot; a line that goes on with "V/v" or with a recipient joins it."""
    current: Lines | None = None
    for row in region.rows:
        if current is not None and _joins(current, row, region.kind):
            current.rows.append(row)
            continue
        if current is not None:
            yield current
        current = Lines([row])
    if current is not None:
        yield current


def _seam(before: str, after: str) -> str:
    """What joins two lines of one item of head or foot: a space, or nothing inside a code."""
    return "" if _CODE_BREAKS.search(before) and after[:1].isalnum() else " "


def _joins(current: Lines, row: Row, kind: BlockKind) -> bool:
    if kind is BlockKind.HEADER_RIGHT:
        return row.text[:1].isdigit() and fold(current.rows[-1].text).endswith(("nam", ","))
    if kind is BlockKind.HEADER_LEFT:
        in_subject = current.rows[0].text.lower().startswith(("v/v", "về việc"))
        return in_subject and not (row.text.isupper() and not current.rows[-1].text.isupper())
    if kind is BlockKind.FOOTER_LEFT:
        return current.rows[0].text.startswith(_MARKS) and not row.text.startswith(_MARKS)
    return False


# --- lines repeated on every page ---------------------------------------------------------------


def _edge_rows(page: PageWords) -> list[Row]:
    edge = [word for word in page.words if word.bottom < 0.08 * page.height or word.top > 0.93 * page.height]
    return rows(segments(edge))


def _bare(row: Row) -> str:
    return "".join(letter for letter in row.text if not letter.isdigit()).strip()


def _running_lines(pages: Sequence[PageWords]) -> set[str]:
    """Wordings, digits aside, that stand at the edge of most pages; they are kept once."""
    if len(pages) < 4:
        return set()
    counts: dict[str, int] = {}
    for page in pages:
        for line in {_bare(row) for row in _edge_rows(page)}:
            counts[line] = counts.get(line, 0) + 1
    return {line for line, count in counts.items() if line and count > 0.6 * len(pages)}


def _without_running(page: PageWords, running: set[str]) -> PageWords:
    """``page`` without its running lines; the first page keeps them."""
    if not running or page.number == 1:
        return page
    dropped = {id(word) for row in _edge_rows(page) if _bare(row) in running for word in row.words}
    words = tuple(word for word in page.words if id(word) not in dropped)
    return PageWords(page.number, page.width, page.height, words, page.scanned)


# --- what was doubtful --------------------------------------------------------------------------


def _remarks(pages: Sequence[PageWords], sizes: Sequence[Page]) -> Iterator[Diagnostic]:
    for page, size in zip(pages, sizes, strict=True):
        if not page.scanned:
            continue
        weight = sum(len(word.text) for word in page.words)
        mean = sum(word.confidence * len(word.text) for word in page.words) / weight if weight else 0.0
        facts = (("page", str(page.number)), ("confidence", f"{mean:.2f}"))
        if not weight:
            yield Diagnostic("page_without_text", Severity.NOTE, size.span.start, size.span.end, facts[:1])
        elif mean < _DOUBTFUL:
            yield Diagnostic("page_hard_to_read", Severity.WARNING, size.span.start, size.span.end, facts)


def _box(word: Word, page: PageWords) -> Box:
    def part(value: float, whole: float) -> float:
        return round(min(max(value / whole, 0.0), 1.0), 5)

    return Box(
        part(word.left, page.width),
        part(word.top, page.height),
        part(word.right, page.width),
        part(word.bottom, page.height),
    )
