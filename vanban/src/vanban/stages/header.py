"""The head of a document: type, number, symbol, place, date, issuer, superior, trích yếu (NĐ 30/2020/NĐ-CP, Điều 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vanban.diagnostics import Diagnostic, Severity
from vanban.document import Fact, Header
from vanban.stages import header_bodies, header_title
from vanban.stages.header_date import DateParts, read_date
from vanban.stages.header_number import NumberParts, read_number
from vanban.stages.pieces import Piece, PieceKind, pieces
from vanban.text.fold import fold
from vanban.text.lines import Line
from vanban.text.normal import NormalText
from vanban.text.repair import repaired_name

_HEAD_LINES = 110
_HEAD_CHARACTERS = 12_000
_BEYOND = 25
"""Pieces of the body that are looked at too: a title or a left block may have been extracted below its place."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says and where the body starts."""

    header: Header
    pieces: tuple[Piece, ...]
    body_line: int
    """Index of the first line below number, type, trích yếu and "V/v"."""
    secrecy: Fact[str] | None
    diagnostics: tuple[Diagnostic, ...] = ()
    marks: tuple[str, ...] = ()
    """Urgency, circulation and draft marks, as printed."""


def find(normal: NormalText, lines: Sequence[Line], doubled: bool = False) -> Head:
    """Read the head. ``doubled``: every line is followed by an empty one, so an empty line means nothing."""
    text = normal.text
    last = next((at for at, line in enumerate(lines) if line.start > _HEAD_CHARACTERS), len(lines))
    found, stop = _head_pieces(text, lines, min(last, _HEAD_LINES))
    number_at, number = _number(text, found[:stop])
    if number is None and not any(piece.kind is PieceKind.DATE for piece in found[:stop]):
        number_at, number, stop = _displaced(text, found, stop)
    date = _date(text, found[:stop], number)
    first_type = min(number_at + 1, stop) if number_at is not None else 0
    kind = header_title.find_type(found, first_type, stop) or header_title.find_type(found, 0, stop)
    subject = next((at for at, piece in enumerate(found[:stop]) if piece.kind is PieceKind.SUBJECT), None)
    titled = _title(text, found, kind, subject, doubled)
    if titled is None and number_at is not None:
        titled = header_title.unlabelled_title(text, found, number_at + 1, stop, doubled)
    title, title_start, title_end = titled or (None, 0, 0)
    block = header_bodies.bodies(text, header_bodies.left_block(_above_type(found[:stop], kind)))
    body_line = _body_line(found[:stop], kind, subject, title_end, date)
    issuer = block[-1] if block else _speaker(text, lines, body_line)
    symbol = number.symbol if number else None
    header = Header(
        doc_type=_type_fact(normal, kind, symbol, subject is not None or _has_addressee(found, stop), found),
        number=_fact(normal, number.number, number.number_at, "head.number") if number else None,
        symbol=_fact(normal, symbol, number.symbol_at, "head.symbol") if number else None,
        issue_date=Fact(date.day, normal.to_original(*date.at), "head.issue_date") if date and date.day else None,
        issue_date_partial=date.partial if date else None,
        place=_fact(normal, date.place, date.place_at, "head.place") if date else None,
        issuer=_body(normal, issuer, "head.issuer" if block else "body.issuer") if issuer else None,
        superior=_body(normal, block[-2], "head.superior") if len(block) > 1 else None,
        title=_fact(normal, title, (title_start, title_end), "head.title"),
    )
    marks = tuple(piece.text for piece in found[:stop] if piece.kind is PieceKind.MARK)
    doubts = tuple(_doubts(normal, header, number, date))
    return Head(header, tuple(found), body_line, _secrecy(normal, found[:stop]), doubts, marks)


def _above_type(found: Sequence[Piece], kind: header_title.TypeLine | None) -> Sequence[Piece]:
    """Without a number the left block ends at the type line that stands below the national title."""
    titles = {PieceKind.NATIONAL, PieceKind.MOTTO}
    if kind is None or not any(piece.kind in titles for piece in found[: kind.at]):
        return found
    return found if any(piece.kind is PieceKind.NUMBER for piece in found[: kind.at]) else found[: kind.at]


def _doubts(
    normal: NormalText, header: Header, number: NumberParts | None, date: DateParts | None
) -> Iterator[Diagnostic]:
    """What stands in the head but cannot be read for sure."""
    if number and number.number is None and number.symbol_at:
        left = normal.text.rfind("\n", 0, number.symbol_at[0]) + 1
        has_signs = any(character.isalnum() for character in normal.text[left : number.symbol_at[0]].partition(":")[2])
        yield _doubt(normal, "number_unreadable" if has_signs else "number_blank", number.symbol_at)
    if date and date.day is None:
        yield _doubt(normal, "date_incomplete", date.at)
    if header.doc_type and header.doc_type.confidence < 0.8:
        span = header.doc_type.span
        facts = (("read_as", header.doc_type.value),)
        start, end = (span.start, span.end) if span else (None, None)
        yield Diagnostic("type_doubtful", Severity.WARNING, start, end, facts)


def _doubt(normal: NormalText, code: str, at: tuple[int, int]) -> Diagnostic:
    span = normal.to_original(*at)
    return Diagnostic(code, Severity.WARNING, span.start, span.end)


def _fact(
    normal: NormalText, value: str | None, at: tuple[int, int] | None, rule: str, sure: float = 1.0
) -> Fact[str] | None:
    if value is None or at is None:
        return None
    return Fact(value, normal.to_original(*at), rule, sure)


def _body(normal: NormalText, body: header_bodies.Body, rule: str) -> Fact[str]:
    """A body's name with the accents of known names put right where a scan lost them."""
    name = repaired_name(body.name)
    return Fact(name, normal.to_original(body.start, body.end), rule, 1.0 if name == body.name else 0.9)


