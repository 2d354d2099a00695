"""Questions on reports, and the changes of units that a campaign has met."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from caunoi.business.reporting.access import ReportingNotFound, own_reports, report_by_public_id, visible_campaigns
from caunoi.business.reporting.models import Campaign, CampaignChange, ExpectedReporter, Question
from caunoi.kernel.actor import Actor


def own_campaigns(by: Actor) -> QuerySet[Campaign]:
    """Return the campaigns that a person oversees, or in which their own unit reports; lazy."""
    mine = Campaign.objects.filter(pk__in=own_reports(by).values("campaign_id"))
    return (visible_campaigns(by) | mine).distinct()


def questions_of(reporter: ExpectedReporter) -> QuerySet[Question]:
    """Return the questions on one unit's report, oldest first."""
    return Question.objects.filter(reporter=reporter).order_by("asked_at", "id")


def shared_answers(campaign: Campaign) -> QuerySet[Question]:
    """Return the questions whose answer every unit of a campaign may read, oldest first."""
    return Question.objects.filter(campaign=campaign, is_for_all=True, answered_at__isnull=False).order_by(
        "answered_at", "id"
    )


def open_questions(campaign: Campaign) -> QuerySet[Question]:
    """Return what units have asked and nobody has answered yet, the longest waiting first."""
    rows = Question.objects.filter(campaign=campaign, is_from_unit=True, answered_at__isnull=True)
    return rows.select_related("reporter").order_by("asked_at", "id")


def question_by_public_id(public_id: UUID | str, by: Actor) -> Question:
    """Return a question on a report that the person may see. Raises ReportingNotFound."""
    found = Question.objects.select_related("reporter").filter(public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.question_not_found")
    found.reporter = report_by_public_id(found.reporter.public_id, by)
    return found


def changes_of(campaign: Campaign) -> QuerySet[CampaignChange]:
    """Return what changes of units meant to a campaign, the latest first."""
    rows = CampaignChange.objects.filter(campaign=campaign).select_related("unit", "heir", "reporter")
    return rows.order_by("-effective_on", "unit__sort_key", "id")


def change_by_public_id(public_id: UUID | str, campaign: Campaign) -> CampaignChange:
    """Return one line of a campaign. Raises ReportingNotFound."""
    found = changes_of(campaign).filter(public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.change_not_found")
    found.campaign = campaign
    return found
