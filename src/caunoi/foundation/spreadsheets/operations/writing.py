"""Writing: the file to be filled in, and lists that leave the system."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from caunoi.foundation.spreadsheets.operations.reading import RISKY, STAMP_SHEET
from caunoi.foundation.spreadsheets.rules.cells import letters_of
from caunoi.foundation.spreadsheets.rules.columns import Column, ValueKind
from caunoi.foundation.spreadsheets.rules.findings import Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LISTS_SHEET = "_danh_muc"
Shown = str | int | Decimal | dt.date | bool | None
FILLABLE = 5000
"""Rows of a template whose cells offer the lists to choose from."""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet to be filled in, or one that stands filled already."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Shown]] = ()


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list that leaves the system: heads and rows."""

    name: str
    heads: Sequence[Words]
    rows: Iterable[Sequence[Shown]]
    widths: Sequence[int] = field(default_factory=tuple)


def write_template(sheets: Sequence[TemplateSheet], *, help_lines: Sequence[Words], stamp: Mapping[str, str]) -> bytes:
    """Return an xlsx to be filled in: heads, lists to choose from, texts as typed, help, a hidden stamp."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        text, head = book.add_format({"num_format": "@"}), _head_format(book)
        lists: list[list[str]] = []
        for spec in sheets:
            _template_sheet(book, spec, text, head, lists)
        _help_sheet(book, sheets, help_lines)
        _hidden(book, LISTS_SHEET, list(map(list, _turned(lists))))
        _hidden(book, STAMP_SHEET, [[name, value] for name, value in stamp.items()])
    return out.getvalue()


def _head_format(book: Book) -> Format:
    look = {"bold": True, "bg_color": "#DCE9E9", "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
    return book.add_format(look)


def _template_sheet(book: Book, spec: TemplateSheet, text: Format, head: Format, lists: list[list[str]]) -> None:
    sheet = book.add_worksheet(spec.name[:31])
    for index, column in enumerate(spec.columns):
        sheet.set_column(index, index, column.width, text)
        sheet.write_string(0, index, f"{column.label} *" if column.required else str(column.label), head)
        words = str(column.help)
        if words:
            sheet.write_comment(0, index, words, {"x_scale": 2})
        if column.kind is ValueKind.CHOICE:
            _offer(sheet, index, column, lists)
    for number, row in enumerate(spec.rows, start=1):
        for index, column in enumerate(spec.columns):
            _write(sheet, number, index, row.get(column.key), text, text)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)


def _offer(sheet: Worksheet, index: int, column: Column, lists: list[list[str]]) -> None:
    words = [str(label) for label in column.choices.values()]
    lists.append(words)
    letter = letters_of(len(lists))
    sheet.data_validation(
        1, index, FILLABLE, index,
        {
            "validate": "list",
            "source": f"='{LISTS_SHEET}'!${letter}$1:${letter}${max(len(words), 1)}",
            "error_type": "warning",
            "error_title": str(column.label)[:32],
            "error_message": gettext("Hãy chọn một giá trị trong danh sách."),
        },
    )  # fmt: skip


def _turned(lists: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    for row in range(max((len(words) for words in lists), default=0)):
        yield tuple(words[row] if row < len(words) else "" for words in lists)


def _help_sheet(book: Book, sheets: Sequence[TemplateSheet], lines: Sequence[Words]) -> None:
    sheet = book.add_worksheet(gettext("Hướng dẫn"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate((26, 30, 12, 70, 34)):
        sheet.set_column(index, index, width, wrap)
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, str(line))
    start = len(lines) + 1
    heads = (gettext("Trang"), gettext("Cột"), gettext("Bắt buộc"), gettext("Cách ghi"), gettext("Ví dụ"))
    for index, words in enumerate(heads):
        sheet.write_string(start, index, words, bold)
    told = [(spec.name, column) for spec in sheets for column in spec.columns]
    for number, (name, column) in enumerate(told, start=start + 1):
        required = gettext("có") if column.required else ""
        for index, words in enumerate((name, str(column.label), required, str(column.help), column.example)):
            sheet.write_string(number, index, words)


def _hidden(book: Book, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for index, words in enumerate(row):
            if words:
                sheet.write_string(number, index, words)
    sheet.very_hidden()


def write_list(sheets: Sequence[ListSheet]) -> bytes:
    """Return lists as one xlsx, a sheet each; texts are written as texts, so nothing in them is taken for a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head, text = _head_format(book), book.add_format({"num_format": "@", "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for spec in sheets:
            sheet = book.add_worksheet(spec.name[:31])
            for index, label in enumerate(spec.heads):
                sheet.set_column(index, index, spec.widths[index] if index < len(spec.widths) else 24)
                sheet.write_string(0, index, str(label), head)
            number = 0
            for number, row in enumerate(spec.rows, start=1):
                for index, value in enumerate(row):
                    _write(sheet, number, index, value, text, day)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, number, max(len(spec.heads) - 1, 0))
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Shown, text: Format, day: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "x" if value else "", text)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date) and day is text:
        sheet.write_string(row, column, value.strftime("%d/%m/%Y"), text)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
    else:
        sheet.write_string(row, column, value, text)


def write_csv(heads: Sequence[Words], rows: Iterable[Sequence[Shown]]) -> bytes:
    """Return a list as csv that a spreadsheet opens rightly: UTF-8 with BOM, and no text that begins as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([str(head) for head in heads])
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
    return f"'{text}" if text.startswith(RISKY) else text
