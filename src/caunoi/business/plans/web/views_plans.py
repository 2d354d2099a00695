"""The list of plans, a new plan, the record of a plan with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.documents.public import Document, DocumentState
from caunoi.business.documents.public import render as render_docx
from caunoi.business.documents.public import visible as visible_documents
from caunoi.business.plans.access import (
    Permission,
    items_of,
    may_for,
    plan_by_public_id,
    units_of,
    units_to_plan_for,
    visible_plans,
)
from caunoi.business.plans.models import Cascade, Plan, PlanItem, Task
from caunoi.business.plans.operations.drafting import draft_of, present_plan
from caunoi.business.plans.operations.plans import create_plan, discard_plan, is_editable, rename_plan
from caunoi.business.plans.queries import copy_ratio_of, coverage_of, items_with_tasks, tasks_of_plan
from caunoi.business.plans.web.asking import is_uuid, permitted
from caunoi.business.plans.web.forms import NameForm, PlanForm
from caunoi.business.plans.web.printed import annex_rows, date_line, lines_of, sign_lines
from caunoi.business.plans.web.shown import CASCADES, audit_lines, plan_state, rows_of, task_state
from caunoi.foundation.audit.public import history
from caunoi.foundation.pages.public import (
    Column,
    Crumb,
    Option,
    Tab,
    chips,
    paginate,
    parse_sort,
    words_of,
)
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFERED = 40
"""Higher documents offered at a time; the search box finds the others."""
HISTORY = 8
COLUMNS = [
    Column("title", _("Kế hoạch"), ("sort_key",), width="wide"),
    Column("unit", _("Đơn vị"), ("unit__sort_key",)),
    Column("year", _("Năm"), ("year",), numeric=True, descending_first=True),
    Column("changed", _("Thay đổi lúc"), ("changed_at",), descending_first=True),
    Column("state", _("Trạng thái")),
]


def _states(rows: QuerySet[Plan], value: str) -> QuerySet[Plan]:
    if value == "writing":
        editable = [DocumentState.DRAFT, DocumentState.WITHDRAWN]
        return rows.filter(Q(document__isnull=True) | Q(document__state__in=editable))
    if value == "signing":
        return rows.filter(document__state__in=[DocumentState.PRESENTED, DocumentState.SIGNED])
    return rows.filter(document__state=DocumentState.ISSUED) if value == "issued" else rows


@login_required
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans of one's units and, on request, those in force below."""
    by = permitted(request)
    on = clock.today()
    own = units_of(by, Permission.READ)
    whose = chips(
        request.GET,
        "whose",
        _("Của ai"),
        [Option("own", _("Đơn vị tôi")), Option("below", _("Cấp dưới"))],
        default="own",
    )
    state = chips(
        request.GET,
        "state",
        _("Trạng thái"),
        [
            Option("writing", _("Đang soạn")),
            Option("signing", _("Trình ký, chờ phát hành")),
            Option("issued", _("Đã phát hành")),
        ],
    )
    rows = visible_plans(by, on=on)
    rows = rows.filter(unit_id__in=own) if whose.value == "own" else rows.exclude(unit_id__in=own)
    rows = _states(rows, state.value)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(folded__contains=word)
    sort = parse_sort(request.GET, COLUMNS, "-changed")
    page = paginate(rows.select_related("unit", "document").order_by(*sort.order_by), request)
    context = {
        "page": page,
        "shown": [(plan, plan_state(plan)) for plan in page],
        "columns": COLUMNS,
        "sort": sort,
        "rows": [whose, state],
        "may_write": by.may(Permission.WRITE),
        "is_filtered": bool(request.GET.get("q") or state.value or whose.value != "own"),
    }
    return render(request, "plans/plans.html", context)


