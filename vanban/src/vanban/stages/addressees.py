""" "Kính gửi" (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.document import Fact
from vanban.rules import anchors
from vanban.stages.pieces import columns
from vanban.text.fold import collapse, fold
from vanban.text.lines import Line
from vanban.text.normal import NormalText

_DASH = re.compile(r"[-–—+•*~=¬»]\s*")
_INLINE = re.compile(r"(?<=[;:])\s*[-–+]\s+")
_NOTE = re.compile(r"\W{0,2}\(?(?:sau day|goi chung|goi tat|duoi day)")
_OPENS = re.compile(
    r"(?:\d{1,2}|[IVX]{1,4})\s?[.)/-]\s|(?:Căn cứ|Thực hiện|Theo|Xét|Ngày|Trên cơ sở|Để|Tiếp theo|Nhằm|Phúc đáp)\s"
)
"""The first words of the body right below the addressees."""
_TRIM = " \t;:.,|-–—*_~=¬»"
_MOST = 70
_LABEL = 100
"""A telegram names its sender before the addressees: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"."""


def find(normal: NormalText, lines: Sequence[Line], first: int) -> tuple[tuple[Fact[str], ...], int]:
    """Addressees as printed, and the first line below them (``first`` itself when there are none)."""
    text = normal.text
    at = _label_line(text, lines, first)
    if at is None:
        return (), first
    spans: list[tuple[int, int]] = []
    lines_below = at
    for here in range(at, min(at + _MOST, len(lines))):
        if here > at and not _belongs(text, lines, here, spans):
            break
        for start, end in columns(text, lines[here]):
            _put(text, spans, start, end, here == at)
        lines_below = here + 1
    return tuple(_fact(normal, start, end) for start, end in spans), lines_below


def _label_line(text: str, lines: Sequence[Line], first: int) -> int | None:
    for at in range(first, min(first + 12, len(lines))):
        if any(
            anchors.ADDRESSEE_LABEL.find(fold(text[start : min(start + _LABEL, end)]))
            for start, end in columns(text, lines[at])
        ):
            return at
    return None


def _belongs(text: str, lines: Sequence[Line], at: int, spans: list[tuple[int, int]]) -> bool:
    line = lines[at]
    printed = text[line.start : line.end]
    if _DASH.match(printed) or _NOTE.match(fold(printed)):
        return not spans or _is_list(text, spans, line)
    if not spans:
        return True
    if _OPENS.match(printed):
        return False
    last = text[spans[-1][1] - 1 : spans[-1][1] + 2]
    return line.gap == 0 and "." not in last and ";" not in last and (printed[:1].islower() or len(printed) < 60)


def _is_list(text: str, spans: list[tuple[int, int]], line: Line) -> bool:
    """A dash goes on with the list unless the list was closed by a full stop and an empty line follows."""
    closed = text[spans[-1][1] : spans[-1][1] + 1] == "." or text[spans[-1][1] - 1] == "."
    return not (closed and line.gap > 0 and line.end - line.start > 120)


def _put(text: str, spans: list[tuple[int, int]], start: int, end: int, is_label: bool) -> None:
    if is_label:
        label = anchors.ADDRESSEE_LABEL.pattern.match(fold(text[start:end]))
        start += label.end() if label else 0
    left = start
    for match in [*_INLINE.finditer(text, start, end), None]:
        right = match.start() if match else end
        _put_one(text, spans, left, right)
        left = match.end() if match else right


def _put_one(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    raw = text[start:end]
    name = raw.strip(_TRIM)
    if sum(character.isalpha() for character in name) < 3 or _NOTE.match(fold(name)):
        return
    begin = start + raw.index(name)
    if (
        spans
        and not _DASH.match(raw.lstrip(" |"))
        and text[spans[-1][1] : spans[-1][1] + 1] not in ";."
        and "|" not in text[spans[-1][1] : begin]
    ):
        spans[-1] = (spans[-1][0], begin + len(name))
    else:
        spans.append((begin, begin + len(name)))


def _fact(normal: NormalText, start: int, end: int) -> Fact[str]:
    return Fact(collapse(normal.text[start:end]), normal.to_original(start, end), "head.addressee")
