"""The lines of "Nơi nhận" (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.document import Recipient
from vanban.rules import anchors
from vanban.stages.foot import Foot, is_signing, right_part
from vanban.stages.people import person
from vanban.stages.pieces import columns
from vanban.text.fold import collapse, fold, is_capitals
from vanban.text.lines import Line
from vanban.text.normal import NormalText

_DASH = re.compile(r"\s*[-–—+•*~=¬»]{1,2}\s*")
_INLINE = re.compile(r"(?<=[;:.)])\s*[-–+]\s+")
_PURPOSE = re.compile(
    r"\((?P<purpose>(?:để|đê|Để|b/c|báo cáo|Báo cáo|b/cáo|t/h|thực hiện|chỉ đạo|phối hợp|theo dõi|p/h)[^()]{0,60})\)"
)
_MOST = 60


def find(normal: NormalText, lines: Sequence[Line], foot: Foot) -> tuple[Recipient, ...] | None:
    """Every recipient as printed; ``None`` without "Nơi nhận"."""
    if foot.label is None:
        return None
    found: list[tuple[int, int]] = []
    stop = min((foot.filed + 1) if foot.filed is not None else foot.end, foot.label + _MOST, len(lines))
    is_open = False
    for at in range(foot.label, stop):
        for start, end in _left(normal.text, lines[at], at == foot.label):
            for left, right in _inline(normal.text, start, end):
                is_first = left == start and (at == foot.label or lines[at].row)
                is_open = _put(
                    normal.text, found, (left, right), left > start, not is_first and lines[at].gap == 0, is_open
                )
    return tuple(_recipient(normal, start, end) for start, end in found)


def _left(text: str, line: Line, is_label: bool) -> Iterator[tuple[int, int]]:
    """The parts of a line that belong to the left column, without label and signing forms."""
    labelled = False
    for at, (start, end) in enumerate(columns(text, line)):
        printed = text[start:end]
        label = anchors.RECIPIENTS_LABEL.pattern.match(fold(printed)) if is_label else None
        labelled = labelled or label is not None
        if is_label and label is None and at > 0 and not (labelled and _DASH.match(printed)):
            continue
        if at > 0 and not _DASH.match(printed) and label is None:
            continue
        start += label.end() if label else 0
        cut = right_part(text[start:end])
        end = start + cut if cut is not None else end
        if text[start:end].strip() and not is_signing(text[start:end].strip()):
            yield start, end


def _inline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _INLINE.finditer(text, start, end):
        if match.start() > left:
            yield left, match.start()
        left = match.end()
    yield left, end


def _put(
    text: str, found: list[tuple[int, int]], span: tuple[int, int], after_dash: bool, may_continue: bool, is_open: bool
) -> bool:
    """Add a line or go on with the one above; returns whether the line may still go on."""
    start, end = span
    dash = _DASH.match(text, start, end)
    printed = text[dash.end() if dash else start : end].strip()
    if not any(character.isalpha() for character in printed):
        return is_open
    begin = text.index(printed, start)
    goes_on = printed[-1:] not in ";.:"
    if dash is None and not after_dash:
        if found and is_open and may_continue and not is_signing(printed) and person(printed) is None:
            found[-1] = (found[-1][0], begin + len(printed))
            return goes_on
        if found or is_capitals(printed) or len(printed) < 4:
            return False
    found.append((begin, begin + len(printed)))
    return goes_on


_SPECK = re.compile(r";\s+[^;(]{1,12}\Z")


def _recipient(normal: NormalText, start: int, end: int) -> Recipient:
    printed = normal.text[start:end]
    speck = _SPECK.search(printed)
    if speck and printed[-1] not in ";.":
        printed = printed[: speck.start()]
    name = printed.rstrip(" ;.,:|")
    purpose = _PURPOSE.search(name)
    return Recipient(
        collapse(name), collapse(purpose["purpose"]) if purpose else None, normal.to_original(start, start + len(name))
    )
