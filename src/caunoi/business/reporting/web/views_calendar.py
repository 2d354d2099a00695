"""The year of reports on one page, and the guide of a regime as page, Word and pdf."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.business.documents.public import Draft, render_pdf
from caunoi.business.documents.public import render as render_docx
from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    owed_groups,
    own_reports,
    regime_by_public_id,
    report_by_public_id,
    visible_regimes,
)
from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReporterGroup, ReportRegime
from caunoi.business.reporting.operations.guiding import dates_ahead, guide_for
from caunoi.business.reporting.operations.timetable import TurnDates, timetable
from caunoi.business.reporting.queries import form_of, own_campaigns
from caunoi.business.reporting.rules.levels import earlier
from caunoi.business.reporting.rules.states import UNSENT, RegimeState
from caunoi.business.reporting.web.entry import shown
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.shown import BOUNDS, CAMPAIGN_STATES, KINDS, REPORTER_STATES, RHYTHMS
from caunoi.foundation.calendar.public import WorkingDays, days_off, working_days
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

FIRST, LAST = 2020, 2040
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: Final[dict[str, tuple[Callable[[Draft], bytes], str]]] = {
    "docx": (render_docx, DOCX),
    "pdf": (render_pdf, "application/pdf"),
}


@dataclass
class Line:
    """One due day of the year: its dates, and the campaign that stands for it."""

    day: dt.date
    name: str
    period: str
    url: str
    dates: TurnDates | None = None
    campaign: Campaign | None = None
    state: object = None


@dataclass
class Day:
    """One day of the grid."""

    day: dt.date
    in_month: bool
    is_off: bool = False
    holiday: str = ""
    lines: list[Line] = field(default_factory=list)


def year_asked(request: HttpRequest, today: dt.date) -> int:
    """Return the year that a page of the calendar is asked for, within what the table of days off knows."""
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdigit() else today.year
    return min(max(year, FIRST), LAST)


@login_required
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Show every due day of a year, as months and as a list; a school sees what it owes, opened or not."""
    by, today = permitted(request, Permission.YEAR), clock.today()
    shown_year = year_asked(request, today)
    lines = _lines(by, shown_year, today)
    holidays = {row.day: row for row in days_off(shown_year)}
    by_day: dict[dt.date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.day, []).append(line)
    months = [
        (
            dt.date(shown_year, month, 1),
            [[_day(each, month, holidays, by_day) for each in week] for week in _weeks(shown_year, month)],
        )
        for month in range(1, 13)
    ]
    context = {
        "year": shown_year, "before": shown_year - 1 if shown_year > FIRST else None,
        "after": shown_year + 1 if shown_year < LAST else None, "lines": lines, "months": months, "today": today,
        "holidays": list(holidays.values()), "weekdays": WEEKDAYS,
    }  # fmt: skip
    return render(request, "reporting/year.html", context)


