"""Handing on a duty: on one page it becomes a reporting regime, a task, or is set aside with a reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caunoi.business.documents.public import (
    Obligation,
    ObligationKind,
    ObligationState,
    clauses_of,
    dismiss_obligation,
    obligation_by_public_id,
)
from caunoi.business.plans.public import Permission as PlansPermission
from caunoi.business.plans.public import create_task
from caunoi.business.reporting.public import Permission as ReportingPermission
from caunoi.business.reporting.public import create_regime
from caunoi.foundation.organisations.public import Unit, within
from caunoi.foundation.pages.public import actor_of, sentence
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused
from caunoi.surfaces.staff_site.web.forms import DismissForm, TaskForm


@login_required
@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a duty with its clause, and do with it what is chosen."""
    by = actor_of(request)
    obligation = obligation_by_public_id(public_id, by)
    now = clock.now()
    step = request.POST.get("step") if request.method == "POST" else None
    task = TaskForm(
        request.POST if step == "task" else None,
        obligation=obligation,
        units=_units(by, obligation, clock.day_of(now)),
        on=clock.day_of(now),
    )
    dismissal = DismissForm(request.POST if step == "dismiss" else None)
    refusal = None
    if step:
        try:
            done = _take(request, step, obligation, task, dismissal, by, now)
        except (NotFound, NotAllowed):
            raise
        except Refused as refused:
            done, refusal = None, sentence(refused)
        if done is not None:
            return done
    context = {
        "obligation": obligation,
        "clauses": _clause_with_headings(obligation),
        "reports": obligation.kind != ObligationKind.TASK,
        "is_open": obligation.state == ObligationState.OPEN,
        "task": task,
        "dismissal": dismissal,
        "refusal": refusal,
        "chosen": step or ("task" if obligation.kind == ObligationKind.TASK else "regime"),
        "may_assign": by.may(PlansPermission.ASSIGN),
        "may_regulate": by.may(ReportingPermission.REGIMES),
    }
    return render(request, "staff_site/hand_on.html", context, status=409 if refusal else 200)


def _take(
    request: HttpRequest,
    step: str,
    obligation: Obligation,
    task: TaskForm,
    dismissal: DismissForm,
    by: Actor,
    at: dt.datetime,
) -> HttpResponse | None:
    """Do the chosen step; ``None`` when its form has to be corrected first."""
    if step == "regime":
        regime = create_regime(owner=obligation.document.unit, obligation=obligation, by=by, at=at)
        messages.success(request, _("Đã lập dự thảo chế độ báo cáo. Hãy xem lại từng mục rồi cho áp dụng."))
        return redirect("reporting:regime", regime.public_id)
    if step == "task" and task.is_valid():
        made = create_task(draft=task.draft(), obligation=obligation, by=by, at=at)
        messages.success(request, _("Đã giao nhiệm vụ cho %(unit)s.") % {"unit": made.lead_unit.name})
        return redirect("plans:task", made.public_id)
    if step == "dismiss" and dismissal.is_valid():
        dismiss_obligation(obligation=obligation, reason=dismissal.cleaned_data["reason"], by=by, at=at)
        messages.success(request, _("Đã ghi là không áp dụng, kèm lý do."))
        return redirect("documents:record", obligation.document.public_id)
    return None


def _units(by: Actor, obligation: Obligation, on: dt.date) -> QuerySet[Unit]:
    """Return the units that may lead: those in which one may assign, or the unit of the document itself."""
    below = within(by.scopes(PlansPermission.ASSIGN), on=on)
    return (below | Unit.objects.filter(pk=obligation.document.unit_id)).distinct().order_by("sort_key", "id")


def _clause_with_headings(obligation: Obligation) -> list[object]:
    """Return the clause of the duty below its headings, the outermost first."""
    by_id = {clause.pk: clause for clause in clauses_of(obligation.document)}
    chain: list[object] = []
    clause = by_id.get(obligation.clause_id or 0)
    while clause is not None:
        chain.append(clause)
        clause = by_id.get(clause.parent_id or 0)
    return chain[::-1]
