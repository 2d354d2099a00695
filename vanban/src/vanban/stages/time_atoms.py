"""Days, months, quarters and years of a text, found by their digits and read into values."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vanban.rules import deadlines as rules

_FIX = str.maketrans({"i": "1", "l": "1", "|": "1", "o": "0"})
_QUARTERS = re.compile(r"iv|iii|ii|i")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Grain(Enum):
    """How fine a time is."""

    DAY = "day"
    DAY_OF_MONTH = "day_of_month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Atom:
    """One time as printed; ``year`` is None where none stands there. ``until`` closes "năm 2012 - 2013"."""

    start: int
    end: int
    grain: Grain
    value: int
    """Month*100+day for a day, the day, the month or the quarter otherwise, 0 for a year."""
    year: int | None
    until: int | None = None

    def iso(self, year: int | None) -> str:
        """The atom as a date of the agreed notation, its year filled in by ``year`` when it has none."""
        year = self.year or year
        month, day = divmod(self.value, 100)
        if self.grain is Grain.DAY:
            return f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"
        if self.grain is Grain.DAY_OF_MONTH:
            return f"{self.value:02}"
        if self.grain is Grain.MONTH:
            return f"{year}-{self.value:02}" if year else f"{self.value:02}"
        if self.grain is Grain.QUARTER:
            return f"{year}-Q{self.value}" if year else f"Q{self.value}"
        return str(year)


def atoms_of(folded: str) -> list[Atom]:
    """Every time of the text in order; where two readings share a place, the longer one."""
    found = sorted(
        [*_days(folded), *_months(folded), *_quarters(folded), *_years(folded)],
        key=lambda atom: (atom.start, -atom.end),
    )
    result: list[Atom] = []
    for atom in found:
        if not result or atom.start >= result[-1].end:
            result.append(atom)
    return result


def _number(text: str | None) -> int | None:
    fixed = (text or "").translate(_FIX)
    return int(fixed) if fixed.isdigit() else None


def _days(folded: str) -> Iterator[Atom]:
    readings = (rules.DAY.pattern.finditer(folded), rules.MISREAD_DAY.pattern.finditer(folded))
    for found in itertools.chain.from_iterable(readings):
        if found["my"]:
            month, year = _number(found["d"]), _number(found["my"])
            if month and month <= 12:
                yield Atom(found.start("d"), found.end(), Grain.MONTH, month, year)
            continue
        atom = _day(found)
        if atom:
            yield atom


def _day(found: re.Match[str]) -> Atom | None:
    day, month = _number(found["d"]), _number(found["m"] or found["m2"] or found["m3"])
    year = _number(found["y"] or found["y2"] or found["y3"])
    if not day or not month or month > 12:
        return None
    year = year + 2000 if year is not None and year < 100 else year
    if day > calendar.monthrange(year or 2024, month)[1]:
        return None
    return Atom(found.start("d"), found.end(), Grain.DAY, month * 100 + day, year)


def _months(folded: str) -> Iterator[Atom]:
    for found in rules.MONTH.pattern.finditer(folded):
        month = _number(found["m"])
        if month and month <= 12:
            yield Atom(found.start(), found.end(), Grain.MONTH, month, _number(found["y"]))
    for found in rules.DAY_OF_MONTH.pattern.finditer(folded):
        day = int(found["d"])
        if 1 <= day <= 31:
            yield Atom(found.start("d"), found.end("d"), Grain.DAY_OF_MONTH, day, None)


def _quarters(folded: str) -> Iterator[Atom]:
    for found in rules.QUARTER.pattern.finditer(folded):
        year = _number(found["y"])
        first = _ROMAN.get(found["q"]) or int(found["q"])
        more = list(_QUARTERS.finditer(folded, found.start("more"), found.end("more")))
        if not more:
            yield Atom(found.start(), found.end(), Grain.QUARTER, first, year)
            continue
        yield Atom(found.start(), found.end("q"), Grain.QUARTER, first, year)
        for at, another in enumerate(more):
            end = found.end() if at == len(more) - 1 else another.end()
            yield Atom(another.start(), end, Grain.QUARTER, _ROMAN[another.group()], year)


def _years(folded: str) -> Iterator[Atom]:
    for found in rules.YEAR.pattern.finditer(folded):
        yield Atom(found.start(), found.end(), Grain.YEAR, 0, _number(found["y"]), _number(found["y2"]))
