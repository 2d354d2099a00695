"""Reading the table of days off."""

from __future__ import annotations

from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.rules.working_days import WorkingDays


def working_days() -> WorkingDays:
    """Return the working days as the table of days off knows them."""
    rows = list(Holiday.objects.values_list("day", "is_working"))
    return WorkingDays(
        off=frozenset(day for day, is_working in rows if not is_working),
        worked=frozenset(day for day, is_working in rows if is_working),
    )
