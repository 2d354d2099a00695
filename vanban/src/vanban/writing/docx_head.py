"""The head of a document: national title, bodies, number, place and date, type and subject, addressees, bases."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from vanban.writing import ooxml, wording
from vanban.writing.draft import Draft, Urgency
from vanban.writing.measure import balanced_lines, width_mm

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_LEFT_MM = 62.0
_NAME_SIZE, _MOTTO_SIZE, _NUMBER_SIZE, _TYPE_SIZE, _TEXT_SIZE = 12.0, 13.0, 13.0, 14.0, 14.0
_SUBJECT_SIZE = 12.0
_RULE_SHARE = 0.4
_RULE_LEAST_MM = 12.0
_FRAME_MM = {Urgency.EXPRESS: 30.0, Urgency.VERY_URGENT: 40.0, Urgency.URGENT: 20.0}
_FIRST_MM = 12.7
_ROOM_MM, _ROOM_SHARE = 2.0, 0.03
"""Slack for the difference between typefaces when a name is broken by indents."""


def write_head(document: Document, draft: Draft, width: float) -> None:
    """Write everything above the body."""
    _blocks(document, draft, width)
    if draft.is_letter:
        _addressees(document, draft, before=12)
    else:
        _type_and_subject(document, draft, width)
        _addressees(document, draft, before=6)
    _authority_and_bases(document, draft)


def short_rule(document: Document, width: float, *, of_mm: float | None = None) -> None:
    """A centred rule, by default a third of half the page, with a little air under it."""
    line = document.add_paragraph()
    ooxml.rule(line, width, of_mm or width / 6)
    line.paragraph_format.space_after = Pt(6)


def _blocks(document: Document, draft: Draft, width: float) -> None:
    right_mm = width - _LEFT_MM
    table = document.add_table(rows=2, cols=2)
    _bodies(table.rows[0].cells[0], draft)
    _national(table.rows[0].cells[1], right_mm)
    _number_and_date(table.rows[1], draft, right_mm)
    if draft.is_letter:
        line = ooxml.first_paragraph(table.add_row().cells[0])
        _evenly(line, wording.subject_line(draft), _SUBJECT_SIZE, before=6)
    if draft.urgency:
        _urgency(ooxml.first_paragraph(table.add_row().cells[0]), draft.urgency)
    ooxml.fixed_table(table, [_LEFT_MM, right_mm], borders=False, margin_mm=0)
    for row in table.rows:
        ooxml.row_marks(row, heading=False)


def _bodies(cell: _Cell, draft: Draft) -> None:
    line = ooxml.first_paragraph(cell)
    if draft.superior:
        _evenly(line, draft.superior.upper(), _NAME_SIZE)
        line = cell.add_paragraph()
    name = draft.issuer.upper()
    last = _evenly(line, name, _NAME_SIZE, bold=True)
    length = max(_RULE_LEAST_MM, width_mm(last, _NAME_SIZE, bold=True) * _RULE_SHARE)
    ooxml.rule(cell.add_paragraph(), _LEFT_MM, length)


def _national(cell: _Cell, right_mm: float) -> None:
    title = ooxml.first_paragraph(cell)
    ooxml.put(ooxml.space(title, align=CENTRE), wording.NATIONAL_TITLE, _NAME_SIZE, bold=True)
    motto = cell.add_paragraph()
    ooxml.put(ooxml.space(motto, align=CENTRE), wording.MOTTO, _MOTTO_SIZE, bold=True)
    ooxml.rule(cell.add_paragraph(), right_mm, width_mm(wording.MOTTO, _MOTTO_SIZE, bold=True))


def _number_and_date(row: _Row, draft: Draft, right_mm: float) -> None:
    number = ooxml.first_paragraph(row.cells[0])
    ooxml.put(ooxml.space(number, align=CENTRE, before=4), wording.number_line(draft), _NUMBER_SIZE)
    words = wording.date_line(draft)
    size = _TEXT_SIZE if width_mm(words, _TEXT_SIZE) * (1 + _ROOM_SHARE) < right_mm - 4 * _ROOM_MM else _NUMBER_SIZE
    date = ooxml.first_paragraph(row.cells[1])
    ooxml.put(ooxml.space(date, align=CENTRE, before=4), words, size, italic=True)


def _evenly(line: WordParagraph, text: str, size: float, *, bold: bool = False, before: float = 0) -> str:
    """Write ``text`` centred in the left column, its lines of like length; the last line is returned."""
    lines = balanced_lines(text, size, _LEFT_MM * (1 - _ROOM_SHARE) - _ROOM_MM, bold=bold)
    ooxml.space(line, align=CENTRE, before=before)
    ooxml.put_lines(line, lines, size, bold=bold)
    return lines[-1]


def _urgency(line: WordParagraph, urgency: Urgency) -> None:
    margin = (_LEFT_MM - _FRAME_MM[urgency]) / 2
    ooxml.space(line, align=CENTRE, left_mm=margin, right_mm=margin, before=8)
    ooxml.put(line, urgency, _TEXT_SIZE, bold=True, colour=ooxml.RED)
    ooxml.frame(line, "FF0000")


def _type_and_subject(document: Document, draft: Draft, width: float) -> None:
    kind = ooxml.space(document.add_paragraph(), align=CENTRE, before=14, keep_next=True)
    ooxml.put(kind, draft.doc_type.upper(), _TYPE_SIZE, bold=True)
    lines = balanced_lines(draft.title, _TEXT_SIZE, width * 0.85, bold=True)
    subject = ooxml.space(document.add_paragraph(), align=CENTRE, keep_next=True)
    ooxml.put_lines(subject, lines, _TEXT_SIZE, bold=True)
    last = width_mm(lines[-1], _TEXT_SIZE, bold=True)
    short_rule(document, width, of_mm=max(_RULE_LEAST_MM, last * _RULE_SHARE))


def _addressees(document: Document, draft: Draft, *, before: float) -> None:
    if not draft.addressees:
        return
    lines = wording.addressee_lines(draft.addressees)
    first = document.add_paragraph()
    if len(lines) == 1:
        ooxml.space(first, align=CENTRE, before=before, after=10)
        ooxml.put(first, f"Kính gửi: {lines[0]}", _TEXT_SIZE)
        return
    ooxml.space(first, before=before, left_mm=30, keep_next=True)
    ooxml.put(first, "Kính gửi:", _TEXT_SIZE)
    for place, text in enumerate(lines):
        line = document.add_paragraph()
        after = 10.0 if place == len(lines) - 1 else 0.0
        ooxml.space(line, left_mm=55, first_mm=-3, after=after)
        ooxml.put(line, text, _TEXT_SIZE)


def _authority_and_bases(document: Document, draft: Draft) -> None:
    if draft.authority:
        line = ooxml.space(document.add_paragraph(), align=CENTRE, before=6, after=10, keep_next=True)
        ooxml.put(line, draft.authority.upper(), _TEXT_SIZE, bold=True)
    for text in wording.base_lines(draft.bases):
        line = document.add_paragraph()
        ooxml.space(line, align=WD_ALIGN_PARAGRAPH.JUSTIFY, first_mm=_FIRST_MM, after=6, line=1.1)
        ooxml.put(line, text, _TEXT_SIZE, italic=True)
    enacting = wording.enacting_words(draft)
    if enacting:
        line = ooxml.space(document.add_paragraph(), align=CENTRE, before=6, after=10, keep_next=True)
        ooxml.put(line, enacting.upper(), _TEXT_SIZE, bold=True)
