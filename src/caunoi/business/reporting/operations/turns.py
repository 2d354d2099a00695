"""The due days of a regime: proposed from its ground, set by a person, checked against the level above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from caunoi.business.reporting.models import RegimeTurn, ReportRegime
from caunoi.business.reporting.operations.forms import designable, regime_subject
from caunoi.business.reporting.operations.refused import RegimeRefused
from caunoi.business.reporting.operations.timetable import coming, dues_in
from caunoi.business.reporting.queries import law_on
from caunoi.business.reporting.rules.levels import PROPOSED_DAYS, earlier, onward_day
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.turns import Window, covered_by, cut_off, usual_span
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm, working_days
from caunoi.kernel.actor import Actor

ONE_DAY = dt.timedelta(days=1)
YEARS_CHECKED = 3
"""Years ahead in which a due day has to leave time before the day of the level above."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A due day with the period it covers.

    ``own`` is an own cut-off as (month, day), month ``None`` for monthly. ``window`` is a period that the ground states
    itself. ``onward`` is the day (month, day) by which the summary goes to the body above, month 0 for every month.
    """

    month: int
    day: int
    span: Span
    own: tuple[int | None, int] | None = None
    window: Window | None = None
    onward: tuple[int, int] | None = None


def proposed_turns(rule: DueRule, *, on: dt.date) -> list[Turn]:
    """Return the turns that a deadline suggests, each with its likely period and, where needed, an own cut-off."""
    turns = []
    for month, day in sorted(set(rule.days)):
        span = usual_span(rule.rhythm, month, day, rule.days)
        turns.append(with_proposed_cut_off(Turn(month, day, span), rule.bound, on=on))
    return turns


_QUARTERS = (Span.FIRST_QUARTER, Span.SECOND_QUARTER, Span.THIRD_QUARTER, Span.FOURTH_QUARTER)
_UNDATED: dict[Rhythm, tuple[Span, ...]] = {
    Rhythm.QUARTERLY: _QUARTERS,
    Rhythm.MONTHLY: (Span.MONTH,),
    Rhythm.HALF_YEARLY: (Span.FIRST_HALF, Span.YEAR),
    Rhythm.YEARLY: (Span.YEAR,),
}


def undated_spans(rule: DueRule) -> list[Span]:
    """Return the spans that a rhythm without a day asks for: somebody has to set the days."""
    return [] if rule.days else list(_UNDATED.get(rule.rhythm, ()))


def with_proposed_cut_off(turn: Turn, bound: Bound, *, on: dt.date) -> Turn:
    """Return the turn with the period's own end when that leaves enough working days, else with a proposed cut-off."""
    due = DueRule(Rhythm.YEARLY, ((turn.month, turn.day),), bound=bound).next_after(on)
    if due is None:
        return turn
    law = law_on(on)
    window = turn.window if turn.window is not None else law.windows[turn.span]
    covered = covered_by(turn.span, window, due.day)
    found = cut_off(covered, due.last_day, working_days(), least=law.least, own=None)
    if found.origin is CutOffOrigin.LAW:
        return replace(turn, own=None)
    return replace(turn, own=(found.on.month if turn.month else None, found.on.day))


def with_proposed_day(
    span: Span, onward: tuple[int, int], onward_bound: Bound, *, on: dt.date, days: int = PROPOSED_DAYS
) -> Turn:
    """Return a turn due so many working days before the summary goes onward; the day itself is in time."""
    printed = onward_day(*onward, on)
    above = printed - ONE_DAY if onward_bound is Bound.STRICTLY_BEFORE else printed
    last_day = earlier(above, working_days(), days)
    month = 0 if span is Span.MONTH else last_day.month
    return Turn(month, last_day.day, span, onward=onward)


def write_turns(regime: ReportRegime, turns: Collection[Turn], undated: Collection[Span] = ()) -> None:
    """Replace the due days of a regime; spans still without a day stay on it as a question."""
    RegimeTurn.objects.filter(regime=regime).delete()
    RegimeTurn.objects.bulk_create(_row(regime, turn) for turn in turns)
    open_spans = [span.value for span in undated if span not in {turn.span for turn in turns}]
    ReportRegime.objects.filter(pk=regime.pk).update(undated=open_spans)
    regime.undated = open_spans


def _row(regime: ReportRegime, turn: Turn) -> RegimeTurn:
    window = turn.window
    return RegimeTurn(
        regime=regime,
        month=turn.month,
        day=turn.day,
        span=turn.span,
        cut_off_origin=CutOffOrigin.LAW if turn.own is None else CutOffOrigin.OWN,
        cut_off_month=None if turn.own is None else turn.own[0],
        cut_off_day=None if turn.own is None else turn.own[1],
        own_first_month=window.first_month if window else None,
        own_first_day=window.first_day if window else None,
        own_last_month=window.last_month if window else None,
        own_last_day=window.last_day if window else None,
        onward_month=turn.onward[0] if turn.onward else None,
        onward_day=turn.onward[1] if turn.onward else None,
    )


def refuse_same_period(spans: list[Span], regime: ReportRegime) -> None:
    """A period is reported on once: two due days of a regime cover two periods."""
    if len(set(spans)) < len(spans):
        raise RegimeRefused("reporting.same_period", name=regime.name)


def refuse_no_room(regime: ReportRegime, *, on: dt.date) -> None:
    """Refuse due days that leave no working day before the summary has to go onward (NĐ 09/2019/NĐ-CP, Điều 8)."""
    working = working_days()
    for turn in regime.turns.all():
        for year in range(on.year, on.year + YEARS_CHECKED):
            for due in dues_in(regime, turn, year, working):
                dates = coming(regime, turn, due, on=on, working=working)
                if dates.room is not None and dates.onward is not None and not dates.room.is_enough:
                    raise RegimeRefused(
                        "reporting.due_after_onward",
                        name=regime.name,
                        due=f"{due.last_day:%d/%m/%Y}",
                        onward=f"{dates.onward.last_day:%d/%m/%Y}",
                    )


@use_case
def set_turns(
    *, regime: ReportRegime, turns: Sequence[Turn], undated: Collection[Span] = (), by: Actor, at: dt.datetime
) -> None:
    """Say on which days the report is due, which period each covers and where its figures are cut off.

    ``undated`` spans still wait for a day. Raises RegimeRefused, also ``same_period`` when two turns cover the same
    period of the year; ReportingForbidden.
    """
    locked = designable(regime, by, at)
    refuse_same_period([turn.span for turn in turns], locked)
    write_turns(locked, turns, undated)
    regime.undated = locked.undated
    said = "; ".join(f"{turn.day:02d}/{turn.month:02d} {turn.span}" for turn in turns)
    record(by=by, at=at, verb="reporting.set_turns", subject=regime_subject(locked), changes={"turns": (None, said)})
