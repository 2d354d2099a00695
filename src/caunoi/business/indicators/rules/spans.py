"""The periods that a page of figures offers."""

from __future__ import annotations

import datetime as dt

from caunoi.kernel.periods import Period

QUARTER, LAST_QUARTER, YEAR, LAST_YEAR = "quy", "quy-truoc", "nam", "nam-truoc"
CHOICES = (QUARTER, LAST_QUARTER, YEAR, LAST_YEAR)


def quarter_of(on: dt.date) -> Period:
    """Return the quarter in which a day lies."""
    first = dt.date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    after = dt.date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return Period(first, after)


def year_of(on: dt.date) -> Period:
    """Return the calendar year in which a day lies."""
    return Period(dt.date(on.year, 1, 1), dt.date(on.year + 1, 1, 1))


def span(choice: str, on: dt.date) -> Period:
    """Return the period of a choice; anything unknown is the present quarter."""
    if choice == YEAR:
        return year_of(on)
    if choice == LAST_YEAR:
        return year_of(dt.date(on.year - 1, 1, 1))
    quarter = quarter_of(on)
    return quarter_of(quarter.start - dt.timedelta(days=1)) if choice == LAST_QUARTER else quarter


def before(period: Period) -> Period:
    """Return the same days one year earlier. Raises ValueError for a period without an end."""
    if period.end is None:
        raise ValueError("a period that lasts has none before it")
    return Period(_a_year_earlier(period.start), _a_year_earlier(period.end))


def _a_year_earlier(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else dt.date(day.year - 1, 3, 1)
