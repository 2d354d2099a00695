"""The register of breaches."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.pages.public import Column, Crumb, paginate, sentence
from caunoi.foundation.personal_data.access import Permission, visible_breaches
from caunoi.foundation.personal_data.models import Breach, BreachTask
from caunoi.foundation.personal_data.operations.breaches import (
    BreachRefused,
    Told,
    close_breach,
    do_task,
    notify_breach,
    report_breach,
)
from caunoi.foundation.personal_data.rules.kinds import kind_of
from caunoi.foundation.personal_data.rules.states import BreachState
from caunoi.foundation.personal_data.web.asking import permitted, tabs
from caunoi.foundation.personal_data.web.forms import BreachForm, ConclusionForm, NoticeForm
from caunoi.foundation.personal_data.web.words import BREACH_STATES, clock_state
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotFound

COLUMNS = [
    Column("title", _("Vi phạm")),
    Column("unit", _("Đơn vị")),
    Column("found", _("Phát hiện lúc")),
    Column("notify", _("Hạn thông báo")),
    Column("state", _("Trạng thái")),
]


@login_required
@require_GET
def breaches(request: HttpRequest) -> HttpResponse:
    """List the breaches, newest first, each with its clock."""
    by, now = permitted(request, Permission.MANAGE), clock.now()
    page = paginate(visible_breaches(by, on=clock.today()), request)
    rows = [
        (one, BREACH_STATES[BreachState(one.state)], clock_state(one.notify_by, now, one.notified_at))
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "columns": COLUMNS, "tabs": tabs(request, "breaches")}
    return render(request, "personal_data/breaches.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_breach(request: HttpRequest) -> HttpResponse:
    """Enter a breach."""
    by = permitted(request, Permission.MANAGE)
    form = BreachForm(request.POST or None)
    refusal: str | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = report_breach(told=Told(**form.cleaned_data), by=by, at=clock.now())
        except BreachRefused as refused:
            refusal = sentence(refused)
        else:
            messages.success(request, gettext("Đã ghi vi phạm; thời hạn thông báo tính từ lúc phát hiện."))
            return redirect("personal_data:breach", made.public_id)
    context = {"form": form, "refusal": refusal, "crumbs": _crumbs()}
    return render(request, "personal_data/breach_new.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_GET
def breach_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a breach with its clock, tasks and steps."""
    return _shown(request, _mine(public_id, permitted(request, Permission.MANAGE)))


@login_required
@require_POST
def breach_step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Tick a task, note the notice, conclude. What is refused is said on the page."""
    by = permitted(request, Permission.MANAGE)
    held = _mine(public_id, by)
    take = _STEPS.get(step)
    if take is None:
        raise NotFound("personal_record_unknown")
    try:
        form = take(request, held, by)
    except BreachRefused as refused:
        return _shown(request, _mine(public_id, by), refusal=sentence(refused), status=409)
    if form is not None:
        return _shown(request, held, forms_by_step={step: form}, status=422)
    return redirect("personal_data:breach", public_id)


@login_required
@require_GET
def breach_print(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the notice to the authority as a sheet to be printed and signed."""
    held = _mine(public_id, permitted(request, Permission.MANAGE))
    context = {"held": held, "kinds": _kinds(held), "crumbs": _crumbs(), "today": clock.today()}
    return render(request, "personal_data/breach_print.html", context)


def _task(request: HttpRequest, held: Breach, by: Actor) -> forms.Form | None:
    place = request.POST.get("task", "")
    task = BreachTask.objects.filter(breach=held, position=place).first() if place.isdigit() else None
    if task is None:
        raise NotFound("personal_record_unknown")
    do_task(task=task, by=by, at=clock.now())
    return None


def _notice(request: HttpRequest, held: Breach, by: Actor) -> forms.Form | None:
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return form
    notify_breach(breach=held, by=by, at=clock.now(), **form.cleaned_data)
    return None


def _conclude(request: HttpRequest, held: Breach, by: Actor) -> forms.Form | None:
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return form
    close_breach(breach=held, conclusion=form.cleaned_data["conclusion"], by=by, at=clock.now())
    return None


_STEPS: dict[str, Callable[[HttpRequest, Breach, Actor], forms.Form | None]] = {
    "viec": _task,
    "thong-bao": _notice,
    "ket-luan": _conclude,
}


def _mine(public_id: UUID, by: Actor) -> Breach:
    held = visible_breaches(by, on=clock.today()).filter(public_id=public_id).first()
    if held is None:
        raise NotFound("personal_record_unknown")
    return held


def _shown(
    request: HttpRequest, held: Breach, *, refusal: str | None = None,
    forms_by_step: dict[str, forms.Form] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    given, now = forms_by_step or {}, clock.now()
    context = {
        "held": held,
        "state": BREACH_STATES[BreachState(held.state)],
        "clock": clock_state(held.notify_by, now, held.notified_at),
        "kinds": _kinds(held),
        "tasks": BreachTask.objects.filter(breach=held).order_by("position"),
        "notice": given.get("thong-bao") or NoticeForm(),
        "conclusion": given.get("ket-luan") or ConclusionForm(),
        "is_open": held.state == BreachState.OPEN,
        "is_closed": held.state == BreachState.CLOSED,
        "refusal": refusal,
        "crumbs": _crumbs(),
    }
    return render(request, "personal_data/breach.html", context, status=status)


def _kinds(held: Breach) -> list[object]:
    return [known.label if (known := kind_of(key)) else key for key in held.kinds]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Vi phạm dữ liệu cá nhân"), reverse("personal_data:breaches"))]
