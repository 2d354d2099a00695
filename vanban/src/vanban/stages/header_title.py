"""Type and trích yếu (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from vanban.data.doc_types import name_of_code, names_by_fold
from vanban.rules import anchors
from vanban.stages.header_date import read_date
from vanban.stages.pieces import Piece, PieceKind
from vanban.text.fold import collapse, fold, is_capitals

_BODY_SURE = re.compile(
    r"\W{0,4}(?:can cu\b|theo de nghi|xet (?:de nghi|to trinh)|dieu [\dil]\s?[.:]|dieu \d|[i1]\s?[.)] |a\s?[.)] "
    r"|phan (?:thu|i\b)"
    r"|chuong i\b|(?:thoi gian|dia diem|thanh phan)[a-z ]{0,12}:|vao hoi \d)"
)
_BODY_LIKELY = re.compile(
    r"\W{0,4}(?:thuc hien|theo |de |nham |trien khai |tren co so|trong (?:thoi|nhung|suot|nam|qua)|ngay \d|phuc dap"
    r"|tiep theo"
    r"|tra loi|qua |sau khi|hien nay|hoi hop|hom nay|vua qua|hang nam|nam \d{4}, |ky hop|tai cong van|voi "
    r"|(?:so|bo|uy ban nhan dan|ubnd|truong|phong|trung tam|ban|van phong)\b.{0,70}"
    r"(?:ban hanh|xay dung|thong bao|nhan duoc|tran trong|kinh |bao cao|de nghi|to chuc))"
)
_OFFICE = re.compile(
    r"\W{0,3}(?:(?:pho |thu )?(?:bo truong|thu truong|thu tuong|chu tich|tong giam doc|giam doc|cuc truong|vu truong"
    r"|tong cuc truong"
    r"|chi cuc truong|hieu truong|vien truong|thong doc|chanh an|chanh van phong|tong thanh tra|tong kiem toan"
    r"|bi thu|truong ban"
    r"|truong phong)|chinh phu|quoc hoi|uy ban (?:nhan dan|thuong vu)|ubnd|hoi dong (?:nhan dan|quan tri|dan toc)|hdnd"
    r"|ban (?:thuong vu|chap hanh|bi thu|to chuc|tuyen giao|dan van|quan ly|giam hieu)|thuong truc|lien (?:bo|so)"
    r"|bo chinh tri)\b"
)
_JOINING = re.compile(
    r"(?:[,:–-]|\b(?:cua|va|ve|ve viec|cho|tai|voi|trong|den|tren|nam|tinh|thanh pho|cac|do|theo|de|tu|cong"
    r"|giai doan))\s*\Z"
)
_SUBJECT_LINE = re.compile(r"\W{0,3}(?:\d\s?\.\s?)?van de trinh\s?:\s*")
_REST_OF_TYPE = re.compile(r"(?:cua|giai quyet cong viec|lien tich)\b|lien (?:nganh|bo|so)\W*\Z")
_MAX_LINES = 14
_LIKE = 0.84
_PASSED = frozenset({PieceKind.MARK, PieceKind.SECRECY, PieceKind.STAMP})


def opens_body(piece: Piece) -> bool:
    """Whether ``piece`` is surely a sentence of the body: a base, an article, a heading, a long opening phrase."""
    if _BODY_SURE.match(piece.folded):
        return True
    return len(piece.text) >= 50 and piece.text[:1].isupper() and _BODY_LIKELY.match(piece.folded) is not None


def _may_open_body(piece: Piece) -> bool:
    return _BODY_SURE.match(piece.folded) is not None or _BODY_LIKELY.match(piece.folded) is not None


@dataclass(frozen=True, slots=True)
class TypeLine:
    """The line that names the type: ``name`` as the data names it, offsets of the normal text."""

    name: str
    at: int
    """Index of its piece."""
    start: int
    end: int
    """Where the type's name ends; what follows on the line belongs to the trích yếu."""
    confidence: float


def find_type(pieces: Sequence[Piece], first: int, last: int) -> TypeLine | None:
    """The type line among ``pieces[first:last]``: exact first, then as a scan may have spoilt it."""
    for at in range(first, last):
        found = _exact(pieces[at], at)
        if found:
            return found
    return _nearest(pieces, first, last)


