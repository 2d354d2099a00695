"""Figures turned as one wishes: two axes, a measure, the rest held fixed; as table, chart and file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from caunoi.business.reporting.access import Permission, visible_campaigns
from caunoi.business.reporting.models import Campaign, FormTable, ReportRegime
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.comparison import family_of
from caunoi.business.reporting.queries.seeing import facts_today, node_facts, period_of, tops
from caunoi.business.reporting.rules.form import Line, Table
from caunoi.business.reporting.rules.pivot import (
    OF_NODES,
    Axis,
    Chosen,
    Member,
    Pivot,
    PivotCell,
    Shown,
    fits,
    turned,
)
from caunoi.business.reporting.rules.states import CampaignState
from caunoi.business.reporting.web.charts import printed
from caunoi.business.reporting.web.exports import export, has_parquet
from caunoi.business.reporting.web.requests import permitted
from caunoi.foundation.pages.public import Chart, ChartKind, Series
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

AXES = {
    Axis.PLACE: gettext_lazy("Nơi"), Axis.KIND: gettext_lazy("Loại đơn vị"), Axis.PERIOD: gettext_lazy("Kỳ báo cáo"),
    Axis.ROW: gettext_lazy("Dòng của biểu"), Axis.COLUMN: gettext_lazy("Cột của biểu"),
}  # fmt: skip
MEASURES = {
    Shown.SUM: gettext_lazy("Tổng"), Shown.ANSWERED: gettext_lazy("Số đơn vị có số liệu"),
    Shown.COVERAGE: gettext_lazy("Độ phủ (%)"),
}  # fmt: skip
WIDE = ("che-do", "bieu", "theo")
"""Choices with long words."""
PERIODS = 12
"""Campaigns on the axis of time."""
SERIES = 6
"""Lines or bars of a chart that can still be told apart; the table has them all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of the bar above the table."""

    name: str
    label: object
    value: str
    options: Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, mended where it does not fit."""

    campaigns: list[Campaign]
    table: Table
    rows: Axis
    columns: Axis
    shown: Shown
    period: Campaign
    row: Line
    column: Line
    is_today: bool
    """Whether units are counted where they stand today."""


@login_required
@require_GET
def pivot(request: HttpRequest) -> HttpResponse:
    """Show the figures of one table of a regime turned, with a chart, or give them as a file."""
    by = permitted(request, Permission.READ)
    regimes = _regimes(by)
    regime = next((each for each in regimes if str(each.public_id) == request.GET.get("che-do")), None)
    regime = regime or (regimes[0] if regimes else None)
    asked = None if regime is None else _asked(request.GET, by, regime)
    if asked is None or regime is None:
        return render(request, "reporting/pivot.html", {"made": None})
    made = _turned(asked, by)
    if request.GET.get("xuat"):
        return _file(request.GET["xuat"], asked, made)
    context = {
        "made": _linked(made, asked), "columns": made.columns, "charts": _charts(made, asked),
        "asked": asked, "regime": regime,
        "choices": _choices(regimes, regime, asked), "wide": WIDE,
        "has_parquet": has_parquet(), "address": request.GET.urlencode(),
        "measure": MEASURES[asked.shown], "unit": _unit(asked),
    }  # fmt: skip
    return render(request, "reporting/pivot.html", context)


def _regimes(by: Actor) -> list[ReportRegime]:
    """Return the regimes with tables in whose campaigns the person sees a place, the newest version of each."""
    tables = FormTable.objects.order_by().values("regime_id")
    seen = visible_campaigns(by).exclude(state=CampaignState.PREPARING).filter(regime__in=tables)
    placed = tops(by, list(seen.order_by().values_list("pk", flat=True)))
    rows = ReportRegime.objects.filter(pk__in=seen.filter(pk__in=placed).order_by().values("regime_id")).order_by(
        "sort_key", "-id"
    )
    newest: dict[str, ReportRegime] = {}
    for regime in rows:
        newest.setdefault(regime.name, regime)
    return list(newest.values())


def _asked(query: Mapping[str, str], by: Actor, regime: ReportRegime) -> _Asked | None:
    rows = visible_campaigns(by).filter(regime_id__in=family_of(regime)).exclude(state=CampaignState.PREPARING)
    campaigns = list(rows.select_related("regime", "owner").order_by("-period_until_on", "-id")[:PERIODS])[::-1]
    tables = form_of(regime).tables
    if not campaigns or not tables:
        return None
    table = next((each for each in tables if each.code == query.get("bieu")), tables[0])
    across, down = _axis(query.get("cot"), Axis.COLUMN), _axis(query.get("dong"), Axis.ROW)
    if not fits(down, across):
        across = Axis.COLUMN if down is not Axis.COLUMN else Axis.ROW
    measures = {each.value: each for each in Shown}
    return _Asked(
        campaigns, table, down, across, measures.get(query.get("do", ""), Shown.SUM),
        next((each for each in campaigns if str(each.public_id) == query.get("ky")), campaigns[-1]),
        _line(table.rows, query.get("d")), _line(table.columns, query.get("c")),
        query.get("theo") == "nay" and Axis.KIND not in (down, across),
    )  # fmt: skip


