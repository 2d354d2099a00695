"""Paragraphs and tables become one text with blocks, the two columns of head and foot one after the other.

Paragraphs are parted by an empty line, lines of one block of head or foot by a line end, table rows are printed
``| cell | cell |`` on one line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vanban.diagnostics import UnreadableError
from vanban.document import Block, BlockKind, Span
from vanban.reading.flow import Cell, Item, Paragraph, Table
from vanban.reading.fold import fold
from vanban.reading.marks import DATE_LINE, MOTTO, NATION, NUMBER, RECIPIENTS, is_foot, is_head, is_signing

_HEAD = (BlockKind.HEADER_LEFT, BlockKind.HEADER_RIGHT)
_FOOT = (BlockKind.FOOTER_LEFT, BlockKind.FOOTER_RIGHT)
_TIGHT = frozenset((*_HEAD, *_FOOT, BlockKind.TABLE_ROW))
_COLUMN_GAP = re.compile(r"[ \xa0]*\t[\t \xa0]*|[ \xa0]{4,}")
_HEAD_PARAGRAPHS = 14


class Composer:
    """Collects blocks into one text; raises ``too_large`` when it grows over ``characters``."""

    def __init__(self, characters: int) -> None:
        self._limit = characters
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    def add(self, kind: BlockKind, paragraph: Paragraph, page: int | None = None) -> None:
        """Append a block; one without text is left out."""
        text = paragraph.text.strip()
        if not text:
            return
        self.separate(kind)
        start = self._length
        self._put(text)
        self._blocks.append(
            Block(kind, Span(start, self._length), page, paragraph.bold, paragraph.italic, paragraph.centred)
        )

    def separate(self, kind: BlockKind) -> None:
        """Put what parts the next block, of ``kind``, from the last one."""
        if self._blocks:
            self._put("\n" if kind in _TIGHT and self._blocks[-1].kind is kind else "\n\n")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self._limit:
            raise UnreadableError("too_large", limit=self._limit, size=self._length)

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """The text and its blocks."""
        return "".join(self._parts), tuple(self._blocks)


def compose(items: Iterable[Item], characters: int) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks of ``items``. Raises ``too_large``."""
    composer = Composer(characters)
    for kind, paragraph in _blocks(list(items)):
        composer.add(kind, paragraph)
    return composer.finish()


def _blocks(items: Sequence[Item]) -> Iterable[tuple[BlockKind, Paragraph]]:
    head_ends = _typed_head_end(items)
    yield from _typed_columns([item for item in items[:head_ends] if isinstance(item, Paragraph)], _HEAD)
    in_foot: list[Paragraph] = []
    for item in items[head_ends:]:
        if isinstance(item, Paragraph) and _continues_foot(item, bool(in_foot)):
            in_foot.append(item)
            continue
        yield from _typed_columns(in_foot, _FOOT)
        in_foot = []
        if isinstance(item, Table):
            yield from _table(item)
        elif item.text.strip():
            yield BlockKind.PARAGRAPH, item
    yield from _typed_columns(in_foot, _FOOT)


# --- heads and feet typed with tabs instead of a table ------------------------------------------


def _typed_head_end(items: Sequence[Item]) -> int:
    """How many leading items form a head typed in two columns with tabs or spaces; 0 when there is none."""
    found, end = False, 0
    for index, item in enumerate(items[:_HEAD_PARAGRAPHS]):
        if isinstance(item, Table):
            break
        for line in item.text.split("\n"):
            left, right = _halves(line)
            folded = fold(right)
            if right and (NATION.search(folded) or MOTTO.search(folded)):
                found, end = True, index + 1
            elif found and right and (DATE_LINE.search(folded) or NUMBER.search(fold(left))):
                end = index + 1
    return end if found else 0


def _halves(line: str) -> tuple[str, str]:
    """The two columns of a line typed with tabs or many spaces; the right one is empty when there is no gap."""
    bare = line.strip(" \xa0")
    left, right = "", ""
    pieces = [piece.strip() for piece in _COLUMN_GAP.split(bare)]
    pieces = pieces if pieces and pieces[0] else ["", *[piece for piece in pieces if piece]]
    pieces = [pieces[0], *[piece for piece in pieces[1:] if piece]] if pieces else [""]
    left = pieces[0]
    right = " ".join(pieces[1:])
    return left, right


