"""The body of a document: numbered sections, paragraphs, items, tables and pictures."""

from __future__ import annotations

import io

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from vanban.writing import ooxml, wording
from vanban.writing.draft import Align, Cell, Item, Level, Node, Paragraph, Picture, Run, Section, TableNode

BODY_SIZE = 14.0
_TABLE_SIZE = 12.0
_CAPTION_SIZE = 13.0
_FIRST_MM = 12.7
_AFTER = 6.0
_LINE = 1.1
_CELL_MARGIN_MM = 1.5
_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_DEPTHS = {
    Level.PART: 0,
    Level.CHAPTER: 0,
    Level.ROMAN: 0,
    Level.DIVISION: 1,
    Level.ARTICLE: 1,
    Level.CLAUSE: 1,
    Level.SUBCLAUSE: 2,
}
"""Depth of titled sections in the navigation pane and in the bookmarks of the pdf."""
_CENTRED_LEVELS = (Level.PART, Level.CHAPTER, Level.DIVISION)


class Writer:
    """Adds nodes at the end of ``document`` in a column of ``width`` millimetres."""

    def __init__(self, document: Document, width: float) -> None:
        self._document = document
        self._width = width

    def nodes(self, nodes: tuple[Node, ...]) -> None:
        """Write ``nodes`` in order."""
        for node in nodes:
            self._node(node)

    def centred(self, text: str, *, bold: bool = False, italic: bool = False, after: float = _AFTER) -> WordParagraph:
        """One centred line that stays with what follows."""
        line = ooxml.space(self._document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.CENTER, after=after, keep_next=True)
        ooxml.put(line, text, BODY_SIZE, bold=bold, italic=italic)
        return line

    def _node(self, node: Node) -> None:
        if isinstance(node, Section):
            self._section(node)
        elif isinstance(node, Item):
            self._item(node)
        elif isinstance(node, Paragraph):
            self._paragraph(node, ())
        elif isinstance(node, TableNode):
            self._table(node)
        else:
            self._picture(node)

    def _section(self, section: Section) -> None:
        marker = wording.marker_words(section)
        children = section.children
        if section.level in _CENTRED_LEVELS:
            ooxml.outline(self.centred(marker, bold=True, after=0), _DEPTHS[section.level])
            self.centred(section.title.upper(), bold=True)
        elif section.title:
            self._heading(section, marker)
        elif children and isinstance(children[0], Paragraph):
            lead = Run(f"{marker} ", bold=section.level is Level.ARTICLE)
            self._paragraph(children[0], (lead,))
            children = children[1:]
        else:
            self._paragraph(Paragraph((Run(marker, bold=True),)), ())
        self.nodes(children)

    def _heading(self, section: Section, marker: str) -> None:
        title = section.title.upper() if section.level is Level.ROMAN else section.title
        line = self._line(Align.JUSTIFY)
        line.paragraph_format.keep_with_next = bool(section.children)
        italic = section.level is Level.SUBCLAUSE
        bold = section.level is not Level.POINT
        if section.level in _DEPTHS:
            ooxml.outline(line, _DEPTHS[section.level])
        ooxml.put(line, f"{marker} {title}", BODY_SIZE, bold=bold, italic=italic)

    def _item(self, item: Item) -> None:
        self._paragraph(item.content, (Run(f"{item.mark} "),))
        for child in item.children:
            self._item(child)

    def _paragraph(self, paragraph: Paragraph, before: tuple[Run, ...]) -> None:
        line = self._line(paragraph.align)
        for run in (*before, *paragraph.runs):
            ooxml.put(line, run.text, BODY_SIZE, bold=run.bold, italic=run.italic)

    def _line(self, align: Align) -> WordParagraph:
        first = _FIRST_MM if align in (Align.JUSTIFY, Align.LEFT) else 0.0
        line = self._document.add_paragraph()
        line.paragraph_format.widow_control = True
        return ooxml.space(line, align=_ALIGN[align], first_mm=first, after=_AFTER, line=_LINE)

    def _table(self, node: TableNode) -> None:
        if node.caption:
            line = ooxml.space(self._document.add_paragraph(), align=_ALIGN[Align.CENTRE], after=3, keep_next=True)
            ooxml.put(line, node.caption, _CAPTION_SIZE, bold=True)
        if node.unit:
            line = ooxml.space(self._document.add_paragraph(), align=_ALIGN[Align.RIGHT], after=3, keep_next=True)
            ooxml.put(line, node.unit, _TABLE_SIZE, italic=True)
        rows = (*node.header, *node.rows)
        table = self._document.add_table(rows=len(rows), cols=len(node.columns))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        total = sum(column.share for column in node.columns)
        ooxml.fixed_table(
            table,
            [self._width * column.share / total for column in node.columns],
            borders=True,
            margin_mm=_CELL_MARGIN_MM,
        )
        _fill(table, node, rows)
        ooxml.space(self._document.add_paragraph(), after=0).paragraph_format.line_spacing = Pt(8)

    def _picture(self, node: Picture) -> None:
        line = ooxml.space(
            self._document.add_paragraph(), align=_ALIGN[Align.CENTRE], before=6, after=3, keep_next=bool(node.caption)
        )
        shape = line.add_run().add_picture(io.BytesIO(node.png), width=Mm(min(node.width_mm, self._width)))
        shape._inline.docPr.set("descr", node.alt)
        if node.caption:
            caption = ooxml.space(self._document.add_paragraph(), align=_ALIGN[Align.CENTRE], after=_AFTER)
            ooxml.put(caption, node.caption, _CAPTION_SIZE, italic=True)


def _fill(table: Table, node: TableNode, rows: tuple[tuple[Cell, ...], ...]) -> None:
    """Put every cell at the next place that no span from above or from the left has taken."""
    taken: set[tuple[int, int]] = set()
    lines = list(table.rows)  # asking for one row by its number walks over all of them
    grid = [list(line.cells) for line in lines]
    for down, cells in enumerate(rows):
        heading = down < len(node.header)
        ooxml.row_marks(lines[down], heading=heading)
        across = 0
        for cell in cells:
            while (down, across) in taken:
                across += 1
            bottom, right = down + cell.rows - 1, across + cell.columns - 1
            if right >= len(node.columns) or bottom >= len(rows):
                raise ValueError(f"cell {cell.text!r} does not fit its table at row {down}, column {across}")
            taken |= {(y, x) for y in range(down, bottom + 1) for x in range(across, right + 1)}
            target = grid[down][across]
            if (bottom, right) != (down, across):
                target = target.merge(grid[bottom][right])
            target.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            align = cell.align or (Align.CENTRE if heading else node.columns[across].align)
            line = ooxml.space(ooxml.first_paragraph(target), align=_ALIGN[align], before=2, after=2)
            ooxml.put(line, cell.text, _TABLE_SIZE, bold=cell.bold or heading, italic=cell.italic)
            across = right + 1
