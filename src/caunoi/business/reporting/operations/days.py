"""Days off as reporting sees them: who may correct them, and which due days a correction would move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caunoi.business.reporting.access import require_for_all
from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.timetable import TurnDates, timetable
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.foundation.audit.public import use_case
from caunoi.foundation.calendar.public import WorkingDays, remove_day_off, set_day_off, working_days
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class DayChange:
    """What is said of a day: ``is_working`` True worked in exchange, False off, None ordinary again."""

    day: dt.date
    is_working: bool | None
    name: str = ""
    source: str = ""
    confidence: str = "C"
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """One coming of a turn whose dates a change would move."""

    before: TurnDates
    after: TurnDates


def moved_by(change: DayChange, *, on: dt.date) -> list[Moved]:
    """Return the due days of all regimes in force that a change would move, in order of the day; nothing is saved.

    Campaigns that are open keep the dates that their units were told: they are not among them.
    """
    regimes = list(ReportRegime.objects.filter(state=RegimeState.IN_FORCE).prefetch_related("turns"))
    now, then = working_days(), working_days([(change.day, change.is_working)])
    years = (change.day.year - 1, change.day.year, change.day.year + 1)
    moved = (each for year in years for each in _compared(regimes, year, on, now, then))
    return sorted(
        moved, key=lambda each: (each.before.due.last_day, each.before.regime.sort_key, each.before.regime.pk)
    )


def _compared(
    regimes: Iterable[ReportRegime], year: int, on: dt.date, now: WorkingDays, then: WorkingDays
) -> Iterable[Moved]:
    after = {_key(dates): dates for dates in timetable(regimes, year, on=on, working=then)}
    for dates in timetable(regimes, year, on=on, working=now):
        other = after[_key(dates)]
        if _days(dates) != _days(other) and max(dates.lock_on, other.lock_on) > on:
            yield Moved(dates, other)


def _key(dates: TurnDates) -> tuple[int, dt.date]:
    return dates.turn.pk, dates.due.day


def _days(dates: TurnDates) -> tuple[dt.date, dt.date, dt.date]:
    return dates.end.on, dates.due.last_day, dates.lock_on


@use_case
def change_day(*, change: DayChange, by: Actor, at: dt.datetime) -> None:
    """Enter or correct a day off for the whole house, with its source.

    Raises ReportingForbidden; DayRefused where the source is missing or a weekday is said to be worked in exchange.
    """
    require_for_all(by, on=clock.day_of(at))
    if change.is_working is None:
        remove_day_off(day=change.day, ground=change.ground or change.source, by=by, at=at)
        return
    set_day_off(
        day=change.day, name=change.name, source=change.source, is_working=change.is_working,
        confidence=change.confidence, ground=change.ground, by=by, at=at,
    )  # fmt: skip
