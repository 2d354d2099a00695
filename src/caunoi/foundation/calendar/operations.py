"""Writing the table of days off: a correction ends the row that stood and enters another."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.rules.working_days import SATURDAY
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze


class DayRefused(Refused):
    """A day off that cannot be entered: ``day_without_source``, ``weekday_is_worked``; facts: ``day``."""


@use_case
def set_day_off(
    *,
    day: dt.date,
    name: str,
    source: str,
    is_working: bool = False,
    confidence: str = "C",
    ground: str = "",
    by: Actor,
    at: dt.datetime,
) -> Holiday:
    """Enter a day off, or with ``is_working`` a weekend day worked in exchange; what stood for the day is ended.

    ``ground`` says why a row is corrected. Saying again what stands changes nothing. Raises DayRefused
    ``day_without_source``, ``weekday_is_worked``.
    """
    if not (squeeze(name) and squeeze(source)):
        raise DayRefused("calendar.day_without_source", day=f"{day:%d/%m/%Y}")
    if is_working and day.weekday() < SATURDAY:
        raise DayRefused("calendar.weekday_is_worked", day=f"{day:%d/%m/%Y}")
    entered = Holiday(
        day=day, name=squeeze(name)[:120], source=squeeze(source)[:200], is_working=is_working, confidence=confidence,
        entered_at=at, entered_by=_named(by),
    )  # fmt: skip
    held = _standing(day)
    if held is not None and _said(held) == _said(entered):
        return held
    if held is not None:
        _end(held, ground or source, by, at)
    entered.save()
    record(
        by=by, at=at, verb="calendar.set_day_off", subject=Subject("holiday", day.isoformat(), entered.name),
        changes={"day": (_words(held), _words(entered)), "ground": (None, ground)},
    )  # fmt: skip
    return entered


@use_case
def remove_day_off(*, day: dt.date, ground: str = "", by: Actor, at: dt.datetime) -> bool:
    """Take a day out of the table, so that its weekday decides again; returns whether it stood there."""
    held = _standing(day)
    if held is None:
        return False
    _end(held, ground, by, at)
    record(
        by=by, at=at, verb="calendar.remove_day_off", subject=Subject("holiday", day.isoformat(), held.name),
        changes={"day": (_words(held), None), "ground": (None, ground)},
    )  # fmt: skip
    return True


def _standing(day: dt.date) -> Holiday | None:
    return Holiday.objects.select_for_update().filter(day=day, ended_at__isnull=True).first()


def _end(held: Holiday, ground: str, by: Actor, at: dt.datetime) -> None:
    held.ended_at, held.ended_by, held.ended_ground = at, _named(by), squeeze(ground)[:300]
    held.save(update_fields=["ended_at", "ended_by", "ended_ground"])


def _named(by: Actor) -> str:
    return ", ".join(part for part in (by.person_name, by.unit_name) if part)[:300]


def _said(row: Holiday) -> tuple[str, str, bool, str]:
    return row.name, row.source, row.is_working, row.confidence


def _words(row: Holiday | None) -> str | None:
    return f"{row.name} ({row.source})" if row is not None else None
