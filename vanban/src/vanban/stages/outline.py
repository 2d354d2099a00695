"""Which lines open a node of the outline: marker, style, value, and whether the line before lets it stand.

A number at the start of a line is a marker only if the line before ended something, or if it goes on with a sequence; a
wrapped "ngày⏎10. …" or a table figure is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vanban.document import ClauseKind
from vanban.rules import markers
from vanban.text.fold import CAPITAL, fold, is_capitals

JOINING = re.compile(
    r"(?:\b(?:ngày|ngảy|ngây|tháng|thắng|năm|nãm|số|sô|sỗ|Điều|điều|Điêu|điêu|khoản|khoán|điểm|mục|Mục|Phần|Chương"
    r"|tại|của|và|hoặc"
    r"|theo|từ|đến|cho|là|các|về|lần thứ|trên|dưới|gồm|khóa|khoá|lớp|tuổi|quý|Quý)|[(\-–/&+])\Z"
)
"""Ends of a line that cannot stand without what follows, some as scans print them."""
_ENDED = re.compile(r"[.;:!?…”\"/)\]]\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker found at the start of a line."""

    style: str
    kind: ClauseKind
    rank: float
    marker: str
    value: int
    text_start: int
    """Where the text after the marker begins (normal text)."""
    is_sure: bool = True


@dataclass(slots=True)
class Frame:
    """An open node while lines are read."""

    rank: float
    style: str
    value: int
    last: dict[str, int] = field(default_factory=dict)
    """Last value of each style among the children."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stands above a line."""

    text: str
    """The line above; empty at the top."""
    has_gap: bool
    is_short: bool
    """The line above is much shorter than a full line, a title, or in capitals."""

    @property
    def ended(self) -> bool:
        """Whether the line above closed a sentence or a title."""
        return not self.text or self.has_gap or self.is_short or _ENDED.search(self.text) is not None

    @property
    def closed(self) -> bool:
        """As ``ended``, but a semicolon at the end of a full line is not enough."""
        return self.ended and (not self.text or self.has_gap or self.is_short or self.text[-1] != ";")

    @property
    def joins(self) -> bool:
        """Whether the line above cannot stand without what follows."""
        return bool(self.text) and not self.has_gap and JOINING.search(self.text) is not None


_CHAPTER_RANKS = {"phần": 0, "phân": 0, "chương": 1, "chuơng": 1, "mục": 2, "tiểu mục": 3}
_CHAPTER_KINDS = {0: ClauseKind.PART, 1: ClauseKind.CHAPTER, 2: ClauseKind.SECTION, 3: ClauseKind.SECTION}
_NUMBER_WORDS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "nhì": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
}


def _expected(stack: list[Frame], rank: float, style: str) -> int | None:
    """Last value of ``style`` where a node of ``rank`` would be put; ``None`` if it would be the first.

    Articles are numbered through the whole document, whatever chapter they stand in.
    """
    if style == "article":
        return stack[0].last.get(style)
    for frame in reversed(stack):
        if frame.rank < rank:
            return frame.last.get(style)
    return None


def _follows(stack: list[Frame], rank: float, style: str, value: int) -> bool:
    last = _expected(stack, rank, style)
    return value == 1 if last is None else value == last + 1


Finder = Callable[[str, int, int, list[Frame], Before], Mark | None]


