"""Tasks as a list, as a board by state, as a calendar by month: the same filters for all three."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, DateField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.plans.access import ACTIVE, OPEN_STATES, Permission, areas, by_day, units_of, visible_tasks
from caunoi.business.plans.models import Task, TaskState
from caunoi.business.plans.operations.steps import confirm_tasks
from caunoi.business.plans.web.asking import is_uuid, permitted
from caunoi.business.plans.web.shown import TASK_STATES, task_state
from caunoi.business.plans.web.workbook import XLSX, workbook_of
from caunoi.foundation.pages.public import ChipRow, Column, Option, State, Tab, chips, paginate, parse_sort, words_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

SOON = dt.timedelta(days=7)
OPEN_END = dt.date(9999, 12, 31)
EXPORTED = 10_000
ON_BOARD = 30
"""Cards of one column; the list shows all."""
TICK = Column("tick", _("Chọn"), hidden_label=True, width="narrow")
COLUMNS = [
    Column("title", _("Nhiệm vụ"), ("folded",), width="wide"),
    Column("lead", _("Chủ trì"), ("lead_unit__sort_key",)),
    Column("due", _("Thời hạn"), ("day",)),
    Column("progress", _("Tiến độ"), ("progress",), numeric=True),
    Column("state", _("Trạng thái"), ("stage",)),
]


@dataclass(frozen=True, slots=True)
class Selection:
    """The tasks that the address asks for, with the chips that say so."""

    tasks: QuerySet[Task]
    rows: tuple[ChipRow, ...]
    is_filtered: bool


def _whose(by: Actor, tasks: QuerySet[Task], value: str) -> QuerySet[Task]:
    own = units_of(by, Permission.READ)
    mine = Q(lead_unit_id__in=own) | Q(lead_post_id=by.post_id or 0)
    if value == "mine":
        return tasks.filter(ACTIVE, mine)
    if value == "assigned":
        return tasks.filter(ACTIVE, assigning_unit_id__in=own).exclude(mine)
    if value == "followed":
        return tasks.filter(ACTIVE, Q(assigning_unit_id__in=own) | ~mine)
    if value == "supporting":
        supported = Task.supporting_units.through.objects.filter(unit_id__in=own).values("task_id")
        return tasks.filter(ACTIVE, pk__in=supported).exclude(mine)
    return tasks.filter(ACTIVE).exclude(mine).exclude(assigning_unit_id__in=own)


def _timed(tasks: QuerySet[Task], value: str, on: dt.date) -> QuerySet[Task]:
    undone = tasks.filter(state__in=OPEN_STATES)
    if value == "late":
        return undone.filter(last_day__lt=on)
    return undone.filter(last_day__gte=on, last_day__lte=on + SOON) if value == "soon" else tasks


def _selected(request: HttpRequest, by: Actor, on: dt.date) -> Selection:
    options = [Option("mine", _("Đơn vị tôi chủ trì")), Option("assigned", _("Đơn vị tôi giao"))]
    options += [Option("supporting", _("Phối hợp")), Option("below", _("Cấp dưới"))]
    options += [Option("followed", _("Đang theo dõi"))]
    whose = chips(request.GET, "whose", _("Của ai"), options, default="mine")
    tasks = _whose(by, visible_tasks(by, on=on), whose.value)
    late, soon = _timed(tasks, "late", on).count(), _timed(tasks, "soon", on).count()
    due = chips(
        request.GET, "due", _("Hạn"), [Option("late", _("Quá hạn"), late), Option("soon", _("Còn 7 ngày"), soon)]
    )
    states = [Option(state.value, shown.word) for state, shown in TASK_STATES.items()]
    state = chips(request.GET, "state", _("Trạng thái"), states)
    area = chips(request.GET, "area", _("Lĩnh vực"), [Option(one.code, one.label) for one in areas()])
    tasks = _timed(tasks, due.value, on)
    if state.value:
        tasks = tasks.filter(state=state.value)
    if area.value:
        tasks = tasks.filter(areas__code=area.value)
    for word in fold(request.GET.get("q", "")).split():
        tasks = tasks.filter(folded__contains=word)
    chosen = bool(due.value or state.value or area.value or request.GET.get("q") or whose.value != "mine")
    return Selection(tasks, (whose, due, state, area), chosen)


def _tabs(request: HttpRequest, current: str) -> list[Tab]:
    kept = {name: value for name, value in request.GET.items() if name not in ("page", "month", "sort")}
    query = f"?{urlencode(kept)}" if kept else ""
    places = [("tasks", _("Danh sách")), ("board", _("Bảng")), ("calendar", _("Lịch"))]
    return [Tab(label, reverse(f"plans:{name}") + query, current=name == current) for name, label in places]


def _frame(request: HttpRequest, by: Actor, on: dt.date, selection: Selection, current: str) -> dict[str, object]:
    return {
        "tabs": _tabs(request, current),
        "rows": selection.rows,
        "is_filtered": selection.is_filtered,
        "may_assign": by.may(Permission.ASSIGN),
        "export": reverse("plans:tasks_export") + (f"?{request.GET.urlencode()}" if request.GET else ""),
        "today": on,
    }


def _ordered(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Add the columns by which the list is sorted: the day, open ones last, and the stage of the work."""
    stages = [When(state=state.value, then=Value(place)) for place, state in enumerate(TaskState)]
    return tasks.annotate(
        day=Coalesce("last_day", Value(OPEN_END), output_field=DateField()),
        stage=Case(*stages, output_field=IntegerField()),
    ).select_related("lead_unit", "lead_post", "assigning_unit", "item__plan")


