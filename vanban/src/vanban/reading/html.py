"""HTML: the visible text with its block structure; a table that lays out head or foot is read by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vanban.diagnostics import UnreadableError
from vanban.document import SourceText
from vanban.reading.compose import compose
from vanban.reading.encodings import decode
from vanban.reading.flow import Cell, Item, Paragraph, Table
from vanban.reading.limits import Deadline, Limits
from vanban.reading.numbering import shape_number
from vanban.reading.sniff import MEDIA_TYPES, Kind

_ENTITY = re.compile(r"<\s*!\s*ENTITY", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_CHARSETS = re.compile(r"(?:windows-|cp)125\d|iso-8859-\d{1,2}|us-ascii|utf-?8")
_SILENT = frozenset(
    ("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "select", "textarea", "title")
)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul", "caption",
    "tbody", "thead", "tfoot", "tr", "td", "th", "table",
))
# fmt: on
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_ITALIC = frozenset(("i", "em"))
_SHAPES = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 200
_MOST_COLUMNS = 1_000


def read_html(data: bytes, limits: Limits, deadline: Deadline) -> SourceText:
    """The visible text of an HTML page. Raises ``xml_entities``, ``corrupt``, ``too_large`` and ``empty``."""
    page = _decode(data)
    if _ENTITY.search(page):
        raise UnreadableError("xml_entities")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("corrupt") from error
    if root is None:
        raise UnreadableError("empty")
    reader = _Reader(deadline)
    text, blocks = compose(reader.items(root), limits.characters)
    if not text:
        raise UnreadableError("empty")
    return SourceText(text, MEDIA_TYPES[Kind.HTML], blocks)


def _decode(data: bytes) -> str:
    """The page as text: by its mark, its declaration, else by what the bytes say."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        found = _CHARSET.search(data[:4096])
        declared = found.group(1).decode("ascii").lower() if found else ""
        text = _by_declaration(data, declared)
        if text is not None:
            return text
    try:
        return decode(data).text.lstrip("\ufeff")
    except UnreadableError:
        return data.decode("utf-8", "replace")


def _by_declaration(data: bytes, name: str) -> str | None:
    if not _CHARSETS.fullmatch(name):
        return None
    try:
        return data.decode(name)
    except (LookupError, ValueError):
        return None  # a wrong declaration is common; the bytes decide


@dataclass(slots=True)
class _Open:
    """The paragraph being collected."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    italic: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    centred: bool = False
    keep: bool = False
    """Whitespace is kept (``pre``)."""
    depth: int = 0


class _Reader:
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._counts: dict[etree._Element, int] = {}

    def items(self, element: etree._Element, style: _Style | None = None) -> list[Item]:
        """Paragraphs and tables inside ``element``."""
        found: list[Item] = []
        line = _Open()
        self._walk(element, style or _Style(), found, line)
        _close(found, line)
        return found

    def _walk(self, element: etree._Element, style: _Style, found: list[Item], line: _Open) -> None:
        name = _name(element)
        if name in _SILENT or _is_hidden(element):
            return
        if style.depth > _DEEPEST:
            raise UnreadableError("corrupt")
        style = _styled(element, name, style)
        if name == "table":
            _close(found, line)
            found.append(self._table(element, style))
            return
        if name in _BLOCKS:
            _close(found, line)
            line.centred = style.centred
        self._start(element, name, style, line)
        for child in element:
            self._walk(child, style, found, line)
            _put(line, child.tail, style)
        if name in _BLOCKS:
            _close(found, line)

    def _start(self, element: etree._Element, name: str, style: _Style, line: _Open) -> None:
        self._deadline.check()
        if name == "br":
            line.pieces.append("\n")
        elif name == "li":
            _put(line, self._marker(element) + " ", style)
        _put(line, element.text, style)

    def _marker(self, item: etree._Element) -> str:
        """The marker a browser prints before a list item."""
        parent = item.getparent()
        if parent is None or _name(parent) != "ol":
            return "-"
        count = _small(item.get("value"), self._counts.get(parent, _small(parent.get("start"), 1) - 1) + 1)
        self._counts[parent] = count
        return f"{shape_number(count, _SHAPES.get(parent.get('type') or '', 'decimal'))}."

    def _table(self, element: etree._Element, style: _Style) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(element):
            cells: list[Cell] = []
            start = 0
            for cell in row:
                if _name(cell) not in ("td", "th") or _is_hidden(cell):
                    continue
                span = _span(cell.get("colspan"))
                cells.append(Cell(tuple(self.items(cell, style)), start, span))
                start += span
            rows.append(tuple(cells))
        return Table(tuple(rows), max((cell.start + cell.span for row in rows for cell in row), default=1))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _is_hidden(element: etree._Element) -> bool:
    if "hidden" in element.attrib:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style


def _styled(element: etree._Element, name: str, style: _Style) -> _Style:
    css = (element.get("style") or "").replace(" ", "").lower()
    side = (element.get("align") or "").lower()
    centred = name == "center" or side == "center" or "text-align:center" in css
    other = side in ("left", "right", "justify") or "text-align:" in css
    return _Style(
        bold=(style.bold or name in _BOLD or "font-weight:bold" in css or "font-weight:700" in css)
        and "font-weight:normal" not in css,
        italic=style.italic or name in _ITALIC or "font-style:italic" in css,
        centred=centred or (style.centred and not other),
        keep=style.keep or name == "pre" or "white-space:pre" in css,
        depth=style.depth + 1,
    )


def _put(line: _Open, text: str | None, style: _Style) -> None:
    if not text:
        return
    text = text if style.keep else _SPACES.sub(" ", text)
    line.pieces.append(text)
    weight = len(text.strip())
    line.letters += weight
    line.bold += weight if style.bold else 0
    line.italic += weight if style.italic else 0


def _close(found: list[Item], line: _Open) -> None:
    text = re.sub(r" {2,}", " ", "".join(line.pieces)) if line.pieces else ""
    text = re.sub(r" ?\n ?", "\n", text).strip()
    if text:
        found.append(Paragraph(text, line.bold == line.letters, line.italic == line.letters, line.centred))
    line.pieces.clear()
    line.letters = line.bold = line.italic = 0
    line.centred = False


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for item in table:
        name = _name(item)
        if name == "tr":
            yield item
        elif name in ("tbody", "thead", "tfoot"):
            yield from (row for row in item if _name(row) == "tr")


def _small(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def _span(text: str | None) -> int:
    return max(1, min(_small(text, 1), _MOST_COLUMNS))
