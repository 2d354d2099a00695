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
    reporters_among,
    visible_campaigns,
    visible_regimes,
)
from caunoi.business.reporting.models import (
    Campaign,
    ExpectedReporter,
    ReportRegime,
    TotalsNode,
)
from caunoi.business.reporting.rules.states import SENT, UNSENT, CampaignState, ReporterState
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

    @property
    def waiting(self) -> int:
        """Sent and not yet decided upon."""
        return self.sent - self.accepted


def progress_of(campaigns: Collection[Campaign], by: Actor, *, on: dt.date) -> dict[int, Progress]:
    """Return by id the progress of the part of each campaign that a person may see; campaigns come with regimes."""
    whole = [each for each in campaigns if gathers(each, by, Permission.READ)]
    rest = [each for each in campaigns if each not in whole]
    nothing = Progress(0, 0, 0, 0, 0)
    found = {**(_whole(whole, on) if whole else {}), **(_branches(rest, by, on) if rest else {})}
    return {each.pk: found.get(each.pk, nothing) for each in campaigns}


def progress_within(campaign: Campaign, by: Actor, *, on: dt.date) -> Progress:
    """Return the progress of the part of a campaign that a person may see."""
    return progress_of([campaign], by, on=on)[campaign.pk]


def _whole(campaigns: Collection[Campaign], on: dt.date) -> dict[int, Progress]:
    """Read whole campaigns from their kept totals; only the units whose last day is not the common one are counted."""
    ids, past = [each.pk for each in campaigns], [each.pk for each in campaigns if each.last_day_on < on]
    rows = ExpectedReporter.objects.order_by()
    extended = _counts(rows.filter(campaign__in=past, state__in=UNSENT, last_day_on__gte=on))
    early = _counts(rows.filter(campaign__in=[*{*ids} - {*past}], state__in=UNSENT, last_day_on__lt=on))
    returned = _counts(rows.filter(campaign__in=ids, state=ReporterState.RETURNED))
    kept = TotalsNode.objects.filter(campaign__in=ids, axis=TotalsNode.LINE, depth=0)
    sums = {row[0]: row[1:] for row in kept.values_list("campaign_id", "expected", "sent", "accepted")}
    found = {}
    for each in campaigns:
        expected, sent, accepted = sums.get(each.pk, (0, 0, 0))
        late = expected - sent - extended.get(each.pk, 0) if each.last_day_on < on else early.get(each.pk, 0)
        found[each.pk] = Progress(expected, sent, accepted, returned.get(each.pk, 0), late)
    return found


def _counts(rows: QuerySet[ExpectedReporter]) -> dict[int, int]:
    return dict(rows.values_list("campaign_id").annotate(count=Count("pk")))


def _branches(campaigns: Collection[Campaign], by: Actor, on: dt.date) -> dict[int, Progress]:
    rows = reporters_among(campaigns, by).order_by().values_list("campaign_id").annotate(
        expected=Count("pk", filter=~Q(state=ReporterState.EXEMPT)),
        sent=Count("pk", filter=Q(state__in=SENT)),
        accepted=Count("pk", filter=Q(state=ReporterState.ACCEPTED)),
        returned=Count("pk", filter=Q(state=ReporterState.RETURNED)),
        late=Count("pk", filter=Q(state__in=UNSENT, last_day_on__lt=on)),
    )  # fmt: skip
    return {row[0]: Progress(*row[1:]) for row in rows}


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
