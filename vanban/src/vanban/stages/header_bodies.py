"""Who issues: the left block of the head, or the first sentence of the body when there is no head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vanban.data import words
from vanban.stages.pieces import Piece, PieceKind
from vanban.text.fold import collapse, fold


@dataclass(frozen=True, slots=True)
class Body:
    """One issuing body as printed, with offsets of the normal text."""

    name: str
    start: int
    end: int


_HEAD_ONLY = re.compile(r"(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd|uy ban|hoi dong)\W*\Z")
_INNER_BODY = re.compile(
    r"(?<=[a-z]{2}\s)(?=(?:(?<!lien )(?<!xo )so (?!nganh|\d)|chi cuc |tong cuc |kho bac |ban chi dao "
    r"|(?<!chi )(?<!tong )cuc |truong (?!sa\b)|trung tam |benh vien |(?<!hoc )(?<!benh )vien (?!thong|nam)"
    r"|(?<!quoc )(?<!van )(?<!hai )(?<!du )phong (?!chong|thuong)|van phong |hoc vien |thanh tra |cong ty "
    r"|hat kiem lam |(?:tinh|thanh|huyen|dang) uy )\w)"
    r"|(?<=[a-z]{2}\s)(?=(?:bao hiem xa hoi (?:tinh|huyen|thanh|quan|thi)|ubnd (?:xa|phuong|huyen|quan)"
    r"|lien (?:so|nganh)"
    r"|(?<!uy )ban (?:to chuc|tuyen giao|dan van|noi chinh|quan ly|ton giao|dan toc|thi dua))\b)"
    r"|(?<=[a-z]\s)(?=(?:van phong|thanh tra)\W*\Z)"
    r"|(?<=nhan dan)(?=(?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa)\b)"
)
_OWNED = re.compile(
    r"\W*(?:ban chap hanh )?(?:chi bo|dang bo|dang uy|doan|lien doi|hoi|cong doan|chi doan|dang doan|ban can su)"
    r"(?: co so)?(?: co quan)? "
)
""" "CHI BỘ TRƯỜNG …" is one body: an organisation named after the body it stands in."""
_FACULTY = re.compile(r"khoa (?!hoc\b)\w")
_PREVENTION = re.compile(r"phong\W{1,2}(?:chong|thu)\b")
""" "PHÒNG, CHỐNG …" goes on with the name of a board; it is no office."""
_NOISE = re.compile(r"\W{0,3}(?:\w{1,2}|\W+)\Z")


@cache
def _starts() -> re.Pattern[str]:
    heads = "|".join(sorted((re.escape(head) for head in words("bodies.json", "heads")), key=len, reverse=True))
    return re.compile(rf"(?:{heads})\b")


def starts_like_a_body(folded: str) -> bool:
    """Whether folded text begins with the first words of a body's name."""
    bare = folded.lstrip(" \t*_.,'-")
    return (_starts().match(bare) is not None or _FACULTY.match(bare) is not None) and not _PREVENTION.match(bare)


