"""The vocabulary of the library: what a reader hands over and what a parser finds.

Everything is frozen and everything carries its place. A place is a ``Span`` of Unicode code points
in ``SourceText.text`` - the text exactly as stored or extracted, never a normalised copy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from vanban.diagnostics import Diagnostic

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


# --- what a reader hands over -----------------------------------------------------------------


class BlockKind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    HEADER_LEFT = "header_left"
    """Left block of the head of an official document: superior, issuer, number, "V/v"."""
    HEADER_RIGHT = "header_right"
    """Right block of the head: national title, motto, place and date."""
    FOOTER_LEFT = "footer_left"
    """Left block of the foot: "Nơi nhận" and its lines."""
    FOOTER_RIGHT = "footer_right"
    """Right block of the foot: signing form, title, name."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table row in reading order."""

    kind: BlockKind
    span: Span
    page: int | None = None
    """Page number from 1, where the format has pages."""
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in fractions (0-1) of its width and height, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where one printed word stands (text pdf and scans)."""

    page: int
    span: Span
    box: Box
    confidence: float = 1.0
    """0-1; below 1 only for words read by OCR."""


@dataclass(frozen=True, slots=True)
class Page:
    """Size of one page in points (1/72 inch) and the text it carries."""

    number: int
    width: float
    height: float
    span: Span
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file turned into text with its layout. ``text`` is what every span counts in."""

    text: str
    media_type: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    words: tuple[WordBox, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def boxes(self, span: Span) -> tuple[tuple[int, Box], ...]:
        """Rectangles (page, box) that cover ``span``, one for each line of words; empty without pages."""
        lines: list[tuple[int, Box]] = []
        for word in self.words:
            if not word.span.overlaps(span):
                continue
            if lines and lines[-1][0] == word.page and _same_line(lines[-1][1], word.box):
                lines[-1] = (word.page, _union(lines[-1][1], word.box))
            else:
                lines.append((word.page, word.box))
        return tuple(lines)


def _same_line(a: Box, b: Box) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _union(a: Box, b: Box) -> Box:
    return Box(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))


