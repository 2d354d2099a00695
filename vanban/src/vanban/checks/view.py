"""The document as the rules read it: normal text, passages with wrapped lines joined, and the zones head, body, foot.

Rules work in offsets of the normal text; ``View.finding`` leads them back to the text as stored.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vanban.checks.finding import Finding, Klass
from vanban.checks.lexicon import is_impossible, mistaken_pair
from vanban.diagnostics import Severity
from vanban.document import Citation, ParsedDocument, Span
from vanban.text.fold import CAPITAL, SMALL, fold
from vanban.text.lines import Line, split_lines
from vanban.text.normal import NormalText

_MARKER = re.compile(r"(?:[-–+•*]|[IVXLC]{1,6}\s?[.)/]|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]|[a-zđ]\s?\)|[a-zđ]\.\s)\s*")
_MARKER_WORD = re.compile(r"(?:Phần|Chương|Mục|Điều|Phụ lục)\s+[IVXLC\d]+")
_FOOT = re.compile(r"\W*noi nhan\s*[:;.]?\s*\Z|\W*noi nhan\s*:")
_ENDS = re.compile(r"[.;:!?…/][\"”’)\]]*\Z")
_LOWER = re.compile(rf"[{SMALL}]")
_SPACES = re.compile(r"\s+")
_WRAPPED_PAIRS = 6
_WRAPPED_SHARE = 0.12
_PAGE_WIDTH, _FULL_SHARE = 160, 0.75
_MISREAD_SYLLABLES = 4
_MISREAD_COMPOUNDS, _MISREAD_EVERY = 8, 500
_UNACCENTED = 0.97
"""Vietnamese has an accent on every fourth letter; a text with next to none has lost them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or table row with its white space collapsed; ``at[i]`` is where character ``i`` stands."""

    text: str
    at: tuple[int, ...]
    row: bool
    lines: tuple[Line, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the normal text of ``text[start:end]`` (which is not empty)."""
        return self.at[start], self.at[end - 1] + 1

    @property
    def start(self) -> int:
        """Where the passage begins in the normal text."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.lines[-1].end


class View:
    """One parsed document made ready for rules."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.parsed = parsed
        self.normal = NormalText.of(parsed.text)
        self.text = self.normal.text

    # --- zones ------------------------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Physical lines that are not empty."""
        return tuple(split_lines(self.normal, self.parsed.source))

    @cached_property
    def foot_start(self) -> int:
        """Where the recipients or the signature begin; the end of the text if there are none."""
        starts = [
            line.start
            for line in self.lines
            if line.start >= self.body_start and _FOOT.match(fold(self.text[line.start : line.end]))
        ]
        signer = self.parsed.signer
        if signer is not None and signer.span is not None:
            starts.append(self.normal.from_original(signer.span.start))
        return min((start for start in starts if start > self.body_start), default=len(self.text))

    @cached_property
    def body_start(self) -> int:
        """Where the head ends: after number, date, type and title, before bases."""
        header = self.parsed.header
        facts = (header.number, header.symbol, header.issue_date, header.place, header.doc_type, header.title)
        ends = [fact.span.end for fact in facts if fact is not None and fact.span is not None]
        ends += [fact.span.end for fact in self.parsed.addressees if fact.span is not None]
        limit = self.first_heading
        ends = [end for end in ends if end <= limit]
        return self.normal.from_original(max(ends)) if ends else 0

    @cached_property
    def first_heading(self) -> int:
        """Offset as stored of the first outline line; the end of the text if there is none."""
        return min((heading.span.start for heading in self.parsed.headings), default=len(self.parsed.text))

    @cached_property
    def body_lines(self) -> tuple[Line, ...]:
        """Lines of the body, without head, foot and table rows."""
        return tuple(line for line in self.lines if self.body_start <= line.start < self.foot_start and not line.row)

    # --- passages ---------------------------------------------------------------------------------------------------

    @cached_property
    def is_wrapped(self) -> bool:
        """Whether one paragraph spans several physical lines, so that a line end says nothing."""
        pairs = list(self.broken_pairs())
        longest = max((line.end - line.start for line in self.body_lines), default=0)
        if pairs and longest < _PAGE_WIDTH:
            full = [first for first, _ in pairs if first.end - first.start >= _FULL_SHARE * longest]
            return len(pairs) > 1 or bool(full)
        return len(pairs) >= _WRAPPED_PAIRS and len(pairs) >= _WRAPPED_SHARE * max(1, len(self.body_lines))

    def broken_pairs(self) -> Iterator[tuple[Line, Line]]:
        """Neighbouring body lines of which the first stops in mid-sentence and the second goes on in small letters."""
        for first, second in zip(self.body_lines, self.body_lines[1:], strict=False):
            before, after = self.text[first.start : first.end], self.text[second.start : second.end]
            if not _ENDS.search(before) and _LOWER.match(after) and not is_marked(after):
                yield first, second

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The whole text in paragraphs and rows, in order."""
        groups: list[list[Line]] = []
        for line in self.lines:
            if groups and self._continues(groups[-1][-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return tuple(self._passage(group) for group in groups)

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """Passages of the body that are not table rows."""
        return tuple(p for p in self.passages if self.body_start <= p.start < self.foot_start and not p.row)

    def _continues(self, before: Line, line: Line) -> bool:
        if before.row or line.row or not self.is_wrapped:
            return False
        inside = self.body_start <= before.start and line.start < self.foot_start
        words = self.text[line.start : line.end]
        return inside and not is_marked(words) and not _ENDS.search(self.text[before.start : before.end])

    def _passage(self, group: list[Line]) -> Passage:
        chars: list[str] = []
        at: list[int] = []
        for line in group:
            if chars:
                chars.append(" ")
                at.append(line.start - 1)
            for match in re.finditer(r"\S+|\s+", self.text[line.start : line.end]):
                piece = match.group() if not match.group().isspace() else " "
                chars.extend(piece)
                at.extend(range(line.start + match.start(), line.start + match.start() + len(piece)))
        return Passage("".join(chars), tuple(at), group[0].row, tuple(group))

    # --- helpers of rules -------------------------------------------------------------------------------------------

    @cached_property
    def issued_year(self) -> int | None:
        """Year of the document: of its date, else the only year its title names."""
        header = self.parsed.header
        if header.issue_date is not None:
            return header.issue_date.value.year
        if header.issue_date_partial:
            return int(header.issue_date_partial[:4])
        years = set(re.findall(r"\bnăm (20\d\d)\b", header.title.value)) if header.title else set()
        return int(years.pop()) if len(years) == 1 else None

    @cached_property
    def own_day(self) -> dt.date | None:
        """The day of the document; the first day it can have been when only month or year is printed."""
        header = self.parsed.header
        if header.issue_date is not None:
            return header.issue_date.value
        if header.issue_date_partial:
            year, _, month = header.issue_date_partial.partition("-")
            return dt.date(int(year), int(month or 1), 1)
        return None

    @cached_property
    def is_scanned(self) -> bool:
        """Whether the words come from a picture, so that a slip may be of the reader, not of the writer.

        A text file does not say so; several syllables that no Vietnamese word has do.
        """
        if any(page.scanned for page in self.parsed.source.pages):
            return True
        if self.text and sum(map(str.isascii, self.text)) > _UNACCENTED * len(self.text):
            return True
        words = {match.group() for match in WORD.finditer(self.text) if len(match.group()) > 1}
        return sum(1 for word in words if is_impossible(word)) >= _MISREAD_SYLLABLES or self._is_misread()

    def _is_misread(self) -> bool:
        """Whether so many compounds have a wrong accent as no writer makes, but a reader of pictures does."""
        words = [match.group() for match in WORD.finditer(self.text)]
        wrong = sum(1 for place in range(len(words) - 1) if mistaken_pair(words, place))
        return wrong >= _MISREAD_COMPOUNDS and wrong * _MISREAD_EVERY > len(self.text)

    def span(self, start: int, end: int) -> Span:
        """Offsets of the normal text as offsets of the text as stored."""
        return self.normal.to_original(start, end)

    def in_sentence(self, span: Span) -> bool:
        """Whether the words right behind ``span`` go on in small letters, as in a sentence."""
        return _LOWER.match(self.parsed.text[span.end : span.end + 8].strip()) is not None

    def citation_place(self, citation: Citation) -> tuple[int, int]:
        """Offsets of a citation in the normal text."""
        return self.normal.from_original(citation.span.start), self.normal.from_original(citation.span.end)

    def make(
        self, rule: str, klass: Klass, severity: Severity, place: tuple[int, int], *, why: str, mend: str
    ) -> Finding:
        """A finding at ``place`` of the normal text."""
        span = self.span(*place)
        return self.at_span(rule, klass, severity, span, why=why, mend=mend)

    def at_span(self, rule: str, klass: Klass, severity: Severity, span: Span, *, why: str, mend: str) -> Finding:
        """A finding at a span as stored."""
        text = _SPACES.sub(" ", self.parsed.text[span.start : span.end]).strip()
        return Finding(rule, klass, severity, span, text, why, mend)


def is_marked(text: str) -> bool:
    """Whether a line begins with an outline marker or a dash."""
    return _MARKER.match(text) is not None or _MARKER_WORD.match(text) is not None


def without_marker(text: str) -> int:
    """How many characters the marker at the start of ``text`` takes."""
    match = _MARKER.match(text)
    return match.end() if match else 0


WORD = re.compile(rf"[{CAPITAL}{SMALL}]+")
"""One syllable of Vietnamese or one foreign word."""
