"""From times that bind to a deadline: what one preposition governs, its extent, bound, rhythm, dates and hour."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.document import Bound, DeadlineKind
from vanban.rules import deadlines as rules
from vanban.rules.words import spaced
from vanban.stages.mentions import Page
from vanban.stages.places import sentence_end, sentence_start
from vanban.stages.time_atoms import Atom, Grain

STRICT = spaced(r"truoc")
_IN_TIME = spaced(r"cham nhat|muon nhat|khong |han |den|het|xong|toi")
_HALF_NEAR = spaced(
    r"(?:bao cao|so ket|dinh ky)(?: [a-z]{1,8}){0,3} (?:0?6|sau) thang(?: dau nam| cuoi nam|\s?/\s?lan| (?:mot"
    r"|1) lan)?[\s,:(-]{1,5}\Z"
    r"|[(;,]\s{0,3}(?:0?6|sau) thang(?: dau nam| cuoi nam)?[\s,:-]{1,5}\Z"
)
_YEAR_NEAR = spaced(
    r"(?:bao cao|tong ket)(?: [a-z]{1,8}){0,2} nam[\s,:(-]{1,5}\Z"
    r"|[(;,]\s{0,3}(?:(?:hang|ca) )?nam[\s,:-]{1,5}\Z"
)
_NINE_NEAR = spaced(r"(?:bao cao|dinh ky|[(;,])(?: [a-z]{1,8}){0,3}\s{0,3}0?9 thang(?: dau nam)?[\s,:(-]{1,5}\Z")
"""A report on nine months is made once a year."""
_QUARTER_NEAR = spaced(r"bao cao(?: [a-z]{1,8}){0,2} quy[\s,:(-]{1,5}\Z")
_HALF_BEHIND = spaced(r"\s{0,2}\(?(?:doi voi )?bao cao (?:0?6|sau) thang")
_YEAR_BEHIND = spaced(r"\s{0,2}\(?(?:doi voi )?bao cao (?:ca )?nam(?! [0-9])")
_YEARLY_WORDS = spaced(r"(?<![a-z])(?:(?:hang|moi) nam|thuong nien)(?![a-z])")
_NEXT_YEAR = spaced(r"[\s,(]{1,3}(?:cua )?nam\s{1,3}((?:19|20)[0-9]{2})(?![0-9])")


@dataclass(slots=True)
class Found:
    """A deadline while it is being read; offsets are those of the normal text."""

    start: int
    end: int
    kind: DeadlineKind
    dates: tuple[str, ...]
    bound: Bound
    rule: str
    alternatives: tuple[tuple[DeadlineKind, tuple[str, ...]], ...] = ()
    confidence: float = 1.0


def joined(page: Page, atoms: list[Atom], at: int) -> list[Atom]:
    """The times one preposition governs: "trước ngày 20/5 và 01/11/2023"."""
    group = [atoms[at]]
    for following in atoms[at + 1 : at + 5]:
        glue = rules.AND.pattern.fullmatch(page.folded, group[-1].end, following.start)
        if glue is None or following.grain is not group[0].grain:
            break
        group.append(following)
    return group


def build(page: Page, group: list[Atom], prep: re.Match[str] | None) -> Found:
    """The deadline of the times in ``group`` behind the preposition ``prep`` (None: behind a label or alone)."""
    start, end = _extent(group, prep)
    after = rules.RHYTHM_AFTER.pattern.match(page.folded, end)
    if after:
        end = after.end() - (
            1 if after.group().endswith(")") and "(" not in page.text[start:end] + after.group() else 0
        )
    year = next((atom.year for atom in reversed(group) if atom.year), None)
    named = _NEXT_YEAR.match(page.folded, end) if year is None and not after else None
    if named:
        year, end = int(named.group(1)), named.end()
    kind, dates, alternatives = _rhythm(page, group, start, (year, after.lastgroup if after else None))
    missing = kind is DeadlineKind.ONCE and any(len(date) < 7 for date in dates)
    return Found(start, end, kind, dates, _bound(prep), "deadline.dated", alternatives, 0.7 if missing else 1.0)


def _extent(group: list[Atom], prep: re.Match[str] | None) -> tuple[int, int]:
    if prep is None:
        return group[0].start, group[-1].end
    start = prep.start()
    if ":" in prep["prep"] or prep["prep"] == "hoan thanh":
        start = prep.end("prep")
        start += len(prep.string[start : group[0].start]) - len(prep.string[start : group[0].start].lstrip(" \n\t:"))
    return start, group[-1].end


def _bound(prep: re.Match[str] | None) -> Bound:
    words = prep.group() if prep else ""
    if STRICT.search(words):
        return Bound.STRICTLY_BEFORE
    if words.startswith("thoi gian") or ":" in words:
        words = prep["fill"] if prep else ""
    if _IN_TIME.search(words) and not words.startswith("trong"):
        return Bound.NO_LATER_THAN
    return Bound.UNSTATED


def _rhythm(
    page: Page, group: list[Atom], start: int, known: tuple[int | None, str | None]
) -> tuple[DeadlineKind, tuple[str, ...], tuple[tuple[DeadlineKind, tuple[str, ...]], ...]]:
    year, rhythm = known
    first = group[0]
    if first.grain is Grain.QUARTER:
        return DeadlineKind.QUARTER, tuple(atom.iso(year) for atom in group), ()
    if first.grain is Grain.YEAR:
        if first.until:
            return DeadlineKind.RANGE, (str(first.year), str(first.until)), ()
        return DeadlineKind.YEAR, tuple(atom.iso(year) for atom in group), ()
    kind = _kind(page, start, group, rhythm, year)
    if kind is DeadlineKind.QUARTERLY and first.grain is Grain.DAY_OF_MONTH:
        return kind, (), ()
    dates = tuple(with_hour(page, atom, atom.iso(year), start) for atom in group)
    if kind is DeadlineKind.ONCE and year and first.grain is Grain.DAY:
        begin = sentence_start(page.text, start)
        if _YEARLY_WORDS.search(page.folded, begin, min(group[-1].end + 40, sentence_end(page.text, group[-1].end))):
            return kind, dates, ((DeadlineKind.ANNUAL, tuple(date[5:10] for date in dates)),)
    return kind, dates, ()


_RHYTHMS = {
    "annual": DeadlineKind.ANNUAL,
    "monthly": DeadlineKind.MONTHLY,
    "quarterly": DeadlineKind.QUARTERLY,
    "half": DeadlineKind.HALF_YEARLY,
}


def _kind(page: Page, start: int, group: list[Atom], rhythm: str | None, year: int | None) -> DeadlineKind:
    before = page.folded[max(start - 60, 0) : start]
    if rhythm and year is None:
        half = rhythm == "annual" and _HALF_NEAR.search(before)
        return DeadlineKind.HALF_YEARLY if half else _RHYTHMS[rhythm]
    if group[0].grain is Grain.DAY_OF_MONTH:
        return DeadlineKind.MONTHLY
    return DeadlineKind.ONCE if year is not None else _kind_of_report(page, start, group[-1].end, before)


def _kind_of_report(page: Page, start: int, end: int, before: str) -> DeadlineKind:
    """A day without a year takes its rhythm from the report it belongs to: "báo cáo 6 tháng trước ngày 15/6"."""
    if _HALF_NEAR.search(before) or _HALF_BEHIND.match(page.folded, end):
        return DeadlineKind.HALF_YEARLY
    if _QUARTER_NEAR.search(before):
        return DeadlineKind.QUARTERLY
    yearly = _YEAR_NEAR.search(before) or _NINE_NEAR.search(before) or _YEAR_BEHIND.match(page.folded, end)
    if yearly or _YEARLY_WORDS.search(page.folded, sentence_start(page.text, start), start):
        return DeadlineKind.ANNUAL
    return DeadlineKind.ONCE


_HOUR = spaced(r"([0-9]{1,2})\s?(?:h|gio|g|:)\s?([0-9]{2})?")


def with_hour(page: Page, atom: Atom, date: str, start: int) -> str:
    """``date`` of ``atom`` with the hour printed between ``start`` and the atom, if one is."""
    found = _HOUR.search(page.folded, max(start, atom.start - 30), atom.start)
    if found is None or len(date) != 10 or int(found.group(1)) > 24:
        return date
    return f"{date}T{int(found.group(1)):02}:{found.group(2) or '00'}"