# --- what a parser finds ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value read from the text, with its place, the rule that found it and how sure it is."""

    value: T
    span: Span | None
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a document (NĐ 30/2020/NĐ-CP, Điều 8); ``None`` = not printed or unreadable."""

    doc_type: Fact[str] | None = None
    number: Fact[str] | None = None
    """Digits as printed, leading zeros kept."""
    symbol: Fact[str] | None = None
    """What follows the first slash or dash after the number."""
    issue_date: Fact[dt.date] | None = None
    issue_date_partial: str | None = None
    """``2023-01`` or ``2023`` when the day (and month) is blank or unreadable."""
    place: Fact[str] | None = None
    issuer: Fact[str] | None = None
    superior: Fact[str] | None = None
    title: Fact[str] | None = None
    """Trích yếu; a leading "V/v" is dropped, "Về việc" kept."""


class ClauseKind(StrEnum):
    """Level of a node of the outline."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    ITEM = "item"
    """A dash, plus or bullet."""
    PARAGRAPH = "paragraph"
    """A paragraph of the body without a marker."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the outline. ``id`` is stable: the path of markers (``II.1.a``), duplicates get ``~2``."""

    id: str
    parent_id: str | None
    kind: ClauseKind
    marker: str
    """As printed, without closing punctuation; empty for a paragraph."""
    text: str
    """Own text of the node, whitespace collapsed, without the text of its children."""
    span: Span
    """From the marker to the end of the last descendant."""
    own_span: Span
    """The node's own line or paragraph."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that starts with an outline marker (conventions of an annotation guide: marker as printed)."""

    level: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document by number, as printed."""

    type: str | None
    number: str
    symbol: str
    """Full code as printed, whitespace removed."""
    norm: str
    """The right code where print is defective, else equal to ``symbol``."""
    key: str
    """One canonical key for all variants of one document."""
    span: Span
    date: dt.date | None = None
    issuer: str | None = None
    about: str | None = None
    provision: str | None = None
    """"điểm a khoản 2 Điều 5", when a part of the document is cited."""
    refers_to: int | None = None
    """Index of the first full mention, for a short repeat."""
    is_basis: bool = False
    """Stands among the legal bases ("Căn cứ …", "Thực hiện …")."""
    is_self: bool = False
    clause_id: str | None = None
    rule: str = ""
    confidence: float = 1.0


class DeadlineKind(StrEnum):
    """Rhythm of a deadline."""

    ONCE = "once"
    ANNUAL = "annual"
    HALF_YEARLY = "half-yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    RELATIVE = "relative"


class Bound(StrEnum):
    """How the printed words bound the day."""

    STRICTLY_BEFORE = "strictly_before"
    """"trước ngày 10/12": the day itself is late."""
    NO_LATER_THAN = "no_later_than"
    """"chậm nhất ngày", "đến ngày", "không quá": the day itself is in time."""
    ON = "on"
    """A bare day or month in brackets: "6 tháng (05/5)"."""
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One time expression that binds somebody."""

    text: str
    span: Span
    kind: DeadlineKind
    dates: tuple[str, ...]
    """ISO day, ``MM-DD`` yearly, ``DD`` monthly, ``2023-Q3``, ``2023``, ``P7D-working``; empty = no day printed."""
    due: str | None
    """What is due, in the words of the text."""
    bound: Bound = Bound.UNSTATED
    is_open: bool = False
    """The text leaves the day open ("định kỳ hàng quý" without a day)."""
    alternatives: tuple[tuple[DeadlineKind, tuple[str, ...]], ...] = ()
    """Other honest readings: dated for one year but worded as yearly."""
    clause_id: str | None = None
    rule: str = ""
    confidence: float = 1.0


class ObligationKind(StrEnum):
    """What is ordered."""

    TASK = "task"
    REPORT = "report"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who owes what to whom through which desk by when."""

    kind: ObligationKind
    who: tuple[str, ...]
    what: str
    to_whom: tuple[str, ...]
    desk: str | None
    """The office it goes through: "qua Văn phòng Sở"."""
    onward_to: tuple[str, ...]
    """Where the receiver sends the summary: "để tổng hợp báo cáo UBND thành phố"."""
    deadlines: tuple[int, ...]
    """Indexes into ``ParsedDocument.deadlines``; each is a duty of its own."""
    span: Span
    clause_id: str | None
    open_questions: tuple[str, ...] = ()
    """Codes of what the text leaves open: ``day``, ``who``, ``to_whom``, ``yearly_or_once``."""
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of "Nơi nhận"."""

    name: str
    purpose: str | None
    """"để báo cáo", "để thực hiện" when printed in brackets."""
    span: Span


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed and how (NĐ 30/2020/NĐ-CP, Điều 13)."""

    name: str | None
    position: str | None
    sign_form: tuple[str, ...]
    """Of "TM.", "KT.", "TL.", "TUQ.", "Q."."""
    lines: tuple[str, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or opening with its time (invitations)."""

    text: str
    span: Span
    when: str
    what: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything read from one document. Never raised over: doubts are in ``diagnostics``."""

    source: SourceText
    header: Header
    clauses: tuple[Clause, ...] = ()
    headings: tuple[Heading, ...] = ()
    citations: tuple[Citation, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    addressees: tuple[Fact[str], ...] = ()
    recipients: tuple[Recipient, ...] | None = None
    signer: Signer | None = None
    report_to: tuple[Fact[str], ...] = ()
    events: tuple[Event, ...] = ()
    secrecy: Fact[str] | None = None
    """"MẬT", "TỐI MẬT", "TUYỆT MẬT" printed as a mark of the document itself."""
    diagnostics: tuple[Diagnostic, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text that every span counts in."""
        return self.source.text
