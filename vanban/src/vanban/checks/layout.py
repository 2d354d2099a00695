"""PARA, PUNCT, ENCODING: broken sentences, unclosed brackets and quotation marks, stray marks, Unicode residue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import Passage, View
from vanban.diagnostics import Severity
from vanban.document import Span
from vanban.text.fold import CAPITAL, SMALL, fold

_OPENING = {"(": ")", "“": "”", "[": "]"}
_CLOSING = {")": "(", "”": "“", "]": "["}
_BRACKET = re.compile(r"[(“\[)”\]]")
_LIST_MARK = re.compile(r"(?:(?<=\A)|(?<=[\s;,:.(]))(?:[a-zđ]|\d{1,2}|[ivx]{1,4})\)")
_NAMES = {"(": "ngoặc đơn", "“": "ngoặc kép", "[": "ngoặc vuông"}
_STRAY = re.compile(
    rf"(?<=\w)\s+[,;](?=\s)|(?<=\w),,+|(?<=\w);;+|(?<=\w),\s*;|;\s*,(?=\s)|(?<=\w)\.\s*,(?=\s)|(?<=[^\W\d]{{2}})\.\.(?=\s[{CAPITAL}]|\Z)"
    r"|(?<=\w)\s+;;+"
)
_DOUBLED = re.compile(r"[,;]\s*[,;]|\.\.\Z|\.\s*,")
_GLUED_COMMA = re.compile(rf"(?<=[{SMALL}])[,;](?=[{SMALL}])")
_DECOMPOSED = re.compile(r"[^\W\d_][\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]+")
_RESIDUE = re.compile(
    r"\*{1,3}(?=[^\s*])[^*]{1,300}(?<=[^\s*])\*{1,3}|&(?:nbsp|amp|quot|lt|gt);|</?(?:b|i|u|p|br|strong|em|span)\s*/?>|\ufffd"
)
_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi)\b")
_ASKS = re.compile(
    r"Trên đây là [^,;.]{10,200}? (?P<body>(?:Sở|Trường|UBND|Ủy ban nhân dân|Bộ|Phòng) [^,;.]{3,60}?) "
    r"(?:yêu cầu|đề nghị)\b"
)
_PAGE_NUMBER = re.compile(r"\d{1,3}\Z")
_SHORT_SHARE = 0.6
"""In text whose lines are wrapped, a line this much shorter than a full one was not ended by the wrapping."""
_ENDED = re.compile(r"[.;:!?…/][\"”’)\]]*\Z")


def broken_sentences(view: View) -> Iterator[Finding]:
    """A paragraph that stops in mid-sentence and goes on in the next one (a page break, as a rule)."""
    width = _full_width(view) if view.is_wrapped else None
    for first, second in view.broken_pairs():
        if width is not None and first.end - first.start > _SHORT_SHARE * width:
            continue
        if _PAGE_NUMBER.match(view.text[first.start : first.end]):
            continue
        start = max(first.start, view.text.rfind(" ", first.start, max(first.start, first.end - 40)) + 1)
        end = min(second.end, (view.text.find(" ", second.start + 30, second.end) + 1 or second.end + 1) - 1)
        yield view.make(
            "para.broken",
            Klass.PARA,
            Severity.WARNING if view.is_scanned else Severity.ERROR,
            (start, max(end, second.start + 1)),
            why="Một câu bị ngắt thành hai đoạn.",
            mend="Nối hai đoạn thành một.",
        )


def _full_width(view: View) -> int:
    """Length of a line that fills the page: nine in ten body lines are no longer."""
    lengths = sorted(line.end - line.start for line in view.body_lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def page_numbers(view: View) -> Iterator[Finding]:
    """The number of a page in the middle of a sentence."""
    for before, line, after in zip(view.body_lines, view.body_lines[1:], view.body_lines[2:], strict=False):
        words = [view.text[one.start : one.end] for one in (before, line, after)]
        if _PAGE_NUMBER.match(words[1]) and not _ENDED.search(words[0]) and words[2][0].islower():
            yield view.make(
                "para.page-number",
                Klass.PARA,
                Severity.ERROR,
                (line.start, after.end),
                why="Số trang nằm giữa câu.",
                mend="Bỏ số trang khỏi nội dung, nối câu lại.",
            )


def unclosed(view: View) -> Iterator[Finding]:
    """Brackets and quotation marks that are opened and not closed in their paragraph, or closed and not opened."""
    pending: tuple[Passage, int, str] | None = None
    for passage in view.passages:
        found = [] if passage.row else list(_unpaired(passage))
        if pending is not None:
            if found and _CLOSING.get(found[0][1]) == pending[2]:  # a line of the head or foot goes on in the next
                found = found[1:]
            else:
                yield _bracket(view, *pending)
            pending = None
        if found and found[-1][1] in _OPENING:
            pending = (passage, *found.pop())
        for place, char in found:
            yield _bracket(view, passage, place, char)
    if pending is not None:
        yield _bracket(view, *pending)


def _bracket(view: View, passage: Passage, place: int, char: str) -> Finding:
    opened = char in _OPENING
    kind = _NAMES[char if opened else _CLOSING[char]]
    end = min(len(passage.text), place + 80) if opened else place + 1
    start = place if opened else max(0, place - 60)
    return view.make(
        "punct.unclosed",
        Klass.PUNCT,
        Severity.ERROR if opened or (_ends_words(passage, place) and not view.is_scanned) else Severity.WARNING,
        passage.place(start, end),
        why=f"Mở {kind} mà không đóng." if opened else f"Đóng {kind} mà không mở.",
        mend=f"Bổ sung dấu {'đóng' if opened else 'mở'} {kind}.",
    )


def _ends_words(passage: Passage, place: int) -> bool:
    """Whether a closing bracket without partner stands behind a word, and no other bracket in its paragraph."""
    return (
        passage.text[place] == ")" and "(" not in passage.text and _WORD_BEFORE.search(passage.text[:place]) is not None
    )


_WORD_BEFORE = re.compile(rf"[{SMALL}]{{3}}\Z")


def _unpaired(passage: Passage) -> Iterator[tuple[int, str]]:
    """Offset and mark of each bracket without a partner; "a)" and "1)" are outline marks, not brackets."""
    marks = {match.end() - 1 for match in _LIST_MARK.finditer(passage.text)}
    stack: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(passage.text):
        place, char = match.start(), match.group()
        if char in _OPENING:
            if stack and stack[-1][1] == char:  # the same mark opened twice: the first was never closed
                yield stack.pop()
            stack.append((place, char))
        elif any(opened == _CLOSING[char] for _, opened in stack):
            yield from _closed_by(_CLOSING[char], stack)
        elif place not in marks:
            yield place, char
    yield from stack


def _closed_by(opening: str, stack: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Take the nearest ``opening`` off ``stack``; what was opened after it and not closed is said."""
    while stack[-1][1] != opening:
        yield stack.pop()
    stack.pop()


