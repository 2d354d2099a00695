"""Reads that put several rows together: forms, law of the day, progress, totals, contributors."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from caunoi.business.reporting.access import (
    Permission,
    nodes_of,
    own_reports,
    reporters_of,
    visible_campaigns,
    visible_regimes,
)
from caunoi.business.reporting.models import (
    Campaign,
    CutOffWindow,
    ExpectedReporter,
    FormColumn,
    FormRow,
    FormTable,
    LegalLimit,
    OutlineSection,
    ReportRegime,
    Submission,
    TotalsNode,
)
from caunoi.business.reporting.rules.cells import NOT_APPLICABLE, Packed, unpack
from caunoi.business.reporting.rules.checks import Content
from caunoi.business.reporting.rules.form import Form, Line, Section, Table
from caunoi.business.reporting.rules.requirements import RegimeFacts
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
from caunoi.business.reporting.rules.turns import Window
from caunoi.foundation.organisations.public import on_day
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure, MeasureState

WORKING_DAYS_AFTER_CUT_OFF = "working_days_after_cut_off"


def window_of(span: Span, *, on: dt.date) -> tuple[Window, CutOffWindow]:
    """Return the law's period for a span on a day, with the row that says where it stands."""
    row = CutOffWindow.objects.filter(on_day(on), span=span).order_by("-from_on").first()
    if row is None:
        raise LookupError(f"no period of figures for {span} on {on}: the table of law is empty")
    return Window(row.first_month, row.first_day, row.last_month, row.last_day), row


def least_working_days(*, on: dt.date) -> int:
    """Return how many working days have to lie between cut-off and due day (NĐ 09/2019/NĐ-CP, Điều 8)."""
    rows = LegalLimit.objects.filter(on_day(on), code=WORKING_DAYS_AFTER_CUT_OFF).order_by("-from_on")
    found = rows.values_list("value", flat=True).first()
    if found is None:
        raise LookupError(f"no legal limit {WORKING_DAYS_AFTER_CUT_OFF} on {on}")
    return found


def form_of(regime: ReportRegime) -> Form:
    """Return the form of a regime as data; four queries, whatever its size."""
    rows, columns = defaultdict(list), defaultdict(list)
    for row in FormRow.objects.filter(table__regime=regime).order_by("position", "id"):
        rows[row.table_id].append(Line(row.code, row.label, row.is_total))
    for column in FormColumn.objects.filter(table__regime=regime).order_by("position", "id"):
        whole = column.number == FormColumn.INTEGER
        columns[column.table_id].append(Line(column.code, column.label, column.is_total, column.unit_of_measure, whole))
    tables = tuple(
        Table(t.code, t.title, tuple(rows[t.pk]), tuple(columns[t.pk]), t.unit_of_measure, t.nature)
        for t in FormTable.objects.filter(regime=regime).order_by("position", "id")
    )
    sections = tuple(
        Section(s.code, s.title, s.marker, s.question, s.is_required)
        for s in OutlineSection.objects.filter(regime=regime).order_by("position", "id")
    )
    return Form(sections, tables)


def facts_of(regime: ReportRegime) -> RegimeFacts:
    """Return what a regime says, for the check of its compulsory items."""
    form, turns = form_of(regime), list(regime.turns.all())
    filled = [table for table in form.tables if any(True for _ in table.typed())]
    return RegimeFacts(
        name=regime.name,
        content=regime.content,
        asks_narrative=regime.asks_narrative,
        asks_figures=regime.asks_figures,
        groups=regime.groups.count(),
        has_receiver=regime.receiver_id is not None,
        sending_method=regime.sending_method,
        has_days=not regime.due_rule.is_open,
        repeats_decided=regime.repeats is not None,
        cut_offs_known=bool(turns)
        and all(t.cut_off_origin == CutOffOrigin.LAW or t.cut_off_day is not None for t in turns),
        sections=len(form.sections),
        filled_tables=len(filled),
        tables=len(form.tables),
        has_ground=bool(regime.ground_text.strip()) or regime.ground_document_id is not None,
    )


def content_of(submission: Submission | None) -> Content:
    """Return what a version holds; nothing for none."""
    if submission is None:
        return Content({}, {}, {})
    return Content(submission.cells, submission.narrative, submission.explanations)


def cells_before(reporter: ExpectedReporter) -> Packed:
    """Return the figures that the unit reported under the same regime for the latest period of the same kind before."""
    campaign = reporter.campaign
    regimes = {campaign.regime_id, campaign.regime.previous_id} - {None}
    earlier = Submission.objects.filter(
        counts=True,
        reporter__unit_id=reporter.unit_id,
        reporter__campaign__regime_id__in=regimes,
        reporter__campaign__span=campaign.span,
        reporter__campaign__period_until_on__lte=campaign.period_from_on,
    ).order_by("-reporter__campaign__period_until_on")
    found = earlier.values_list("cells", flat=True).first()
    return found or {}


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


def whole(campaign: Campaign) -> TotalsNode:
    """Return the totals of the whole campaign."""
    return TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0)


def places(campaign: Campaign, by: Actor) -> QuerySet[TotalsNode]:
    """Return the places with totals that a person may see, without the packed figures of each."""
    return nodes_of(campaign, by).defer("cells")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit has in a total."""

    reporter: ExpectedReporter
    measure: Measure


def reporters_below(campaign: Campaign, node: TotalsNode, by: Actor) -> QuerySet[ExpectedReporter]:
    """Return the units that owe a report within a place of the totals, in name order."""
    rows = reporters_of(campaign, by).exclude(state="exempt")
    if node.axis == TotalsNode.KIND:
        return rows.filter(kind_code=node.path)
    if node.depth == 0:
        return rows
    return rows.filter(path__gt=node.path, path__lt=node.path + "~")


def contributors(rows: Collection[ExpectedReporter], key: str) -> list[Contribution]:
    """Return for each unit what it gave for a cell; units without a counting version count as missing."""
    given = dict(
        Submission.objects.filter(counts=True, reporter__in=list(rows))
        .annotate(cell=_cell(key))
        .values_list("reporter_id", "cell")
    )
    return [Contribution(reporter, unpack(given.get(reporter.pk))) for reporter in rows]


def with_figures(rows: QuerySet[ExpectedReporter], key: str) -> QuerySet[ExpectedReporter]:
    """Return only the units that stand in the sum of a cell: those that answered it with a figure or a zero.

    Asked unit by unit, so that one page of a long list reads only as many reports as it shows.
    """
    answered = answering(Submission.objects.filter(counts=True, reporter=OuterRef("pk")), key)
    return rows.filter(Exists(answered))


def answering(versions: QuerySet[Submission], key: str) -> QuerySet[Submission]:
    """Return the versions that answer a cell with a figure or a confirmed zero."""
    return versions.annotate(cell=_cell(key)).filter(cell__isnull=False).exclude(cell=NOT_APPLICABLE)


def _cell(key: str) -> Cast:
    """Return the packed text of a cell as an expression of the database."""
    return Cast(KeyTextTransform(key, "cells"), TextField())


def is_known(contribution: Contribution) -> bool:
    """Whether the unit stands in the sum."""
    return contribution.measure.state in (MeasureState.VALUE, MeasureState.ZERO)


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
