"""Reports due some days after an event, such as a journey abroad: each event is a campaign of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from caunoi.business.reporting.models import Campaign, ReportRegime
from caunoi.business.reporting.operations.opening import expected_units, open_for, planned, to_open
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.turns import Covered, CutOff
from caunoi.foundation.audit.public import use_case
from caunoi.foundation.calendar.public import DayOffRule, Due, in_working_time, working_days
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze

MOST_UNITS = 50


@dataclass(frozen=True, slots=True)
class Event:
    """What is reported on: its name, its first day, and the day from which the deadline is counted (ngày về)."""

    name: str
    from_on: dt.date
    until_on: dt.date


def due_after(regime: ReportRegime, event: Event) -> Due:
    """Return the deadline of one event, moved off a day without work as the regime says.

    Raises CampaignRefused ``no_turn`` when the regime does not count from an event, ``event_unclear``.
    """
    rule, working = regime.after_rule, working_days()
    if rule is None:
        raise CampaignRefused("reporting.no_turn", name=regime.name)
    if not squeeze(event.name) or event.until_on < event.from_on:
        raise CampaignRefused("reporting.event_unclear")
    return in_working_time(rule.due(event.until_on, working), DayOffRule(regime.day_off_rule), working)


@use_case
def open_after(*, regime: ReportRegime, event: Event, units: Collection[Unit], by: Actor, at: dt.datetime) -> Campaign:
    """Ask the units named for the report on one event; its figures are those of the days of the event.

    Raises CampaignRefused ``regime_not_in_force``, ``no_turn``, ``event_unclear``, ``campaign_exists``,
    ``no_reporters`` when none of the units belongs to those who report; ReportingForbidden.
    """
    on = clock.day_of(at)
    regime = to_open(regime, by, on)
    due = due_after(regime, event)
    covered = Covered(Span.EVENT, event.until_on.year, 0, event.from_on, event.until_on)
    end = CutOff(event.until_on, CutOffOrigin.STATED)
    name = squeeze(event.name)[:200]
    campaign = planned(regime, covered, end, due, name=f"{regime.name} – {name}"[:400], at=at)
    campaign.event, campaign.event_on = name, event.until_on
    asked = [unit.pk for unit in units][:MOST_UNITS]
    return open_for(campaign, due, expected_units(regime, on).filter(pk__in=asked), by=by, at=at)
