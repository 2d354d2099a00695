"""The campaign of the following year: its dates, checked by a person where the ground dates them for one year."""

from __future__ import annotations

import copy
import datetime as dt

from caunoi.business.reporting.models import Campaign, RegimeTurn, ReportRegime
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.timetable import TurnDates, coming, dues_in
from caunoi.business.reporting.queries import Law, law_on
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.business.reporting.rules.turns import a_year_on
from caunoi.foundation.calendar.public import Rhythm, WorkingDays, working_days


def newest(regime: ReportRegime) -> ReportRegime:
    """Return the latest version of a regime that has been put in force."""
    found = regime
    while True:
        later = ReportRegime.objects.filter(previous=found).exclude(state=RegimeState.DRAFT).first()
        if later is None:
            return ReportRegime.objects.select_related("owner").get(pk=found.pk)
        found = later


def is_once(regime: ReportRegime) -> bool:
    """Whether the ground dates the report for one year, so that a person has to check the dates of another."""
    return regime.rhythm == Rhythm.ONCE


def dates_again(campaign: Campaign, *, due_on: dt.date | None = None) -> TurnDates:
    """Return the dates of the campaign a year after this one; a report due once moves by a year, or to ``due_on``.

    Everything else follows from the regime as in any campaign, by the law of that day: last day in time, period,
    cut-off, lock. Raises
    CampaignRefused ``no_turn`` when no turn covers the period a year on.
    """
    regime, on = newest(campaign.regime), campaign.due_on
    working, law = working_days(), law_on(max(on, due_on or a_year_on(on)))
    for turn in regime.turns.filter(span=campaign.span):
        found = (
            _moved(regime, turn, due_on or a_year_on(on), on, working, law)
            if is_once(regime)
            else _coming_round(regime, turn, campaign, working, law)
        )
        if found is not None and (found.covered.year, found.covered.month) == (
            campaign.span_year + 1,
            campaign.span_month,
        ):
            return found
    raise CampaignRefused("reporting.no_turn", name=regime.name)


def _moved(
    regime: ReportRegime, turn: RegimeTurn, due_on: dt.date, on: dt.date, working: WorkingDays, law: Law
) -> TurnDates | None:
    """Return the dates of the turn as it would be if its ground had printed ``due_on``; nothing is saved."""
    asked, moved = copy.copy(regime), copy.copy(turn)
    asked.year, moved.month, moved.day = due_on.year, due_on.month, due_on.day
    due = next(dues_in(asked, moved, due_on.year, working), None)
    return coming(asked, moved, due, on=on, working=working, law=law) if due is not None else None


def _coming_round(
    regime: ReportRegime, turn: RegimeTurn, campaign: Campaign, working: WorkingDays, law: Law
) -> TurnDates | None:
    after = campaign.due_on
    rounds = (
        coming(regime, turn, due, on=after, working=working, law=law)
        for year in (after.year, after.year + 1, after.year + 2)
        for due in dues_in(regime, turn, year, working)
    )
    wanted = (campaign.span_year + 1, campaign.span_month)
    return next((each for each in rounds if (each.covered.year, each.covered.month) == wanted), None)
