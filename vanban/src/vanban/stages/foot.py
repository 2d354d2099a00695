"""Where the body ends: "Nơi nhận", signing form and name (NĐ 30/2020/NĐ-CP, Điều 8, khoản 2, điểm g-i)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.rules import anchors
from vanban.stages.people import OFFICE, name_at_end, person
from vanban.stages.pieces import columns
from vanban.text.fold import CAPITAL, fold, fold_whole, is_capitals
from vanban.text.lines import Line
from vanban.text.normal import NormalText


@dataclass(frozen=True, slots=True)
class Foot:
    """Line numbers: ``body_end`` <= ``label`` <= ``end``; equal to the number of lines when there is no foot."""

    body_end: int
    """First line that no longer belongs to the body."""
    label: int | None
    """The line of "Nơi nhận", or of its first dash when the label was lost."""
    filed: int | None
    """The line of "Lưu"."""
    end: int
    """First line below the whole foot: an annex or nothing."""


_FINAL = re.compile(r"\./\.")
_ANNEX = re.compile(
    r"\W{0,3}(?:phu luc|danh sach|danh muc|bieu mau|mau so|bieu so|mau \d|cong hoa xa hoi|de cuong|bang tong hop)\b"
)
_RIGHT_FORM = re.compile(
    rf"(?<!\w)(?:(?:KT|TM|TL|TUQ|Q)\s?(?P<stop>[.,])|[TK]/[MTL][.,]?(?!\w))\s{{0,2}}(?=[{CAPITAL}]{{2}})"
)
_RIGHT_TITLE = re.compile(rf"(?<=[\s;.])(?<![{CAPITAL}]\s)(?=[{CAPITAL}]{{2,}}(?: [{CAPITAL},]{{2,}}){{1,7}}\s*\Z)")
_FILED_INSIDE = re.compile(r"[-–;.] ?luu ?[:;.]")
_AFTER = 28
_LOOK = 60


def find(normal: NormalText, lines: Sequence[Line], first: int) -> Foot:
    """Locate the foot at or below line ``first``."""
    text = normal.text
    label, filed = _label(text, lines, first)
    if label is None:
        signed = _signed(text, lines, first)
        if signed is None:
            return Foot(len(lines), None, None, len(lines))
        return Foot(_up(text, lines, signed, first), None, None, _end(text, lines, signed))
    return Foot(_up(text, lines, label, first), label, filed, _end(text, lines, filed if filed is not None else label))


def _label(text: str, lines: Sequence[Line], first: int) -> tuple[int | None, int | None]:
    """The last "Nơi nhận" above the first "Lưu"; without "Lưu" the first one; else the dashes above a "Lưu"."""
    earliest = latest = None
    folded = fold_whole(text)
    for at in range(first, len(lines)):
        line = lines[at]
        head = folded[line.start : line.start + 40]
        if ("noi nh" in head or "nhan" in head or line.row) and _is_label(text, line):
            earliest = at if earliest is None else earliest
            latest = at
        if latest is not None and at - latest < _LOOK and _is_filed(folded[line.start : line.end]):
            return latest, at
        if "lu" in head[:8] and anchors.FILED.find(head):
            return (latest if latest is not None else _first_dash(text, lines, at, first)), at
    return earliest, None


def _is_label(text: str, line: Line) -> bool:
    cells = columns(text, line)
    return any(anchors.RECIPIENTS_LABEL.find(fold(text[start : min(start + 40, end)])) for start, end in cells)


def _is_filed(folded: str) -> bool:
    return anchors.FILED.find(folded) is not None or _FILED_INSIDE.search(folded) is not None


def _first_dash(text: str, lines: Sequence[Line], filed: int, first: int) -> int:
    at = filed
    while at > first and text[lines[at - 1].start] in "-–+•*~=¬»" and lines[at - 1].end - lines[at - 1].start < 120:
        at -= 1
    return at


def right_part(text: str) -> int | None:
    """Where a signing form or the title of an office begins behind other words of one line; ``None`` if none does."""
    for match in _RIGHT_FORM.finditer(text):
        if match["stop"] != "," or OFFICE.match(fold(text[match.end() :])):
            return match.start()
    title = _RIGHT_TITLE.search(text)
    return title.start() if title and OFFICE.match(fold(text[title.start() :])) else None


def is_signing(text: str) -> bool:
    """Whether a piece of a line is a signing form or the title of an office in capitals."""
    named = name_at_end(text)
    text = text[: named[1]].rstrip() if named else text
    folded = fold(text)
    if anchors.SIGN_FORM.pattern.match(folded.lstrip(" -*_.")):
        return is_capitals(text, 0.7)
    return is_capitals(text, 0.9) and OFFICE.match(folded) is not None and len(text) < 60


def _signed(text: str, lines: Sequence[Line], first: int) -> int | None:
    """Without "Nơi nhận": the first signing form or title in capitals below "./.", or among the last lines."""
    final = max((at for at in range(first, len(lines)) if _is_final(text, lines[at])), default=None)
    begin = final + 1 if final is not None else max(first, len(lines) - 14)
    for at in range(begin, min(begin + 24, len(lines))):
        signs = any(is_signing(text[start:end].strip()) for start, end in columns(text, lines[at]))
        if signs and (final is not None or not _speaks_below(text, lines, at)):
            return at
    for at in range(max(begin, len(lines) - 5), len(lines)):
        if at > first and person(text[lines[at].start : lines[at].end]):
            return at
    return None


_BODY_BELOW = re.compile(r"(?:Căn cứ|Điều \d|Theo đề nghị|Xét|QUYẾT)")


def _speaks_below(text: str, lines: Sequence[Line], at: int) -> bool:
    """An office in capitals above bases or articles is the deciding one, not a signature."""
    below = lines[at + 1 : at + 5]
    return any(line.end - line.start > 80 or _BODY_BELOW.match(text, line.start) for line in below if not line.row)


def _is_final(text: str, line: Line) -> bool:
    return _FINAL.search(text, max(line.start, line.end - 14), line.end) is not None


_IN_BRACKETS = re.compile(r"\s*\([^()]{2,40}\)\s*\Z")
""" "(Ký tên, đóng dấu)" between title and name."""


def _up(text: str, lines: Sequence[Line], at: int, first: int) -> int:
    """Titles printed above "Nơi nhận" belong to the foot."""
    end = at
    for above in range(at - 1, max(first - 1, at - 8), -1):
        printed = text[lines[above].start : lines[above].end]
        if is_signing(printed) or right_part(printed) is not None:
            end = above
        elif person(printed) or _IN_BRACKETS.match(printed):
            continue
        elif len(printed) > 14 or _is_final(text, lines[above]) or lines[above].row:
            break
    return end


def _end(text: str, lines: Sequence[Line], last: int) -> int:
    """The first line below the name: the name ends a foot; without one, the next long or annex line does."""
    for at in range(last, min(last + _AFTER, len(lines))):
        printed = text[lines[at].start : lines[at].end]
        if at > last and (_ANNEX.match(fold(printed[:40])) or len(printed) > 150):
            return at
        if at > last and any(person(text[start:end]) for start, end in columns(text, lines[at])):
            return at + 1
    below = last + 1
    while below < min(last + 8, len(lines)):
        printed = text[lines[below].start : lines[below].end]
        if not (is_signing(printed) or len(printed) < 12):
            break
        below += 1
    return below
