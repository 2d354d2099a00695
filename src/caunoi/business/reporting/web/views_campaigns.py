"""Campaigns: the list, the page of one with its units, opening, chasing, deciding in bulk, locking."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.reporting.access import (
    Permission,
    campaign_by_public_id,
    gathers,
    reporters_of,
    visible_campaigns,
)
from caunoi.business.reporting.models import (
    Campaign,
    CampaignChange,
    Consolidation,
    ConsolidationRun,
    ExpectedReporter,
    RunState,
    Submission,
)
from caunoi.business.reporting.operations.again import dates_again, is_once, newest
from caunoi.business.reporting.operations.campaigns import chase, close_campaign
from caunoi.business.reporting.operations.flow import accept
from caunoi.business.reporting.operations.opening import open_like, opening_of
from caunoi.business.reporting.operations.timetable import TurnDates
from caunoi.business.reporting.queries import Progress, progress_of, progress_within
from caunoi.business.reporting.rules.states import UNSENT, CampaignState, ReporterState, SubmissionState
from caunoi.business.reporting.web.forms_rules import DueOnForm
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.business.reporting.web.shown import CAMPAIGN_STATES, REPORTER_STATES, SPANS
from caunoi.business.reporting.web.views_gathering import gathering_facts
from caunoi.foundation.pages.public import Column, Crumb, Option, Tab, chips, paginate, parse_sort
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

COLUMNS = [
    Column("name", _("Đợt báo cáo"), order_by=("folded",), width="wide"),
    Column("due", _("Hạn gửi"), order_by=("last_day_on",)),
    Column("progress", _("Đã gửi")),
    Column("waiting", _("Chờ tiếp nhận"), numeric=True),
    Column("late", _("Trễ hạn"), numeric=True),
    Column("state", _("Trạng thái")),
]
ONE_DAY = dt.timedelta(days=1)


@login_required
@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """Show the campaigns of one's units and branch with their progress."""
    by, today = permitted(request, Permission.READ), clock.today()
    row = chips(request.GET, "state", _("Trạng thái"), [Option("open", _("Đang mở")), Option("closed", _("Đã khóa"))])
    rows = visible_campaigns(by).select_related("regime", "owner")
    if row.value:
        states = {"open": [CampaignState.OPEN, CampaignState.PREPARING], "closed": [CampaignState.CLOSED]}[row.value]
        rows = rows.filter(state__in=states)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(folded__contains=word)
    sort = parse_sort(request.GET, COLUMNS, "-due")
    page = paginate(rows.order_by(*sort.order_by), request)
    progress = progress_of(list(page.object_list), by, on=today)
    shown = [(c, CAMPAIGN_STATES[c.state], progress[c.pk]) for c in page.object_list]
    context = {
        "page": page, "shown": shown, "row": row, "sort": sort, "columns": COLUMNS, "today": today,
        "may_open": by.may(Permission.REGIMES),
    }  # fmt: skip
    return render(request, "reporting/campaigns.html", context)


UNIT_COLUMNS = [
    Column("tick", _("Chọn"), hidden_label=True),
    Column("name", _("Đơn vị"), order_by=("sort_key",), width="wide"),
    Column("state", _("Trạng thái"), order_by=("state", "sort_key")),
    Column("due", _("Gửi, hạn gửi"), order_by=("last_day_on", "first_sent_at", "sort_key")),
]


@login_required
@require_GET
def campaign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one campaign: how far it is and where each unit stands."""
    by, today = permitted(request, Permission.READ), clock.today()
    found = campaign_by_public_id(public_id, by)
    progress = progress_within(found, by, on=today)
    row = chips(request.GET, "state", _("Trạng thái"), _options(progress))
    sort = parse_sort(request.GET, UNIT_COLUMNS, "name")
    rows = _chosen(reporters_of(found, by), row.value).order_by(*sort.order_by)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(folded__contains=word)
    page = paginate(rows, request)
    shown = [(r, REPORTER_STATES[r.state], r.state in UNSENT) for r in page.object_list]
    context = {
        **frame(found, by, "units"), "progress": progress, "row": row, "sort": sort, "page": page, "shown": shown,
        "columns": UNIT_COLUMNS, "opening": opening_of(found),
        "may_chase": by.may(Permission.CHASE), "may_decide": gathers(found, by, Permission.COLLECT),
    }  # fmt: skip
    return render(request, "reporting/campaign.html", context)


def frame(found: Campaign, by: Actor, current: str) -> dict[str, object]:
    """Return what every page of a campaign shows: head, tabs, dates."""
    tabs = [
        Tab(_("Đơn vị"), reverse("reporting:campaign", args=[found.public_id]), current == "units"),
        Tab(_("Số liệu"), reverse("reporting:totals", args=[found.public_id]), current == "totals"),
    ]
    count = 0
    if gathers(found, by, Permission.READ):
        tabs.append(Tab(_("Tổng hợp"), reverse("reporting:gathered", args=[found.public_id]), current == "gathered"))
        count = CampaignChange.objects.filter(campaign=found).count()
    tabs.append(
        Tab(
            _("Thay đổi, hỏi đáp"),
            reverse("reporting:changes", args=[found.public_id]),
            current == "changes",
            count or None,
        )
    )
    crumbs = [Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")), Crumb(found.name)]
    return {
        "campaign": found, "campaign_state": CAMPAIGN_STATES[found.state], "tabs": tabs, "crumbs": crumbs,
        "today": clock.today(), "span": SPANS[found.span], "may_collect": gathers(found, by, Permission.COLLECT),
        "period_last_on": found.period_until_on - ONE_DAY,
    }  # fmt: skip


def _options(progress: Progress) -> list[Option]:
    return [
        Option("late", _("Trễ hạn"), progress.late),
        Option("waiting", _("Chờ tiếp nhận"), progress.waiting),
        Option("unsent", _("Chưa gửi"), progress.expected - progress.sent),
        Option("returned", _("Bị trả lại"), progress.returned),
        Option("accepted", _("Đã tiếp nhận"), progress.accepted),
    ]


def _chosen(rows: QuerySet[ExpectedReporter], value: str) -> QuerySet[ExpectedReporter]:
    conditions = {
        "late": Q(state__in=UNSENT, last_day_on__lt=clock.today()),
        "waiting": Q(state=ReporterState.SUBMITTED),
        "unsent": Q(state__in=UNSENT),
        "returned": Q(state=ReporterState.RETURNED),
        "accepted": Q(state=ReporterState.ACCEPTED),
    }
    return rows.filter(conditions.get(value, Q()))


@login_required
@require_POST
def chase_units(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Urge the units ticked, or every one that is late."""
    by = permitted(request, Permission.CHASE)
    found = campaign_by_public_id(public_id, by)
    chosen = request.POST.getlist("chosen")
    reporters = list(reporters_of(found, by).filter(public_id__in=chosen)) if chosen else None
    told = 0

    def step() -> None:
        nonlocal told
        told = chase(campaign=found, reporters=reporters, by=by, at=clock.now())

    if attempt(request, step):
        words = gettext("Đã đôn đốc %(count)s đơn vị.") if told else gettext("Không có đơn vị nào cần đôn đốc.")
        attempt(request, lambda: None, words % {"count": told} if told else words)
    return redirect("reporting:campaign", public_id=public_id)


