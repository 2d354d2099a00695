"""The foot of a document: recipients on the left, signing form, titles and name on the right."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell

from vanban.writing import ooxml, wording
from vanban.writing.draft import Draft

_SIGN_SIZE, _HEAD_SIZE, _LIST_SIZE = 14.0, 12.0, 11.0
_LEFT_SHARE = 0.5
_ROOM_FOR_SIGNATURE = 72.0


def write_foot(document: Document, draft: Draft, width: float) -> None:
    """Write the two blocks after the body; they stand on one page."""
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    table = document.add_table(rows=1, cols=2)
    _recipients(table.rows[0].cells[0], draft)
    _signature(table.rows[0].cells[1], draft)
    left = width * _LEFT_SHARE
    ooxml.fixed_table(table, [left, width - left], borders=False, margin_mm=0)
    ooxml.row_marks(table.rows[0], heading=False)


def _recipients(cell: _Cell, draft: Draft) -> None:
    head = ooxml.space(ooxml.first_paragraph(cell), keep_next=True)
    ooxml.put(head, "Nơi nhận:", _HEAD_SIZE, bold=True, italic=True)
    for text in wording.recipient_lines(draft):
        line = ooxml.space(cell.add_paragraph(), left_mm=2, first_mm=-2, keep_next=True)
        ooxml.put(line, text, _LIST_SIZE)


def _signature(cell: _Cell, draft: Draft) -> None:
    line = ooxml.first_paragraph(cell)
    for place, text in enumerate(wording.sign_lines(draft.signing)):
        line = cell.add_paragraph() if place else line
        ooxml.put(ooxml.space(line, align=WD_ALIGN_PARAGRAPH.CENTER, keep_next=True), text, _SIGN_SIZE, bold=True)
    if draft.signer:
        name = ooxml.space(cell.add_paragraph(), align=WD_ALIGN_PARAGRAPH.CENTER, before=_ROOM_FOR_SIGNATURE)
        ooxml.put(name, draft.signer, _SIGN_SIZE, bold=True)
