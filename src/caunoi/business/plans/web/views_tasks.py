"""A task: assigning it, its record, its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.documents.public import visible as visible_documents
from caunoi.business.plans.access import (
    Permission,
    PlansForbidden,
    is_assigner,
    is_performer,
    items_of,
    may_for,
    plan_by_public_id,
    task_by_public_id,
    units_of,
    update_by_public_id,
    updates_of,
    visible_plans,
)
from caunoi.business.plans.models import Cascade, Part, Plan, PlanItem, Task
from caunoi.business.plans.operations import steps as operations
from caunoi.business.plans.operations.tasks import change_task, create_tasks, is_active, remove_task
from caunoi.business.plans.queries import duty_above
from caunoi.business.plans.rules.lifecycle import steps_from
from caunoi.business.plans.web import forms
from caunoi.business.plans.web.asking import permitted
from caunoi.business.plans.web.shown import task_state, update_line
from caunoi.foundation.files.public import content_of
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.pages.public import Crumb, words_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class StepPage:
    """How a step is offered: its button, its form, the operation behind it."""

    label: StrOrPromise
    icon: str
    kind: str
    form: type[Form]
    operation: Callable[..., Task]
    done: StrOrPromise


STEPS: Mapping[str, StepPage] = {
    "accept": StepPage(
        _("Nhận việc"), "check", "primary", forms.NothingForm, operations.accept_task, _("Đã nhận việc.")
    ),
    "report_done": StepPage(
        _("Báo hoàn thành"), "flag", "primary", forms.DoneForm, operations.report_done, _("Đã báo hoàn thành.")
    ),
    "report_progress": StepPage(
        _("Cập nhật tiến độ"), "progress", "secondary", forms.ProgressForm, operations.report_progress,
        _("Đã cập nhật tiến độ."),
    ),
    "confirm": StepPage(
        _("Xác nhận hoàn thành"), "circle-check", "primary", forms.ConfirmForm, operations.confirm_task,
        _("Đã xác nhận hoàn thành."),
    ),
    "return": StepPage(
        _("Trả lại"), "arrow-back-up", "secondary", forms.ReasonForm, operations.return_task,
        _("Đã trả lại kèm lý do."),
    ),
    "extend": StepPage(
        _("Gia hạn"), "calendar-plus", "secondary", forms.ExtendForm, operations.extend_task, _("Đã gia hạn.")
    ),
    "cancel": StepPage(_("Hủy nhiệm vụ"), "ban", "danger", forms.ReasonForm, operations.cancel_task, _("Đã hủy.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that the person may take now, with the form to be shown."""

    key: str
    page: StepPage
    form: Form

    @property
    def needs_words(self) -> bool:
        """Whether a dialog has to ask something."""
        return self.page.form is not forms.NothingForm

    @property
    def anchor(self) -> str:
        """Id of the dialog."""
        return f"step-{self.key}"


def _offered(task: Task, by: Actor) -> list[Offered]:
    if not is_active(task):
        return []
    performs, assigns = is_performer(task, by), is_assigner(task, by)
    allowed = steps_from(task.state)
    open_to = [key for key in allowed if (performs if key in operations.PERFORMERS else assigns)]
    chosen = [key for key in STEPS if key in open_to]
    initial = {"progress": task.progress, "bound": task.bound, "due_on": task.due_on}
    return [Offered(key, STEPS[key], STEPS[key].form(initial=initial, prefix=key)) for key in chosen]


def _record(
    request: HttpRequest, task: Task, by: Actor, failed: tuple[StepPage, str, Form] | None = None
) -> HttpResponse:
    obligation = task.obligation
    document = obligation.document if obligation is not None else None
    offered = _offered(task, by)
    plan = task.item.plan if task.item is not None else None
    seen = plan is not None and visible_plans(by, on=clock.today()).filter(pk=plan.pk).exists()
    context = {
        "task": task,
        "state": task_state(task, is_active=is_active(task)),
        "is_active": is_active(task),
        "crumbs": [Crumb(_("Nhiệm vụ"), reverse("plans:tasks")), Crumb(task.title)],
        "today": clock.today(),
        "offered": offered,
        "main_step": next((one.key for one in offered if one.page.kind == "primary"), ""),
        "failed": failed,
        "entries": [update_line(update) for update in updates_of(task)[:50]],
        "supporting": list(task.supporting_units.all()),
        "areas": list(task.areas.all()),
        "plan": plan,
        "plan_seen": seen,
        "document": document,
        "document_seen": document is not None and visible_documents(by).filter(pk=document.pk).exists(),
        "may_change": not is_active(task) and is_assigner(task, by),
    }
    return render(request, "plans/task.html", context, status=422 if failed else 200)


