"""Writing the table of days off."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.models import Holiday
from caunoi.kernel.actor import Actor


@use_case
def set_day_off(
    *, day: dt.date, name: str, source: str, is_working: bool = False, by: Actor, at: dt.datetime
) -> Holiday:
    """Enter a day off, or with ``is_working`` a weekend day worked in exchange; a second call corrects it."""
    holiday, _ = Holiday.objects.update_or_create(
        day=day, defaults={"name": name, "source": source, "is_working": is_working, "confidence": "C"}
    )
    record(by=by, at=at, verb="calendar.set_day_off", subject=Subject("holiday", day.isoformat(), name))
    return holiday


@use_case
def remove_day_off(*, day: dt.date, by: Actor, at: dt.datetime) -> bool:
    """Take a day out of the table, so that its weekday decides again; returns whether it stood there."""
    held = Holiday.objects.filter(day=day).first()
    if held is None:
        return False
    held.delete()
    record(by=by, at=at, verb="calendar.remove_day_off", subject=Subject("holiday", day.isoformat(), held.name))
    return True