def _sources(by: Actor, query: str, chosen: str) -> QuerySet[Document]:
    """Return the documents a plan may be made from: in the books or issued, those that order something first."""
    states = [DocumentState.REGISTERED, DocumentState.DISTRIBUTED, DocumentState.SETTLED, DocumentState.ISSUED]
    rows = visible_documents(by).filter(Q(state__in=states) | Q(issued_from__isnull=False))
    found = rows
    for word in fold(query).split():
        found = found.filter(folded__contains=word)
    ids = list(found.order_by("-issued_on", "-id").values_list("pk", flat=True)[:OFFERED])
    picked = Q(pk__in=ids) | Q(public_id=chosen) if is_uuid(chosen) else Q(pk__in=ids)
    return rows.filter(picked).order_by("-issued_on", "-id")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a plan from a higher document or from the skeleton."""
    by = permitted(request, Permission.WRITE)
    units = units_to_plan_for(by)
    chosen = request.POST.get("source", "") or request.GET.get("source", "")
    sources = _sources(by, request.GET.get("q", ""), chosen)
    source = sources.filter(public_id=chosen).first() if is_uuid(chosen) else None
    initial = {
        "year": source.issued_on.year if source and source.issued_on else clock.today().year,
        "title": source.subject[:500] if source else "",
        "unit": next((unit.public_id for unit in units if unit.pk == by.unit_id), None),
        "source": chosen,
    }
    form = PlanForm(request.POST or None, initial=initial)
    form.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
    form.fields["source"].queryset = sources  # type: ignore[attr-defined]  # a choice of rows
    form.fields["source"].label_from_instance = _named  # type: ignore[attr-defined]  # a choice of rows
    if request.method == "POST" and form.is_valid():
        try:
            made = create_plan(**form.cleaned_data, by=by, at=clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, gettext("Đã lập kế hoạch. Rà soát từng nội dung bên dưới."))
            return redirect("plans:plan", made.public_id)
    crumbs = [Crumb(_("Kế hoạch"), reverse("plans:plans")), Crumb(_("Lập kế hoạch"))]
    context = {"form": form, "crumbs": crumbs, "query": request.GET.get("q", "")}
    return render(request, "plans/new.html", context, status=422 if form.errors else 200)


def _named(document: Document) -> str:
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    issuer = ", ".join(part for part in (document.organ_name, day) if part)
    return f"{document.label} ({issuer})" if issuer else document.label


def frame(plan: Plan, by: Actor, current: str, tasks: int) -> dict[str, object]:
    """Return what every part of a plan's record shows: title line, tabs, what may be done."""
    writes = may_for(by, Permission.WRITE, plan.unit_id)
    places = [("plan", _("Nội dung"), None), ("plan_tasks", _("Nhiệm vụ"), tasks)]
    if plan.source_id is not None:
        places.append(("plan_coverage", _("Đối chiếu cấp trên"), None))
    places.append(("plan_print", _("Bản in"), None))
    return {
        "plan": plan,
        "state": plan_state(plan),
        "crumbs": [Crumb(_("Kế hoạch"), reverse("plans:plans")), Crumb(plan.title)],
        "tabs": [
            Tab(label, reverse(f"plans:{name}", args=[plan.public_id]), current=name == current, count=count)
            for name, label, count in places
        ],
        "may_edit": writes and is_editable(plan),
        "may_assign": may_for(by, Permission.ASSIGN, plan.unit_id) and (is_editable(plan) or _is_issued(plan)),
        "is_issued": _is_issued(plan),
        "was_returned": plan.document is not None and plan.document.state == DocumentState.DRAFT,
    }


def _is_issued(plan: Plan) -> bool:
    return plan.document is not None and plan.document.state == DocumentState.ISSUED


def _measures(plan: Plan, items: list[PlanItem], with_task: frozenset[int]) -> Mapping[str, object]:
    covered = coverage_of(items, with_task)
    ratio = copy_ratio_of(items)
    return {
        "covered": covered if plan.source_id else None,
        "copy_percent": None if ratio is None else round(ratio * 100),
        "counts": [
            (state, sum(item.cascade == cascade and not item.is_heading for item in items))
            for cascade, state in CASCADES.items()
        ],
    }


@login_required
@require_GET
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a plan as it will be printed, every item with what the unit did with the clause above."""
    by = permitted(request)
    held = plan_by_public_id(public_id, by, on=clock.today())
    items = list(items_of(held))
    with_task = items_with_tasks(held)
    entries = list(history(kind="plan", public_id=str(held.public_id))[:HISTORY])
    context = {
        **frame(held, by, "plan", Task.objects.filter(item__plan=held).count()),
        **_measures(held, items, with_task),
        "rows": rows_of(items, with_task),
        "entries": audit_lines(entries),
    }
    return render(request, "plans/plan.html", context)


TASK_COLUMNS = [
    Column("title", _("Nhiệm vụ"), width="wide"),
    Column("lead", _("Chủ trì")),
    Column("due", _("Thời hạn")),
    Column("product", _("Sản phẩm")),
    Column("state", _("Trạng thái")),
]


@login_required
@require_GET
def plan_tasks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the tasks of a plan in the order of its items."""
    by = permitted(request)
    on = clock.today()
    held = plan_by_public_id(public_id, by, on=on)
    page = paginate(tasks_of_plan(held), request)
    shared = frame(held, by, "plan_tasks", page.paginator.count)
    counts = Task.objects.filter(item__plan=held).aggregate(
        done=Count("pk", filter=Q(state="confirmed")), all=Count("pk", filter=~Q(state="cancelled"))
    )
    context = {
        **shared,
        "page": page,
        "shown": [(task, task_state(task, is_active=bool(shared["is_issued"]))) for task in page],
        "columns": TASK_COLUMNS,
        "today": on,
        "counts": counts,
    }
    return render(request, "plans/plan_tasks.html", context)


