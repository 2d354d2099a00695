"""Reading a workbook or a csv file into typed cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Protocol, cast

import openpyxl

from caunoi.foundation.spreadsheets.rules.cells import Cell, CellKind, Sheet, Value, Workbook
from caunoi.foundation.spreadsheets.rules.safety import FileKind, Limits, SpreadsheetRefused, kind_of
from caunoi.kernel.text import clean

STAMP_SHEET = "_caunoi"
"""Name of the deeply hidden sheet that carries the stamp of a template."""
CSV_SHEET = "CSV"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First signs by which a spreadsheet takes a text for a formula."""
_DELIMITERS = ",;\t"
LIMITS = Limits()


class _ReadCell(Protocol):
    """A cell as openpyxl reads it; an empty one has no place."""

    value: object
    data_type: str
    row: int
    column: int


class _ReadSheet(Protocol):
    """A sheet as openpyxl streams it."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterable[Sequence[_ReadCell]]: ...


def read(content: bytes, name: str, *, limits: Limits = LIMITS) -> Workbook:
    """Return what stands in an uploaded xlsx or csv file. ``name`` is only believed where the content agrees.

    Raises SpreadsheetRefused (``spreadsheet_macros``, ``…_encrypted``, ``…_bomb``, ``…_too_many_rows`` …).
    """
    if kind_of(content, name, limits) is FileKind.TEXT:
        return Workbook((_csv_sheet(content, limits),))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it leaves out; they are not read here
            return _workbook(content, limits)
    except SpreadsheetRefused:
        raise
    except Exception:  # noqa: BLE001 - whatever a damaged part does to the reader, the answer is the same
        raise SpreadsheetRefused("spreadsheet_broken") from None


def _workbook(content: bytes, limits: Limits) -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        if len(book.worksheets) > limits.sheets:
            raise SpreadsheetRefused("spreadsheet_too_many_sheets", limit=limits.sheets)
        sheets = tuple(_sheet(one, limits) for one in cast("list[_ReadSheet]", book.worksheets))
    finally:
        book.close()
    stamp = next((sheet for sheet in sheets if sheet.name == STAMP_SHEET), None)
    kept = tuple(sheet for sheet in sheets if sheet is not stamp)
    pairs = {row[0].printed: row[1].printed for row in stamp.rows if len(row) > 1} if stamp else {}
    return Workbook(kept, pairs)


def _sheet(sheet: _ReadSheet, limits: Limits) -> Sheet:
    sheet.reset_dimensions()  # the size that the file states is only a claim
    rows = _rows(sheet.title, _cells(sheet, limits), limits)
    return Sheet(clean(sheet.title), tuple(rows), sheet.sheet_state != "visible")


def _cells(sheet: _ReadSheet, limits: Limits) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each row that hold anything; rows that are wide with nothing in them use up a budget."""
    left = limits.rows * limits.columns
    for row in sheet.iter_rows():
        left -= len(row)
        if left < 0:
            raise SpreadsheetRefused("spreadsheet_too_many_columns", sheet=sheet.title, limit=limits.columns)
        yield tuple(made for cell in row if cell.value is not None for made in [_cell(cell)] if made.value != "")


def _cell(cell: _ReadCell) -> Cell:
    kind, value = _typed(cell.data_type, cell.value)
    return Cell(cell.row, cell.column, kind, value)


def _typed(data_type: str, value: object) -> tuple[CellKind, Value]:
    if data_type == "f":
        return CellKind.FORMULA, str(getattr(value, "text", value) or "=")
    if data_type == "e":
        return CellKind.ERROR, str(value)
    if isinstance(value, bool):
        return CellKind.TRUTH, value
    if isinstance(value, dt.datetime):
        return CellKind.DAY, value.date()
    if isinstance(value, dt.date):
        return CellKind.DAY, value
    if isinstance(value, int):
        return CellKind.NUMBER, Decimal(value)
    if isinstance(value, float):
        # a file may hold 3.0000000000000004 where the program that wrote it shows 3: it counts with 15 digits
        return CellKind.NUMBER, Decimal(f"{value:.15g}")
    return CellKind.TEXT, clean(str(value)).strip()


def _rows(sheet: str, rows: Iterable[tuple[Cell, ...]], limits: Limits) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows that hold anything; empty ones cost nothing but are not counted without end either."""
    held = 0
    for number, row in enumerate(rows, start=1):
        if not row:
            if number > 1_048_576:
                raise SpreadsheetRefused("spreadsheet_broken")
            continue
        held += 1
        if held > limits.rows:
            raise SpreadsheetRefused("spreadsheet_too_many_rows", sheet=sheet, limit=limits.rows)
        if row[-1].column > limits.columns:
            raise SpreadsheetRefused("spreadsheet_too_many_columns", sheet=sheet, limit=limits.columns)
        yield row


def _csv_sheet(content: bytes, limits: Limits) -> Sheet:
    text = decoded(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = list(islice(reader, limits.rows * 2))
    except csv.Error:
        raise SpreadsheetRefused("spreadsheet_broken") from None
    if next(reader, None) is not None:
        raise SpreadsheetRefused("spreadsheet_too_many_rows", sheet=CSV_SHEET, limit=limits.rows)
    rows = (tuple(_csv_cells(number, line)) for number, line in enumerate(lines, start=1))
    return Sheet(CSV_SHEET, tuple(_rows(CSV_SHEET, rows, limits)))


def _csv_cells(number: int, line: list[str]) -> Iterator[Cell]:
    for column, raw in enumerate(line, start=1):
        text = clean(raw).strip()
        if not text:
            continue
        if text.startswith("'") and text[1:].startswith(RISKY):
            yield Cell(number, column, CellKind.TEXT, text[1:])
            continue
        yield Cell(number, column, CellKind.FORMULA if text.startswith("=") else CellKind.TEXT, text)


def decoded(content: bytes) -> str:
    """Return the text of a csv file. Raises SpreadsheetRefused for another encoding."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise SpreadsheetRefused("spreadsheet_encoding") from None
    if "\0" in text:
        raise SpreadsheetRefused("spreadsheet_not_a_workbook")
    return text
