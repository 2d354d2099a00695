"""Completeness and timeliness by place and over time, who is late, the country as tiles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from caunoi.business.reporting.access import OWN_WORK, Permission, campaign_by_public_id
from caunoi.business.reporting.models import Campaign
from caunoi.business.reporting.queries.seeing import (
    LateReports,
    Timeliness,
    by_place,
    by_place_today,
    campaigns_of_years,
    over_time,
    over_time_today,
    period_of,
    places_seen,
    places_seen_today,
    years_seen,
)
from caunoi.business.reporting.rules.tiles import TILES, Tile, placed, step_of
from caunoi.business.reporting.web.charts import printed
from caunoi.business.reporting.web.exports import export
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.foundation.pages.public import PER_PAGE, Chart, ChartKind, ChipRow, Column, Option, Series, Tone, chips
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
    stand, is_today = _stand(request)
    campaigns, ago = _of_year(by, year), _of_year(by, year - 1)[:MOST_CAMPAIGNS]
    due = [each for each in campaigns if each.last_day_on < today]
    if is_today:
        flow, before = (over_time_today(by, many, on=today) for many in (campaigns[:MOST_CAMPAIGNS], ago))
        places = by_place_today(by, due, on=today)
    else:
        flow, before = (over_time(by, many) for many in (campaigns[:MOST_CAMPAIGNS], ago))
        places = by_place(by, due)
    if request.GET.get("xuat"):
        heads = [str(column.label) for column in PLACES]
        rows = [(name, t.expected, t.sent, t.in_time, t.late, t.missing) for name, t in places]
        return export(request.GET["xuat"], f"tien-do-bao-cao-{year}", _("Tiến độ"), heads, rows)
    whole = _together([t for campaign, t in flow if campaign.last_day_on < today])
    last_year = _together([t for _c, t in before])
    late = LateReports(by, on=today)
    page = Paginator(late, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row, "stand": stand, "year": year, "year_text": str(year), "whole": whole, "last_year": last_year,
        "places": places[:PLACES_SHOWN],
        "more_places": max(0, len(places) - PLACES_SHOWN), "columns": PLACES,
        "chart": _chart(flow, today, _sentence(whole, last_year, year), year) if flow else None,
        "late_page": page, "late_columns": LATE, "today": today, "may_chase": by.may(Permission.CHASE),
        "late": [(each, (today - each.last_day_on).days) for each in page.object_list],
        "late_campaigns": _late_campaigns(late, campaigns), "has_map": bool(placed(name for name, _t in places)),
        "newest": flow[-1][0] if flow else None, "late_tone": Tone.LATE if page.paginator.count else "",
        "has_own": any(by.may(each) for each in OWN_WORK),
    }  # fmt: skip
    return render(request, "reporting/timeliness.html", context)


PLACES_SHOWN = 60


def _of_year(by: Actor, year: int) -> list[Campaign]:
    rows = campaigns_of_years(by, [year]).select_related("regime", "owner")
    return list(rows.order_by("-last_day_on", "-id"))


def _stand(request: HttpRequest) -> tuple[ChipRow, bool]:
    """Return the choice between the units of the time and those of today, and whether today is chosen."""
    then, now = gettext_lazy("Theo đơn vị tại thời điểm báo cáo"), gettext_lazy("Theo đơn vị hiện nay")
    options = [Option("luc-do", then), Option("nay", now)]
    row = chips(request.GET, "theo", gettext_lazy("Cách xếp đơn vị"), options, default="luc-do")
    return row, row.value == "nay"


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
    facts = {"year": year, "share": printed(now), "last": year - 1}
    if then is None:
        return _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn; năm %(last)s không có số liệu để so sánh.") % facts
    points = printed(abs(now - then))
    if now == then:
        return _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn, bằng năm %(last)s.") % facts
    if now > then:
        said = _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn, cao hơn năm %(last)s %(points)s điểm phần trăm.")
    else:
        said = _("Năm %(year)s có %(share)s%% báo cáo gửi đúng hạn, thấp hơn năm %(last)s %(points)s điểm phần trăm.")
    return said % {**facts, "points": points}


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
    stand, is_today = _stand(request)
    drawn = _tiles(campaign, by, is_today=is_today)
    context = {
        **frame(campaign, by, "totals"), "tiles": drawn, "stand": stand, "width": 7 * SIDE_X, "height": 17 * SIDE_Y,
        "known": sum(bool(each.figure) for each in drawn if not each.tile.of), "period": period_of(campaign),
    }  # fmt: skip
    if request.GET.get("xuat") == "svg":
        response = HttpResponse(content_type="image/svg+xml")
        response.write(render(request, "reporting/_tiles.svg", {**context, "alone": True}).content)
        response.headers["Content-Disposition"] = f'attachment; filename="ban-do-{campaign.span_year}.svg"'
        return response
    return render(request, "reporting/tiles.html", context)


def _tiles(campaign: Campaign, by: Actor, *, is_today: bool) -> list[ShownTile]:
    places = places_seen_today(by, campaign, on=clock.today()) if is_today else places_seen(by, campaign)
    seen = {each.name: each for each in reversed(places)}
    homes, route = placed(each.name for each in places), "reporting:unit_today" if is_today else "reporting:place"
    shown = []
    for tile in TILES:
        found = seen.get(homes.get(tile.of or tile.name, ""))
        percent, url = None, ""
        words = _("%(name)s: chưa có đơn vị trong đợt này") % {"name": tile.name}
        if found is not None:
            percent = found.came.complete_share
            url = reverse(route, args=[campaign.public_id, found.public_id])
            words = _("%(name)s: %(sent)s/%(expected)s đơn vị đã gửi") % {
                "name": found.name, "sent": found.came.sent, "expected": found.came.expected,
            }  # fmt: skip
        x, y, step = tile.column * SIDE_X + 4, tile.row * SIDE_Y + 4, step_of(percent)
        figure = "" if percent is None else f"{printed(percent)}%"
        shown.append(ShownTile(tile, x, y, step, figure, words, url))
    return shown
