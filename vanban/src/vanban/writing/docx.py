"""Draft → docx in the layout of Phụ lục I of NĐ 30/2020/NĐ-CP (A4, Times New Roman, blocks, rules, page numbers)."""

from __future__ import annotations

import datetime as dt

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section as WordSection
from docx.shared import Mm

from vanban.writing import docx_foot, docx_head, ooxml
from vanban.writing.docx_body import BODY_SIZE, Writer
from vanban.writing.draft import Annex, Draft, Orientation
from vanban.writing.wording import annex_heading, annex_note, closed, numbered

_PAGE_MM = (210.0, 297.0)
_MARGINS_MM = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
_HEADER_MM = 10.0
_NUMBER_SIZE = 13.0
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def write(draft: Draft, *, stamp: dt.datetime | None = None) -> bytes:
    """The docx of ``draft``; the same draft gives the same bytes.

    ``stamp`` is the moment kept in the file's properties: by default the date of issue, or 2000-01-01 while that is
    blank.
    """
    document = docx.Document()
    _emptied(document)
    ooxml.default_type(document, BODY_SIZE)
    first = document.sections[0]
    width = _page(first, Orientation.PORTRAIT)
    _page_numbers(first)
    docx_head.write_head(document, draft, width)
    writer = Writer(document, width)
    body = numbered(draft.body)
    writer.nodes(closed(body) if draft.close_body else body)
    docx_foot.write_foot(document, draft, width)
    for place, annex in enumerate(draft.annexes):
        _annex(document, draft, annex, place)
    return ooxml.packed(document, title=draft.title, author=draft.issuer, stamp=stamp or _stamp(draft))


def _emptied(document: Document) -> None:
    for paragraph in document.paragraphs:
        document.element.body.remove(paragraph._p)


def _page(section: WordSection, orientation: Orientation) -> float:
    """Set the paper; the width of the text in millimetres is returned."""
    width, height = _PAGE_MM if orientation is Orientation.PORTRAIT else _PAGE_MM[::-1]
    section.orientation = WD_ORIENT.PORTRAIT if orientation is Orientation.PORTRAIT else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(_MARGINS_MM["top"]), Mm(_MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(_MARGINS_MM["left"]), Mm(_MARGINS_MM["right"])
    section.header_distance = section.footer_distance = Mm(_HEADER_MM)
    section.different_first_page_header_footer = True
    return width - _MARGINS_MM["left"] - _MARGINS_MM["right"]


def _page_numbers(section: WordSection) -> None:
    """Number at the top in the middle, none on the first page; later sections inherit both headers."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    ooxml.space(line, align=WD_ALIGN_PARAGRAPH.CENTER)
    ooxml.page_number(line, _NUMBER_SIZE)


def _annex(document: Document, draft: Draft, annex: Annex, place: int) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    width = _page(section, annex.orientation)
    ooxml.restart_pages(section)
    writer = Writer(document, width)
    ooxml.outline(writer.centred(annex_heading(place, len(draft.annexes)), bold=True, after=0), 0)
    note = annex_note(draft, annex)
    writer.centred(annex.title.upper(), bold=True, after=0 if note else 6)
    if note:
        writer.centred(note, italic=True, after=6)
    docx_head.short_rule(document, width)
    writer.nodes(numbered(annex.body))


def _stamp(draft: Draft) -> dt.datetime:
    issued = draft.issued
    if issued.year is None or issued.month is None or issued.day is None:
        return _UNDATED
    return dt.datetime(issued.year, issued.month, issued.day, tzinfo=dt.UTC)
