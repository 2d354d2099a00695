"""Work of reporting outside the request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caunoi.business.reporting.models import Campaign, Consolidation, ConsolidationRun, SheetState, UnitSheet
from caunoi.business.reporting.operations.campaigns import close_locked_campaigns
from caunoi.business.reporting.operations.changes import settle_waiting
from caunoi.business.reporting.operations.consolidating import CONSOLIDATE, carry_out, refuse_run
from caunoi.business.reporting.operations.consolidation import DRAW
from caunoi.business.reporting.operations.opening import (
    FREEZE,
    TELL,
    finish_opening,
    freeze,
    open_due_campaigns,
    tell_opened,
    units_for,
)
from caunoi.business.reporting.operations.papers import WRITE, draw_charts, write_paper
from caunoi.business.reporting.operations.prefill import freeze_due
from caunoi.business.reporting.operations.reminders import remind
from caunoi.business.reporting.operations.sheets import CHECK, ENTER, check_sheet, enter_sheet, refuse_sheet
from caunoi.business.reporting.rules.states import CampaignState
from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.people.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, system
from caunoi.kernel.errors import Refused

TURN = "reporting.turn"
REMIND = "reporting.remind"


@handler(FREEZE)
def freeze_list(run: Run, /, **arguments: object) -> None:
    """Freeze the list of a large campaign as of the day on which it was opened; taken up again after a crash."""
    campaign = Campaign.objects.select_related("regime", "owner").get(pk=int(str(arguments["campaign"])))
    if campaign.state == CampaignState.PREPARING:
        units = units_for(campaign, clock.day_of(campaign.opened_at))
        freeze(campaign, units, run.progress)
        finish_opening(campaign=campaign, by=system(), at=run.at)
    settle_waiting(campaign=campaign, by=system(), at=run.at)


def _consolidation(arguments: dict[str, object]) -> Consolidation:
    rows = Consolidation.objects.select_related("campaign__regime__receiver", "campaign__owner")
    return rows.get(public_id=str(arguments["consolidation"]))


def _asker(asked: ConsolidationRun | UnitSheet, run: Run) -> Actor:
    """Return who asked for something, in the post they acted for, with the rights they have now."""
    if asked.person is None:
        return system()
    on = clock.day_of(run.at)
    return actor_of(account_id=asked.account_id, person=asked.person, post=asked.post, on=on)


@handler(CONSOLIDATE)
def gather(run: Run, /, **arguments: object) -> None:
    """Make the consolidated report that somebody asked for; begun anew after a crash, it is made once."""
    rows = ConsolidationRun.objects.select_related("campaign__regime", "campaign__owner", "person", "post")
    asked = rows.get(pk=int(str(arguments["run"])))
    try:
        by = _asker(asked, run)
    except Refused as refused:  # the post was left meanwhile
        refuse_run(run=asked, refused=refused, by=system(), at=run.at)
    else:
        carry_out(run=asked, progress=run.progress, by=by, at=run.at)


@handler(DRAW)
def draw(run: Run, /, **arguments: object) -> None:
    """Draw the charts of a consolidated report that are not drawn yet."""
    draw_charts(_consolidation(arguments), at=run.at)


@handler(WRITE)
def write(run: Run, /, **arguments: object) -> None:
    """Write the Word or pdf of a consolidated report, unless it is there already."""
    write_paper(_consolidation(arguments), str(arguments["kind"]), at=run.at)


@handler(TELL)
def tell_of_opening(run: Run, /, **arguments: object) -> None:
    """Tell the units of a large campaign that it is open; taken up again after a crash, each unit hears once."""
    campaign = Campaign.objects.get(pk=int(str(arguments["campaign"])))
    tell_opened(campaign, run.progress, by=system(), at=run.at)


def _sheet(arguments: dict[str, object]) -> UnitSheet:
    rows = UnitSheet.objects.select_related("campaign__regime", "campaign__owner", "file", "person", "post")
    return rows.get(pk=int(str(arguments["sheet"])))


def _carry_on(found: UnitSheet, work: Callable[..., UnitSheet], run: Run) -> None:
    """Do a step with a file as who sent it in, or keep why not: the post or the right may be gone since."""
    by = system()
    try:
        by = _asker(found, run)
        work(sheet=found, by=by, at=run.at)
    except Refused as refused:
        refuse_sheet(sheet=found, refused=refused, by=by, at=run.at)


@handler(CHECK)
def look_through(run: Run, /, **arguments: object) -> None:
    """Look through a file with a row for each unit; one that was looked through already is left alone."""
    found = _sheet(arguments)
    if found.state == SheetState.CHECKING:
        _carry_on(found, check_sheet, run)


@handler(ENTER)
def enter(run: Run, /, **arguments: object) -> None:
    """Enter a file that was confirmed: all of its reports, or none with the reason."""
    found = _sheet(arguments)
    if found.state == SheetState.ENTERING:
        _carry_on(found, enter_sheet, run)


@handler(TURN)
def turn_of_the_hour(run: Run, /, **arguments: object) -> None:
    """Open the campaigns whose time has come, freeze figures after the cut-off, lock what is over."""
    open_due_campaigns(by=system(), at=run.at)
    close_locked_campaigns(by=system(), at=run.at)
    freeze_due(at=run.at)


@handler(REMIND)
def send_reminders(run: Run, /, **arguments: object) -> None:
    """Send the reminders that are due; those missed while nothing ran are caught up."""
    remind(by=system(), at=run.at, progress=run.progress)


every(TURN, dt.timedelta(hours=1))
every(REMIND, dt.timedelta(hours=1))