def left_block(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that may name the issuer: capitals of the head above the number, stamps left out."""
    number = next((at for at, piece in enumerate(pieces) if piece.kind is PieceKind.NUMBER), None)
    title = next((at for at, piece in enumerate(pieces) if piece.kind is PieceKind.NATIONAL), None)
    motto = next((at for at, piece in enumerate(pieces) if piece.kind is PieceKind.MOTTO), None)
    if title is None:
        title = motto
    if title is None and number is None:
        return []
    end = number if number is not None else _first_after(pieces, title or 0)
    begin = _begin(pieces, end if title is None else min(title, end))
    chosen = [
        piece for piece in pieces[begin:end] if piece.kind is PieceKind.CAPITALS and not _NOISE.match(piece.folded)
    ]
    if not chosen:  # a head printed in small letters
        chosen = [piece for piece in pieces[max(begin - 3, 0) : end] if _is_short_name(piece)]
    first = next((at for at, piece in enumerate(chosen) if starts_like_a_body(piece.folded)), None)
    return chosen[first:] if first is not None else chosen[:3]


def _is_short_name(piece: Piece) -> bool:
    named = piece.kind in {PieceKind.TEXT, PieceKind.CAPITALS}
    return named and len(piece.text) < 70 and piece.text[:1].isupper() and starts_like_a_body(piece.folded)


def _first_after(pieces: Sequence[Piece], title: int) -> int:
    """Without a number the block ends at the date, the type line or the addressee, at most six pieces below."""
    for at in range(title + 1, min(len(pieces), title + 8)):
        if pieces[at].kind in {PieceKind.DATE, PieceKind.ADDRESSEE, PieceKind.SUBJECT, PieceKind.TEXT}:
            return at
    return min(len(pieces), title + 4)


def _begin(pieces: Sequence[Piece], title: int) -> int:
    """Where the left block begins: on the line of the national title, else above it while lines are capitals."""
    line = pieces[title].line if title < len(pieces) else -1
    begin = title
    while begin > 0 and pieces[begin - 1].line == line:
        begin -= 1
    if any(_is_name(piece) for piece in pieces[begin:title]):
        return begin - 1 if begin and _is_superior(pieces[begin - 1], pieces[begin]) else begin
    while begin > 0 and pieces[begin - 1].kind in _ABOVE_TITLE and title - begin < 6:
        begin -= 1
    return begin


_ABOVE_TITLE = {PieceKind.CAPITALS, PieceKind.STAMP}
"""A stamp, or a line in English, may stand between the body and the national title."""


_SUPERIOR = re.compile(
    r"(?:ubnd|uy ban nhan dan|bo|so|tinh uy|thanh uy|huyen uy|dang uy|tong cuc|cuc|tong cong ty|dai hoc)\b"
)


def _is_superior(above: Piece, first: Piece) -> bool:
    """The superior may be printed one line above the national title."""
    near = above.kind is PieceKind.CAPITALS and first.line - above.line == 1 and first.gap <= 1
    return near and _SUPERIOR.match(above.folded) is not None and not _HEAD_ONLY.match(first.folded)


def _is_name(piece: Piece) -> bool:
    return piece.kind is PieceKind.CAPITALS and starts_like_a_body(piece.folded)


def bodies(text: str, block: Sequence[Piece]) -> list[Body]:
    """The bodies named by the left block, highest first."""
    found: list[Body] = []
    for piece in block:
        parts = _parts(piece)
        for at, (start, end) in enumerate(parts):
            name = text[start:end].strip(" -–—_.,:;*|'\"“”„~")
            if not name:
                continue
            if found and at == 0 and _continues(found[-1].name, fold(name)):
                found[-1] = Body(collapse(f"{found[-1].name} {name}"), found[-1].start, end)
            else:
                found.append(Body(collapse(name), start, end))
    return found


def _parts(piece: Piece) -> list[tuple[int, int]]:
    inner = (match.start() for match in _INNER_BODY.finditer(piece.folded))
    cuts = [0, *(at for at in inner if not _OWNED.fullmatch(piece.folded, 0, at)), len(piece.folded)]
    spans = [(piece.start + left, piece.start + right) for left, right in pairwise(cuts)]
    if len(spans) > 1 and _HEAD_ONLY.match(piece.folded[: cuts[1]]):  # "ỦY BAN NHÂN DÂN|TỈNH …" is one body
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def _continues(above: str, folded: str) -> bool:
    """Whether a line goes on with the name above it instead of naming a lower body."""
    above_folded = fold(above)
    if _HEAD_ONLY.search(above_folded) and above_folded.split()[0] in {"uy", "hoi", "ubnd", "hdnd"}:
        place = re.match(r"(?:tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|dac khu)\b", folded)
        return place is not None or not starts_like_a_body(folded)
    if re.search(r"(?:\bva|\bcua|[-,&])\s*\Z", above_folded) or re.match(r"va\b|[-,&(]", folded):
        return True
    return (
        not starts_like_a_body(folded)
        or re.match(r"(?:tinh|thanh pho|quan|huyen|phuong|xa)\s(?!uy\b)", folded) is not None
    )


_VERBS = (
    r"(?:ban hành|xây dựng|thông báo|có ý kiến|báo cáo|đề nghị|hướng dẫn|yêu cầu|tổ chức|triển khai|trân trọng|kính"
    r"|nhận được|trình"
    r"|đã|xin|phối hợp|quyết định|công bố|giao|mời|lập)\b"
)
_WORD = r"(?!(?:ngày|của|về|tại|theo|số|năm|do)\b)[^\s,;.:“”()/\d]{1,20}"
_IN_BODY = re.compile(
    rf"(?P<name>(?:Sở|Bộ|Ủy ban|Uỷ ban|UBND|Trường|Phòng|Trung tâm|Cục|Chi cục|Học viện|Viện|Bệnh viện|Ban|Văn phòng"
    rf"|Đảng ủy|Hội|Đại học)"
    rf"(?: {_WORD}){{1,14}}?) (?={_VERBS})"
)


def body_in_text(text: str, starts: Sequence[tuple[int, int]]) -> Body | None:
    """The body that speaks in the first paragraph opening with "Sở … ban hành", "Trường … xây dựng"."""
    for start, end in starts:
        match = _IN_BODY.match(text, start, min(end, start + 300))
        if match and not _goes_on(text, start):
            return Body(collapse(match["name"]), match.start("name"), match.end("name"))
    return None


def _goes_on(text: str, start: int) -> bool:
    """Whether the line at ``start`` continues a long line right above it: the lines of a pdf are broken anywhere."""
    end = max(start - 1, 0) if text[start - 1 : start] == "\n" else start
    above = text[max(text.rfind("\n", 0, end) + 1, end - 200) : end].rstrip()
    return len(above) > 40 and not above.endswith((".", ";", ":", "!", "?", "/", "|"))
