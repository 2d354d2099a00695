"""Consolidated reports: made by one click, shown with their sources, opened to their units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.business.documents.public import recipients_of
from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    ReportingNotFound,
    consolidation_by_public_id,
    gathered_campaigns,
    gathers,
    is_own,
)
from caunoi.business.reporting.models import ConsolidatedParagraph, Consolidation, ExpectedReporter, Submission
from caunoi.business.reporting.operations.drafting import title_of
from caunoi.business.reporting.operations.refused import ConsolidationRefused
from caunoi.business.reporting.operations.submissions import open_version
from caunoi.business.reporting.queries import answering, cells_before, content_of, form_of
from caunoi.business.reporting.queries.answers import is_newest, owed_above
from caunoi.business.reporting.queries.comparison import compared, earlier_pair
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.charts import bars_of
from caunoi.business.reporting.rules.checks import blocking, check
from caunoi.business.reporting.rules.form import Form, Section
from caunoi.business.reporting.rules.states import UNSENT, ReporterState
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.web.charts import chart_of_bars
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.shown import REPORTER_STATES
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.business.reporting.web.views_totals import UNIT_COLUMNS, totals_tables
from caunoi.foundation.pages.public import Column, Crumb, State, paginate, sentence
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure

FEW = 40
"""Paragraphs of a section shown on the page of the whole report."""
COLUMNS = [
    Column("name", _("Báo cáo tổng hợp"), width="wide"),
    Column("made", _("Lập lúc")),
    Column("coverage", _("Số đơn vị")),
    Column("document", _("Dự thảo văn bản")),
]


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph with the units behind it, each with the address of its own words."""

    row: ConsolidatedParagraph
    units: list[tuple[str, str]]
    changed: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A section of the outline with its paragraphs."""

    section: Section
    paragraphs: list[ShownParagraph]
    count: int
    """Paragraphs in the whole section."""


@login_required
@require_GET
def consolidations(request: HttpRequest) -> HttpResponse:
    """Show the consolidated reports of the campaigns that one gathers."""
    by = permitted(request, Permission.COLLECT)
    rows = Consolidation.objects.filter(campaign__in=gathered_campaigns(by)).select_related("campaign", "document")
    page = paginate(rows.order_by("-made_at", "-id"), request)
    return render(request, "reporting/consolidations.html", {"page": page, "columns": COLUMNS})


@dataclass(frozen=True, slots=True)
class Upward:
    """A report that the gathering unit owes to a body above, and how it stands to this consolidated report."""

    reporter: ExpectedReporter
    state: State
    is_made_of_this: bool
    address: str
    """Where it is filled from this one; empty where it cannot be, or not by this person."""
    unsettled: int
    """Places to correct or explain, which would hold it back from going out with the document."""


def _upward(made: Consolidation, by: Actor) -> list[Upward]:
    fillable = (ReporterState.NOT_STARTED, ReporterState.DRAFT, ReporterState.RETURNED)
    newest, rows = is_newest(made), owed_above(made)
    shown = []
    for row in rows:
        own = newest and row.state in fillable and any(is_own(row, by, permission) for permission in OWN_WORK)
        address = f"{reverse('reporting:branch', args=[row.public_id])}?tu={made.public_id}" if own else ""
        is_made_of_this = made.answers_id == row.pk
        unsettled = _unsettled(row) if is_made_of_this and row.state in UNSENT else 0
        shown.append(Upward(row, REPORTER_STATES[row.state], is_made_of_this, address, unsettled))
    return shown


def _unsettled(reporter: ExpectedReporter) -> int:
    version = open_version(reporter)
    if version is None:
        return 0
    findings = check(form_of(reporter.campaign.regime), content_of(version), cells_before(reporter))
    return len(blocking(findings, version.explanations))


def _held_back(made: Consolidation) -> str:
    """Return why the report above did not go out with the document, as a sentence."""
    if not made.held_back:
        return ""
    refused = ConsolidationRefused(made.held_back["code"], **made.held_back["facts"])
    return sentence(refused) or gettext("Báo cáo chưa gửi được cùng văn bản.")


@login_required
@require_GET
def consolidation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one consolidated report: figures with coverage, words with their units, who is missing."""
    by = permitted(request, Permission.READ)
    made = consolidation_by_public_id(public_id, by)
    form = form_of(made.campaign.regime)
    address = reverse("reporting:consolidated_cell", args=[made.public_id])
    chosen, page = form.section(request.GET.get("muc", "")), None
    if chosen is None:
        parts = _parts(made, form)
    else:
        page = paginate(_rows(made).filter(section_code=chosen.code), request)
        parts = [ShownPart(chosen, _by_section(list(page.object_list))[chosen.code], page.paginator.count)]
    before, year = (None, None) if chosen else earlier_pair(made.campaign)
    then = year or before
    bars = (
        []
        if chosen
        else bars_of(form, made.cells, made.expected, then.cells if then else None, then.expected if then else 0)
    )
    context = {
        **frame(made.campaign, by, "gathered"), "made": made, "title": title_of(made.campaign),
        "parts": parts, "page": page, "chosen": chosen, "absent": _absent(made),
        "came_late": [row for row in made.overdue if row["sent"]],
        "before": before, "year": year, "compared": compared(form, made.cells, made.expected, before, year),
        "charts": [chart_of_bars(each, address, then.campaign if then else None) for each in bars],
        "tables": [] if chosen else totals_tables(form, made.cells, made.expected, address),
        "crumbs": [
            Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
            Crumb(made.campaign.name, reverse("reporting:campaign", args=[made.campaign.public_id])),
            Crumb(_("Báo cáo tổng hợp")),
        ],
        "upward": _upward(made, by), "held_back": _held_back(made),
        "sent_to": recipients_of(made.document) if made.document is not None and made.issued_at else [],
        "editable": made.document_id is None and gathers(made.campaign, by, Permission.COLLECT),
        "may_collect": gathers(made.campaign, by, Permission.COLLECT),
    }  # fmt: skip
    return render(request, "reporting/consolidation.html", context)