COVER_COLUMNS = [
    Column("above", _("Văn bản cấp trên yêu cầu"), width="wide"),
    Column("own", _("Kế hoạch của đơn vị"), width="wide"),
    Column("state", _("Xử lý")),
    Column("tasks", _("Nhiệm vụ")),
]


@login_required
@require_GET
def plan_coverage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set every order above beside what the plan makes of it."""
    by = permitted(request)
    held = plan_by_public_id(public_id, by, on=clock.today())
    items = list(items_of(held))
    covered = coverage_of(items, items_with_tasks(held))
    row = chips(
        request.GET,
        "only",
        _("Chỉ xem"),
        [
            Option("without", _("Chưa có nhiệm vụ"), len(covered.without_task)),
            Option("with", _("Đã có nhiệm vụ"), len(covered.with_task)),
            Option("dropped", _("Không áp dụng"), len(covered.dropped)),
        ],
    )
    groups = {"without": covered.without_task, "with": covered.with_task, "dropped": covered.dropped}
    ids = groups.get(row.value, (*covered.without_task, *covered.with_task, *covered.dropped))
    page = paginate(items_of(held).filter(pk__in=ids), request)
    context = {
        **frame(held, by, "plan_coverage", Task.objects.filter(item__plan=held).count()),
        "covered": covered,
        "row": row,
        "page": page,
        "shown": [(item, CASCADES[Cascade(item.cascade)], item.pk in covered.with_task) for item in page],
        "columns": COVER_COLUMNS,
    }
    return render(request, "plans/plan_coverage.html", context)


@login_required
@require_GET
def plan_print(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the plan as pages of an official document."""
    by = permitted(request)
    on = clock.today()
    held = plan_by_public_id(public_id, by, on=on)
    draft = draft_of(held, on=on)
    context = {
        **frame(held, by, "plan_print", Task.objects.filter(item__plan=held).count()),
        "draft": draft,
        "dated": date_line(draft),
        "signing": sign_lines(draft),
        "lines": lines_of(draft),
        "annex": annex_rows(draft),
    }
    return render(request, "plans/plan_print.html", context)


@login_required
@require_GET
def plan_docx(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Download the plan as it stands, as docx."""
    by = permitted(request)
    on = clock.today()
    held = plan_by_public_id(public_id, by, on=on)
    name = f"ke-hoach-{held.year}-{held.public_id.hex[-6:]}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(render_docx(draft_of(held, on=on)), content_type=DOCX, headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change title and year."""
    by = permitted(request, Permission.WRITE)
    held = plan_by_public_id(public_id, by, on=clock.today())
    form = NameForm(request.POST or None, initial={"title": held.title, "year": held.year, "version": held.version})
    if request.method == "POST" and form.is_valid():
        try:
            rename_plan(plan=held, **form.cleaned_data, by=by, at=clock.now())
        except Refused as refused:
            form = NameForm({**request.POST.dict(), "version": str(held.version)})
            form.add_error(None, words_of(refused))
        else:
            return redirect("plans:plan", held.public_id)
    crumbs = [
        Crumb(_("Kế hoạch"), reverse("plans:plans")),
        Crumb(held.title, reverse("plans:plan", args=[held.public_id])),
        Crumb(_("Sửa tên")),
    ]
    context = {"form": form, "plan": held, "crumbs": crumbs}
    return render(request, "plans/plan_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def present(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lay the plan before those who sign."""
    by = permitted(request, Permission.WRITE)
    held = plan_by_public_id(public_id, by, on=clock.today())
    try:
        present_plan(plan=held, note=request.POST.get("note", ""), by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Đã trình ký kế hoạch “%(title)s”.") % {"title": held.title})
    return redirect("plans:plan", held.public_id)


@login_required
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw away a plan begun by mistake."""
    by = permitted(request, Permission.WRITE)
    held = plan_by_public_id(public_id, by, on=clock.today())
    try:
        discard_plan(plan=held, by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
        return redirect("plans:plan", held.public_id)
    messages.success(request, gettext("Đã xóa kế hoạch đang soạn “%(title)s”.") % {"title": held.title})
    return redirect("plans:plans")