def stray_marks(view: View) -> Iterator[Finding]:
    """Space before a comma, doubled commas, a comma without a space after it."""
    for passage in view.body:
        for match in (*_STRAY.finditer(passage.text), *_GLUED_COMMA.finditer(passage.text)):
            start, end = max(0, match.start() - 8), min(len(passage.text), match.end() + 8)
            doubled = _DOUBLED.search(match.group()) is not None and not view.is_scanned
            yield view.make(
                "punct.doubled" if doubled else "punct.stray",
                Klass.PUNCT,
                Severity.ERROR if doubled else Severity.NOTE,
                passage.place(start, end),
                why="Dấu câu đặt sai hoặc lặp.",
                mend="Dấu câu viết liền từ trước, cách từ sau một khoảng trắng.",
            )


def bases(view: View) -> Iterator[Finding]:
    """Each base ends in ";", the last in "."."""
    group = [p for p in view.passages if p.start >= view.body_start and _BASIS.match(fold(p.text))]
    first = view.normal.from_original(view.first_heading)
    group = [p for p in group if p.start < first]
    for place, passage in enumerate(group):
        last = place == len(group) - 1
        wanted = (".", ";", ":", ",") if last else (";",)
        if len(group) > 1 and not passage.text.endswith(wanted):
            end = len(passage.text)
            yield view.make(
                "punct.basis",
                Klass.PUNCT,
                Severity.WARNING,
                passage.place(max(0, end - 30), end),
                why="Cuối mỗi căn cứ có dấu chấm phẩy, căn cứ cuối cùng có dấu chấm.",
                mend=f"Kết thúc bằng dấu “{'.' if last else ';'}”.",
            )


