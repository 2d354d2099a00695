"""Open campaigns: units extended, exempted, chased; campaigns locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import F, Q

from caunoi.business.reporting.access import (
    Permission,
    ReportingForbidden,
    reporters_of,
    require_gathering,
)
from caunoi.business.reporting.models import Campaign, ExpectedReporter
from caunoi.business.reporting.operations.branch_seal import recounted
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.totals import Shift, shift_totals
from caunoi.business.reporting.rules.states import SENT, UNSENT, CampaignState, ReporterState
from caunoi.business.reporting.rules.turns import lock_day
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.public import working_days
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


def subject_of(campaign: Campaign) -> Subject:
    """Return how a campaign stands in the audit."""
    return Subject("campaign", str(campaign.public_id), campaign.name, campaign.owner_id)


@use_case
def close_campaign(*, campaign: Campaign, by: Actor, at: dt.datetime) -> None:
    """Lock a campaign: from now on no unit sends any more. Raises CampaignRefused, ReportingForbidden."""
    require_gathering(campaign, by, Permission.COLLECT)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.state != CampaignState.OPEN:
        raise CampaignRefused("reporting.campaign_not_open", name=locked.name)
    locked.state, locked.closed_at = CampaignState.CLOSED, at
    locked.save(update_fields=["state", "closed_at"])
    on = clock.day_of(at)
    rows = ExpectedReporter.objects.filter(campaign=locked)
    rows.filter(Q(lock_on__isnull=True) | Q(lock_on__gt=on)).update(lock_on=on)
    record(by=by, at=at, verb="reporting.close_campaign", subject=subject_of(locked))


def close_locked_campaigns(*, by: Actor, at: dt.datetime) -> int:
    """Close every open campaign in which no unit can send any more; return how many."""
    on, closed = clock.day_of(at), 0
    past = Campaign.objects.filter(state=CampaignState.OPEN, lock_on__lte=on).order_by("pk")
    for campaign in past:
        still = ExpectedReporter.objects.filter(campaign=campaign, state__in=UNSENT, lock_on__gt=on)
        if not still.exists():
            close_campaign(campaign=campaign, by=by, at=at)
            closed += 1
    return closed


@use_case
def extend(*, reporter: ExpectedReporter, until: dt.date, ground: str, by: Actor, at: dt.datetime) -> None:
    """Give one unit more time, with the ground for it. Raises CampaignRefused, ReportingForbidden."""
    locked = _for_change(reporter, by)
    if locked.state in SENT or locked.state == ReporterState.EXEMPT:
        raise CampaignRefused("reporting.cannot_extend", unit=locked.name)
    if until <= max(locked.last_day_on, clock.day_of(at) - dt.timedelta(days=1)) or not squeeze(ground):
        raise CampaignRefused("reporting.extension_without_ground", unit=locked.name)
    before, locked.last_day_on = locked.last_day_on, until
    locked.extension_ground = squeeze(ground)[:300]
    lock_on = lock_day(until, working_days(), locked.campaign.regime.lock_days)
    locked.lock_on = max(lock_on, locked.lock_on or lock_on)
    locked.save(update_fields=["last_day_on", "extension_ground", "lock_on"])
    record(by=by, at=at, verb="reporting.extend", subject=reporter_subject(locked),
           changes={"last_day_on": (before, until), "ground": (None, locked.extension_ground)})  # fmt: skip
    tell("extended", locked.campaign, [locked.bearer_id], by=by, at=at)


@use_case
def exempt(*, reporter: ExpectedReporter, ground: str, by: Actor, at: dt.datetime) -> None:
    """Free one unit of the report, with the ground for it; it leaves every coverage. Raises CampaignRefused."""
    locked = _for_change(reporter, by)
    if locked.state in SENT or locked.state == ReporterState.EXEMPT or not squeeze(ground):
        raise CampaignRefused("reporting.cannot_exempt", unit=locked.name)
    before, locked.state = locked.state, ReporterState.EXEMPT
    locked.extension_ground = squeeze(ground)[:300]
    locked.save(update_fields=["state", "extension_ground"])
    shift_totals(locked, locked.campaign, Shift(expected=-1), recounted(locked, [locked.unit_id]))
    record(by=by, at=at, verb="reporting.exempt", subject=reporter_subject(locked),
           changes={"state": (before, locked.state), "ground": (None, locked.extension_ground)})  # fmt: skip


def reporter_subject(reporter: ExpectedReporter) -> Subject:
    """Return how one unit's report stands in the audit."""
    label = f"{reporter.name}: {reporter.campaign.name}"
    return Subject("submission", str(reporter.public_id), label, reporter.unit_id)


def _for_change(reporter: ExpectedReporter, by: Actor) -> ExpectedReporter:
    require_gathering(reporter.campaign, by, Permission.COLLECT)
    rows = ExpectedReporter.objects.select_for_update(of=("self",)).select_related(
        "campaign__regime", "campaign__owner"
    )
    return rows.get(pk=reporter.pk)


@use_case
def chase(
    *, campaign: Campaign, reporters: Collection[ExpectedReporter] | None = None, by: Actor, at: dt.datetime
) -> int:
    """Urge units that have not reported: those named, or every one that is beyond its last day. Returns how many.

    Units that have reported meanwhile or may no longer, and units outside the person's branch, are left out. Raises
    ReportingForbidden.
    """
    if not (by.is_system or by.may(Permission.CHASE)):
        raise ReportingForbidden("reporting.not_permitted")
    rows = reporters_of(campaign, by, Permission.CHASE).filter(state__in=UNSENT)
    rows = rows.filter(Q(lock_on__isnull=True) | Q(lock_on__gt=clock.day_of(at)))
    if reporters is None:
        rows = rows.filter(last_day_on__lt=clock.day_of(at))
    else:
        rows = rows.filter(pk__in=[reporter.pk for reporter in reporters])
    found = list(rows.values_list("heir_id", "unit_id"))
    if not found:
        return 0
    chased = ExpectedReporter.objects.filter(campaign=campaign, pk__in=rows.order_by().values("pk"))
    chased.update(chased=F("chased") + 1, last_chased_at=at)
    record(by=by, at=at, verb="reporting.chase", subject=subject_of(campaign), changes={"units": (None, len(found))})
    tell("chased", campaign, [heir_id or unit_id for heir_id, unit_id in found], by=by, at=at)
    return len(found)
