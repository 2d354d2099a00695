"""Handing a wrong file back: a comment at each wrong cell and a column that says what to mend in each row."""

from __future__ import annotations

import csv
import io
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from caunoi.foundation.spreadsheets.operations.reading import CSV_SHEET, LIMITS, RISKY, decoded
from caunoi.foundation.spreadsheets.operations.words import sentence_of
from caunoi.foundation.spreadsheets.rules.cells import letters_of
from caunoi.foundation.spreadsheets.rules.checking import ERRORS_LABEL, HEAD_WITHIN
from caunoi.foundation.spreadsheets.rules.findings import Finding
from caunoi.foundation.spreadsheets.rules.safety import FileKind, kind_of

COMMENTED = 2000
"""Comments in one file; beyond these the column of errors alone speaks."""
_RED = PatternFill("solid", start_color="FFF8D7DA")
_ROW = PatternFill("solid", start_color="FFFFF3CD")


def annotate(content: bytes, name: str, findings: Sequence[Finding], *, head_row: int = 1) -> bytes:
    """Return the file with what is wrong written into it; a csv gets the column of errors alone.

    Whoever fetches it need not be who sent it: texts of a csv that begin as a formula are put in quotes, which
    ``read`` takes away again.
    """
    if kind_of(content, name, LIMITS) is FileKind.TEXT:
        return _annotated_csv(content, findings, head_row)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.sheet].append(finding)
    for sheet in book.worksheets:
        if found := grouped.get(sheet.title):
            _annotate_sheet(sheet, found, head_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _annotate_sheet(sheet: Worksheet, findings: Sequence[Finding], head_row: int) -> None:
    column = _errors_column(sheet, head_row)
    _clear(sheet, column)
    head = sheet.cell(head_row, column, ERRORS_LABEL)
    head.font, head.fill = Font(bold=True), _RED
    for number, lines in _by_row(findings, head_row).items():
        said = "\n".join([ERRORS_LABEL, *lines] if number == head_row else lines)
        cell = sheet.cell(number, column, said)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.fill = _ROW
    for finding in findings[:COMMENTED]:
        if finding.row and finding.column:
            wrong = sheet.cell(finding.row, finding.column)
            wrong.fill = _RED
            wrong.comment = Comment(sentence_of(finding), "Cầu Nối", width=320, height=120)
    sheet.column_dimensions[letters_of(column)].width = 60


def _errors_column(sheet: Worksheet, head_row: int) -> int:
    last = sheet.max_column or 0
    for number in range(1, last + 1):
        if str(sheet.cell(head_row, number).value or "").startswith(ERRORS_LABEL):
            return number
    return last + 1


def _clear(sheet: Worksheet, column: int) -> None:
    """Take away what an earlier hand-back had said."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == "Cầu Nối":
                cell.comment = None
                cell.fill = PatternFill()
            if cell.column == column and cell.value is not None:
                cell.value, cell.fill = None, PatternFill()


def _by_row(findings: Sequence[Finding], head_row: int) -> Mapping[int, list[str]]:
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for finding in findings:
        lines[finding.row or head_row].append(sentence_of(finding))
    return lines


def _annotated_csv(content: bytes, findings: Sequence[Finding], head_row: int) -> bytes:
    text = decoded(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    lines = _by_row([one for one in findings if one.sheet == CSV_SHEET], head_row)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
        if number <= HEAD_WITHIN and ERRORS_LABEL in row:
            row = row[: row.index(ERRORS_LABEL)]
        said = " ".join(lines.get(number, []))
        row = [f"'{text}" if text.startswith(RISKY) else text for text in row]
        writer.writerow([*row, ERRORS_LABEL if number == head_row else said])
    return out.getvalue().encode("utf-8-sig")