def _axis(text: str | None, default: Axis) -> Axis:
    return next((axis for axis in Axis if axis.value == text), default)


def _line(lines: Sequence[Line], code: str | None) -> Line:
    """Return the line asked for; else the total, else the first."""
    asked = next((line for line in lines if line.code == code), None)
    return asked or next((line for line in lines if line.is_total), lines[0])


def _turned(asked: _Asked, by: Actor) -> Pivot:
    axes = (asked.rows, asked.columns)
    nodes = next((axis for axis in axes if axis in OF_NODES), Axis.PERIOD)
    campaigns = asked.campaigns if Axis.PERIOD in axes else [asked.period]
    if asked.is_today:
        places, facts, top = facts_today(by, campaigns, nodes, on=clock.today())
    else:
        places, facts, top = node_facts(by, campaigns, nodes)
    members: dict[Axis, Sequence[Member]] = {
        nodes: places,
        Axis.PERIOD: [Member(str(each.public_id), period_of(each)) for each in asked.campaigns],
        Axis.ROW: [Member(line.code, line.label) for line in asked.table.rows],
        Axis.COLUMN: [Member(line.code, _headed(line, asked.table)) for line in asked.table.columns],
    }
    chosen = Chosen(top, str(asked.period.public_id), asked.row, asked.column)
    return turned(asked.table, facts, axes, (members[axes[0]], members[axes[1]]), chosen)


def _headed(column: Line, table: Table) -> str:
    """Return the heading of a column, with its unit of measure where the columns differ in it."""
    unit = column.unit or table.unit
    return f"{column.label} ({unit})" if unit and not column.is_total and len(_units(table)) > 1 else column.label


def _units(table: Table) -> dict[str, set[str]]:
    """Return the codes of the columns of a table by their unit of measure, in the order of the table.

    A total over columns belongs to none of several units; it stands beside its parts and is left out.
    """
    found: dict[str, set[str]] = {}
    for column in [each for each in table.columns if not each.is_total] or table.columns:
        found.setdefault(column.unit or table.unit, set()).add(column.code)
    return found


@dataclass(frozen=True, slots=True)
class LinkedCell:
    """One cell of the page: what it shows, of how many, and where it opens."""

    number: Decimal | None
    cell: PivotCell
    url: str


def _linked(made: Pivot, asked: _Asked) -> list[tuple[Member, list[LinkedCell]]]:
    return [
        (member, [LinkedCell(cell.number(asked.shown), cell, _address(cell, asked)) for cell in cells])
        for member, cells in zip(made.rows, made.cells, strict=True)
    ]


def _address(cell: PivotCell, asked: _Asked) -> str:
    if cell.total is None:
        return ""
    route = "reporting:contributors_today" if asked.is_today else "reporting:contributors"
    return f"{reverse(route, args=[cell.campaign, cell.place])}?o={cell.key}"


def _unit(asked: _Asked) -> str:
    """Return the one unit of measure of what is shown; nothing where the columns on an axis differ in it."""
    if asked.shown is not Shown.SUM:
        return "%" if asked.shown is Shown.COVERAGE else _("đơn vị")
    units = _units(asked.table)
    if Axis.COLUMN not in (asked.rows, asked.columns) and not (asked.column.is_total and len(units) > 1):
        return asked.column.unit or asked.table.unit
    return next(iter(units)) if len(units) == 1 else ""


def _charts(made: Pivot, asked: _Asked) -> list[Chart]:
    """Return one chart for each unit of measure: figures of different units share no scale."""
    turned_columns = Axis.COLUMN in (asked.rows, asked.columns) and asked.shown is Shown.SUM
    units = _units(asked.table) if turned_columns else {}
    parts = [(_only(made, asked, codes), unit) for unit, codes in units.items()] if len(units) > 1 else []
    charts = [
        _chart(part, asked, unit, f"{asked.table.title} ({unit})" if parts and unit else asked.table.title, number)
        for number, (part, unit) in enumerate(parts or [(made, _unit(asked))], 1)
    ]
    return [chart for chart in charts if chart is not None]


def _only(made: Pivot, asked: _Asked, codes: Collection[str]) -> Pivot:
    """Return the part of a turned table that some columns of the form make up."""
    if asked.rows is Axis.COLUMN:
        kept = [(m, cells) for m, cells in zip(made.rows, made.cells, strict=True) if m.key in codes]
        return Pivot(tuple(m for m, _cells in kept), made.columns, tuple(cells for _m, cells in kept))
    places = [at for at, member in enumerate(made.columns) if member.key in codes]
    cells = tuple(tuple(row[at] for at in places) for row in made.cells)
    return Pivot(made.rows, tuple(made.columns[at] for at in places), cells)