@login_required
@require_GET
def task(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a task with its history and what the person may do."""
    by = permitted(request)
    return _record(request, task_by_public_id(public_id, by, on=clock.today()), by)


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Take one step; what was typed stays on the page when it is refused."""
    by = permitted(request)
    held = task_by_public_id(public_id, by, on=clock.today())
    page = STEPS.get(step)
    if page is None:
        raise Http404
    form = page.form(request.POST, request.FILES, prefix=step)
    if not form.is_valid():
        return _record(request, held, by, (page, step, form))
    arguments = form.arguments()  # type: ignore[attr-defined]  # every form of STEPS has it
    try:
        page.operation(task=held, **arguments, by=by, at=clock.now())
    except Refused as refused:
        form.add_error(None, words_of(refused))
        return _record(request, task_by_public_id(public_id, by, on=clock.today()), by, (page, step, form))
    messages.success(request, str(page.done))
    return redirect("plans:task", held.public_id)


@login_required
@require_GET
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the file that came with a step, never to be shown by the browser itself."""
    by = permitted(request)
    update = update_by_public_id(public_id, by, on=clock.today())
    assert update.evidence is not None  # noqa: S101 - the query asks for one
    response = HttpResponse(content_of(update.evidence), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(update.evidence.name)
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _choices(plan: Plan) -> list[PlanItem]:
    """Return the items of a plan that somebody can be given to do."""
    items = items_of(plan).exclude(cascade=Cascade.DROP).exclude(part=Part.PURPOSE)
    return [item for item in items if item.parent_id is not None]


def _due_above(item: PlanItem) -> dict[str, object]:
    """Return the next turn of the deadline that the clause above states, so that nobody types it again."""
    duty = duty_above(item)
    due = duty.due.next_after(clock.today()) if duty is not None and duty.due is not None else None
    return {} if duty is None or duty.due is None or due is None else {"due_on": due.day, "bound": duty.due.bound.value}


@login_required
@require_http_methods(["GET", "POST"])
def new_of_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Assign a task of a plan; ``?item=`` chooses the item."""
    by = permitted(request, Permission.ASSIGN)
    held = plan_by_public_id(public_id, by, on=clock.today())
    items = _choices(held)
    wanted = request.GET.get("item", "")
    item = next((one for one in items if str(one.public_id) == wanted), None)
    initial: dict[str, object] = {"bound": "strictly_before", "item": item.pk if item else None}
    if item is not None:
        initial |= {"title": item.text[:500], "areas": [item.area_id] if item.area_id else [], **_due_above(item)}
    crumbs = [
        Crumb(_("Kế hoạch"), reverse("plans:plans")),
        Crumb(held.title, reverse("plans:plan", args=[held.public_id])),
        Crumb(_("Giao nhiệm vụ")),
    ]
    back = reverse("plans:plan_tasks", args=[held.public_id])
    return _assign(request, by, unit=held.unit, items=items, initial=initial, crumbs=crumbs, back=back)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Assign a task by itself, in the name of one's own unit."""
    by = permitted(request, Permission.ASSIGN)
    unit = Unit.objects.filter(pk__in=units_of(by, Permission.ASSIGN)).order_by("established_on", "pk").first()
    if by.unit_id is not None and may_for(by, Permission.ASSIGN, by.unit_id):
        unit = Unit.objects.get(pk=by.unit_id)
    if unit is None:
        raise Http404
    crumbs = [Crumb(_("Nhiệm vụ"), reverse("plans:tasks")), Crumb(_("Giao nhiệm vụ"))]
    return _assign(
        request, by, unit=unit, items=[], initial={"bound": "strictly_before"}, crumbs=crumbs,
        back=f"{reverse('plans:tasks')}?whose=assigned",
    )  # fmt: skip


def _assign(
    request: HttpRequest, by: Actor, *, unit: Unit, items: Sequence[PlanItem], initial: Mapping[str, object],
    crumbs: list[Crumb], back: str,
) -> HttpResponse:  # fmt: skip
    form = forms.TaskForm(request.POST or None, unit=unit, on=clock.today(), items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_tasks(
                drafts=form.drafts(), item=form.cleaned_data.get("item"), unit=unit, by=by, at=clock.now()
            )
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, gettext("Đã giao %(count)s nhiệm vụ.") % {"count": len(made)})
            return HttpResponseRedirect(back)
    context = {"form": form, "crumbs": crumbs, "title": _("Giao nhiệm vụ"), "back": back, "unit": unit}
    return render(request, "plans/task_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a task while its plan is being written."""
    by = permitted(request, Permission.ASSIGN)
    held = task_by_public_id(public_id, by, on=clock.today())
    if not is_assigner(held, by):
        raise PlansForbidden("plans.not_yours")
    unit = held.assigning_unit
    form = forms.TaskForm(
        request.POST or None, unit=unit, on=clock.today(), single=True, initial=forms.initial_of(held)
    )
    back = reverse("plans:task", args=[held.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            change_task(task=held, draft=form.drafts()[0], by=by, at=clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            return HttpResponseRedirect(back)
    crumbs = [Crumb(_("Nhiệm vụ"), reverse("plans:tasks")), Crumb(held.title, back), Crumb(_("Sửa"))]
    context = {"form": form, "crumbs": crumbs, "title": _("Sửa nhiệm vụ"), "back": back, "unit": unit}
    return render(request, "plans/task_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a task out of a plan that is being written."""
    by = permitted(request, Permission.ASSIGN)
    held = task_by_public_id(public_id, by, on=clock.today())
    plan = held.item.plan if held.item is not None else None
    try:
        remove_task(task=held, by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
        return redirect("plans:task", held.public_id)
    messages.success(request, gettext("Đã bỏ nhiệm vụ khỏi kế hoạch."))
    return redirect("plans:plan_tasks", plan.public_id) if plan else redirect("plans:tasks")
