"""Completeness and timeliness by place and over time, who is late, the country as tiles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from caunoi.business.reporting.access import Permission, campaign_by_public_id
from caunoi.business.reporting.models import Campaign
from caunoi.business.reporting.queries.seeing import (
    LateReports,
    Timeliness,
    by_place,
    campaigns_of_years,
    node_facts,
    over_time,
    period_of,
    years_seen,
)
from caunoi.business.reporting.rules.pivot import Axis, share
from caunoi.business.reporting.rules.tiles import TILES, Tile, placed, step_of
from caunoi.business.reporting.web.exports import export
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.foundation.pages.public import PER_PAGE, Chart, ChartKind, Column, Option, Series, Tone, chips
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

PLACES = [
    Column("name", gettext_lazy("Nơi"), width="wide"),
    Column("expected", gettext_lazy("Phải gửi"), numeric=True),
    Column("complete", gettext_lazy("Đã gửi"), numeric=True),
    Column("in_time", gettext_lazy("Đúng hạn"), numeric=True),
    Column("late", gettext_lazy("Gửi muộn"), numeric=True),
    Column("missing", gettext_lazy("Chưa gửi"), numeric=True),
]
LATE = [
    Column("name", gettext_lazy("Đơn vị"), width="wide"),
    Column("campaign", gettext_lazy("Đợt báo cáo")),
    Column("days", gettext_lazy("Quá hạn"), numeric=True),
    Column("chased", gettext_lazy("Đã đôn đốc")),
    Column("act", gettext_lazy("Việc làm"), hidden_label=True),
]
MOST_CAMPAIGNS = 24
"""Campaigns in one chart over time."""


@login_required
@require_GET
def timeliness(request: HttpRequest) -> HttpResponse:
    """Show how reports come: over the year, by place, and who is late now."""
    by, today = permitted(request, Permission.READ), clock.today()
    years = years_seen(by)
    row = chips(request.GET, "nam", _("Năm"), [Option(str(year), str(year)) for year in years], default=_first(years))
    year = int(row.value) if row.value.isdigit() else today.year
    campaigns = list(campaigns_of_years(by, [year]).select_related("regime").order_by("-last_day_on", "-id"))
    flow = over_time(by, campaigns[:MOST_CAMPAIGNS])
    before = over_time(by, campaigns_of_years(by, [year - 1])[:MOST_CAMPAIGNS])
    places = by_place(by, [each for each in campaigns if each.last_day_on < today])
    if request.GET.get("xuat"):
        heads = [str(column.label) for column in PLACES]
        rows = [(name, t.expected, t.sent, t.in_time, t.late, t.missing) for name, t in places]
        return export(request.GET["xuat"], f"tien-do-bao-cao-{year}", _("Tiến độ"), heads, rows)
    whole = _together([t for campaign, t in flow if campaign.last_day_on < today])
    last_year = _together([t for _c, t in before])
    late = LateReports(by, on=today)
    page = Paginator(late, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row, "year": year, "year_text": str(year), "whole": whole, "last_year": last_year,
        "places": places[:PLACES_SHOWN],
        "more_places": max(0, len(places) - PLACES_SHOWN), "columns": PLACES,
        "chart": _chart(flow, today, _sentence(whole, last_year, year), year) if flow else None,
        "late_page": page, "late_columns": LATE, "today": today, "may_chase": by.may(Permission.CHASE),
        "late": [(each, (today - each.last_day_on).days) for each in page.object_list],
        "late_campaigns": _late_campaigns(late, campaigns), "has_map": bool(placed(name for name, _t in places)),
        "newest": flow[-1][0] if flow else None,
    }  # fmt: skip
    return render(request, "reporting/timeliness.html", context)


PLACES_SHOWN = 60


def _first(years: list[int]) -> str:
    return str(years[0]) if years else ""


def _together(many: list[Timeliness]) -> Timeliness:
    return Timeliness(sum(t.expected for t in many), sum(t.sent for t in many), sum(t.late for t in many))


def _late_campaigns(late: LateReports, campaigns: list[Campaign]) -> list[tuple[Campaign, int]]:
    """Return the campaigns in which units are late, with how many; each is chased with one press."""
    counts = late.by_campaign()
    return [(each, counts[each.pk]) for each in campaigns if each.pk in counts]


def _chart(flow: list[tuple[Campaign, Timeliness]], today: dt.date, sentence: str, year: int) -> Chart:
    """Return the bars of each campaign; where it is not due yet, silence is not lateness."""
    due = [campaign.last_day_on < today for campaign, _t in flow]
    missing = [t.missing for _c, t in flow]
    return Chart(
        key="tien-do",
        kind=ChartKind.STACKED,
        title=_("Báo cáo theo từng đợt, năm %(year)s") % {"year": year},
        sentence=sentence,
        categories=[campaign.name for campaign, _t in flow],
        series=[
            Series(_("Đúng hạn"), [t.in_time for _c, t in flow], Tone.DONE),
            Series(_("Gửi muộn"), [t.late for _c, t in flow], Tone.SOON),
            Series(_("Quá hạn chưa gửi"), [m if d else 0 for m, d in zip(missing, due, strict=True)], Tone.LATE),
            Series(_("Chưa đến hạn"), [0 if d else m for m, d in zip(missing, due, strict=True)], Tone.NEUTRAL),
        ],
        unit=_("báo cáo"),
        lying=True,
        urls=[reverse("reporting:campaign", args=[campaign.public_id]) for campaign, _t in flow],
    )


def _sentence(whole: Timeliness, before: Timeliness, year: int) -> str:
    now, then = whole.in_time_share, before.in_time_share
    if now is None:
        return _("Năm %(year)s chưa có báo cáo nào đến hạn.") % {"year": year}
    facts = {"year": year, "share": _percent(now), "last": year - 1}
    if then is None:
        return _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn; năm %(last)s không có số liệu để so sánh.") % facts
    points = _percent(abs(now - then))
    if now >= then:
        said = _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn, cao hơn năm %(last)s %(points)s điểm phần trăm.")
    else:
        said = _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn, thấp hơn năm %(last)s %(points)s điểm phần trăm.")
    return said % {**facts, "points": points}


def _percent(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A tile with what it shows and where it opens."""

    tile: Tile
    x: int
    y: int
    step: int
    figure: str
    words: str
    url: str


