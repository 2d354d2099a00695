"""HEADER: number and symbol of the document itself (NĐ 30/2020/NĐ-CP, Phụ lục I and III; Hướng dẫn 36-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.codes import UNMISTAKABLE, right_separators
from vanban.checks.finding import Finding, Klass
from vanban.checks.header import has_national_title
from vanban.checks.view import View
from vanban.data.doc_types import name_of_code
from vanban.diagnostics import Severity
from vanban.document import Fact
from vanban.rules.lexicon import state_bodies, type_codes
from vanban.text.fold import fold

_SPACE_IN_CODE = re.compile(r"\s")


def number_and_symbol(view: View) -> Iterator[Finding]:
    """Leading zero, no space inside, the type's own abbreviation."""
    header = view.parsed.header
    number, symbol = header.number, header.symbol
    if number and number.span and len(number.value) == 1 and number.value.isdigit():
        yield view.at_span(
            "header.leading-zero",
            Klass.HEADER,
            Severity.WARNING,
            number.span,
            why="Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
            mend=f"Ghi “0{number.value}”.",
        )
    if number and number.span and symbol and symbol.span and symbol.span.start >= number.span.end:
        start, end = view.normal.from_original(number.span.start), view.normal.from_original(symbol.span.end)
        if _SPACE_IN_CODE.search(view.text[start:end]):
            yield view.make(
                "header.space-in-symbol",
                Klass.HEADER,
                Severity.WARNING,
                (start, end),
                why="Số và ký hiệu viết liền, không có khoảng trắng.",
                mend="Bỏ khoảng trắng trong số, ký hiệu.",
            )
    yield from _type_against_symbol(view)
    yield from _lost_letter(view)


def _lost_letter(view: View) -> Iterator[Finding]:
    symbol = view.parsed.header.symbol
    if not (symbol and symbol.span):
        return
    number = view.parsed.header.number
    right = _right_code(view, number, symbol) if number else None
    if right is not None:
        yield view.at_span(
            "header.separators",
            Klass.HEADER,
            Severity.ERROR,
            symbol.span,
            why=f"Dấu nối trong ký hiệu “{symbol.value}” viết sai.",
            mend=f"Ghi “{right}”.",
        )
    for place, segment in enumerate(re.split(r"[-/]", symbol.value)):
        known = state_bodies() if place else {**state_bodies(), **type_codes()}
        right = known.get(fold(segment), segment)
        if right != segment and fold(right) == fold(segment):
            yield view.at_span(
                "header.symbol-letters",
                Klass.HEADER,
                Severity.ERROR,
                symbol.span,
                why=f"Chữ viết tắt “{segment}” trong ký hiệu viết sai.",
                mend=f"Sửa thành “{right}”.",
            )


def _right_code(view: View, number: Fact[str], symbol: Fact[str]) -> str | None:
    printed = _printed_code(view, number, symbol)
    right = right_separators(printed)
    swapped = _SWAPPED.fullmatch(printed)
    if right is None and swapped and swapped["type"] in UNMISTAKABLE and not _is_of_party(view):
        return f"{swapped['number']}/{swapped['type']}-{swapped['body']}"
    return right


_SWAPPED = re.compile(r"(?P<number>\d+)-(?P<type>\w{2,3})/(?P<body>\S+)")


def _is_of_party(view: View) -> bool:
    header = view.parsed.header
    named = " ".join(fold(fact.value) for fact in (header.issuer, header.superior) if fact)
    party = "dang cong san" in fold(view.text[: max(view.body_start, 400)])
    return party or _PARTY_BODY.search(named) is not None or not has_national_title(view)


_PARTY_BODY = re.compile(r"\b(?:tinh|thanh|huyen|quan|thi|dang) uy\b|chi bo|dang bo|doan (?:tncs|thanh nien)")


def _printed_code(view: View, number: Fact[str], symbol: Fact[str]) -> str:
    """Number and symbol with the mark printed between them: "215-CV/TU" of the Party, "12/KH-UBND" of others."""
    if number.span is None or symbol.span is None:
        return f"{number.value}/{symbol.value}"
    between = view.parsed.text[number.span.end : symbol.span.start].strip()
    return f"{number.value}{'-' if between and between in '-–—' else '/'}{symbol.value}"


def _type_against_symbol(view: View) -> Iterator[Finding]:
    doc_type, symbol = view.parsed.header.doc_type, view.parsed.header.symbol
    if not (doc_type and symbol and symbol.span):
        return
    code = re.split(r"[-/]", symbol.value)[0]
    named = name_of_code(code)
    if named and fold(named) != fold(doc_type.value) and code in UNMISTAKABLE:
        yield view.at_span(
            "header.type-against-symbol",
            Klass.HEADER,
            Severity.ERROR,
            symbol.span,
            why=f"Ký hiệu “{code}” là của {named}, văn bản lại là {doc_type.value}.",
            mend="Thống nhất tên loại và ký hiệu.",
        )


RULES = (number_and_symbol,)
