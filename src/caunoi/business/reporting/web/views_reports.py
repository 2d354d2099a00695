"""A report that has been sent: reading it, what changed, accepting, returning, reopening, extending, exempting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
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
from caunoi.business.reporting.web.views_mine import OWN, answered_notes, history, listed_notes
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

PLACES = ("section:", "cell:", "table:")


@dataclass(frozen=True, slots=True)
class Typed:
    """A return as it was typed, shown again where it was refused."""

    reason: str = ""
    until: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> Typed:
        """Return what came from the page; notes without a word are none."""
        notes = {name: text.strip() for name, text in posted.items() if name.startswith(PLACES) and text.strip()}
        return cls(posted.get("reason", ""), posted.get("until", ""), notes)


@login_required
@require_GET
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what a unit has sent: the version asked for (``?v=``), or the latest."""
    by = permitted(request, Permission.READ, *OWN)
    return _page(request, report_by_public_id(public_id, by), by, request.GET.get("v", ""))


def _page(
    request: HttpRequest, reporter: ExpectedReporter, by: Actor, asked: str, typed: Typed | None = None
) -> HttpResponse:
    own = any(is_own(reporter, by, permission) for permission in OWN)
    form = form_of(reporter.campaign.regime)
    sent = list(sent_versions_of(reporter))
    chosen = next((v for v in sent if str(v.version) == asked or str(v.public_id) == asked), sent[0] if sent else None)
    back, before, after = getattr(chosen, "sent_back", None), _beside(chosen, sent, -1), _beside(chosen, sent, 1)
    earlier = getattr(before, "sent_back", None)
    notes, done = answered_notes(form, back, after) if back else answered_notes(form, earlier, chosen)
    remarks = Remarks(notes=notes, answered=done, typed=typed.notes if typed else {})
    may_collect = gathers(reporter.campaign, by, Permission.COLLECT)
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "own": own, "version": chosen, "versions": sent,
        "back": back,
        "state": REPORTER_STATES[reporter.state], "today": clock.today(), "crumbs": _crumbs(reporter, by, own=own),
        "version_state": VERSION_STATES[chosen.state] if chosen else None,
        "shown": shown(form, chosen, remarks), "change": _change(form, chosen, before),
        "notes": listed_notes(form, notes, done), "typed": typed or Typed(), "is_refused": typed is not None,
        "history": history(list(versions_of(reporter)) if own else sent), "unsent": reporter.state in UNSENT,
        "may_decide": may_collect and chosen is not None and chosen.state == SubmissionState.SUBMITTED,
        "may_reopen": may_collect and chosen is not None and chosen.state == SubmissionState.ACCEPTED,
        "may_enter": may_collect and reporter.state in (ReporterState.NOT_STARTED, ReporterState.RETURNED),
        "may_extend": may_collect and reporter.state in UNSENT,
        "may_chase": by.may(Permission.CHASE) and reporter.state in UNSENT and not own,
        "until_form": UntilForm({"until": typed.until} if typed else None),
        "continues": own and reporter.state in UNSENT,
    }  # fmt: skip
    return render(request, "reporting/report.html", context, status=422 if typed else 200)


def _beside(chosen: Submission | None, sent: list[Submission], step: int) -> Submission | None:
    """Return the version sent before (-1) or after (1) the one that is shown; ``sent`` is newest first."""
    at = sent.index(chosen) - step if chosen is not None else -1
    return sent[at] if 0 <= at < len(sent) else None


def _crumbs(reporter: ExpectedReporter, by: Actor, *, own: bool) -> list[Crumb]:
    campaign = reporter.campaign
    if own and not gathers(campaign, by, Permission.READ):
        return [Crumb(_("Báo cáo của đơn vị"), reverse("reporting:mine")), Crumb(campaign.name)]
    return [
        Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
        Crumb(campaign.name, reverse("reporting:campaign", args=[campaign.public_id])),
        Crumb(reporter.name),
    ]


def _change(form: Form, chosen: Submission | None, before: Submission | None) -> dict[str, object] | None:
    """Return what changed since the version before, ready to be shown."""
    if chosen is None or before is None:
        return None
    found: Difference = difference(form, content_of(before), content_of(chosen))
    cells = [(change, unpack(change.before), unpack(change.after)) for change in found.cells]
    return {"before": before, "cells": cells, "sections": found.sections, "count": found.count}


def _named(request: HttpRequest, public_id: UUID) -> tuple[ExpectedReporter, Submission, Actor]:
    """Return the version that the form names. Raises ReportingNotFound, ReportingForbidden."""
    by = permitted(request, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    name = text_of(request, "version")
    version = next((one for one in sent_versions_of(reporter) if str(one.public_id) == name), None)
    if version is None:
        raise ReportingNotFound("reporting.report_not_found")
    return reporter, version, by


@login_required
@require_POST
def accept_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept the version shown."""
    _reporter, version, by = _named(request, public_id)
    attempt(request, lambda: accept(submission=version, by=by, at=clock.now()), _("Đã tiếp nhận báo cáo."))
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def return_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the version shown back, with a reason and notes on places; what is refused is shown again as typed."""
    reporter, version, by = _named(request, public_id)
    typed = Typed.read(request.POST.dict())
    step = lambda: return_submission(  # noqa: E731
        submission=version, reason=typed.reason, notes=typed.notes, until=UntilForm.read(request.POST.dict()),
        by=by, at=clock.now(),
    )  # fmt: skip
    if not attempt(request, step, _("Đã trả lại báo cáo kèm lý do.")):
        return _page(request, reporter, by, str(version.version), typed)
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def reopen_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the accepted version out again, with a reason."""
    _reporter, version, by = _named(request, public_id)
    step = lambda: reopen(  # noqa: E731
        submission=version, reason=text_of(request, "reason"), until=UntilForm.read(request.POST.dict()),
        by=by, at=clock.now(),
    )  # fmt: skip
    attempt(request, step, _("Đã mở lại báo cáo để đơn vị sửa."))
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def chase_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Urge one unit."""
    by = permitted(request, Permission.CHASE)
    reporter = report_by_public_id(public_id, by)
    if chase(campaign=reporter.campaign, reporters=[reporter], by=by, at=clock.now()):
        messages.success(request, gettext("Đã đôn đốc đơn vị."))
    else:
        messages.info(request, gettext("Không đôn đốc: đơn vị đã gửi báo cáo hoặc đợt báo cáo đã khóa."))
    return redirect("reporting:report", public_id=public_id)


@login_required
@require_POST
def extend_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give one unit more time, or free it of the report, with the ground."""
    by = permitted(request, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    ground, posted = text_of(request, "ground"), request.POST.dict()
    if request.POST.get("act") == "exempt":
        attempt(
            request,
            lambda: exempt(reporter=reporter, ground=ground, by=by, at=clock.now()),
            _("Đã miễn báo cáo cho đơn vị."),
        )
    else:
        step = lambda: extend(  # noqa: E731
            reporter=reporter, until=UntilForm.read(posted) or reporter.last_day_on, ground=ground,
            by=by, at=clock.now(),
        )  # fmt: skip
        attempt(request, step, _("Đã gia hạn cho đơn vị."))
    return redirect("reporting:report", public_id=public_id)
