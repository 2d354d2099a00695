"""Number and symbol of a document (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3), handwriting and scans included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.rules import anchors
from vanban.stages.pieces import Piece
from vanban.text.fold import CAPITAL, SMALL


@dataclass(frozen=True, slots=True)
class NumberParts:
    """Offsets of the normal text; ``number`` is ``None`` when blank or unreadable."""

    number: str | None
    number_at: tuple[int, int] | None
    symbol: str | None
    symbol_at: tuple[int, int] | None
    end: int


_WORD = (
    rf"(?:[{CAPITAL}&§]+(?:[{SMALL}](?![{SMALL}]))?[{CAPITAL}]*\d*|[{CAPITAL}][{SMALL}]{{1,2}}(?=\s?[-/]))(?![{SMALL}])"
)
_SYMBOL = rf"{_WORD}(?:\s?[-–—/.]\s?(?:{_WORD}|\d+)){{0,6}}(?:\s(?!TP\b|TX\b)[{CAPITAL}&]{{2,}}\d*(?=\s|\Z|[,;]))?"
_SLASHED = re.compile(rf"/\s*(?P<symbol>(?:(?:19|20)\d\d\s?/\s?)?{_SYMBOL})")
_DASHED = re.compile(rf"(?P<number>\d{{1,5}}[a-z]?)\s?[-–]\s?(?P<symbol>{_WORD}(?:\s?/\s?{_SYMBOL})?)")
_SPACED = re.compile(rf"(?P<number>\d{{1,5}})\s(?P<symbol>{_WORD}\s?[-/]\s?{_SYMBOL})")
_BARE = re.compile(rf"(?P<symbol>[{CAPITAL}][{CAPITAL}&]+\d*\s?[-–]\s?{_SYMBOL})")
_DIGITS = re.compile(r"\d[\d\s]{0,6}[a-zA-ZđĐ]?\Z")
_UNLABELLED = re.compile(
    rf"\W{{0,4}}\d{{1,5}}\s?/\s?(?:(?:19|20)\d\d/)?[{CAPITAL}]{{2,}}[{SMALL}]?[{CAPITAL}]*\s?[-–/]"
)
_PAIRS = (("ĐĐ", "Đ"), ("QĐD", "QĐ"), ("0Đ-", "QĐ-"), ("QD-TTE", "QĐ-TTg"))


def read_number(text: str, piece: Piece) -> NumberParts | None:
    """Number and symbol printed in ``piece`` (with or without "Số:"); ``None`` if it is no number line."""
    label = anchors.NUMBER_LABEL.pattern.match(piece.folded)
    if label is None and not _UNLABELLED.match(piece.text):
        return None
    start = piece.start + (label.end() if label else 0)
    stop = min(_date_start(piece), piece.end)
    dashed = _DASHED.match(text, start, stop) or _SPACED.match(text, start, stop)
    if dashed:
        return NumberParts(
            dashed["number"], dashed.span("number"), _tidy(dashed["symbol"]), dashed.span("symbol"), dashed.end()
        )
    slashed = _SLASHED.search(text, start, stop)
    if slashed:
        number_at = _digits(text, start, slashed.start())
        number = "".join(text[number_at[0] : number_at[1]].split()) if number_at else None
        return NumberParts(number, number_at, _tidy(slashed["symbol"]), slashed.span("symbol"), slashed.end())
    bare = _BARE.search(text, start, stop)
    if bare:
        return NumberParts(None, None, _tidy(bare["symbol"]), bare.span("symbol"), bare.end())
    alone = _DIGITS.match(text[start:stop].strip().rstrip("./"))
    if alone and label:
        return NumberParts(alone.group().strip(), (start, start + alone.end()), None, None, start + alone.end())
    return NumberParts(None, None, None, None, start) if label else None


def _date_start(piece: Piece) -> int:
    match = anchors.DATE.pattern.search(piece.folded)
    return piece.start + match.start() if match else piece.end


def _digits(text: str, start: int, end: int) -> tuple[int, int] | None:
    printed = text[start:end]
    stripped = printed.strip(" \t.:;,")
    if not _DIGITS.match(stripped):
        return None
    left = start + printed.index(stripped)
    return left, left + len(stripped)


def _tidy(symbol: str) -> str:
    """The symbol as printed, spaces around separators dropped, doubled letters of a scan single."""
    symbol = re.sub(r"\s*([-–—/.])\s*", r"\1", symbol).strip(" .-–")
    for wrong, right in _PAIRS:
        symbol = symbol.replace(wrong, right)
    return symbol
