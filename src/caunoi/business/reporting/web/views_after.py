"""Asking a unit for its report on one event: the deadline, counted from its last day, is shown before."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.business.reporting.access import Permission, regime_by_public_id
from caunoi.business.reporting.models import Campaign
from caunoi.business.reporting.operations.after import due_after, open_after
from caunoi.business.reporting.operations.opening import expected_units
from caunoi.business.reporting.web.forms_rules import EventForm
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.foundation.calendar.public import Due
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock


@login_required
@require_http_methods(["GET", "POST"])
def open_event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask which event and which unit, show the deadline, open the campaign."""
    by, today = permitted(request, Permission.COLLECT), clock.today()
    found = regime_by_public_id(public_id, by, on=today)
    form = EventForm(expected_units(found, today), found.owner, request.POST or None)
    dues: list[Due] = []
    opened: list[Campaign] = []
    if request.method == "POST" and form.is_valid():
        event, unit = form.event(), form.cleaned_data["unit"]
        look = attempt(request, lambda: dues.append(due_after(found, event)))
        step = lambda: opened.append(  # noqa: E731
            open_after(regime=found, event=event, units=[unit], by=by, at=clock.now())
        )
        if look and request.POST.get("act") == "open" and attempt(request, step, _("Đã mở báo cáo cho đơn vị.")):
            return redirect("reporting:campaign", public_id=opened[0].public_id)
    back = reverse("reporting:regime", args=[found.public_id])
    crumbs = [Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")), Crumb(found.name, back)]
    context = {
        "regime": found, "form": form, "due": dues[0] if dues else None,
        "crumbs": [*crumbs, Crumb(_("Mở báo cáo theo vụ việc"))],
    }  # fmt: skip
    looked = request.method == "GET" or (bool(dues) and request.POST.get("act") != "open")
    return render(request, "reporting/open_event.html", context, status=200 if looked else 422)