def _nearest(pieces: Sequence[Piece], first: int, last: int) -> TypeLine | None:
    best: tuple[float, TypeLine] | None = None
    for at in range(first, last):
        piece = pieces[at]
        if piece.kind is not PieceKind.CAPITALS or not 6 <= len(piece.text) <= 24:
            continue
        likest = _likest(piece.folded.strip(" .:;"))
        if likest and (best is None or likest[0] > best[0]):
            best = likest[0], TypeLine(likest[1], at, piece.start, piece.end, 0.7)
    return best[1] if best else None


@lru_cache(maxsize=256)
def _likest(printed: str) -> tuple[float, str] | None:
    """The type whose folded name is most like ``printed``, with its likeness, if that is high enough."""
    matcher = SequenceMatcher(None, "", printed)
    best: tuple[float, str] | None = None
    for folded, name in names_by_fold().items():
        if len(folded) <= 6:
            continue
        matcher.set_seq1(folded)
        least = best[0] if best else _LIKE
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue
        likeness = matcher.ratio()
        if likeness >= _LIKE and (best is None or likeness > best[0]):
            best = likeness, name
    return best


def _exact(piece: Piece, at: int) -> TypeLine | None:
    if piece.kind not in {PieceKind.CAPITALS, PieceKind.TEXT}:
        return None
    inner = piece.folded.lstrip(" .-_*#'`,:;|“\"")
    skipped = len(piece.folded) - len(inner)
    for folded, name in names_by_fold().items():
        if inner.startswith(folded) and not inner[len(folded) : len(folded) + 1].isalnum():
            printed = piece.text[skipped : skipped + len(folded)]
            rest = inner[len(folded) :].strip(" .:;-–")
            if is_capitals(printed) or (
                printed[:1].isupper() and (not rest or rest.startswith(("ve viec", "v/v", "ve ")))
            ):
                end = piece.start + skipped + len(folded)
                return TypeLine(name, at, piece.start + skipped, end, 1.0)
            return None
    return None


def type_of_symbol(symbol: str | None) -> str | None:
    """The type that the first group of a symbol abbreviates, if it abbreviates one."""
    if not symbol:
        return None
    groups = [group for group in re.split(r"[-/–]", symbol) if group and not group.isdigit()]
    return name_of_code(groups[0]) if len(groups) > 1 and len(groups[0]) <= 4 else None


def title_after_type(text: str, pieces: Sequence[Piece], line: TypeLine, doubled: bool) -> tuple[str, int, int] | None:
    """Trích yếu below the type line: text, start and end in the normal text."""
    spans: list[tuple[int, int]] = []
    piece = pieces[line.at]
    rest = text[line.end : piece.end].strip(" \t:;.-–'\"`|_~")
    if len(rest) > 2 and not _REST_OF_TYPE.match(fold(rest)):
        start = line.end + text[line.end : piece.end].index(rest)
        spans.append((start, start + len(rest)))
    for at in range(line.at + 1, min(line.at + 1 + _MAX_LINES, len(pieces))):
        if pieces[at].kind in _PASSED or not any(character.isalnum() for character in pieces[at].text):
            continue
        if not spans and _is_before_title(pieces, at):
            continue
        if _ends_title(pieces, at, spans, text, doubled):
            break
        spans.append((pieces[at].start, pieces[at].end))
    return _joined(text, spans)


def _is_before_title(pieces: Sequence[Piece], at: int) -> bool:
    """A speck between type and trích yếu, or "CỦA BỘ TRƯỞNG …" that only completes the type."""
    piece = pieces[at]
    letters = sum(character.isalpha() for character in piece.text)
    if piece.kind in {PieceKind.TEXT, PieceKind.CAPITALS} and letters < 6 and " " not in piece.text:
        return True
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    goes_on = (
        below is not None and re.match(r"(?:ve|v/v|huong dan|quy dinh|ban hanh|phe duyet)\b", below.folded) is not None
    )
    return is_capitals(piece.text) and piece.folded.startswith("cua ") and goes_on