def basis_order(view: View) -> Iterator[Finding]:
    """Whoever proposes the document is named after all bases ("Theo đề nghị của …")."""
    first = view.normal.from_original(view.first_heading)
    group = [p for p in view.passages if view.body_start <= p.start < first and _BASIS.match(fold(p.text))]
    proposals = [place for place, passage in enumerate(group) if not fold(passage.text).startswith("can cu")]
    for place, passage in enumerate(group):
        if proposals and place > proposals[0] and fold(passage.text).startswith("can cu"):
            yield view.make(
                "cite.basis-place",
                Klass.CITE_PLACE,
                Severity.WARNING,
                passage.place(0, min(len(passage.text), 60)),
                why="Căn cứ đứng sau dòng “Theo đề nghị …”.",
                mend="Chuyển căn cứ lên trước dòng đề nghị.",
            )


def enacting_comma(view: View) -> Iterator[Finding]:
    """ "Trên đây là Kế hoạch … năm 2025 Sở … yêu cầu": the comma before the body that asks."""
    for passage in view.body:
        match = _ASKS.match(passage.text)
        if match:
            yield view.make(
                "punct.enacting",
                Klass.PUNCT,
                Severity.WARNING,
                passage.place(max(0, match.start("body") - 12), match.end()),
                why="Thiếu dấu phẩy trước tên cơ quan yêu cầu.",
                mend="Thêm dấu phẩy.",
            )


def unicode_forms(view: View) -> Iterator[Finding]:
    """Letters with loose accents beside composed ones: the two look alike and are not found by the same search."""
    text = view.parsed.text
    loose = [m for m in _DECOMPOSED.finditer(text) if unicodedata.normalize("NFC", m.group()) != m.group()]
    composed = sum(1 for char in text if len(unicodedata.normalize("NFD", char)) > 1)
    if loose and composed > len(loose):
        first, last = _word_around(text, loose[0].start()), _word_around(text, loose[-1].start())
        said = view.at_span(
            "encoding.decomposed",
            Klass.ENCODING,
            Severity.ERROR,
            Span(first.start, last.end),
            why=f"{len(loose)} chữ dùng dấu tổ hợp (Unicode tổ hợp) lẫn với Unicode dựng sẵn.",
            mend="Chuyển toàn văn bản về Unicode dựng sẵn (TCVN 6909:2001).",
        )
        yield replace(said, text=f"{text[first.start : first.end]}…")


def _word_around(text: str, place: int) -> Span:
    start, end = place, place
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def residue(view: View) -> Iterator[Finding]:
    """Marks of another format left in the text."""
    for match in _RESIDUE.finditer(view.parsed.text):
        yield view.at_span(
            "encoding.residue",
            Klass.ENCODING,
            Severity.WARNING,
            Span(*match.span()),
            why="Còn sót ký hiệu đánh dấu của định dạng khác.",
            mend="Xóa ký hiệu thừa.",
        )


def closing(view: View) -> Iterator[Finding]:
    """The body ends in "./."."""
    body = [p for p in view.passages if p.start < view.foot_start and p.start >= view.body_start]
    body = [p for p in body if not _PAGE_NUMBER.match(p.text)]
    if not body or view.foot_start >= len(view.text):
        return
    if not any(re.search(r"\.\s*/\s*\.?", p.text[-12:]) for p in body[-2:]):
        end = len(body[-1].text)
        yield view.make(
            "struct.closing",
            Klass.STRUCT,
            Severity.WARNING,
            body[-1].place(max(0, end - 40), end),
            why="Nội dung văn bản không kết thúc bằng dấu “./.”.",
            mend="Thêm “./.” vào cuối nội dung.",
        )


RULES = (
    broken_sentences,
    page_numbers,
    unclosed,
    stray_marks,
    bases,
    basis_order,
    enacting_comma,
    unicode_forms,
    residue,
    closing,
)
