"""Where a consolidated report goes: the reports owed to bodies above, the version made from it, its document."""

from __future__ import annotations

from django.db.models import Q

from caunoi.business.documents.public import Document, visible
from caunoi.business.reporting.models import Consolidation, ExpectedReporter
from caunoi.business.reporting.queries.forms import form_of
from caunoi.business.reporting.rules.answering import fits
from caunoi.business.reporting.rules.states import CampaignState, ReporterState
from caunoi.kernel.actor import Actor


def owed_above(made: Consolidation) -> list[ExpectedReporter]:
    """Return the reports that the gathering unit owes to other bodies for the same period, the soonest first.

    Only those in whose form something of the consolidated report has a place.
    """
    below, owner = made.campaign, made.campaign.owner_id
    rows = ExpectedReporter.objects.filter(
        Q(unit_id=owner) | Q(heir_id=owner),
        campaign__span=below.span,
        campaign__span_year=below.span_year,
        campaign__span_month=below.span_month,
    )
    open_ones = rows.exclude(campaign__owner_id=owner).exclude(campaign__state=CampaignState.PREPARING)
    owed = open_ones.exclude(state=ReporterState.EXEMPT).select_related("campaign__owner", "campaign__regime")
    form = form_of(below.regime)
    return [row for row in owed.order_by("last_day_on", "id") if fits(form, form_of(row.campaign.regime))]


def is_newest(made: Consolidation) -> bool:
    """Whether no later consolidated report of the campaign was made; reports above are filled from the newest."""
    later = Consolidation.objects.filter(campaign_id=made.campaign_id).filter(
        Q(made_at__gt=made.made_at) | Q(made_at=made.made_at, pk__gt=made.pk)
    )
    return not later.exists()


def made_for(reporter: ExpectedReporter, version: int) -> Consolidation | None:
    """Return the consolidated report that a version of a report was made from."""
    rows = Consolidation.objects.filter(answers=reporter, answered_version=version)
    return rows.select_related("campaign__owner", "campaign__regime", "document").first()


def document_seen(made: Consolidation, by: Actor) -> Document | None:
    """Return the issued document as a person may open it: the copy that their unit received, or the original."""
    if made.document_id is None or made.issued_at is None:
        return None
    rows = visible(by).filter(Q(pk=made.document_id) | Q(issued_from_id=made.document_id))
    return rows.defer("body_text", "folded").order_by("pk").first()