@login_required
@require_POST
def decide_units(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept or chase the units ticked in the list."""
    if request.POST.get("act") == "chase":
        return chase_units(request, public_id)
    by = permitted(request, Permission.COLLECT)
    found = campaign_by_public_id(public_id, by)
    waiting = Submission.objects.filter(
        reporter__campaign=found,
        reporter__public_id__in=request.POST.getlist("chosen"),
        state=SubmissionState.SUBMITTED,
    )
    count = 0
    for submission in waiting.select_related("reporter").order_by("pk"):
        count += attempt(request, lambda s=submission: accept(submission=s, by=by, at=clock.now()))  # type: ignore[misc]  # bound now
    words = gettext("Đã tiếp nhận %(count)s báo cáo.") if count else gettext("Không có báo cáo nào chờ tiếp nhận.")
    attempt(request, lambda: None, words % {"count": count} if count else words)
    return redirect("reporting:campaign", public_id=public_id)


@login_required
@require_POST
def lock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lock a campaign by hand."""
    by = permitted(request, Permission.COLLECT)
    found = campaign_by_public_id(public_id, by)
    attempt(request, lambda: close_campaign(campaign=found, by=by, at=clock.now()), _("Đã khóa đợt báo cáo."))
    return redirect("reporting:campaign", public_id=public_id)


@login_required
@require_http_methods(["GET", "POST"])
def open_next(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the dates of the following year's campaign, to be checked, and open it with the list of this one."""
    by = permitted(request, Permission.COLLECT)
    found = campaign_by_public_id(public_id, by)
    once = is_once(newest(found.regime))
    form = DueOnForm(request.POST or None)
    opened: list[Campaign] = []
    if request.method == "POST" and (form.is_valid() or not once):
        due_on = form.cleaned_data.get("due_on") if once else None
        step = lambda: opened.append(open_like(campaign=found, due_on=due_on, by=by, at=clock.now()))  # noqa: E731
        if request.POST.get("act") != "look" and attempt(request, step, _("Đã mở đợt năm sau.")):
            return redirect("reporting:campaign", public_id=opened[0].public_id)
    dates = _dates_again(request, found, form)
    if dates is not None and not form.is_bound:
        form = DueOnForm(initial={"due_on": dates.due.day})
    looked = request.method == "GET" or request.POST.get("act") == "look"
    context = {**frame(found, by, "units"), "dates": dates, "once": once, "form": form}
    return render(request, "reporting/open_next.html", context, status=200 if looked and not form.errors else 422)


def _dates_again(request: HttpRequest, found: Campaign, form: DueOnForm) -> TurnDates | None:
    chosen = form.cleaned_data.get("due_on") if form.is_bound and form.is_valid() else None
    proposed: list[TurnDates] = []
    attempt(request, lambda: proposed.append(dates_again(found, due_on=chosen)))
    return proposed[0] if proposed else None


@login_required
@require_GET
def gathered(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the consolidated reports of one campaign."""
    by = permitted(request, Permission.READ)
    found = campaign_by_public_id(public_id, by)
    made = Consolidation.objects.none()
    if gathers(found, by, Permission.READ):
        made = Consolidation.objects.filter(campaign=found).select_related("document").order_by("-made_at", "-id")
    last = ConsolidationRun.objects.filter(campaign=found).select_related("person").order_by("-begun_at", "-id").first()
    going = {} if last is None or last.state == RunState.DONE else gathering_facts(last)
    context = {**frame(found, by, "gathered"), **going, "page": paginate(made, request)}
    return render(request, "reporting/gathered.html", context)
