"""Totals by place with their coverage, and the units behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.business.reporting.access import Permission, ReportingNotFound, campaign_by_public_id, nodes_of
from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.queries import contributors, form_of, reporters_below, with_figures
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.states import SENT
from caunoi.business.reporting.rules.totals import gaps_of, total_of
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.foundation.organisations.public import END, WIDTH
from caunoi.foundation.pages.public import Column, Crumb, Option, chips, paginate
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure, Total

PLACE_COLUMNS = [
    Column("name", _("Nơi"), width="wide"),
    Column("sent", _("Đã gửi")),
    Column("accepted", _("Đã tiếp nhận"), numeric=True),
    Column("late", _("Gửi muộn"), numeric=True),
]
UNIT_COLUMNS = [
    Column("name", _("Đơn vị"), width="wide"),
    Column("kind", _("Loại đơn vị")),
    Column("figure", _("Số liệu"), numeric=True),
]


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A sum ready to be shown, with the address of what stands behind it."""

    measure: Measure | None
    total: Total
    url: str
    gaps: int = 0
    """Units in the sum that left some of its parts without a figure."""


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """A table of sums."""

    table: Table
    rows: list[tuple[Line, list[ShownTotal]]]


def totals_tables(form: Form, cells: Mapping[str, object], expected: int, address: str) -> list[TotalsTable]:
    """Return the tables of a form with their sums; ``address`` opens a cell by ``?o=KEY`` appended."""
    return [
        TotalsTable(
            table,
            [
                (row, [_sum(table.key(row, column), cells, expected, address) for column in table.columns])
                for row in table.rows
            ],
        )
        for table in form.tables
    ]


def _sum(key: str, cells: Mapping[str, object], expected: int, address: str) -> ShownTotal:
    total = total_of(cells, key, expected)
    measure = None if total.amount is None else Measure.of(total.amount)
    return ShownTotal(measure, total, f"{address}?o={key}", gaps_of(cells, key))


@login_required
@require_GET
def totals(request: HttpRequest, public_id: UUID, place: UUID | None = None) -> HttpResponse:
    """Show the sums of the whole campaign, or of one place, with the places below it."""
    by = permitted(request, Permission.READ)
    campaign = campaign_by_public_id(public_id, by)
    node = _node(campaign, place, by)
    if node is None:
        return render(request, "reporting/totals.html", {**frame(campaign, by, "totals"), "node": None})
    form = form_of(campaign.regime)
    address = reverse("reporting:contributors", args=[campaign.public_id, node.public_id])
    below = _below(node, campaign, by)
    page = paginate(below, request)
    context = {
        **frame(campaign, by, "totals"), "node": node,
        "tables": totals_tables(form, node.cells, node.expected, address),
        "page": page, "columns": PLACE_COLUMNS, "above": _above(node, campaign, by),
        "kinds": _kinds(node, campaign, by),
    }  # fmt: skip
    return render(request, "reporting/totals.html", context)


def _node(campaign: Campaign, place: UUID | None, by: Actor) -> TotalsNode | None:
    """Return the place asked for, or the topmost one that the person may see. Raises ReportingNotFound."""
    rows = nodes_of(campaign, by)
    if place is None:
        return rows.filter(axis=TotalsNode.LINE).order_by("depth", "sort_key", "id").first()
    found = rows.filter(public_id=place).first()
    if found is None:
        raise ReportingNotFound("reporting.place_not_found")
    return found


def _below(node: TotalsNode, campaign: Campaign, by: Actor) -> QuerySet[TotalsNode]:
    rows = nodes_of(campaign, by).defer("cells").filter(axis=TotalsNode.LINE, depth=node.depth + 1)
    if node.axis == TotalsNode.KIND:
        return rows.none()
    return rows.filter(path__gt=node.path, path__lt=node.path + END).order_by("sort_key", "id")


def _kinds(node: TotalsNode, campaign: Campaign, by: Actor) -> list[TotalsNode]:
    if node.depth > 0:
        return []
    return list(nodes_of(campaign, by).defer("cells").filter(axis=TotalsNode.KIND).order_by("sort_key", "id"))


def _above(node: TotalsNode, campaign: Campaign, by: Actor) -> list[TotalsNode]:
    if node.axis == TotalsNode.KIND:
        return list(nodes_of(campaign, by).filter(axis=TotalsNode.LINE, depth=0).defer("cells"))
    ends = range(len(campaign.root_path), len(node.path), WIDTH)
    paths = [node.path[:end] for end in ends]
    rows = nodes_of(campaign, by).filter(axis=TotalsNode.LINE, path__in=paths).defer("cells")
    return list(rows.order_by("depth"))


def _answering(
    units: QuerySet[ExpectedReporter], node: TotalsNode, total: Total, key: str
) -> QuerySet[ExpectedReporter]:
    """Return the units in a sum; where everyone who sent answered, that is read from their states alone."""
    return units.filter(state__in=SENT) if total.answered == node.sent else with_figures(units, key)


@login_required
@require_GET
def contributing(request: HttpRequest, public_id: UUID, place: UUID) -> HttpResponse:
    """Show exactly the units behind one sum, or with ``?xem=all`` every unit of the place."""
    by = permitted(request, Permission.READ)
    campaign = campaign_by_public_id(public_id, by)
    node, key = _node(campaign, place, by), request.GET.get("o", "")
    cell = form_of(campaign.regime).all_cells().get(key)
    if cell is None or node is None:
        raise ReportingNotFound("reporting.place_not_found")
    total = total_of(node.cells, key, node.expected)
    row = chips(
        request.GET,
        "xem",
        _("Xem"),
        [Option("given", _("Đơn vị có số liệu"), total.answered), Option("all", _("Tất cả đơn vị"), node.expected)],
        default="given",
    )
    units, known = reporters_below(campaign, node, by), node.expected
    if row.value == "given":
        units, known = _answering(units, node, total, key), total.answered
    page = paginate(units, request, count=known)
    table, line, column = cell
    address = reverse("reporting:place", args=[campaign.public_id, node.public_id])
    context = {
        **frame(campaign, by, "totals"), "node": node, "table": table, "line": line, "column": column, "row": row,
        "total": total, "measure": None if total.amount is None else Measure.of(total.amount), "page": page,
        "given": contributors(list(page.object_list), key), "columns": UNIT_COLUMNS,
        "crumbs": [
            Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
            Crumb(campaign.name, reverse("reporting:campaign", args=[campaign.public_id])),
            Crumb(node.name, address),
            Crumb(f"{line.label}, {column.label}"),
        ],
    }  # fmt: skip
    return render(request, "reporting/contributors.html", context)
