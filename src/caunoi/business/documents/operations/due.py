"""Deadlines as the library reads them → rules of the calendar. What is not printed stays open."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from vanban.document import Bound as PrintedBound
from vanban.document import Deadline, DeadlineKind

_RHYTHMS = {
    DeadlineKind.ANNUAL: Rhythm.YEARLY,
    DeadlineKind.HALF_YEARLY: Rhythm.HALF_YEARLY,
    DeadlineKind.QUARTERLY: Rhythm.QUARTERLY,
    DeadlineKind.MONTHLY: Rhythm.MONTHLY,
    DeadlineKind.WEEKLY: Rhythm.WEEKLY,
    DeadlineKind.DAILY: Rhythm.DAILY,
}
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def due_rule(deadline: Deadline) -> DueRule:
    """Return the rule that a deadline states; open where the text gives no day."""
    return _rule(deadline.kind, deadline.dates, deadline)


def alternatives(deadline: Deadline) -> list[DueRule]:
    """Return the other honest readings of the same words, such as yearly for what is dated for one year."""
    return [_rule(kind, dates, deadline) for kind, dates in deadline.alternatives]


def _rule(kind: DeadlineKind, dates: tuple[str, ...], deadline: Deadline) -> DueRule:
    strict = deadline.bound is PrintedBound.STRICTLY_BEFORE
    bound = Bound.STRICTLY_BEFORE if strict else Bound.NO_LATER_THAN
    rhythm = _RHYTHMS.get(kind)
    if rhythm is not None:
        return DueRule(rhythm=rhythm, days=_days(rhythm, dates), bound=bound, printed=deadline.text)
    days = _days_of_one_year(dates) if kind is DeadlineKind.ONCE else []
    if not days and (last := _last_day(dates)) is not None:
        days = [last]
    if not days:
        return DueRule(rhythm=Rhythm.ONCE, bound=bound, printed=deadline.text)
    turns = tuple((day.month, day.day) for day in days)
    return DueRule(rhythm=Rhythm.ONCE, days=turns, year=days[0].year, bound=bound, printed=deadline.text)


def _days(rhythm: Rhythm, dates: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for printed in dates:
        if rhythm is Rhythm.MONTHLY and printed.isdigit() and 1 <= int(printed) <= 31:
            found.append((0, int(printed)))
        elif match := _MONTH_DAY.fullmatch(printed[-5:]):
            month, day = int(match[1]), int(match[2])
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.append((month, day))
    return tuple(found)


def _days_of_one_year(dates: tuple[str, ...]) -> list[dt.date]:
    """Return the days of "trước ngày 20/5 và 01/11/2023": each is a turn; none when they are not of one year."""
    days = [day for printed in dates if (day := _day(printed)) is not None]
    return sorted(days) if len({day.year for day in days}) == 1 else []


def _last_day(dates: tuple[str, ...]) -> dt.date | None:
    """Return the last day named: of a span its end, of a month, quarter or year its last day."""
    days = [day for printed in dates if (day := _day(printed)) is not None]
    return max(days, default=None)


def _day(printed: str) -> dt.date | None:
    try:
        if match := _QUARTER.fullmatch(printed):
            return _month_end(int(match[1]), int(match[2]) * 3)
        if re.fullmatch(r"\d{4}-\d{2}", printed):
            return _month_end(int(printed[:4]), int(printed[5:]))
        if re.fullmatch(r"\d{4}", printed):
            return dt.date(int(printed), 12, 31)
        return dt.date.fromisoformat(printed)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