WEEKDAYS = [_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN")]


def _weeks(shown_year: int, month: int) -> list[list[dt.date]]:
    return calendar.Calendar().monthdatescalendar(shown_year, month)


def _day(day: dt.date, month: int, holidays: Mapping[dt.date, object], by_day: dict[dt.date, list[Line]]) -> Day:
    inside = day.month == month
    row = holidays.get(day)
    working = bool(getattr(row, "is_working", False))
    off = (row is not None and not working) or (row is None and day.weekday() >= 5)
    return Day(day, inside, off, str(getattr(row, "name", "")), by_day.get(day, []) if inside else [])


def _lines(by: Actor, shown_year: int, today: dt.date) -> list[Line]:
    regimes = visible_regimes(by, on=today).filter(state=RegimeState.IN_FORCE).prefetch_related("turns")
    owed = {row.regime_id: row for row in owed_groups(by, on=today)}
    every = {regime.pk: regime for regime in regimes}
    dated = timetable({**{pk: row.regime for pk, row in owed.items()}, **every}.values(), shown_year, on=today)
    campaigns = own_campaigns(by).filter(last_day_on__year=shown_year).select_related("regime")
    mine = {row.campaign_id: row for row in own_reports(by).filter(campaign__in=campaigns)}
    by_turn = {(c.regime_id, c.due_on): c for c in campaigns}
    lines: list[Line] = []
    used: set[int] = set()
    working, before = working_days(), _before()
    for dates in dated:
        versions = list(_versions(dates.regime.pk, before))
        held = next((by_turn[pk, dates.due.day] for pk in versions if (pk, dates.due.day) in by_turn), None)
        if held is not None:
            used.add(held.pk)
        line = _of_turn(dates, held) if dates.regime.pk in every else _owed(dates, held, owed, working)
        lines.append(_with_report(line, held, mine))
    lines += [_with_report(_of_campaign(c, by), c, mine) for c in campaigns if c.pk not in used]
    return sorted(lines, key=lambda line: (line.day, line.name))


def _before() -> dict[int, int]:
    """Return the version before each later version of a regime."""
    rows = ReportRegime.objects.filter(previous__isnull=False).only("previous_id")
    return {regime.pk: int(str(regime.previous_id)) for regime in rows}


def _versions(regime_id: int | None, before: Mapping[int, int]) -> Iterator[int]:
    while regime_id is not None:
        yield regime_id
        regime_id = before.get(regime_id)


def _of_turn(dates: TurnDates, held: Campaign | None) -> Line:
    url = reverse("reporting:regime", args=[dates.regime.public_id])
    if held is not None:
        url = reverse("reporting:campaign", args=[held.public_id])
    state = CAMPAIGN_STATES[held.state] if held is not None else None
    return Line(dates.due.last_day, dates.regime.name, dates.period, url, dates, held, state)


def _owed(dates: TurnDates, held: Campaign | None, owed: Mapping[int, ReporterGroup], working: WorkingDays) -> Line:
    """Return a due day of the unit itself: its kind may owe the report before the level between gathers it."""
    days = owed[dates.regime.pk].days_earlier
    last_day = earlier(dates.due.last_day, working, days) if days else dates.due.last_day
    return Line(last_day, dates.regime.name, dates.period, "", dates, held)


def _with_report(line: Line, held: Campaign | None, mine: Mapping[int, ExpectedReporter]) -> Line:
    """Let a line lead to the unit's own report, with its day and state, where the unit reports in that campaign."""
    report = mine.get(held.pk) if held is not None else None
    if report is None:
        return line
    name = "reporting:entry" if report.state in UNSENT else "reporting:report"
    url = reverse(name, args=[report.public_id])
    return replace(line, day=report.last_day_on, url=url, state=REPORTER_STATES[report.state])


def _of_campaign(campaign: Campaign, by: Actor) -> Line:
    mine = not by.may(Permission.READ)
    url = reverse("reporting:mine") if mine else reverse("reporting:campaign", args=[campaign.public_id])
    return Line(campaign.last_day_on, campaign.name, "", url, None, campaign, CAMPAIGN_STATES[campaign.state])


@login_required
@require_GET
def guide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the guide of a regime; ``?tep=docx`` gives it as Word in the official layout."""
    by, today = permitted(request, Permission.REGIMES, Permission.READ), clock.today()
    return _guide(request, regime_by_public_id(public_id, by, on=today), [
        Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")),
    ])  # fmt: skip


@login_required
@require_GET
def guide_of_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a unit the guide of the report that it owes."""
    by = permitted(request, Permission.READ, *OWN_WORK)
    reporter = report_by_public_id(public_id, by)
    entry = reverse("reporting:entry", args=[reporter.public_id])
    regime = ReportRegime.objects.select_related("owner", "receiver").get(pk=reporter.campaign.regime_id)
    return _guide(request, regime, [Crumb(reporter.campaign.name, entry)])


def _guide(request: HttpRequest, found: ReportRegime, crumbs: list[Crumb]) -> HttpResponse:
    today = clock.today()
    kind = request.GET.get("tep")
    if kind in FILES:
        write, media = FILES[kind]
        response = HttpResponse(write(guide_for(found, on=today)), content_type=media)
        response["Content-Disposition"] = f'attachment; filename="huong-dan-bao-cao.{kind}"'
        return response
    form = form_of(found)
    context = {
        "regime": found, "form": form, "preview": shown(form, None), "dates": dates_ahead(found, on=today),
        "groups": list(found.groups.select_related("kind")), "bound": BOUNDS[found.bound], "kind": KINDS[found.kind],
        "rhythm": RHYTHMS[found.rhythm], "today": today,
        "crumbs": [*crumbs, Crumb(_("Hướng dẫn"))],
    }  # fmt: skip
    return render(request, "reporting/guide.html", context)