@login_required
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """List tasks, the nearest day first."""
    by = permitted(request)
    on = clock.today()
    selection = _selected(request, by, on)
    sort = parse_sort(request.GET, COLUMNS, "due")
    page = paginate(_ordered(selection.tasks).order_by(*sort.order_by), request)
    confirms = by.may(Permission.ASSIGN) and request.GET.get("whose") == "assigned"
    context = {
        **_frame(request, by, on, selection, "tasks"),
        "page": page,
        "shown": [(task, task_state(task)) for task in page],
        "columns": [TICK, *COLUMNS] if confirms else COLUMNS,
        "confirms": confirms,
        "sort": sort,
    }
    return render(request, "plans/tasks.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the list, as filtered, as a workbook."""
    by = permitted(request)
    on = clock.today()
    rows = by_day(_ordered(_selected(request, by, on).tasks)).prefetch_related("supporting_units")
    headers = {"Content-Disposition": f'attachment; filename="nhiem-vu-{on:%Y-%m-%d}.xlsx"'}
    return HttpResponse(workbook_of(rows[:EXPORTED]), content_type=XLSX, headers=headers)


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked tasks, all or none."""
    by = permitted(request, Permission.ASSIGN)
    chosen = [one for one in request.POST.getlist("chosen") if is_uuid(one)]
    found = list(visible_tasks(by, on=clock.today()).filter(public_id__in=chosen).order_by("id"))
    if not found:
        messages.error(request, gettext("Chưa chọn nhiệm vụ nào để xác nhận."))
        return HttpResponseRedirect(f"{reverse('plans:tasks')}?whose=assigned")
    try:
        count = confirm_tasks(tasks=found, by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    else:
        words = ngettext("Đã xác nhận %(count)s nhiệm vụ.", "Đã xác nhận %(count)s nhiệm vụ.", count)
        messages.success(request, words % {"count": count})
    return HttpResponseRedirect(f"{reverse('plans:tasks')}?whose=assigned")


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board."""

    state: State
    tasks: list[Task]
    more: int
    url: str


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show tasks by state, the nearest day first in each column."""
    by = permitted(request)
    on = clock.today()
    selection = _selected(request, by, on)
    shown = [TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.REPORTED_DONE, TaskState.CONFIRMED]
    lanes = [_lane(request, selection.tasks, state) for state in shown]
    return render(request, "plans/board.html", {**_frame(request, by, on, selection, "board"), "lanes": lanes})


def _lane(request: HttpRequest, tasks: QuerySet[Task], state: TaskState) -> Lane:
    rows = _ordered(tasks.filter(state=state))
    order = ("-done_on", "-id") if state == TaskState.CONFIRMED else ("day", "id")
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    url = f"{reverse('plans:tasks')}?{urlencode({**kept, 'state': state.value})}"
    return Lane(TASK_STATES[state], list(rows.order_by(*order)[:ON_BOARD]), max(rows.count() - ON_BOARD, 0), url)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with the tasks whose last day it is."""

    day: dt.date
    is_inside: bool
    tasks: list[tuple[Task, State, bool]]


@login_required
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the last days of tasks in one month."""
    by = permitted(request)
    on = clock.today()
    selection = _selected(request, by, on)
    first = _month(request.GET.get("month", ""), on)
    days = list(months.Calendar().itermonthdates(first.year, first.month))
    rows = _ordered(selection.tasks.filter(last_day__gte=days[0], last_day__lte=days[-1]))
    below: dict[dt.date | None, list[tuple[Task, State, bool]]] = {}
    for task in rows.order_by("last_day", "id")[:500]:
        is_late = task.state in OPEN_STATES and task.last_day is not None and task.last_day < on
        below.setdefault(task.last_day, []).append((task, task_state(task), is_late))
    kept = {name: value for name, value in request.GET.items() if name not in ("month", "page")}
    before, after = first - dt.timedelta(days=1), first + dt.timedelta(days=32)
    context = {
        **_frame(request, by, on, selection, "calendar"),
        "month": first,
        "days": [Day(day, day.month == first.month, below.get(day, [])) for day in days],
        "before": "?" + urlencode({**kept, "month": f"{before:%Y-%m}"}),
        "after": "?" + urlencode({**kept, "month": f"{after:%Y-%m}"}),
        "undated": selection.tasks.filter(last_day__isnull=True).count(),
        "weekdays": [_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật")],
    }
    return render(request, "plans/calendar.html", context)


def _month(asked: str, on: dt.date) -> dt.date:
    try:
        return dt.datetime.strptime(f"{asked}-01", "%Y-%m-%d").replace(tzinfo=clock.VIETNAM).date()
    except ValueError:
        return on.replace(day=1)
