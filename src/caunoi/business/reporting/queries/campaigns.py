"""Campaigns and regimes seen, reports owed, progress, who is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from caunoi.business.reporting.access import (
    Permission,
    gathers,
    own_reports,
    reporters_of,
    visible_campaigns,
    visible_regimes,
)
from caunoi.business.reporting.models import (
    Campaign,
    ExpectedReporter,
    ReportRegime,
    TotalsNode,
)
from caunoi.business.reporting.rules.states import OPEN_VERSIONS, SENT, UNSENT, CampaignState, ReporterState
from caunoi.kernel.actor import Actor


def submissions_due(by: Actor, *, on: dt.date) -> QuerySet[ExpectedReporter]:
    """Return the reports that one's own unit still owes in open campaigns, the most urgent first."""
    rows = own_reports(by).filter(state__in=UNSENT, campaign__state=CampaignState.OPEN)
    return rows.select_related("campaign__regime", "campaign__owner").order_by("last_day_on", "id")


def reports_of_unit(by: Actor) -> QuerySet[ExpectedReporter]:
    """Return every report of one's own unit, those owed first, then the newest."""
    return own_reports(by).select_related("campaign__regime", "campaign__owner").order_by("-last_day_on", "-id")


def campaigns_running(by: Actor) -> QuerySet[Campaign]:
    """Return the open campaigns that a person may see, the most urgent first."""
    rows = visible_campaigns(by).filter(state__in=[CampaignState.OPEN, CampaignState.PREPARING])
    return rows.select_related("regime", "owner").order_by("last_day_on", "id")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is: units that owe, sent, accepted, returned, and unsent beyond their last day."""

    expected: int
    sent: int
    accepted: int
    returned: int
    late: int
    started: int
    """Drafts and reports waiting inside the unit."""

    @property
    def waiting(self) -> int:
        """Sent and not yet decided upon."""
        return self.sent - self.accepted


def progress_of(campaigns: Collection[Campaign], *, on: dt.date) -> dict[int, Progress]:
    """Return the progress of each campaign by id: what was sent from the kept totals, the rest from unsent rows."""
    kept = TotalsNode.objects.filter(campaign__in=list(campaigns), axis=TotalsNode.LINE, depth=0)
    whole = {row[0]: row[1:] for row in kept.values_list("campaign_id", "expected", "sent", "accepted")}
    unsent = _unsent(ExpectedReporter.objects.filter(campaign__in=list(campaigns), state__in=UNSENT), on)
    return {
        campaign.pk: Progress(*whole.get(campaign.pk, (0, 0, 0)), *unsent.get(campaign.pk, (0, 0, 0)))
        for campaign in campaigns
    }


def progress_within(campaign: Campaign, by: Actor, *, on: dt.date) -> Progress:
    """Return the progress of the part of a campaign that a person may see."""
    if gathers(campaign, by, Permission.READ):
        return progress_of([campaign], on=on)[campaign.pk]
    rows = reporters_of(campaign, by).order_by()
    came = rows.aggregate(
        expected=Count("pk", filter=~Q(state=ReporterState.EXEMPT)),
        sent=Count("pk", filter=Q(state__in=SENT)),
        accepted=Count("pk", filter=Q(state=ReporterState.ACCEPTED)),
    )
    unsent = _unsent(rows.filter(state__in=UNSENT), on).get(campaign.pk, (0, 0, 0))
    return Progress(came["expected"], came["sent"], came["accepted"], *unsent)


def _unsent(rows: QuerySet[ExpectedReporter], on: dt.date) -> dict[int, tuple[int, int, int]]:
    """Return by campaign how many of the unsent reports were returned, are late, are started; read from the index."""
    found: dict[int, tuple[int, int, int]] = {}
    grouped = rows.order_by().values("campaign_id", "state", "last_day_on").annotate(count=Count("pk"))
    for campaign, state, last_day_on, count in grouped.values_list("campaign_id", "state", "last_day_on", "count"):
        returned, late, started = found.get(campaign, (0, 0, 0))
        found[campaign] = (
            returned + count * (state == ReporterState.RETURNED),
            late + count * (last_day_on < on),
            started + count * (state in OPEN_VERSIONS),
        )
    return found


def late_of(campaign: Campaign, by: Actor, *, on: dt.date) -> QuerySet[ExpectedReporter]:
    """Return the units that are beyond their last day without a report, within what a person may see."""
    return reporters_of(campaign, by).filter(state__in=UNSENT, last_day_on__lt=on)


def resting_on(documents: Collection[int], by: Actor, *, on: dt.date) -> QuerySet[ReportRegime]:
    """Return the regimes that rest on documents (by id), for showing what a change of validity touches."""
    return visible_regimes(by, on=on).filter(ground_document_id__in=list(documents))


def regimes_seen(by: Actor, *, on: dt.date) -> QuerySet[ReportRegime]:
    """Return the newest version of each regime that a person may see, in Vietnamese order."""
    successors = ReportRegime.objects.filter(previous__isnull=False).values("previous_id")
    rows = visible_regimes(by, on=on).exclude(pk__in=successors).select_related("owner", "receiver")
    return rows.prefetch_related("turns").order_by("sort_key", "id")


def may_anywhere(by: Actor, *permissions: Permission) -> bool:
    """Whether one of the permissions is held anywhere."""
    return any(by.may(permission) for permission in permissions)
