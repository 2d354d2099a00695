"""What a document is before it is written: frozen data, no layout, no clock, no framework.

The caller says what stands in the document; ``vanban.writing.docx.write`` knows how NĐ 30/2020/NĐ-CP wants it laid out.
Texts are given bare: punctuation that the decree prescribes (";" after a basis, "./." at the end, "- " before a
recipient, "V/v" before the subject of a dispatch) is added by the writer, never by the caller.
``source`` on texts is opaque to the writer and is never printed: the caller's trace from a sentence to its origin.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

OFFICIAL_LETTER = "Công văn"
DECISION = "Quyết định"


class Align(StrEnum):
    """How a text stands in its line or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Level(StrEnum):
    """Level of a section, which decides its look (Phụ lục I, mục II.6 of the decree)."""

    PART = "part"
    """"Phần I" with its title on a line of its own, both centred."""
    CHAPTER = "chapter"
    """"Chương I", as a part."""
    DIVISION = "division"
    """"Mục 1", as a part."""
    ARTICLE = "article"
    """"Điều 1." in bold."""
    ROMAN = "roman"
    """"I." of documents without articles: bold capitals."""
    CLAUSE = "clause"
    """"1.", bold when it has a title of its own."""
    SUBCLAUSE = "subclause"
    """"1.1.", bold italic when it has a title of its own."""
    POINT = "point"
    """"a)" in the Vietnamese alphabet, with đ."""


class Mark(StrEnum):
    """Mark of an unnumbered item."""

    DASH = "-"
    PLUS = "+"


class Orientation(StrEnum):
    """How the page of an annex lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class SignForm(StrEnum):
    """By what right somebody signs (Điều 13 of the decree)."""

    ON_BEHALF = "TM."
    FOR_HEAD = "KT."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."
    ACTING = "Q."


class Urgency(StrEnum):
    """Degree of urgency, stamped in a red frame (Điều 8, khoản 3)."""

    EXPRESS = "HỎA TỐC"
    VERY_URGENT = "THƯỢNG KHẨN"
    URGENT = "KHẨN"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    source: str | None = None

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(run.text for run in self.runs)


def paragraph(text: str, *, source: str | None = None) -> Paragraph:
    """A plain paragraph of ``text``."""
    return Paragraph((Run(text),), source=source)


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph behind a dash or a plus, with items under it."""

    content: Paragraph
    mark: Mark = Mark.DASH
    children: tuple[Item, ...] = ()


def item(text: str, *children: Item, mark: Mark = Mark.DASH, source: str | None = None) -> Item:
    """A plain item of ``text``."""
    return Item(paragraph(text, source=source), mark, children)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``align`` ``None`` takes that of the column (headings are centred)."""

    text: str
    bold: bool = False
    italic: bool = False
    align: Align | None = None
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans; the rows below then leave this cell out."""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``share`` of the width in any unit (3 is three times as wide as 1)."""

    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table; its heading rows repeat on every page and no row is split between pages."""

    columns: tuple[Column, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str | None = None
    """Printed above, centred and bold."""
    unit: str | None = None
    """"Đơn vị tính: …", printed above on the right in italics."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, as a rule a chart: PNG bytes, words for those who cannot see it, width in millimetres."""

    png: bytes = field(repr=False)
    alt: str
    caption: str | None = None
    width_mm: float = 150.0


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the body. ``marker`` is bare ("I", "1", "a", "Điều 1" → "1"); "" is numbered by the writer.

    With an empty ``title`` the marker stands before the first paragraph of ``children``.
    """

    level: Level
    title: str = ""
    children: tuple[Node, ...] = ()
    marker: str = ""
    source: str | None = None


Node = Section | Paragraph | Item | TableNode | Picture


@dataclass(frozen=True, slots=True)
class IssueDate:
    """Parts of the date of issue; ``None`` leaves the place blank for the clerk's hand."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class SentTo:
    """A line of "Nơi nhận"; ``purpose`` ("để báo cáo") is printed in brackets."""

    name: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class SignLine:
    """A line above the signature: "KT. GIÁM ĐỐC" is ``SignLine("GIÁM ĐỐC", SignForm.FOR_HEAD)``."""

    title: str
    form: SignForm | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own, numbered from 1 again.

    ``note`` is the line in brackets under the title: ``None`` = made from the draft, "" = none (as on electronic
    originals).
    """

    title: str
    body: tuple[Node, ...]
    orientation: Orientation = Orientation.PORTRAIT
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that stands in a document to be written."""

    issuer: str
    """The body that issues, in ordinary letters; the writer prints capitals."""
    place: str
    symbol: str
    """What follows the slash: "KH-SGDĐT", "SGDĐT-VP"."""
    title: str
    """Trích yếu, without "V/v"."""
    doc_type: str = OFFICIAL_LETTER
    superior: str | None = None
    number: str | None = None
    """Digits; ``None`` leaves the place blank."""
    issued: IssueDate = IssueDate()
    addressees: tuple[str, ...] = ()
    authority: str | None = None
    """Decisions: who decides ("Giám đốc Sở Giáo dục và Đào tạo")."""
    bases: tuple[str, ...] = ()
    """Each a whole line: "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019"."""
    enacting: str | None = None
    """Decisions: the word before the articles; ``None`` = "QUYẾT ĐỊNH:" for a decision, else nothing."""
    body: tuple[Node, ...] = ()
    recipients: tuple[SentTo, ...] = ()
    archive: str = "VT"
    """What follows "Lưu:": "VT, VP.NL.(05)"."""
    signing: tuple[SignLine, ...] = ()
    signer: str | None = None
    annexes: tuple[Annex, ...] = ()
    urgency: Urgency | None = None
    close_body: bool = True
    """Whether the writer ends the body with "./."."""

    @property
    def is_letter(self) -> bool:
        """Whether it is a dispatch (công văn), which has no type line."""
        return self.doc_type == OFFICIAL_LETTER