def _absent(made: Consolidation) -> list[tuple[str, int]]:
    """Return the units that had not reported, each with the days beyond its last day (0: not due yet)."""
    days = {row["unit"]: row["days"] for row in made.overdue if not row["sent"]}
    return [(name, days.get(name, 0)) for name in made.absent]


def _rows(made: Consolidation) -> QuerySet[ConsolidatedParagraph]:
    return ConsolidatedParagraph.objects.filter(consolidation=made).order_by("section_code", "position", "id")


def _parts(made: Consolidation, form: Form) -> list[ShownPart]:
    """Return every section with its first paragraphs; a longer one opens on a page of its own."""
    place = Window(RowNumber(), partition_by="section_code", order_by=["position", "id"])
    first = _rows(made).annotate(place=place).filter(place__lte=FEW)
    counts = dict(_rows(made).order_by().values_list("section_code").annotate(count=Count("pk")))
    by_section = _by_section(list(first))
    return [ShownPart(s, by_section[s.code], counts.get(s.code, 0)) for s in form.sections]


def _by_section(rows: list[ConsolidatedParagraph]) -> defaultdict[str, list[ShownParagraph]]:
    places = _places({source["submission"] for row in rows for source in row.sources})
    by_section: defaultdict[str, list[ShownParagraph]] = defaultdict(list)
    for row in rows:
        by_section[row.section_code].append(_shown(row, places))
    return by_section


def _places(submissions: set[str]) -> dict[str, str]:
    """Return the address of each version."""
    found = Submission.objects.filter(public_id__in=submissions).values_list("public_id", "reporter__public_id")
    return {str(own): f"{reverse('reporting:report', args=[reporter])}?v={own}" for own, reporter in found}


def _shown(row: ConsolidatedParagraph, places: dict[str, str]) -> ShownParagraph:
    units = [
        (source["unit"], f"{places[source['submission']]}#{row.section_code}-{source['paragraph']}")
        for source in row.sources
        if source["submission"] in places
    ]
    return ShownParagraph(row, units, bool(row.original) and row.text != row.original)


@login_required
@require_GET
def cell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show exactly the units behind one figure of a consolidated report, as they stood when it was made."""
    by = permitted(request, Permission.READ)
    made, key = consolidation_by_public_id(public_id, by), request.GET.get("o", "")
    found = form_of(made.campaign.regime).all_cells().get(key)
    if found is None:
        raise ReportingNotFound("reporting.place_not_found")
    total = total_of(made.cells, key, made.expected)
    versions = answering(Submission.objects.filter(pk__in=made.included), key)
    page = paginate(versions.select_related("reporter").order_by("reporter__sort_key", "reporter_id"), request)
    table, line, column = found
    context = {
        **frame(made.campaign, by, "gathered"), "made": made, "table": table, "line": line, "column": column,
        "total": total, "measure": None if total.amount is None else Measure.of(total.amount), "page": page,
        "columns": UNIT_COLUMNS, "given": [(version, unpack(version.cells[key])) for version in page.object_list],
        "crumbs": [
            Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
            Crumb(made.campaign.name, reverse("reporting:campaign", args=[made.campaign.public_id])),
            Crumb(_("Báo cáo tổng hợp"), reverse("reporting:consolidation", args=[made.public_id])),
            Crumb(f"{line.label}, {column.label}"),
        ],
    }  # fmt: skip
    return render(request, "reporting/consolidated_cell.html", context)