def _typed_columns(
    paragraphs: Sequence[Paragraph], kinds: tuple[BlockKind, BlockKind]
) -> Iterable[tuple[BlockKind, Paragraph]]:
    rights: list[Paragraph] = []
    for paragraph in paragraphs:
        for line in paragraph.text.split("\n"):
            left, right = _halves(line)
            folded = fold(left)
            if not right and (NATION.search(folded) or MOTTO.search(folded) or is_signing(left)):
                left, right = "", left
            if left:
                yield kinds[0], _like(paragraph, left)
            if right:
                rights.append(_like(paragraph, right))
    for right_half in rights:
        yield kinds[1], right_half


def _continues_foot(paragraph: Paragraph, inside: bool) -> bool:
    left, right = _halves(paragraph.text.split("\n", 1)[0])
    if not inside:
        return bool(right) and RECIPIENTS.search(fold(left)) is not None
    folded = fold(paragraph.text)
    return not folded or folded.startswith(("-", "–", "+", "•")) or (bool(right) and len(folded) < 120)


def _like(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, paragraph.bold, paragraph.italic, paragraph.centred)


# --- tables -------------------------------------------------------------------------------------


def _table(table: Table) -> Iterable[tuple[BlockKind, Paragraph]]:
    rows = [row for row in table.rows if any(cell.paragraphs for cell in row)]
    if max((len(row) for row in rows), default=0) <= 1:
        yield from _unframed(rows)
        return
    runs = _runs(rows)
    for kinds, run in runs:
        if kinds is None:
            yield from _grid(run)
        else:
            yield from _columns(run, kinds)


def _unframed(rows: Sequence[tuple[Cell, ...]]) -> Iterable[tuple[BlockKind, Paragraph]]:
    """A table of one column is only a frame: its content is read like any other."""
    for row in rows:
        for cell in row:
            yield from _blocks(cell.content)


_Kinds = tuple[BlockKind, BlockKind]
_Run = tuple[_Kinds | None, list[tuple[Cell, ...]]]


def _runs(rows: Sequence[tuple[Cell, ...]]) -> list[_Run]:
    """Consecutive rows of head, foot or plain table; rows after a head or foot belong to it while they look like it."""
    runs: list[_Run] = []
    for row in rows:
        left, right = _sides(row)
        kinds: _Kinds | None = None
        if len(row) <= 3 and is_head(left, right):
            kinds = _HEAD
        elif len(row) <= 3 and is_foot(left, right):
            kinds = _FOOT
        elif runs and runs[-1][0] is not None and len(row) <= 3 and len(left) < 400 and len(right) < 200:
            kinds = runs[-1][0]
        elif not runs and len(row) <= 3 and len(rows) > 1 and _any_head(rows[1:4]):
            kinds = _HEAD
        if runs and runs[-1][0] == kinds:
            runs[-1][1].append(row)
        else:
            runs.append((kinds, [row]))
    return runs


def _any_head(rows: Sequence[tuple[Cell, ...]]) -> bool:
    return any(len(row) <= 3 and is_head(*_sides(row)) for row in rows)


def _sides(row: Sequence[Cell]) -> tuple[str, str]:
    """Texts of the left and the right part of a row; a single cell stands on the side it says."""
    left = [cell for cell in row if _is_left(cell, row)]
    right = [cell for cell in row if not _is_left(cell, row)]
    return "\n".join(cell.text for cell in left).strip(), "\n".join(cell.text for cell in right).strip()


def _is_left(cell: Cell, row: Sequence[Cell]) -> bool:
    if len(row) == 1:
        folded = fold(cell.text)
        return not (NATION.search(folded) or MOTTO.search(folded) or is_signing(cell.text))
    return cell is row[0]


def _columns(rows: Sequence[tuple[Cell, ...]], kinds: _Kinds) -> Iterable[tuple[BlockKind, Paragraph]]:
    for side, kind in enumerate(kinds):
        for row in rows:
            for cell in row:
                if _is_left(cell, row) is (side == 0):
                    for paragraph in cell.paragraphs:
                        yield kind, paragraph


def _grid(rows: Sequence[tuple[Cell, ...]]) -> Iterable[tuple[BlockKind, Paragraph]]:
    for row in rows:
        texts = [" ".join(cell.text.split()) for cell in row]
        bold = all(paragraph.bold for cell in row for paragraph in cell.paragraphs)
        yield BlockKind.TABLE_ROW, Paragraph("| " + " | ".join(texts) + " |", bold=bold)