SIDE_X, SIDE_Y = 74, 46
"""Size of a tile in the units of the drawing."""


@login_required
@require_GET
def tiles(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a campaign of the country as a schematic map: how many of the units of each province have sent."""
    by = permitted(request, Permission.READ)
    campaign = campaign_by_public_id(public_id, by)
    drawn = _tiles(campaign, by)
    context = {
        **frame(campaign, by, "totals"), "tiles": drawn, "width": 7 * SIDE_X, "height": 17 * SIDE_Y,
        "known": sum(bool(each.figure) for each in drawn if not each.tile.of), "period": period_of(campaign),
    }  # fmt: skip
    if request.GET.get("xuat") == "svg":
        response = HttpResponse(content_type="image/svg+xml")
        response.write(render(request, "reporting/_tiles.svg", {**context, "alone": True}).content)
        response.headers["Content-Disposition"] = f'attachment; filename="ban-do-{campaign.span_year}.svg"'
        return response
    return render(request, "reporting/tiles.html", context)


def _tiles(campaign: Campaign, by: Actor) -> list[ShownTile]:
    members, facts, _top = node_facts(by, [campaign], Axis.PLACE)
    period = str(campaign.public_id)
    homes = placed(member.label for member in members)
    key_of = {member.label: member.key for member in members}
    sent = dict(by_place(by, [campaign]))
    shown = []
    for tile in TILES:
        name = homes.get(tile.of or tile.name)
        found = sent.get(name) if name else None
        percent = None if found is None else share(found.sent, found.expected)
        place = facts[key_of[name], period].place if name and (key_of[name], period) in facts else ""
        url = reverse("reporting:place", args=[campaign.public_id, place]) if place else ""
        words = _("%(name)s: chưa có đơn vị trong đợt này") % {"name": tile.name}
        if found is not None:
            words = _("%(name)s: %(sent)s/%(expected)s đơn vị đã gửi") % {
                "name": name, "sent": found.sent, "expected": found.expected,
            }  # fmt: skip
        x, y, step = tile.column * SIDE_X + 4, tile.row * SIDE_Y + 4, step_of(percent)
        figure = "" if percent is None else f"{_percent(percent)}%"
        shown.append(ShownTile(tile, x, y, step, figure, words, url))
    return shown
