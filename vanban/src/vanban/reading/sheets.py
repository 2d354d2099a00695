"""Workbooks (annex forms): each sheet as rows of text, only what is filled.

Cells are taken from the XML as it streams by, never laid out in a grid: a workbook whose corners are filled costs two
cells, not a million rows.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vanban.diagnostics import Diagnostic, Severity, UnreadableError
from vanban.document import SourceText
from vanban.reading.archive import Archive
from vanban.reading.compose import compose
from vanban.reading.flow import Cell, Item, Paragraph, Table
from vanban.reading.limits import Deadline, Limits
from vanban.reading.numbering import attribute, child, local
from vanban.reading.sniff import MEDIA_TYPES, Kind

_ADDRESS = re.compile(r"([A-Z]{1,3})\d+")
_DAY_FORMATS = frozenset((14, 15, 16, 17, 22, 27, 30, 36, 45, 46, 47, 50, 57))
_DAY_LETTERS = re.compile(r"[dmy]", re.I)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zone


@dataclass(slots=True)
class _Book:
    shared: list[str] = field(default_factory=list)
    day_styles: frozenset[int] = frozenset()
    cells: int = 0


def read_xlsx(data: bytes, limits: Limits, deadline: Deadline) -> SourceText:
    """The text of an xlsx.

    Raises ``corrupt``, ``encrypted``, ``zip_bomb``, ``xml_entities``, ``too_large``, ``empty``.
    """
    with Archive(data, limits) as archive:
        book = _Book(_shared(archive), _day_styles(archive))
        items: list[Item] = []
        for name, part in _sheets(archive):
            root = archive.xml(part)
            rows = list(_rows(root, book, limits, deadline)) if root is not None else []
            if rows:
                items.append(Paragraph(name, bold=True))
                items.extend(rows)
        macros = any(name.endswith("vbaProject.bin") for name in archive.names)
    text, blocks = compose(items, limits.characters)
    if not text:
        raise UnreadableError("empty")
    diagnostics = (Diagnostic("macros_ignored", Severity.NOTE),) if macros else ()
    return SourceText(text, MEDIA_TYPES[Kind.XLSX], blocks, diagnostics=diagnostics)


def _shared(archive: Archive) -> list[str]:
    root = archive.xml("xl/sharedStrings.xml")
    return [_rich(item) for item in root] if root is not None else []


def _rich(item: etree._Element) -> str:
    """The text of a string with its runs; reading aids (``rPh``) are not printed."""
    plain = (part if local(part) == "t" else child(part, "t") for part in item if local(part) in ("t", "r"))
    return "".join(part.text or "" for part in plain if part is not None)


def _day_styles(archive: Archive) -> frozenset[int]:
    """Indexes of the cell styles that print a number as a day."""
    root = archive.xml("xl/styles.xml")
    own = {
        _whole(attribute(item, "numFmtId")): _QUOTED.sub("", attribute(item, "formatCode") or "")
        for item in _children(child(root, "numFmts"))
    }
    found: set[int] = set()
    for index, item in enumerate(_children(child(root, "cellXfs"))):
        key = _whole(attribute(item, "numFmtId"))
        if key in _DAY_FORMATS or (key in own and _DAY_LETTERS.search(own[key])):
            found.add(index)
    return frozenset(found)


def _children(element: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if element is None else iter(element)


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """Names and parts of the visible sheets, in the order of the tabs."""
    root = archive.xml("xl/workbook.xml")
    relations = archive.xml("xl/_rels/workbook.xml.rels")
    if root is None or relations is None:
        raise UnreadableError("corrupt")
    targets = {attribute(item, "Id"): attribute(item, "Target") or "" for item in relations}
    for sheet in _children(child(root, "sheets")):
        if attribute(sheet, "state") in ("hidden", "veryHidden"):
            continue
        target = targets.get(attribute(sheet, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.names:
            yield attribute(sheet, "name") or "", part


def _rows(root: etree._Element, book: _Book, limits: Limits, deadline: Deadline) -> Iterator[Item]:
    """Each filled row: as a line of its own when it holds one cell, else as a row of a table."""
    for row in _children(child(root, "sheetData")):
        deadline.check()
        cells = [(column, text) for column, text in _cells(row, book) if text]
        book.cells += len(cells)
        if book.cells > limits.cells:
            raise UnreadableError("too_large", limit=limits.cells, size=book.cells)
        if len(cells) == 1:
            yield Paragraph(cells[0][1])
        elif cells:
            grid = tuple(Cell((Paragraph(text),), column) for column, text in cells)
            yield Table((grid,), grid[-1].start + 1)


def _cells(row: etree._Element, book: _Book) -> Iterator[tuple[int, str]]:
    following = 0
    for cell in row:
        match = _ADDRESS.fullmatch(attribute(cell, "r") or "")
        column = _column(match.group(1)) if match else following
        following = column + 1
        yield column, _value(cell, book).strip()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, book: _Book) -> str:
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _rich(inline) if inline is not None else ""
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        index = _whole(text)
        return book.shared[index] if 0 <= index < len(book.shared) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    if kind == "n" and text:
        return _number(text, is_day=_whole(attribute(cell, "s") or "0") in book.day_styles)
    return text


def _number(text: str, *, is_day: bool) -> str:
    """A number as a person writes it: 12 for 12.0, a day as dd/mm/yyyy."""
    try:
        value = float(text)
    except ValueError:
        return text
    if is_day and 1 <= value < 2_900_000:
        moment = _EPOCH + dt.timedelta(seconds=round(value * 86_400))
        return moment.strftime("%d/%m/%Y") if value == int(value) else moment.strftime("%d/%m/%Y %H:%M")
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else f"{value:.10g}"


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else -1
