"""Reading the table of days off."""

from __future__ import annotations

from django.db.models import QuerySet

from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.rules.working_days import WorkingDays


def working_days() -> WorkingDays:
    """Return the working days as the table of days off knows them."""
    rows = list(Holiday.objects.values_list("day", "is_working"))
    return WorkingDays(
        off=frozenset(day for day, is_working in rows if not is_working),
        worked=frozenset(day for day, is_working in rows if is_working),
    )


def days_off(year: int) -> QuerySet[Holiday]:
    """Return the table of one year in order: days off, and weekend days worked in exchange."""
    return Holiday.objects.filter(day__year=year).order_by("day")
