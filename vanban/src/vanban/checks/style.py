"""STYLE: one thing written two ways, zeros in dates, capital letters of Phụ lục II of the decree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import cast

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.data import load
from vanban.diagnostics import Severity

_OLD_TONE = re.compile(r"\b[^\W\d_]*(?:o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])\b", re.I)
_NEW_TONE = re.compile(r"\b[^\W\d_]*(?:[òóỏõọ]a|[òóỏõọ]e|(?<![qQ])[ùúủũụ]y)\b", re.I)
_SHORT_DAY = re.compile(r"\bngày (?:\d/\d{1,2}|\d{1,2}/[12])/\d{4}\b")
_NUMERIC_DAY = re.compile(r"\bngày \d{1,2}/\d{1,2}/\d{4}")
_WORDED_DAY = re.compile(r"\bngày \d{1,2} tháng \d{1,2} năm \d{4}")
_CAPITAL_DAY = re.compile(r"(?<=[^\s.:;]) Ngày(?= \d{1,2}[/ ])")
_NO_SPACE_DASH = re.compile(r"\bkinh tế(?:-| -|- )xã hội\b", re.I)
_SPACED_DASH = re.compile(r"\bkinh tế - xã hội\b", re.I)


def tone_places(view: View) -> Iterator[Finding]:
    """ "hoà" and "hòa" in one document: the rarer way is said once."""
    old = [m for m in _OLD_TONE.finditer(view.text) if not m.group().lower().startswith("qu")]
    new = list(_NEW_TONE.finditer(view.text))
    if old and new:
        rarer = min(old, new, key=len)
        yield _note(
            view,
            "style.tone",
            rarer[0].span(),
            "Dấu thanh đặt theo hai kiểu (hoà, hòa) trong một văn bản.",
            "Thống nhất một kiểu.",
        )


def dates(view: View) -> Iterator[Finding]:
    """Days and months without their zero; two ways of writing dates; a capital "Ngày" inside a sentence."""
    for match in _SHORT_DAY.finditer(view.text):
        yield _note(
            view, "style.zero", match.span(), "Ngày dưới 10, tháng 1 và tháng 2 thêm số 0 phía trước.", "Thêm số 0."
        )
    for match in _CAPITAL_DAY.finditer(view.text):
        yield _note(view, "style.capital-day", match.span(), "Chữ “Ngày” viết hoa giữa câu.", "Viết “ngày”.")
    numeric, worded = list(_NUMERIC_DAY.finditer(view.text)), list(_WORDED_DAY.finditer(view.text, view.body_start))
    if numeric and worded:
        rarer = min(worded, numeric, key=len)
        yield _note(
            view,
            "style.dates",
            rarer[0].span(),
            "Ngày tháng viết theo hai kiểu trong một văn bản.",
            "Thống nhất một kiểu.",
        )


def dashes(view: View) -> Iterator[Finding]:
    """ "kinh tế-xã hội" beside "kinh tế - xã hội"."""
    odd = list(_NO_SPACE_DASH.finditer(view.text))
    if odd and _SPACED_DASH.search(view.text):
        for match in odd:
            yield _note(
                view, "style.dash", match.span(), "Dấu gạch nối viết không thống nhất.", "Viết “kinh tế - xã hội”."
            )


def capitals(view: View) -> Iterator[Finding]:
    """Names that the decree writes with other capitals; one name with capitals here and without them there."""
    rows = cast(list[dict[str, str]], load("spelling.json")["capitals"])
    for row in rows:
        for match in re.finditer(row["wrong"], view.text):
            yield _note(
                view,
                "style.capitals",
                match.span(),
                f"“{match.group()}” viết hoa chưa đúng.",
                f"Viết “{row['right']}”.",
            )
    for name in cast(list[str], load("spelling.json")["one_way"]):
        found = list(re.finditer(rf"\b{re.escape(name)}\b", view.text, re.I))
        ways = Counter(
            m.group() for m in found if not m.group().isupper() and not _starts_sentence(view.text, m.start())
        )
        if len(ways) > 1:
            rare = min(ways, key=lambda way: ways[way])
            first = next(m for m in found if m.group() == rare)
            both = ", ".join(f"“{way}” {count} lần" for way, count in ways.most_common())
            yield _note(
                view, "style.one-way", first.span(), f"Viết hoa không thống nhất: {both}.", "Thống nhất một cách viết."
            )


def _starts_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(" ")
    return not before or before[-1] in "\n.:;-+“("


def _note(view: View, rule: str, place: tuple[int, int], why: str, mend: str) -> Finding:
    return view.make(rule, Klass.STYLE, Severity.NOTE, place, why=why, mend=mend)


RULES = (tone_places, dates, dashes, capitals)
