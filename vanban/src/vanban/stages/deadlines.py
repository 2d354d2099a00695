"""Deadlines: every time expression that binds somebody, with what is due.

Reads the normal text, the outline and the type of the document; writes ``Deadline``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.document import Bound, Clause, Deadline, DeadlineKind, Header
from vanban.rules import deadlines as rules
from vanban.rules.words import spaced
from vanban.stages.deadline_build import Found
from vanban.stages.deadline_dates import dated
from vanban.stages.mentions import Page
from vanban.stages.places import Outline, sentence_end, sentence_start
from vanban.stages.time_atoms import atoms_of
from vanban.text.normal import NormalText

_UNITS = {
    "ngay lam viec": "D-working",
    "ngay": "D",
    "tuan": "W",
    "thang": "M",
    "nam": "Y",
    "gio": "H",
    "gio lam viec": "H-working",
}
_RECURRING = (DeadlineKind.ANNUAL, DeadlineKind.HALF_YEARLY, DeadlineKind.QUARTERLY, DeadlineKind.MONTHLY)
_LEAD = re.compile(r"\A[\s\-+•*–.,;:()]*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ]|[IVX]{1,4})[.)]\s*)?")
_BY_ITSELF = spaced(r"trong (?:thoi han|vong)|thoi han|cham nhat")
_LABELLED = re.compile(r"thoi gian|thoi han|tien do|han ")


def find(text: NormalText, clauses: Sequence[Clause], header: Header) -> tuple[Deadline, ...]:
    """Every deadline of ``text``; spans count code points of the text as stored. Never raises."""
    page = Page.of(text)
    outline = Outline(clauses)
    found = [*_relative(page), *dated(page, header, atoms_of(page.folded)), *_recurring(page), *_short_rhythms(page)]
    return tuple(_deadline(page, outline, one) for one in _merged(page, _apart(found)))


def _apart(found: list[Found]) -> list[Found]:
    """Most specific wins: of two that overlap, the one with dates, then the longer."""
    ranked = sorted(found, key=lambda one: (not one.dates, one.start - one.end, one.start))
    kept: list[Found] = []
    taken: set[int] = set()
    for one in ranked:
        places = range(one.start, one.end)
        if not taken.intersection(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept, key=lambda one: one.start)


def _merged(page: Page, found: list[Found]) -> list[Found]:
    """ "Hằng năm, trước ngày 31 tháng 3" is one deadline: the rhythm joins the day right behind it."""
    result: list[Found] = []
    for one in found:
        last = result[-1] if result else None
        joins = last is not None and not last.dates and one.kind is last.kind
        if last and joins and not page.text[last.end : one.start].strip(" ,(\n\t"):
            one.start = last.start
            result.pop()
        result.append(one)
    return result


def _deadline(page: Page, outline: Outline, one: Found) -> Deadline:
    span = page.normal.to_original(one.start, one.end)
    return Deadline(
        text=page.normal.original[span.start : span.end],
        span=span,
        kind=one.kind,
        dates=one.dates,
        due=_due(page, one),
        bound=one.bound,
        is_open=not one.dates and one.kind in _RECURRING,
        alternatives=one.alternatives,
        clause_id=outline.id_at(span.start),
        rule=one.rule,
        confidence=one.confidence,
    )


def _due(page: Page, one: Found) -> str | None:
    """What is due, in the words of the text: the sentence without the time, or what stands above a label."""
    begin = sentence_start(page.text, one.start)
    before = page.text[begin : one.start]
    if _LABELLED.match(page.folded[begin : one.start].lstrip(" -+•*\n\t")) and len(before) < 80:
        above = page.text[max(begin - 400, 0) : begin].rstrip(" -+•*\n\t")
        lines = [line.strip() for line in re.split(r"\n\s*\n|\n(?=\s*[-+•*0-9])", above) if line.strip()]
        tasks = [line for line in lines if not re.match(r"-?\s*[A-ZĐ][^:]{1,24}:", line)] or lines
        return _plain(tasks[-1]) if tasks else None
    after = page.text[one.end : sentence_end(page.text, one.end)]
    return _plain(before.rstrip(" ,(") + " " + after.lstrip(" ,)"))


def _plain(words: str) -> str | None:
    return " ".join(_LEAD.sub("", words, count=1).split()).strip(" ,;:().") or None


# --- within so many days ---------------------------------------------------------------------------------


def _relative(page: Page) -> list[Found]:
    result = []
    for found in rules.RELATIVE.pattern.finditer(page.folded):
        low = max(found.start() - 48, 0)
        lead = rules.RELATIVE_LEAD.pattern.search(page.folded, low, found.start())
        if lead is None or not (found["event"] or "lam viec" in found.group() or _BY_ITSELF.match(lead.group())):
            continue
        words = " ".join(found["unit"].split())
        unit = f"{words} lam viec" if found["working"] and "lam viec" not in words else words
        length = _UNITS.get(unit, "D")
        value = f"PT{int(found['n'])}{length}" if length.startswith("H") else f"P{int(found['n'])}{length}"
        end = found.start() + len(found.group().rstrip())
        result.append(
            Found(lead.start(), end, DeadlineKind.RELATIVE, (value,), Bound.NO_LATER_THAN, "deadline.relative")
        )
    return result


# --- every month, quarter, year --------------------------------------------------------------------------

_KINDS = (
    ("6", DeadlineKind.HALF_YEARLY),
    ("3", DeadlineKind.QUARTERLY),
    ("sau thang", DeadlineKind.HALF_YEARLY),
    ("nua nam", DeadlineKind.HALF_YEARLY),
    ("quy", DeadlineKind.QUARTERLY),
    ("thang", DeadlineKind.MONTHLY),
    ("nam", DeadlineKind.ANNUAL),
)


def _recurring(page: Page) -> list[Found]:
    result: list[Found] = []
    for found in rules.RHYTHM.pattern.finditer(page.folded):
        if (result and found.start() < result[-1].end) or not _is_duty(page, found):
            continue
        result.append(_rhythm(found))
        more = rules.RHYTHM_MORE.pattern.match(page.folded, found.end())
        while more:
            result.append(_rhythm(more))
            more = rules.RHYTHM_MORE.pattern.match(page.folded, more.end())
    return result


_SHORT = {"tuan": DeadlineKind.WEEKLY, "ngay": DeadlineKind.DAILY}
_REGULAR = re.compile(r"[0-9]|dinh")


def _short_rhythms(page: Page) -> Iterator[Found]:
    """Every week and every day, where something is handed in; an everyday "hàng ngày" binds only with its hour."""
    for found in rules.SHORT_RHYTHM.pattern.finditer(page.folded):
        begin, end = sentence_start(page.text, found.start()), sentence_end(page.text, found.end())
        if not rules.DUTY_VERB.pattern.search(page.folded, begin, end):
            continue
        start = found.start()
        lead = rules.SHORT_LEAD.pattern.search(page.folded, max(start - 24, begin), start)
        while lead:
            start = lead.start()
            lead = rules.SHORT_LEAD.pattern.search(page.folded, max(start - 24, begin), start)
        kind = _SHORT[found["unit"]]
        if kind is DeadlineKind.WEEKLY or _REGULAR.search(page.folded, start, found.start()):
            yield Found(start, found.end(), kind, (), Bound.UNSTATED, "deadline.short_rhythm")


def _rhythm(found: re.Match[str]) -> Found:
    words = " ".join(found["period"].split())
    kind = next(kind for name, kind in _KINDS if name in words)
    dates = (f"{int(found['m']):02}-{int(found['d']):02}",) if found["d"] and int(found["m"]) <= 12 else ()
    bound = Bound.ON if dates else Bound.UNSTATED
    return Found(found.start("period"), found.end(), kind, dates, bound, "deadline.rhythm")


def _is_duty(page: Page, found: re.Match[str]) -> bool:
    """A rhythm binds where something is reported or handed in; "kế hoạch hàng năm", "dự toán hàng năm" do not."""
    begin = sentence_start(page.text, found.start())
    end = sentence_end(page.text, found.end())
    before = page.folded[begin : found.start()]
    regular = found["period"].startswith("dinh") or found["d"] is not None
    if not regular and not before.rstrip().endswith(",") and rules.NOUN_BEFORE.pattern.search(before):
        return False
    if rules.LABEL.pattern.search(before):
        return True
    if regular:
        return rules.DUTY_VERB.pattern.search(page.folded, begin, end) is not None
    at_start = not before.strip(" \n\t-+•*().0123456789,:")
    clause = max(before.rfind(","), before.rfind(";")) + 1
    return (
        at_start or rules.DUTY_VERB.pattern.search(before, clause) is not None or _verb_follows(page, found.end(), end)
    )


def _verb_follows(page: Page, at: int, end: int) -> bool:
    return (
        re.match(
            r"[\s,]{1,4}(?:[a-z]{1,8}\s){0,8}?(?:bao cao|thong ke|gui|nop|tong hop)(?![a-z])",
            page.folded[at : min(end, at + 80)],
        )
        is not None
    )
