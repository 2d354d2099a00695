"""Lines as a person sees them: physical lines, cells of Markdown tables, columns, and what was run together."""

from __future__ import annotations

import re
from typing import NamedTuple

from vanban.document import BlockKind, SourceText
from vanban.rules import anchors
from vanban.text.fold import CAPITAL, SMALL, fold
from vanban.text.normal import NormalText


class Line(NamedTuple):
    """One line, as offsets of the normal text without the white space around it."""

    start: int
    end: int
    gap: int
    """Empty lines before it."""
    indent: int
    row: bool = False
    """A row of a table."""
    glued: bool = False
    """Cut out of a run-together line: the white space before it was lost."""


_CONTENT = re.compile(r"[^\n]+")
_RULE_ROW = re.compile(r"[\s|:+\-=_]*\Z")
_BAR = re.compile(r"(?:\A|\s)\|(?:\s|\Z)|\|[^|]*\|")
_FENCE = re.compile(r"```\w*\Z|(?:# )?Page \d+\Z", re.I)

_LONG = 400
_VERY_LONG = 2500
_SPARSE = 250
"""A text with fewer line ends than one in so many characters may be run together."""
_FEWEST_CUTS = 4
_HEAD = 3000
_TYPES = (
    "QUYẾT ĐỊNH|KẾ HOẠCH|BÁO CÁO|TỜ TRÌNH|THÔNG BÁO|CHỈ THỊ|NGHỊ QUYẾT|NGHỊ ĐỊNH|HƯỚNG DẪN|CÔNG ĐIỆN|GIẤY MỜI"
    "|CHƯƠNG TRÌNH|BIÊN BẢN|THÔNG TƯ"
)
_BEHIND_TYPE = "|".join(rf"(?<=\d{name})" for name in _TYPES.split("|"))
"""A type stuck to the year of the date above it and to the trích yếu below it."""
_GLUE = re.compile(
    rf"(?<=[{SMALL}]{{2}})(?=[{CAPITAL}][{SMALL}]*[ ,\n])"
    rf"|(?<=[;:.)”])(?=[{CAPITAL}][{SMALL}]+[ ,])"
    rf"|(?<=[\w;:.)”])(?=Nơi nhận ?:|Kính gửi ?:|V/v |Độc lập ?-|CỘNG H[OÒ][AÀ] XÃ HỘI|Số ?:|Điều \d{{1,3}}\. )"
    rf"|(?:(?<=[{SMALL};:)”])|(?<=\D[.])|(?<=[12]\d\d\d[.]))(?=(?:(?:[IVX]{{1,5}}"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\. ?|\d{{1,2}}\.\d{{1,2}} )[{CAPITAL}])"
    rf"|(?<=[{SMALL}0-9;:.)”])(?=[a-eghiklmnopđ]\) ?[{CAPITAL}])"
    rf"|(?<=[/ ](?:19|20)\d\d)(?=\d{{1,2}}\. ?[{CAPITAL}])"
    rf"|(?<=[/ ](?:19|20)\d\d)(?=[{CAPITAL}])"
    rf"|(?<=[{CAPITAL}]{{2}})(?=\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\. ?[{CAPITAL}])"
    rf"|(?<=[{CAPITAL}]{{2}})(?=(?:SỞ|BỘ|PHÒNG|TRƯỜNG|CHI CỤC|TRUNG TÂM|BAN QUẢN LÝ|VĂN PHÒNG) [{CAPITAL}])"
    rf"|(?:{_BEHIND_TYPE})(?=[{CAPITAL}])"
    rf"|(?<=[{CAPITAL}]{{2}})(?=(?:PHÓ )?(?:CHỦ TỊCH|(?:BỘ|CỤC|HIỆU|TỔNG CỤC) TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG"
    rf"|HỘI ĐỒNG NHÂN DÂN|[ỦU][YỶỲ] BAN NHÂN DÂN)(?:\W|[{CAPITAL}]))"
    rf"|(?<=[;:.])(?=[-+] ?[{CAPITAL}])"
    rf"|(?<=[\d)][\d)])(?=[{CAPITAL}]{{2,}} [{CAPITAL}]{{2,}}|V/v )"
    rf"|(?<=[{CAPITAL}]{{2}})(?=[{CAPITAL}][{SMALL}]+ [{SMALL}{CAPITAL}])"
    r"|(?<=[;.)])(?=(?:TM|KT|TL|TUQ)\. ?[A-ZĐ])"
    r"|(?<=NHÂN DÂN)(?=(?:TỈNH|THÀNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ|ĐẶC) )"
)


