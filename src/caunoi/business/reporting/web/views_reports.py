"""A report that has been sent: reading it, what changed, accepting, returning, reopening, extending, exempting."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.reporting.access import (
    Permission,
    ReportingNotFound,
    gathers,
    is_own,
    report_by_public_id,
    sent_versions_of,
    versions_of,
)
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.operations.campaigns import chase, exempt, extend
from caunoi.business.reporting.operations.flow import accept, reopen, return_submission
from caunoi.business.reporting.queries import content_of, form_of
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.differences import Difference, difference
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.states import UNSENT, ReporterState, SubmissionState
from caunoi.business.reporting.web.entry import Remarks, shown
from caunoi.business.reporting.web.forms import UntilForm
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.business.reporting.web.shown import REPORTER_STATES, VERSION_STATES
from caunoi.business.reporting.web.views_mine import OWN, history
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

NOTES = 3
"""How many cells can be noted in one return."""


@login_required
@require_GET
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what a unit has sent: the version asked for (``?v=``), or the latest."""
    by = permitted(request, Permission.READ, *OWN)
    reporter = report_by_public_id(public_id, by)
    own = any(is_own(reporter, by, permission) for permission in OWN)
    form = form_of(reporter.campaign.regime)
    sent = list(sent_versions_of(reporter))
    asked = request.GET.get("v", "")
    chosen = next((v for v in sent if str(v.version) == asked or str(v.public_id) == asked), sent[0] if sent else None)
    back = getattr(chosen, "sent_back", None)
    remarks = Remarks(notes=back.notes if back is not None else {})
    may_collect = gathers(reporter.campaign, by, Permission.COLLECT)
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "own": own, "version": chosen, "versions": sent,
        "back": back,
        "state": REPORTER_STATES[reporter.state], "today": clock.today(), "crumbs": _crumbs(reporter, by, own=own),
        "version_state": VERSION_STATES[chosen.state] if chosen else None,
        "shown": shown(form, chosen, remarks), "form": form, "change": _change(form, chosen, sent),
        "history": history(list(versions_of(reporter)) if own else sent), "unsent": reporter.state in UNSENT,
        "may_decide": may_collect and chosen is not None and chosen.state == SubmissionState.SUBMITTED,
        "may_reopen": may_collect and chosen is not None and chosen.state == SubmissionState.ACCEPTED,
        "may_enter": may_collect and reporter.state in (ReporterState.NOT_STARTED, ReporterState.RETURNED),
        "may_extend": may_collect and reporter.state in UNSENT,
        "may_chase": by.may(Permission.CHASE) and reporter.state in UNSENT and not own,
        "cells": form.typed_cells().items(), "places": range(NOTES),
        "until_form": UntilForm(), "continues": own and reporter.state in UNSENT,
    }  # fmt: skip
    return render(request, "reporting/report.html", context)


def _crumbs(reporter: ExpectedReporter, by: Actor, *, own: bool) -> list[Crumb]:
    campaign = reporter.campaign
    if own and not gathers(campaign, by, Permission.READ):
        return [Crumb(_("Báo cáo của đơn vị"), reverse("reporting:mine")), Crumb(campaign.name)]
    return [
        Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
        Crumb(campaign.name, reverse("reporting:campaign", args=[campaign.public_id])),
        Crumb(reporter.name),
    ]


def _change(form: Form, chosen: Submission | None, sent: list[Submission]) -> dict[str, object] | None:
    """Return what changed since the version before, ready to be shown."""
    if chosen is None or chosen.version == 1:
        return None
    before = next((v for v in sent if v.version < chosen.version), None)
    if before is None:
        return None
    found: Difference = difference(form, content_of(before), content_of(chosen))
    cells = [(change, unpack(change.before), unpack(change.after)) for change in found.cells]
    return {"before": before, "cells": cells, "sections": found.sections, "count": found.count}


def _decide(
    request: HttpRequest, public_id: UUID, step: Callable[[Submission, Actor], object], done: object
) -> HttpResponse:
    """Do one thing with the version named in the form and go back to the report."""
    by = permitted(request, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    version = next(
        (one for one in sent_versions_of(reporter) if str(one.public_id) == text_of(request, "version")), None
    )
    if version is None:
        raise ReportingNotFound("reporting.report_not_found")
    attempt(request, lambda: step(version, by), done)
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def accept_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept the version shown."""
    return _decide(
        request, public_id, lambda v, by: accept(submission=v, by=by, at=clock.now()), _("Đã tiếp nhận báo cáo.")
    )


@login_required
@require_POST
def return_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the version shown back, with a reason and notes on places."""
    named = request.POST.dict()
    notes = {name: text for name, text in named.items() if name.startswith("section:") and text.strip()}
    for place in range(NOTES):
        cell, text = text_of(request, f"cell-{place}"), text_of(request, f"cell-note-{place}")
        if cell and text:
            notes[f"cell:{cell}"] = text
    reason, until = text_of(request, "reason"), UntilForm.read(request.POST.dict())
    return _decide(
        request,
        public_id,
        lambda v, by: return_submission(submission=v, reason=reason, notes=notes, until=until, by=by, at=clock.now()),
        _("Đã trả lại báo cáo kèm lý do."),
    )


@login_required
@require_POST
def reopen_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the accepted version out again, with a reason."""
    reason, until = text_of(request, "reason"), UntilForm.read(request.POST.dict())
    return _decide(
        request,
        public_id,
        lambda v, by: reopen(submission=v, reason=reason, until=until, by=by, at=clock.now()),
        _("Đã mở lại báo cáo để đơn vị sửa."),
    )


@login_required
@require_POST
def chase_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Urge one unit."""
    by = permitted(request, Permission.CHASE)
    reporter = report_by_public_id(public_id, by)
    step = lambda: chase(campaign=reporter.campaign, reporters=[reporter], by=by, at=clock.now())  # noqa: E731
    attempt(request, step, _("Đã đôn đốc đơn vị."))
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def extend_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give one unit more time, or free it of the report, with the ground."""
    by = permitted(request, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    ground, until = text_of(request, "ground"), UntilForm.read(request.POST.dict())
    if request.POST.get("act") == "exempt":
        attempt(
            request,
            lambda: exempt(reporter=reporter, ground=ground, by=by, at=clock.now()),
            _("Đã miễn báo cáo cho đơn vị."),
        )
    else:
        day = until or reporter.last_day_on
        attempt(
            request,
            lambda: extend(reporter=reporter, until=day, ground=ground, by=by, at=clock.now()),
            _("Đã gia hạn cho đơn vị."),
        )
    return redirect("reporting:report", public_id=public_id)
