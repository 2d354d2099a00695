"""The ladder of reminders: that of the house, and that of one regime in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.business.reporting.access import Permission, regime_by_public_id
from caunoi.business.reporting.models import ReminderRung, ReportRegime
from caunoi.business.reporting.operations.ladder import may_set_ladder, rungs_of, set_ladder
from caunoi.business.reporting.queries import regimes_seen
from caunoi.business.reporting.web.forms_rules import AUDIENCES, LadderForm, RungFormSet, rung_rows
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.business.reporting.web.views_days import rules_tabs
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

SHOWN_PAST = 60


@login_required
@require_http_methods(["GET", "POST"])
def ladder(request: HttpRequest) -> HttpResponse:
    """Show and change the ladder that holds for every regime without one of its own."""
    by, today = permitted(request, Permission.RULES), clock.today()
    own = ReminderRung.objects.filter(regime__isnull=False, until_on__isnull=True).values("regime")
    regimes = list(regimes_seen(by, on=today).filter(pk__in=own).order_by("sort_key", "id")[:100])
    context = {"tabs": rules_tabs("ladder"), "regimes": regimes}
    return _ladder(request, None, by, context, reverse("reporting:ladder"))


@login_required
@require_http_methods(["GET", "POST"])
def ladder_of_regime(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show and change the ladder of one regime."""
    by, today = permitted(request, Permission.REGIMES), clock.today()
    found = regime_by_public_id(public_id, by, on=today)
    back = reverse("reporting:regime", args=[found.public_id])
    crumbs = [Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")), Crumb(found.name, back), Crumb(_("Nấc nhắc"))]
    here = reverse("reporting:regime_ladder", args=[found.public_id])
    return _ladder(request, found, by, {"crumbs": crumbs, "regime": found}, here)


def _ladder(
    request: HttpRequest, regime: ReportRegime | None, by: Actor, context: dict[str, object], here: str
) -> HttpResponse:
    today, posted = clock.today(), request.POST if request.method == "POST" else None
    rows = list(rungs_of(regime))
    now, coming, past = _parted(rows, today)
    house, _later, _past = _parted(list(rungs_of(None)), today) if regime is not None else (now, [], [])
    shown = [(rung.offset_days, rung.audience) for rung in coming or now or house]
    form, lines = LadderForm(today, posted), RungFormSet(posted, initial=rung_rows(shown), prefix="rung")
    if posted is not None and text_of(request, "act") == "house" and form.is_valid():
        data = form.cleaned_data
        step = lambda: set_ladder(  # noqa: E731
            rungs=[], source=data["source"], from_on=data["from_on"], regime=regime, by=by, at=clock.now()
        )
        if attempt(request, step, _("Chế độ này sẽ theo nấc nhắc chung.")):
            return redirect(here)
    elif posted is not None and form.is_valid() and lines.is_valid():
        data, specs = form.cleaned_data, [line.spec() for line in lines]
        step = lambda: set_ladder(  # noqa: E731
            rungs=[spec for spec in specs if spec is not None], source=data["source"], from_on=data["from_on"],
            regime=regime, by=by, at=clock.now(),
        )  # fmt: skip
        if attempt(request, step, _("Đã ghi nấc nhắc mới.")):
            return redirect(here)
    context |= {
        "form": form, "lines": lines, "now": _words(now), "coming": _words(coming), "past": _words(past[:SHOWN_PAST]),
        "house": _words(house), "may_change": may_set_ladder(regime, by, on=today),
    }  # fmt: skip
    return render(request, "reporting/ladder.html", context, status=422 if posted is not None else 200)


def _parted(
    rows: Sequence[ReminderRung], today: dt.date
) -> tuple[list[ReminderRung], list[ReminderRung], list[ReminderRung]]:
    """Return the rungs that hold today, those that begin later, and those that are over."""
    coming = [row for row in rows if row.from_on > today]
    past = [row for row in rows if row.until_on is not None and row.until_on <= today]
    now = [row for row in rows if row not in coming and row not in past]
    return sorted(now, key=lambda row: row.offset_days), coming, past


def _words(rows: Sequence[ReminderRung]) -> list[tuple[ReminderRung, object, int]]:
    return [(row, AUDIENCES[row.audience], abs(row.offset_days)) for row in rows]