_BLANK = re.compile(  # in front of what can only begin a line, where a text was joined by blanks
    r"\s(?=CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT|Số ?: ?[\d/.…]|Kính gửi ?:|Nơi nhận ?:|V/v |Căn cứ |QUYẾT ĐỊNH ?:"
    r"|QUYẾT NGHỊ ?:|Điều \d{1,3}[.:] |Chương [IVX]{1,4}[.: ]|(?:TM|KT|TL|TUQ)\. ?[A-ZĐ]{2}|T/M [A-ZĐ]{2})"
    rf"|(?<=\d{{4}})\s(?=(?:{_TYPES})\b)|(?<=VIỆT NAM)\s(?=[{CAPITAL}Đ])|(?<=Hạnh phúc)\s|(?<=Hạnh Phúc)\s"
    rf"|(?<=[;:.])\s(?=[-+•] ?[{CAPITAL}])"
    rf"|(?<=[;:./])\s(?=(?:[IVX]{{1,4}}|\d{{1,2}}(?:\.\d){{0,2}}|[a-eđ])(?:[.)] ?|/ )[{CAPITAL}])"
    rf"|(?<=[{CAPITAL}]{{2}})\s(?=(?:[IVX]{{1,4}}|\d{{1,2}})[.)/] [{CAPITAL}])"
    rf"|(?<=\.)(?<!KT\.)(?<!TM\.)(?<!TL\.)(?<!Q\.)\s(?=(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|HIỆU TRƯỞNG"
    r"|(?:CỤC|VỤ|BỘ) TRƯỞNG|CHÁNH VĂN PHÒNG|BÍ THƯ)\b)"
    rf"|(?<=[{CAPITAL}]{{3}})\s(?=(?:[{CAPITAL}][{SMALL}]{{1,6}} ){{2,4}}[{CAPITAL}][{SMALL}]{{1,6}}\W*\Z)"
    rf"|(?<=[{CAPITAL}]{{3}})\s(?=(?:Về việc|Về |[{CAPITAL}][{SMALL}]+ [{SMALL}]))"
)
_NATION = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ|ĐẢNG CỘNG SẢN VIỆT")


def split_lines(normal: NormalText, source: SourceText | None = None) -> list[Line]:
    """Every non-empty line of ``normal``, long run-together ones cut where words of two lines touch."""
    text = normal.text
    longest = _LONG if len(text) > _SPARSE * (text.count("\n") - text.count("\n\n") + 1) else _VERY_LONG
    rows = _row_spans(normal, source) if source is not None and source.blocks else []
    lines: list[Line] = []
    last_end = row_at = 0
    for match in _CONTENT.finditer(text):
        raw = match.group()
        content = raw.strip()
        if not content or _FENCE.match(content):
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(content)
        gap = text.count("\n", last_end, start) - 1 if lines else 0
        while row_at < len(rows) and rows[row_at][1] <= start:
            row_at += 1
        row = ("|" in content and _BAR.search(content) is not None) or (row_at < len(rows) and rows[row_at][0] <= start)
        if row and _RULE_ROW.match(content):
            continue
        last_end = end
        line = Line(start, end, max(gap, 0), start - match.start(), row)
        if not row and end - start > longest:
            lines.extend(_unglue(text, line))
        else:
            lines.append(line)
    return lines


def _row_spans(normal: NormalText, source: SourceText) -> list[tuple[int, int]]:
    return [
        (normal.from_original(block.span.start), normal.from_original(block.span.end))
        for block in source.blocks
        if block.kind is BlockKind.TABLE_ROW
    ]


def _anchor_edges(text: str, line: Line) -> list[int]:
    """Both ends of national title and motto in the first part of a run-together line."""
    head = fold(text[line.start : min(line.end, line.start + _HEAD)])
    found = [rule.pattern.search(head) for rule in (anchors.NATIONAL, anchors.MOTTO)]
    return [line.start + edge for match in found if match for edge in match.span()]


def _unglue(text: str, line: Line) -> list[Line]:
    cuts = [match.start() for match in _GLUE.finditer(text, line.start, line.end)]
    if _NATION.search(text, line.start, line.end):
        cuts = sorted({*cuts, *(match.end() for match in _BLANK.finditer(text, line.start, line.end))})
    if len(cuts) >= _FEWEST_CUTS:
        cuts = sorted({*cuts, *_anchor_edges(text, line)})
    if len(cuts) < _FEWEST_CUTS or len(cuts) * 600 < line.end - line.start:  # an ordinary long paragraph
        return [line]
    pieces: list[Line] = []
    start = line.start
    for cut in (*cuts, line.end):
        if cut > start:
            left = start + len(text[start:cut]) - len(text[start:cut].lstrip())
            right = left + len(text[left:cut].rstrip())
            if right > left:
                pieces.append(
                    line._replace(start=left, end=right, gap=line.gap if not pieces else 0, glued=bool(pieces))
                )
        start = cut
    return pieces
