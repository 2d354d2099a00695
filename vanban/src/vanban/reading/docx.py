"""Word documents: paragraphs, tables, text boxes, lists with their printed markers, notes, page headers and footers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from vanban.diagnostics import Diagnostic, Severity, UnreadableError
from vanban.document import SourceText
from vanban.reading.archive import Archive
from vanban.reading.compose import compose
from vanban.reading.docx_styles import Looks, Styles, as_printed, paragraph_looks, run_looks
from vanban.reading.flow import Cell, Item, Paragraph, Table
from vanban.reading.limits import Deadline, Limits
from vanban.reading.numbering import Numbering, attribute, child, local, symbol
from vanban.reading.sniff import MEDIA_TYPES, Kind

# Deleted and moved-away text, field codes, properties and references print nothing.
_SILENT = frozenset((
    "del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "footnoteReference",
    "endnoteReference", "footnoteRef", "endnoteRef", "commentReference", "fldChar", "sdtPr", "sdtEndPr",
    "softHyphen", "rt",
))  # fmt: skip
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PRINTED = frozenset((*_LETTERS, "t", "sym"))
_PAGE_NUMBER = re.compile(r"(?:trang|page)?[\s\d/.\-–|]*", re.I)
_MOST_COLUMNS = 1_000


@dataclass(slots=True)
class _Line:
    """One paragraph while its runs are collected."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Item] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    italic: int = 0

    def put(self, text: str, looks: Looks) -> None:
        self.pieces.append(text)
        weight = len(text.strip())
        self.letters += weight
        self.bold += weight if looks.bold else 0
        self.italic += weight if looks.italic else 0


def read_docx(data: bytes, limits: Limits, deadline: Deadline) -> SourceText:
    """The text of a docx or docm.

    Raises ``corrupt``, ``encrypted``, ``zip_bomb``, ``xml_entities``, ``too_large``, ``empty``, ``no_text``.
    """
    with Archive(data, limits) as archive:
        main = _main_part(archive)
        root = archive.xml(main)
        body = child(root, "body")
        if body is None:
            raise UnreadableError("corrupt")
        folder = posixpath.dirname(main)
        reader = _Reader(
            Styles(archive.xml(f"{folder}/styles.xml")), Numbering(archive.xml(f"{folder}/numbering.xml")), deadline
        )
        items = [
            *_margins(archive, reader, f"{folder}/header"),
            *reader.items(body),
            *_notes(archive, reader, f"{folder}/footnotes.xml"),
            *_notes(archive, reader, f"{folder}/endnotes.xml"),
            *_margins(archive, reader, f"{folder}/footer"),
        ]
        diagnostics = _remarks(archive, root, folder)
    text, blocks = compose(items, limits.characters)
    if not text:
        raise UnreadableError("no_text" if diagnostics and diagnostics[-1].code == "pictures_not_read" else "empty")
    return SourceText(text, MEDIA_TYPES[Kind.DOCX], blocks, diagnostics=diagnostics)


def _main_part(archive: Archive) -> str:
    relations = archive.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            target = (attribute(relation, "Target") or "").lstrip("/")
            if target in archive.names:
                return target
    if "word/document.xml" not in archive.names:
        raise UnreadableError("corrupt")
    return "word/document.xml"


def _remarks(archive: Archive, root: etree._Element | None, folder: str) -> tuple[Diagnostic, ...]:
    found: list[str] = []
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        found.append("macros_ignored")
    if root is not None and any(local(item) == "altChunk" for item in root.iter("{*}altChunk")):
        found.append("embedded_part_not_read")
    if any(name.startswith(f"{folder}/media/") for name in archive.names):
        found.append("pictures_not_read")
    return tuple(Diagnostic(code, Severity.NOTE) for code in found)


def _margins(archive: Archive, reader: _Reader, prefix: str) -> Iterator[Item]:
    """Page headers or footers, each wording once; bare page numbers are left out."""
    seen: set[str] = set()
    for name in sorted(name for name in archive.names if name.startswith(prefix) and name.endswith(".xml")):
        root = archive.xml(name)
        for item in reader.items(root) if root is not None else ():
            words = item.text.strip() if isinstance(item, Paragraph) else "\n".join(_texts(item))
            if words not in seen and not _PAGE_NUMBER.fullmatch(words):
                seen.add(words)
                yield item