def _article(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.ARTICLE.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    sound = sum(read == wanted for read, wanted in zip(fold(match["word"]), "dieu", strict=True))
    value = int(match["number"]) if match["number"].isdigit() else 1
    rest = text[match.end() : match.end() + 2].strip()
    follows = _follows(stack, 6, "article", value)
    if match["close"] is None and not (
        (not rest or rest[0].isupper()) and follows and before.ended and _room(text, match.end(), end)
    ):
        return None
    if sound < 3 or not (follows or before.ended) or (sound < 4 and not (follows and match["close"])):
        return None
    return Mark("article", ClauseKind.ARTICLE, 6, " ".join(match["marker"].split()), value, match.end())


def _room(text: str, at: int, end: int) -> bool:
    """After "Điều 5" without a stop: nothing, or a title that does not go on as a citation does."""
    rest = text[at:end].strip()
    return not re.match(
        r"(?:Luật|Nghị|Thông tư|Quyết định|Bộ luật|Hiến pháp|Điều lệ|Quy chế|Pháp lệnh|Chương|Mục)\b", rest
    )


def _chapter(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.CHAPTER.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    rest = text[match.end() : end].strip()
    if not before.ended or (match["close"] is None and rest and not is_capitals(rest, 0.6)):
        return None
    rank = _CHAPTER_RANKS[match["word"].lower()]
    value = _chapter_value(match["number"])
    return Mark(f"chapter{rank}", _CHAPTER_KINDS[rank], rank, " ".join(match["marker"].split()), value, match.end())


def _chapter_value(number: str) -> int:
    word = number.lower().split()[-1]
    if word.isdigit():
        return int(word)
    return _NUMBER_WORDS.get(word) or markers.roman_value(number) or ord(number[0].upper()) - 64


def _dotted(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.DOTTED.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    parts = [int(part) for part in match["marker"].split(".")]
    rank = 6.0 + len(parts)
    style = "dotted" + ".".join(str(part) for part in parts[:-1])
    if not (_follows(stack, rank, style, parts[-1]) or before.ended) or 0 in parts:
        return None
    kind = ClauseKind.CLAUSE if len(parts) == 2 else ClauseKind.POINT
    return Mark(style, kind, rank, match["marker"], parts[-1], match.end())


def _roman(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.ROMAN.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    marker, rest = match["marker"], text[match.end() : min(end, match.end() + 60)]
    value = markers.roman_value(marker)
    if marker.isdigit():
        return None
    plain = not set(marker) - set("IVX")
    if marker == "L" and _follows(stack, 5, "roman", 1):
        value = 1
    follows = _follows(stack, 5, "roman", value)
    if not value or (marker in {"T", "H"} and not follows):
        return None
    capitals = is_capitals(rest, 0.8)
    sure = match["close"] is not None and plain
    likely = follows or (len(marker) > 1 and set(marker) & set("IVX"))
    if not (sure and (follows or before.ended)) and not (capitals and likely and before.ended):
        return None
    return Mark("roman", ClauseKind.SECTION, 5, marker, value, match.end())


def _upper(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.UPPER.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    value = markers.UPPER_ORDER.find(match["marker"]) + 1
    plain_value = ord(match["marker"]) - 64
    has_roman = any(frame.style == "roman" for frame in stack) and not any("upper" in frame.last for frame in stack)
    rank = 5.5 if has_roman else 4.0
    last = _expected(stack, rank, "upper")
    if last is None and value != 1:
        return None
    if last is not None and value != last + 1 and plain_value != last + 1:
        return None
    rest = text[match.end() : min(end, match.end() + 60)]
    if not (is_capitals(rest, 0.8) or (before.ended and match.group().rstrip()[-1:] in ".)/-–")):
        return None
    return Mark("upper", ClauseKind.PART, rank, match["marker"], value, match.end())


def _arabic(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.ARABIC.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    value = int(match["marker"])
    last = _expected(stack, 7, "arabic")
    follows = value == 1 if last is None else value == last + 1
    first = text[match.end()]
    if match["close"] is None:
        announced = before.text.endswith(":") or match["comma"] is not None  # "đề nghị:", or a stop read as a comma
        opens = last is not None or announced
        if not (follows and opens and before.ended) or end - match.end() < 4 or match["marker"][0] == "0":
            return None
    elif not follows and ("-" in match["close"] or "–" in match["close"] or value > 60):
        return None
    if first.islower() and not (follows and before.ended):
        return None
    if not (follows or (before.closed and first not in "|%")) or value == 0:
        return None
    return Mark("arabic", ClauseKind.CLAUSE, 7, match["marker"], value, match.end())


def _lower(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.LOWER.pattern.match(text, start, end)
    if match is None or before.joins:
        return None
    marker = match["marker"]
    if len(marker) > 1:
        value = int(marker[1:].lstrip("."))
        if not (_follows(stack, 12, "mixed" + marker[0], value) or before.ended):
            return None
        return Mark("mixed" + marker[0], ClauseKind.POINT, 12, marker, value, match.end())
    last = _expected(stack, 11, "lower")
    value = _lower_value(marker, last)
    follows = value == 1 if last is None else value == last + 1
    closed = match.group().rstrip()[-1] in ")]}"
    if not (follows and (closed or before.ended)) and not (closed and before.ended):
        return None
    return Mark("lower", ClauseKind.POINT, 11, marker, value, match.end())


def _lower_value(marker: str, last: int | None) -> int:
    """Place in the Vietnamese alphabet; a list that goes a b c d e counts "e" as the next one."""
    value = markers.LOWER_ORDER.find(marker) + 1
    if marker == "d" and last == value:  # the scan lost the stroke of "đ"
        return last + 1
    if last is not None and value == last + 2 and marker in "eg":
        return last + 1
    return value or ord(marker) - 96


_DASHES = "-–—~=¬»>"
"""Dashes, and what a scan makes of them."""


def _bullet(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    match = markers.BULLET.pattern.match(text, start, end)
    if match is None:
        return None
    if (text[match.end()].isdigit() and before.joins) or (before.text[-1:].isdigit() and text[match.end()].isdigit()):
        return None
    marker = match["marker"]
    style = "bullet+" if marker == "+" else "bullet-" if marker in _DASHES else "bullet" + marker
    rank = next((frame.rank for frame in stack if frame.style == style), None)
    if rank is None:
        rank = max(13.0, stack[-1].rank + 1) if stack else 13.0
    return Mark(style, ClauseKind.ITEM, rank, "-" if marker in _DASHES else marker, 0, match.end())


_ORDERED: tuple[tuple[str, tuple[Finder, ...]], ...] = (
    ("0123456789", (_dotted, _arabic)),
    ("1", (_roman,)),
    ("ĐD", (_article, _upper)),
    ("PCMT", (_chapter, _roman, _upper)),
    ("IVXL", (_upper, _roman)),
    ("H", (_upper, _roman)),
    ("ABEGKNOQRSUY", (_upper,)),
    ("l|", (_roman, _lower)),
    ("abcdđeghikmnopqrstuvxyfjzw", (_lower,)),
    ("-–—+•●○▪◦➢✓❖♦■□*·~=¬»>", (_bullet,)),
)
_FINDERS: Mapping[str, tuple[Finder, ...]] = {}
_found: dict[str, tuple[Finder, ...]] = {}
for _characters, _functions in _ORDERED:
    for _character in _characters:
        _found[_character] = (*_found.get(_character, ()), *_functions)
_found["o"] = (_lower, _bullet)
_FINDERS = _found
_SPECKS = "_'`’‘~.,:;^="
_SPECKED = re.compile(
    rf"[_'`’‘~.,:;^=]{{1,3}}\s?(?=(?:[IVX]{{1,4}}|\d{{1,3}}|[a-eđ])[.)]\s?[{CAPITAL}]"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.)]?\s[{CAPITAL}]|[-+]\s)"
)


def may_open(first: str) -> bool:
    """Whether a line that begins with this character can begin with a marker at all."""
    return first in _FINDERS or first in _SPECKS


def mark_of(text: str, start: int, end: int, stack: list[Frame], before: Before) -> Mark | None:
    """The marker that opens ``text[start:end]``, or ``None``; specks of a scan in front are passed over."""
    speck = _SPECKED.match(text, start, end) if text[start] in _SPECKS else None
    start = speck.end() if speck else start
    finders = _FINDERS.get(text[start], ())
    for finder in finders:
        found = finder(text, start, end, stack, before)
        if found is not None:
            return found if _after_comma(found, stack, before) else None
    return None


def _after_comma(mark: Mark, stack: list[Frame], before: Before) -> bool:
    """Behind a comma only a dash or the next of its list may stand: a scan reads stops as commas."""
    if before.has_gap or not before.text.endswith(",") or mark.kind is ClauseKind.ITEM:
        return True
    last = _expected(stack, mark.rank, mark.style)
    return last is not None and mark.value == last + 1
