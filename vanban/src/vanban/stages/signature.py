"""Who signed and how (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.document import Signer
from vanban.rules import anchors
from vanban.stages.foot import Foot, is_signing, right_part
from vanban.stages.people import name_at_end, person
from vanban.stages.pieces import columns
from vanban.text.fold import collapse, fold
from vanban.text.lines import Line
from vanban.text.normal import NormalText

_SPLIT = re.compile(
    r"\s+(?=(?:KT|TM|TL|TUQ|Q)\s?\.\s?\S)|\s*(?=PHÓ\s)|\s*(?=THỨ TRƯỞNG)"
    r"|(?<!TM\.)(?<!PHÓ)(?<!/[MTL])(?<=[A-ZĐÀ-Ỹ])\s+(?=(?:TRƯỞNG (?:ĐOÀN|BAN)|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CHÁNH ÁN"
    r"|TỔNG GIÁM ĐỐC)\b)"
    r"|(?<=NHÂN DÂN)\s+(?=CHỦ TỊCH)|(?<=HỘI ĐỒNG)\s+(?=CHỦ TỊCH)|(?<=QUỐC HỘI)\s+(?=CHỦ TỊCH)"
    r"|(?<=CHÍNH PHỦ)\s+(?=THỦ TƯỚNG)"
    r"|(?<=THƯỜNG VỤ)\s+(?=(?:PHÓ )?BÍ THƯ)"
)


def find(normal: NormalText, lines: Sequence[Line], foot: Foot) -> Signer | None:
    """Signing forms, title and name printed in the foot; ``None`` when nothing is printed."""
    if foot.body_end >= len(lines):
        return None
    printed: list[tuple[str, int, int]] = []
    name: tuple[str, int, int] | None = None
    titled = False
    for at in range(foot.body_end, min(foot.end, len(lines))):
        for start, end in columns(normal.text, lines[at]):
            titles, found = _read(normal.text, start, end)
            printed.extend(titles)
            if found and (name is None or not titled):
                name, titled = found, bool(printed)
    name = name or _behind_specks(normal.text, lines, foot) or _behind_filing(normal.text, lines, foot)
    if not printed and name is None:
        return None
    start = min([at for _, at, _ in printed] + ([name[1]] if name else []))
    end = max([to for _, _, to in printed] + ([name[2]] if name else []))
    return _signer([title for title, _, _ in printed], name[0] if name else None, normal, start, end)


def _behind_specks(text: str, lines: Sequence[Line], foot: Foot) -> tuple[str, int, int] | None:
    """A name at the end of a short line below the recipients, behind specks of seal and signature."""
    first = foot.filed if foot.filed is not None else foot.body_end
    for line in lines[first + 1 : foot.end + 6]:
        printed = text[line.start : line.end]
        found = name_at_end(printed) if len(printed) <= 45 else None
        if found:
            return found[0], line.start + found[1], line.end
    return None


def _behind_filing(text: str, lines: Sequence[Line], foot: Foot) -> tuple[str, int, int] | None:
    """A full name that a scan put on the line of "Lưu", behind its full stop: "- Lưu: VT, NC(V12). Trần Văn Bình"."""
    if foot.filed is None:
        return None
    line = lines[foot.filed]
    found = name_at_end(text[line.start : line.end])
    if found is None or len(found[0].split()) < 3:
        return None
    at = line.start + found[1]
    return (found[0], at, line.end) if text[line.start : at].rstrip()[-1:] in {".", ";", ")"} else None


def _read(text: str, start: int, end: int) -> tuple[list[tuple[str, int, int]], tuple[str, int, int] | None]:
    """Titles and the name in one cell."""
    raw = text[start:end]
    piece = raw.strip(" \t|*_")
    start += raw.index(piece) if piece else 0
    name = person(piece)
    if name:
        return [], (name, start, start + len(piece))
    label = anchors.RECIPIENTS_LABEL.pattern.match(fold(piece))
    offset = label.end() if label else 0
    if not (offset and is_signing(piece[offset:].strip())):
        right = right_part(piece)
        named = name_at_end(piece)
        if right is None and not is_signing(piece[: named[1]].strip() if named else piece):
            return [], None
        offset = right or 0
    tail = name_at_end(piece[offset:])
    titles_end = offset + tail[1] if tail else len(piece)
    titles = _titles(piece[offset:titles_end], start + offset)
    return titles, (tail[0], start + titles_end, start + len(piece)) if tail else None


def _titles(run: str, start: int) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    left = 0
    for match in [*_SPLIT.finditer(run), None]:
        right = match.start() if match else len(run)
        title = collapse(run[left:right]).strip(" ,;:*_-–—“”\"'^`")
        if sum(character.isalpha() for character in title) >= 4:
            found.append((title, start + left, start + right))
        left = match.end() if match else right
    return found


def _signer(titles: list[str], name: str | None, normal: NormalText, start: int, end: int) -> Signer:
    forms: list[str] = []
    position: str | None = None
    for title in titles:
        form = anchors.SIGN_FORM.pattern.match(fold(title))
        if form:
            forms.append((form["form"] or form["slashed"].replace("/", "")).upper() + ".")
            position = None
        else:
            position = title
    return Signer(name, position, tuple(forms), tuple(titles), normal.to_original(start, end))
