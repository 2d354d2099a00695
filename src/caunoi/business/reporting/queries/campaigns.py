"""Campaigns and regimes seen, reports owed, progress, who is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from caunoi.business.reporting.access import (
    Permission,
    own_reports,
    reporters_of,
    visible_campaigns,
    visible_regimes,
)
from caunoi.business.reporting.models import (
    Campaign,
    ExpectedReporter,
    ReportRegime,
)
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
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


NOTHING = Progress(0, 0, 0, 0, 0, 0)


def progress_of(campaigns: Collection[Campaign], *, on: dt.date) -> dict[int, Progress]:
    """Return the progress of each campaign by id, in one query."""
    found = _progress(ExpectedReporter.objects.filter(campaign__in=list(campaigns)), on)
    return {campaign.pk: found.get(campaign.pk, NOTHING) for campaign in campaigns}


def progress_within(campaign: Campaign, by: Actor, *, on: dt.date) -> Progress:
    """Return the progress of the part of a campaign that a person may see."""
    found = _progress(reporters_of(campaign, by).order_by(), on)
    return found.get(campaign.pk, NOTHING)


def _progress(rows: QuerySet[ExpectedReporter], on: dt.date) -> dict[int, Progress]:
    counted = (
        rows.order_by()
        .values("campaign_id")
        .annotate(
            owing=Count("pk", filter=~Q(state="exempt")),
            sent=Count("pk", filter=Q(state__in=["submitted", "accepted"])),
            accepted=Count("pk", filter=Q(state="accepted")),
            returned=Count("pk", filter=Q(state="returned")),
            started=Count("pk", filter=Q(state__in=["draft", "in_approval"])),
            late=Count("pk", filter=Q(state__in=list(UNSENT), last_day_on__lt=on)),
        )
    )
    return {
        row["campaign_id"]: Progress(
            row["owing"], row["sent"], row["accepted"], row["returned"], row["late"], row["started"]
        )
        for row in counted
    }


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