def _chart(made: Pivot, asked: _Asked, unit: str, title: str, number: int) -> Chart | None:
    """Return lines where time is an axis, else bars; the sums of the table are left out beside their parts."""
    totals = {line.code for line in (*asked.table.rows, *asked.table.columns) if line.is_total}
    over_time = asked.rows is Axis.PERIOD
    parts = list(zip(made.rows, made.cells, strict=True))
    if asked.columns is Axis.PERIOD:
        categories, series = made.columns, [(member, cells) for member, cells in parts if member.key not in totals]
    else:
        kept = [(at, m) for at, m in enumerate(made.columns) if m.key not in totals] or list(enumerate(made.columns))
        rows = [(member, cells) for member, cells in parts if member.key not in totals]
        categories = tuple(member for member, _cells in rows)
        series = [(member, tuple(cells[at] for _m, cells in rows)) for at, member in kept]
    values = [(m, [cell.number(asked.shown) for cell in cells]) for m, cells in series[:SERIES]]
    if all(number is None for _member, numbers in values for number in numbers):
        return None
    lines = over_time or asked.columns is Axis.PERIOD
    return Chart(
        key=f"bang-xoay-{number}", kind=ChartKind.LINES if lines else ChartKind.BARS, title=title,
        sentence=_sentence(categories, values), categories=[member.label for member in categories],
        series=[Series(member.label, numbers) for member, numbers in values],
        unit=unit, lying=not lines and len(categories) > 5,
    )  # fmt: skip


def _sentence(categories: Sequence[Member], values: Sequence[tuple[Member, list[Decimal | None]]]) -> str:
    known = [
        (number, member.label, categories[at].label)
        for member, numbers in values
        for at, number in enumerate(numbers)
        if number is not None
    ]
    most = max(known, key=lambda each: each[0])
    missing = sum(number is None for _m, numbers in values for number in numbers)
    said = _("Cao nhất là %(where)s, %(what)s: %(value)s.") % {
        "where": most[2], "what": most[1], "value": printed(most[0]),
    }  # fmt: skip
    if missing:
        words = "%(count)s ô chưa có số liệu được để trống, không tính là 0."
        said += " " + ngettext(words, words, missing) % {"count": missing}
    return said


def _choices(regimes: Sequence[ReportRegime], regime: ReportRegime, asked: _Asked) -> list[Choice]:
    axes = [(axis.value, words) for axis, words in AXES.items()]
    tables = [(each.code, each.title) for each in form_of(regime).tables]
    made = [
        Choice("che-do", _("Chế độ báo cáo"), str(regime.public_id), [(str(r.public_id), r.name) for r in regimes]),
        Choice("bieu", _("Biểu"), asked.table.code, tables),
        Choice("dong", _("Hàng"), asked.rows.value, axes),
        Choice("cot", _("Cột"), asked.columns.value, axes),
        Choice("do", _("Hiển thị"), asked.shown.value, [(each.value, words) for each, words in MEASURES.items()]),
    ]
    axes_used = {asked.rows, asked.columns}
    if Axis.KIND not in axes_used:
        stands = [("luc-do", _("Theo đơn vị tại thời điểm báo cáo")), ("nay", _("Theo đơn vị hiện nay"))]
        made.append(Choice("theo", _("Cách xếp đơn vị"), "nay" if asked.is_today else "luc-do", stands))
    if Axis.PERIOD not in axes_used:
        periods = [(str(each.public_id), period_of(each)) for each in reversed(asked.campaigns)]
        made.append(Choice("ky", _("Kỳ"), str(asked.period.public_id), periods))
    if Axis.ROW not in axes_used:
        made.append(Choice("d", _("Dòng"), asked.row.code, [(line.code, line.label) for line in asked.table.rows]))
    if Axis.COLUMN not in axes_used:
        made.append(Choice("c", _("Cột số liệu"), asked.column.code, [(c.code, c.label) for c in asked.table.columns]))
    return made


def _file(kind: str, asked: _Asked, made: Pivot) -> HttpResponse:
    """Return one line a cell with its coverage, so that nothing is lost in the turning."""
    heads = [
        str(AXES[asked.rows]), str(AXES[asked.columns]), _("Tổng"), _("Số đơn vị có số liệu"),
        _("Số đơn vị phải có số liệu"),
    ]  # fmt: skip
    rows = [
        (row.label, column.label, cell.total.amount, cell.total.answered, cell.total.expected)
        for row, cells in zip(made.rows, made.cells, strict=True)
        for column, cell in zip(made.columns, cells, strict=True)
        if cell.total is not None
    ]
    return export(kind, "bang-so-lieu", asked.table.title[:31], heads, rows)
