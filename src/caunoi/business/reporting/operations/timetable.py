"""The dates of every turn of a regime: period, cut-off, due, lock, and the day by which its summary goes onward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caunoi.business.reporting.models import RegimeTurn, ReportRegime
from caunoi.business.reporting.queries import Law, law_on
from caunoi.business.reporting.rules.levels import Room, onward_day, room
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.turns import Covered, CutOff, covered_by, cut_off, lock_day, period_name
from caunoi.foundation.calendar.public import (
    Bound,
    DayOffRule,
    Due,
    DueRule,
    Rhythm,
    WorkingDays,
    in_working_time,
    working_days,
)

ONE_DAY = dt.timedelta(days=1)


def rule_of(regime: ReportRegime, turn: RegimeTurn) -> DueRule:
    """Return the deadline of one turn as a rule."""
    rhythm = Rhythm.ONCE if regime.rhythm == Rhythm.ONCE else Rhythm.YEARLY
    year = regime.year if rhythm is Rhythm.ONCE else None
    return DueRule(rhythm, ((turn.month, turn.day),), year, Bound(regime.bound), regime.printed_due)


def dues_in(regime: ReportRegime, turn: RegimeTurn, year: int, working: WorkingDays) -> Iterator[Due]:
    """Yield the due days of a turn printed in a year; a last day without work moves as the regime says."""
    for due in rule_of(regime, turn).in_year(year):
        yield in_working_time(due, DayOffRule(regime.day_off_rule), working)


def next_due(regime: ReportRegime, turn: RegimeTurn, *, on: dt.date, working: WorkingDays | None = None) -> Due | None:
    """Return the first due day whose last day in time is ``on`` or later; ``None`` when nothing comes any more."""
    table = working if working is not None else working_days()
    years = [on.year - 1, on.year, on.year + 1]
    if regime.rhythm == Rhythm.ONCE and regime.year is not None:
        years = [regime.year]
    return next((due for year in years for due in dues_in(regime, turn, year, table) if due.last_day >= on), None)


def next_turn(regime: ReportRegime, *, on: dt.date) -> tuple[RegimeTurn, Due] | None:
    """Return the turn of a regime whose last day in time comes next; ``None`` when nothing comes any more."""
    working = working_days()
    coming = [(turn, next_due(regime, turn, on=on, working=working)) for turn in regime.turns.all()]
    found = [(turn, due) for turn, due in coming if due is not None]
    return min(found, key=lambda pair: pair[1].last_day, default=None)


def dates_of(
    turn: RegimeTurn, due: Due, *, on: dt.date, working: WorkingDays | None = None, law: Law | None = None
) -> tuple[Covered, CutOff]:
    """Return the period that a turn covers and the cut-off of its figures, by the law of the day ``on``.

    ``working`` and ``law`` are read unless they are given.
    """
    law = law or law_on(on)
    window = turn.own_window
    covered = covered_by(Span(turn.span), window or law.windows[Span(turn.span)], due.day)
    own = None
    if turn.cut_off_origin == CutOffOrigin.OWN and turn.cut_off_day is not None:
        own = (turn.cut_off_month, turn.cut_off_day)
    table, stated = working if working is not None else working_days(), window is not None
    return covered, cut_off(covered, due.last_day, table, least=law.least, own=own, stated=stated)


def onward_of(regime: ReportRegime, turn: RegimeTurn, due: Due) -> Due | None:
    """Return the day by which the summary of this turn goes onward; ``None`` when no body above asks for it."""
    if turn.onward_month is None or turn.onward_day is None:
        return None
    printed = onward_day(turn.onward_month, turn.onward_day, due.last_day)
    strict = regime.onward_bound == Bound.STRICTLY_BEFORE
    return Due(printed, printed - ONE_DAY if strict else printed)


@dataclass(frozen=True, slots=True)
class TurnDates:
    """Everything that one coming of a turn is dated by."""

    regime: ReportRegime
    turn: RegimeTurn
    due: Due
    covered: Covered
    end: CutOff
    lock_on: dt.date
    onward: Due | None
    room: Room | None

    @property
    def period(self) -> str:
        """The period as documents print it."""
        return period_name(self.covered.span, self.covered.year, self.covered.month)

    @property
    def moved(self) -> bool:
        """Whether the last day in time was moved off a day without work."""
        usual = self.due.day - ONE_DAY if self.regime.bound == Bound.STRICTLY_BEFORE else self.due.day
        return self.due.last_day != usual


def coming(
    regime: ReportRegime, turn: RegimeTurn, due: Due, *, on: dt.date, working: WorkingDays, law: Law | None = None
) -> TurnDates:
    """Return all dates of one coming of a turn."""
    covered, end = dates_of(turn, due, on=on, working=working, law=law)
    onward = onward_of(regime, turn, due)
    left = room(due.last_day, onward.last_day, working) if onward is not None else None
    lock_on = lock_day(due.last_day, working, regime.lock_days)
    return TurnDates(regime, turn, due, covered, end, lock_on, onward, left)


def timetable(
    regimes: Iterable[ReportRegime], year: int, *, on: dt.date, working: WorkingDays | None = None
) -> list[TurnDates]:
    """Return every turn of the regimes that is due in a year, in order of the last day in time.

    ``working`` shows it as another table of working days would have it.
    """
    working, law = working or working_days(), law_on(on)
    found = [
        coming(regime, turn, due, on=on, working=working, law=law)
        for regime in regimes
        for turn in regime.turns.all()
        for due in dues_in(regime, turn, year, working)
    ]
    return sorted(found, key=lambda each: (each.due.last_day, each.regime.sort_key, each.regime.pk))