def _texts(table: Table) -> Iterator[str]:
    return (cell.text for row in table.rows for cell in row)


def _notes(archive: Archive, reader: _Reader, name: str) -> Iterator[Item]:
    """Footnotes or endnotes after the body, each with its number in square brackets."""
    root = archive.xml(name)
    count = 0
    for note in root if root is not None else ():
        if attribute(note, "type") not in (None, "normal"):
            continue
        count += 1
        for index, item in enumerate(reader.items(note)):
            if index == 0 and isinstance(item, Paragraph):
                yield Paragraph(f"[{count}] {item.text.strip()}", item.bold, item.italic, item.centred)
            else:
                yield item


class _Reader:
    """Walks the parts of one document in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering, deadline: Deadline) -> None:
        self._styles = styles
        self._numbering = numbering
        self._deadline = deadline

    def items(self, container: etree._Element) -> Iterator[Item]:
        """Paragraphs and tables of ``container``; a text box follows the paragraph it hangs on."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield self._table(element)
            elif name == "AlternateContent":
                yield from self.items(_choice(element))
            elif name not in _SILENT:
                yield from self.items(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Item]:
        self._deadline.check()
        properties = child(element, "pPr")
        style = self._styles.get(attribute(child(properties, "pStyle"), "val")).over(self._styles.default)
        looks = paragraph_looks(properties, Looks()).over(style)
        line = _Line()
        for part in element:
            self._run(part, looks, line)
        text = "".join(line.pieces).strip()
        marker = self._marker(looks) if text or looks.list_id else ""
        if text:
            yield Paragraph(
                f"{marker} {text}" if marker else text,
                bold=line.bold == line.letters,
                italic=line.italic == line.letters,
                centred=bool(looks.centred),
            )
        yield from line.boxes

    def _marker(self, looks: Looks) -> str:
        if looks.list_id is None or looks.list_id == "0":
            return ""
        return self._numbering.marker(looks.list_id, looks.list_level or 0)

    def _run(self, element: etree._Element, looks: Looks, line: _Line) -> None:
        name = local(element)
        if name == "r":
            properties = child(element, "rPr")
            style = self._styles.get(attribute(child(properties, "rStyle"), "val"))
            looks = run_looks(properties).over(style).over(looks)
        if name in _SILENT or looks.hidden:
            return
        if name == "txbxContent":
            line.boxes.extend(self.items(element))
        elif name in _PRINTED:
            line.put(_printed(element, name, looks), looks)
        else:
            for part in _choice(element) if name == "AlternateContent" else element:
                self._run(part, looks, line)

    def _table(self, element: etree._Element) -> Table:
        rows = tuple(self._row(row) for row in _within(element, "tr") if child(row, "trPr", "del") is None)
        columns = max((cell.start + cell.span for row in rows for cell in row), default=1)
        return Table(rows, columns)

    def _row(self, row: etree._Element) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        start = _count(attribute(child(row, "trPr", "gridBefore"), "val"), 0)
        for element in _within(row, "tc"):
            span = _count(attribute(child(element, "tcPr", "gridSpan"), "val"), 1)
            merge = child(element, "tcPr", "vMerge")
            continued = merge is not None and attribute(merge, "val") != "restart"
            cells.append(Cell(() if continued else tuple(self.items(element)), start, span))
            start += span
        return tuple(cells)


def _choice(element: etree._Element) -> etree._Element:
    """The one branch of an ``AlternateContent`` to read: both hold the same text box."""
    for name in ("Choice", "Fallback"):
        found = child(element, name)
        if found is not None:
            return found
    return element


def _within(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """Children called ``name``, also those wrapped in content controls or insertions."""
    for item in element:
        kind = local(item)
        if kind == name:
            yield item
        elif kind in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _within(item, name)


def _printed(element: etree._Element, name: str, looks: Looks) -> str:
    if name == "t":
        return as_printed(element.text or "", looks)
    return _symbol(element) if name == "sym" else _LETTERS[name]


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
        return symbol(chr(code)) if code else ""
    except (ValueError, OverflowError):
        return ""


def _count(text: str | None, default: int) -> int:
    return (
        min(int(text), _MOST_COLUMNS)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 6
        else default
    )
