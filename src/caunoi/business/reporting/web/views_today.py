"""Totals as of today's tree: the same reports, where their units stand now, with what that changes."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.business.reporting.access import Permission, ReportingNotFound, campaign_by_public_id
from caunoi.business.reporting.models import Campaign
from caunoi.business.reporting.queries import contributors, form_of, with_figures
from caunoi.business.reporting.queries.today import (
    place_today,
    places_below_today,
    reporters_today,
    top_today,
    totals_today,
)
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.business.reporting.web.views_totals import PLACE_COLUMNS, UNIT_COLUMNS, totals_tables
from caunoi.foundation.organisations.public import Unit, ancestors, unit_by_public_id
from caunoi.foundation.pages.public import PER_PAGE, Crumb, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.measure import Measure


@login_required
@require_GET
def totals_now(request: HttpRequest, public_id: UUID, unit: UUID | None = None) -> HttpResponse:
    """Show the sums of a campaign for one unit as it stands today."""
    by, today = permitted(request, Permission.READ), clock.today()
    campaign = campaign_by_public_id(public_id, by)
    place = _place(campaign, unit, by)
    made, below = totals_today(campaign, place, on=today), places_below_today(campaign, place, on=today)
    address = reverse("reporting:contributors_today", args=[campaign.public_id, place.public_id])
    context = {
        **frame(campaign, by, "totals"), "place": place, "made": made, "above": _above(campaign, place, by),
        "tables": totals_tables(form_of(campaign.regime), made.cells, made.expected, address),
        "page": Paginator(below, PER_PAGE).get_page(request.GET.get("page")), "columns": PLACE_COLUMNS,
    }  # fmt: skip
    return render(request, "reporting/totals_today.html", context)


def _place(campaign: Campaign, unit: UUID | None, by: Actor) -> Unit:
    """Return the unit asked for, else the top of what the person sees. Raises ReportingNotFound."""
    if unit is not None:
        return place_today(campaign, unit_by_public_id(unit), by, on=clock.today())
    top = top_today(campaign, by)
    if top is None:
        raise ReportingNotFound("reporting.place_not_found")
    return top


def _above(campaign: Campaign, place: Unit, by: Actor) -> list[Unit]:
    """Return the units between the one that gathers and the place, from the top; those that a person may open."""
    if place.pk == campaign.owner_id:
        return []
    chain = ancestors(place, line=Line(campaign.line), on=clock.today())
    at = next((at for at, each in enumerate(chain) if each.pk == campaign.owner_id), None)
    return [] if at is None else [each for each in chain[at:] if _is_open(campaign, each, by)]


def _is_open(campaign: Campaign, unit: Unit, by: Actor) -> bool:
    try:
        place_today(campaign, unit, by, on=clock.today())
    except ReportingNotFound:
        return False
    return True


@login_required
@require_GET
def contributing_now(request: HttpRequest, public_id: UUID, unit: UUID) -> HttpResponse:
    """Show exactly the units behind one sum as of today."""
    by, today = permitted(request, Permission.READ), clock.today()
    campaign = campaign_by_public_id(public_id, by)
    place, key = _place(campaign, unit, by), request.GET.get("o", "")
    cell = form_of(campaign.regime).all_cells().get(key)
    if cell is None:
        raise ReportingNotFound("reporting.place_not_found")
    table, line, column = cell
    made = totals_today(campaign, place, on=today)
    total = total_of(made.cells, key, made.expected)
    rows = with_figures(reporters_today(campaign, place, on=today), key).order_by("sort_key", "id")
    page = paginate(rows, request, count=total.answered)
    context = {
        **frame(campaign, by, "totals"), "node": place, "table": table, "line": line, "column": column, "total": total,
        "measure": None if total.amount is None else Measure.of(total.amount), "page": page, "row": None,
        "given": contributors(list(page.object_list), key), "columns": UNIT_COLUMNS,
        "crumbs": [
            Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
            Crumb(campaign.name, reverse("reporting:campaign", args=[campaign.public_id])),
            Crumb(place.name, reverse("reporting:unit_today", args=[campaign.public_id, place.public_id])),
            Crumb(f"{line.label}, {column.label}"),
        ],
    }  # fmt: skip
    return render(request, "reporting/contributors.html", context)
