"""Reading the table of days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.rules.working_days import WorkingDays


def working_days(changes: Iterable[tuple[dt.date, bool | None]] = ()) -> WorkingDays:
    """Return the working days as the table of days off knows them.

    ``changes`` shows them as they would be: each day with True (worked), False (off) or None (its weekday decides).
    """
    table: dict[dt.date, bool | None] = dict(_standing().values_list("day", "is_working"))
    table.update(changes)
    return WorkingDays(
        off=frozenset(day for day, is_working in table.items() if is_working is False),
        worked=frozenset(day for day, is_working in table.items() if is_working),
    )


def days_off(year: int) -> QuerySet[Holiday]:
    """Return the table of one year in order: days off, and weekend days worked in exchange."""
    return _standing().filter(day__year=year).order_by("day")


def corrected_days(year: int) -> QuerySet[Holiday]:
    """Return the rows of one year that stand no more, the latest correction first."""
    return Holiday.objects.filter(day__year=year, ended_at__isnull=False).order_by("-ended_at", "-id")


def _standing() -> QuerySet[Holiday]:
    return Holiday.objects.filter(ended_at__isnull=True)