def _number(text: str, found: Sequence[Piece]) -> tuple[int | None, NumberParts | None]:
    """The first number line; a line without "Số" counts only if it stands above the type and the body."""
    for at, piece in enumerate(found):
        if piece.kind is PieceKind.NUMBER and _is_own(piece):
            parts = read_number(text, piece)
            if parts and (parts.symbol or parts.number or at < 12):
                return at, parts
    for at, piece in enumerate(found[:25]):
        if piece.kind in {PieceKind.DATE, PieceKind.TEXT, PieceKind.CAPITALS}:
            parts = read_number(text, piece)
            if parts and parts.symbol and parts.number_at and parts.number_at[0] - piece.start < 8:
                return at, parts
    return None, None


def _is_own(piece: Piece) -> bool:
    """A wrapped "số 102/…" of a subject or a base begins with a small letter and has no colon."""
    return not piece.text[:1].islower() or ":" in piece.text[:5]


def _displaced(text: str, found: Sequence[Piece], stop: int) -> tuple[int | None, NumberParts | None, int]:
    """The left block may have been extracted below "Kính gửi": look a little further for a full number."""
    if not _has_addressee(found, stop):
        return None, None, stop
    for at, piece in enumerate(found[stop : stop + 14], stop):
        parts = read_number(text, piece) if piece.kind is PieceKind.NUMBER and _is_own(piece) else None
        if parts and parts.symbol and (parts.number_at is None or parts.number_at[0] - piece.start < 12):
            return at, parts, min(at + 8, len(found))
    return None, None, stop


def _date(text: str, found: Sequence[Piece], number: NumberParts | None) -> DateParts | None:
    for piece in found:
        if piece.kind is not PieceKind.TEXT or ", ngay" in piece.folded[:60]:
            after = number.end if number and piece.start <= number.end <= piece.end else piece.start
            parts = read_date(text, piece, after)
            if parts:
                return parts
    return _broken_date(text, found)


def _broken_date(text: str, found: Sequence[Piece]) -> DateParts | None:
    """A date that a narrow column broke over two lines."""
    for first, second in pairwise(found):
        if "ngay" not in first.folded or second.line - first.line > 1 or second.end - first.start > 160:
            continue
        printed = text[first.start : second.end].replace("\n", " ")
        both = replace(first, end=second.end, text=printed, folded=fold(printed))
        parts = read_date(text, both, first.start)
        if parts and parts.at[0] < first.end:
            return parts
    return None


def _head_pieces(text: str, lines: Sequence[Line], last: int) -> tuple[list[Piece], int]:
    """The pieces of the head with a few of the body, and the index of the first that belongs to the body.

    The body begins at the addressee or at the first sentence that opens a body.
    """
    found: list[Piece] = []
    stop: int | None = None
    for piece in pieces(text, lines, last):
        if stop is None and _ends_head(piece, len(found)):
            stop = len(found)
        found.append(piece)
        if stop is not None and len(found) > stop + _BEYOND:
            break
    return found, len(found) if stop is None else stop


def _ends_head(piece: Piece, at: int) -> bool:
    if piece.kind is PieceKind.ADDRESSEE:
        return True
    return bool(at) and piece.kind in {PieceKind.TEXT, PieceKind.CAPITALS} and header_title.opens_body(piece)


def _has_addressee(found: Sequence[Piece], stop: int) -> bool:
    return stop < len(found) and found[stop].kind is PieceKind.ADDRESSEE


def _title(
    text: str, found: Sequence[Piece], kind: header_title.TypeLine | None, subject: int | None, doubled: bool
) -> tuple[str, int, int] | None:
    if kind is not None:
        title = header_title.title_after_type(text, found, kind, doubled)
        if title or subject is None:
            return title or header_title.labelled_subject(text, found)
    if subject is not None:
        return header_title.title_after_label(text, found, subject, doubled)
    return None


def _type_fact(
    normal: NormalText,
    kind: header_title.TypeLine | None,
    symbol: str | None,
    letter: bool,
    found: Sequence[Piece],
) -> Fact[str] | None:
    if kind is not None:
        return Fact(kind.name, normal.to_original(kind.start, kind.end), "head.type_line", kind.confidence)
    by_symbol = header_title.type_of_symbol(symbol)
    subject = any(piece.kind is PieceKind.SUBJECT for piece in found)
    if by_symbol and not subject:
        return Fact(by_symbol, None, "head.type_of_symbol", 0.6)
    return Fact("Công văn", None, "head.letter", 0.9) if letter else None


def _body_line(
    found: Sequence[Piece],
    kind: header_title.TypeLine | None,
    subject: int | None,
    title_end: int,
    date: DateParts | None,
) -> int:
    """First line below everything that belongs to the head."""
    last = -1
    for piece in found:
        inside = piece.start < title_end or (date is not None and piece.start <= date.at[0] <= piece.end)
        if inside or piece.kind in {PieceKind.NATIONAL, PieceKind.MOTTO}:
            last = max(last, piece.line)
    if kind is not None:
        last = max(last, found[kind.at].line)
    if subject is not None:
        last = max(last, found[subject].line)
    return last + 1


def _speaker(text: str, lines: Sequence[Line], first: int) -> header_bodies.Body | None:
    return header_bodies.body_in_text(text, [(line.start, line.end) for line in lines[first : first + 60]])


def _secrecy(normal: NormalText, found: Sequence[Piece]) -> Fact[str] | None:
    for piece in found:
        if piece.kind is PieceKind.SECRECY:
            return Fact(piece.text.strip(" []()"), normal.to_original(piece.start, piece.end), "head.secrecy")
    return None
