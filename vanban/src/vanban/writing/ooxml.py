"""The few WordprocessingML elements python-docx has no words for: rules, frames, fields, repeating rows."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun
from lxml.etree import _Element

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
RED = RGBColor(0xFF, 0x00, 0x00)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def element(tag: str, attributes: Mapping[str, str] | None = None) -> _Element:
    """A new element ``w:tag`` with attributes named with their prefixes."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made


def dress(
    run: WordRun, size: float, *, bold: bool = False, italic: bool = False, colour: RGBColor | None = None
) -> WordRun:
    """Set the type of ``run``; the typeface comes from the default style."""
    run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    if colour is not None:
        run.font.color.rgb = colour
    return run


def put(
    paragraph: WordParagraph,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: RGBColor | None = None,
) -> WordRun:
    """Add ``text`` to ``paragraph`` as one run."""
    return dress(paragraph.add_run(text), size, bold=bold, italic=italic, colour=colour)


def put_lines(paragraph: WordParagraph, lines: Sequence[str], size: float, *, bold: bool = False) -> None:
    """Add ``lines`` to ``paragraph`` with breaks between them, so that they fall alike in every typeface."""
    run = put(paragraph, lines[0], size, bold=bold)
    for text in lines[1:]:
        run.add_break()
        run.add_text(text)


def space(
    paragraph: WordParagraph,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    before: float = 0,
    after: float = 0,
    first_mm: float = 0,
    left_mm: float = 0,
    right_mm: float = 0,
    line: float | None = None,
    keep_next: bool = False,
) -> WordParagraph:
    """Set the place of ``paragraph``; ``before``/``after`` in points, ``line`` as a multiple of single spacing."""
    form = paragraph.paragraph_format
    if align is not None:
        form.alignment = align
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.first_line_indent = Mm(first_mm)
    form.left_indent, form.right_indent = Mm(left_mm), Mm(right_mm)
    if line is not None:
        form.line_spacing = line
    if keep_next:
        form.keep_with_next = True
    return paragraph


def rule(paragraph: WordParagraph, width_mm: float, length_mm: float) -> None:
    """Turn an empty ``paragraph`` in a column of ``width_mm`` into a centred rule of ``length_mm``."""
    margin = max(0.0, (width_mm - length_mm) / 2)
    space(paragraph, left_mm=margin, right_mm=margin, before=2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    _properties(paragraph).append(_borders({"top": ("single", 6, 0)}))
    _order(_properties(paragraph))


def outline(paragraph: WordParagraph, depth: int) -> None:
    """Make ``paragraph`` a heading of the document's navigation, ``depth`` from 0; its look does not change."""
    _properties(paragraph).append(element("w:outlineLvl", {"w:val": str(depth)}))
    _order(_properties(paragraph))


def frame(paragraph: WordParagraph, colour: str) -> None:
    """Draw a single frame of ``colour`` (RRGGBB) around ``paragraph``, between its indents."""
    sides = dict.fromkeys(("top", "left", "bottom", "right"), ("single", 12, 1))
    _properties(paragraph).append(_borders(sides, colour))
    _order(_properties(paragraph))


def page_number(paragraph: WordParagraph, size: float) -> None:
    """Put the number of the page into ``paragraph``."""
    for kind, words in (("begin", None), (None, " PAGE "), ("end", None)):
        run = dress(paragraph.add_run(), size)
        if kind:
            run._r.append(element("w:fldChar", {"w:fldCharType": kind}))
            continue
        code = element("w:instrText")
        code.text = words
        run._r.append(code)


def fixed_table(table: Table, widths_mm: list[float], *, borders: bool, margin_mm: float) -> None:
    """Give ``table`` fixed column widths, its borders or none, and the margins of its cells."""
    table.autofit = False
    properties = table._tbl.tblPr
    news = (
        element("w:tblW", {"w:w": str(_twips(sum(widths_mm))), "w:type": "dxa"}),
        element("w:tblInd", {"w:w": "0", "w:type": "dxa"}),
        _edges("single" if borders else "nil"),
        element("w:tblLayout", {"w:type": "fixed"}),
        _cell_margins(margin_mm),
    )
    replaced = {new.tag for new in news} | {qn("w:tblLook")}
    for old in [child for child in properties if child.tag in replaced]:
        properties.remove(old)
    properties.extend(news)
    _order(properties, _TABLE_ORDER)
    for column, width_mm in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width_mm)
    for row in table.rows:
        for cell, width_mm in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width_mm)


def _edges(kind: str) -> _Element:
    edges = element("w:tblBorders")
    size = "4" if kind == "single" else "0"
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(element(f"w:{side}", {"w:val": kind, "w:sz": size, "w:space": "0", "w:color": "000000"}))
    return edges


def _cell_margins(margin_mm: float) -> _Element:
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", {"w:w": str(_twips(margin_mm)), "w:type": "dxa"}))
    return margins


def row_marks(row: _Row, *, heading: bool) -> None:
    """Keep ``row`` on one page and, if it is a heading, repeat it on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if heading:
        properties.append(element("w:tblHeader"))


def first_paragraph(cell: _Cell) -> WordParagraph:
    """The paragraph every cell is born with."""
    found: WordParagraph = cell.paragraphs[0]
    return found


def restart_pages(section: Section) -> None:
    """Let the pages of ``section`` count from 1 again."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    margins = properties.find(qn("w:pgMar"))
    if margins is not None:
        margins.addnext(element("w:pgNumType", {"w:start": "1"}))


def default_type(document: Document, size: float) -> None:
    """Make Times New Roman of ``size`` and Vietnamese the default of the whole document."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for holder in (defaults, style.element.get_or_add_rPr()):
        for name in ("w:rFonts", "w:lang"):
            for old in holder.findall(qn(name)):
                holder.remove(old)
        fonts = {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        holder.insert(0, element("w:rFonts", fonts))
        holder.append(element("w:lang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": "ar-SA"}))


def packed(document: Document, *, title: str, author: str, stamp: dt.datetime) -> bytes:
    """The bytes of ``document``, equal for equal content: every time in the file is ``stamp`` or the zip epoch."""
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.created = core.modified = stamp
    core.revision, core.language, core.comments, core.keywords = 1, LANGUAGE, "", ""
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


def _repacked(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            fixed = zipfile.ZipInfo(info.filename, _ZIP_EPOCH)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(fixed, old.read(info), compresslevel=6)
    return out.getvalue()


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _properties(paragraph: WordParagraph) -> _Element:
    return paragraph._p.get_or_add_pPr()


def _borders(sides: Mapping[str, tuple[str, int, int]], colour: str = "000000") -> _Element:
    borders = element("w:pBdr")
    for side, (kind, size, gap) in sides.items():
        marks = {"w:val": kind, "w:sz": str(size), "w:space": str(gap), "w:color": colour}
        borders.append(element(f"w:{side}", marks))
    return borders


# The schema fixes the order of children; Word refuses a file that breaks it.
_PARAGRAPH_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd",
                    "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr")  # fmt: skip
_TABLE_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
                "tblCaption", "tblDescription")  # fmt: skip


def _order(properties: _Element, order: tuple[str, ...] = _PARAGRAPH_ORDER) -> None:
    ranks = {qn(f"w:{name}"): rank for rank, name in enumerate(order)}
    children = sorted(properties, key=lambda child: ranks.get(child.tag, len(ranks)))
    for child in children:
        properties.remove(child)
        properties.append(child)