def _ends_title(pieces: Sequence[Piece], at: int, spans: list[tuple[int, int]], text: str, doubled: bool) -> bool:
    piece = pieces[at]
    if piece.kind is PieceKind.SUBJECT and not spans:
        return False
    if piece.kind not in {PieceKind.CAPITALS, PieceKind.TEXT}:
        return not (spans and _goes_on(piece))
    if not spans:
        bare = _is_capital_office(piece) and at + 1 < len(pieces) and opens_body(pieces[at + 1])
        return (
            _BODY_SURE.match(piece.folded) is not None
            or bare
            or (opens_body(piece) and piece.text.endswith((";", ":")))
        )
    before = fold(text[spans[-1][0] : spans[-1][1]])
    if piece.text[:1].islower():
        return False
    if _may_open_body(piece) or (_is_capital_office(piece) and not _JOINING.search(before)):
        return True
    if piece.gap <= (1 if doubled else 0) or _JOINING.search(before):
        return bool(len(piece.text) > 160 and piece.text.rstrip().endswith((".", ";", ":")))
    return not _is_last_title_line(pieces, at)


def _is_last_title_line(pieces: Sequence[Piece], at: int) -> bool:
    """A short line after an empty one still belongs to the title if the body starts right after it."""
    piece = pieces[at]
    if len(piece.text) > 80 or piece.text.endswith((".", ";", ":", ",")) or at + 1 >= len(pieces):
        return False
    below = pieces[at + 1]
    return below.kind is PieceKind.ADDRESSEE or _may_open_body(below) or _is_capital_office(below)


def _is_capital_office(piece: Piece) -> bool:
    return piece.kind is PieceKind.CAPITALS and _OFFICE.match(piece.folded) is not None


def title_after_label(text: str, pieces: Sequence[Piece], at: int, doubled: bool) -> tuple[str, int, int] | None:
    """Trích yếu of an official letter: what follows "V/v" down to the addressee."""
    piece = pieces[at]
    label = anchors.SUBJECT.pattern.match(piece.folded)
    start = piece.start + (label.end() if label else 0)
    end = date_part(text, piece)
    spans = [(start, end)] if start < end else []
    for below in pieces[at + 1 : at + 1 + _MAX_LINES]:
        passed = below.kind in _PASSED or below.kind in {PieceKind.DATE, PieceKind.NATIONAL, PieceKind.MOTTO}
        if passed and not _goes_on(below):
            continue
        if below.kind not in {PieceKind.TEXT, PieceKind.CAPITALS} and not _goes_on(below):
            break
        if spans and not below.text[:1].islower() and (below.gap > (1 if doubled else 0) or _may_open_body(below)):
            break
        spans.append((below.start, below.end))
    return _joined(text, spans)


def _goes_on(piece: Piece) -> bool:
    """A wrapped "số 12/…" or "ngày 5 tháng …" in small letters is still the subject, not the document's own."""
    return piece.kind in {PieceKind.NUMBER, PieceKind.DATE} and piece.gap == 0 and piece.text[:1].islower()


def date_part(text: str, piece: Piece) -> int:
    """Where place and date begin that a scan put behind a subject on the same line; the end of ``piece`` without."""
    date = read_date(text, piece, piece.start) if piece.kind is PieceKind.SUBJECT else None
    if date is None or not date.place_at:
        return piece.end
    return date.place_at[0] if ", ngay" in piece.folded else piece.end


def unlabelled_title(
    text: str, pieces: Sequence[Piece], first: int, stop: int, doubled: bool
) -> tuple[str, int, int] | None:
    """What stands between number or date and the body when "V/v" or the type line cannot be read."""
    for at in range(first, stop):
        piece = pieces[at]
        long = sum(character.isalpha() for character in piece.text) >= 8
        if piece.kind is PieceKind.TEXT and long and not _may_open_body(piece):
            return title_after_label(text, pieces[:stop], at, doubled)
    return None


def labelled_subject(text: str, pieces: Sequence[Piece]) -> tuple[str, int, int] | None:
    """ "Vấn đề trình: …" of a slip that has no trích yếu of its own."""
    for piece in pieces:
        match = _SUBJECT_LINE.match(piece.folded)
        if match and match.end() < len(piece.folded):
            return _joined(text, [(piece.start + match.end(), piece.end)])
    return None


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, int, int] | None:
    if not spans:
        return None
    title = collapse(" ".join(text[start:end] for start, end in spans)).strip(" -–—_*:“|")
    label = anchors.SUBJECT.pattern.match(fold(title))
    title = title[label.end() :] if label else title
    return (title, spans[0][0], spans[-1][1]) if title else None
