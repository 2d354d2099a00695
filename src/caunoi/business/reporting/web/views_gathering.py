"""Having a consolidated report made: the button, and the page that waits and leads on to the report."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.reporting.access import Permission, campaign_by_public_id, require_gathering, run_by_public_id
from caunoi.business.reporting.models import ConsolidationRun, RunState
from caunoi.business.reporting.operations.consolidating import job_of, request_consolidation
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.foundation.jobs.public import JobState
from caunoi.foundation.pages.public import Crumb, sentence
from caunoi.kernel import clock
from caunoi.kernel.errors import Refused

SOON: Final = dt.timedelta(seconds=5)
"""So long the page looks several times a second, because most campaigns are done by then."""


@login_required
@require_POST
def make(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have consolidated what the units have sent, and lead to the page that waits for it."""
    by = permitted(request, Permission.COLLECT)
    campaign = campaign_by_public_id(public_id, by)
    runs: list[ConsolidationRun] = []
    if attempt(request, lambda: runs.append(request_consolidation(campaign=campaign, by=by, at=clock.now()))):
        return redirect("reporting:gathering", public_id=public_id, run=runs[0].public_id)
    return redirect("reporting:campaign", public_id=public_id)


@login_required
@require_GET
def gathering(request: HttpRequest, public_id: UUID, run: UUID) -> HttpResponse:
    """Show how far the making of a consolidated report is; lead on to the report, or say why there is none."""
    by = permitted(request, Permission.COLLECT)
    campaign = campaign_by_public_id(public_id, by)
    require_gathering(campaign, by, Permission.COLLECT)
    found = run_by_public_id(run, campaign)
    if found.made is not None:
        address = reverse("reporting:consolidation", args=[found.made.public_id])
        polled = "HX-Request" in request.headers
        return HttpResponse(headers={"HX-Redirect": address}) if polled else redirect(address)
    context = {
        **gathering_facts(found),
        "campaign": campaign,
        "is_own": found.person_id == by.person_id,
        "is_fresh": clock.now() - found.begun_at < SOON,
        "crumbs": [
            Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")),
            Crumb(campaign.name, reverse("reporting:campaign", args=[public_id])),
            Crumb(_("Tổng hợp"), reverse("reporting:gathered", args=[public_id])),
        ],
    }
    return render(request, "reporting/gathering.html", context)


def gathering_facts(run: ConsolidationRun) -> dict[str, object]:
    """Return what a page says of a run that has made nothing (yet): its job, whether it failed, why it was refused."""
    job = job_of(run)
    return {
        "run": run,
        "job": job,
        "failed": run.state == RunState.WORKING and job is not None and job.state == JobState.FAILED,
        "refused": _reason(run),
    }


def _reason(run: ConsolidationRun) -> str:
    if run.state != RunState.REFUSED:
        return ""
    said = sentence(Refused(run.reason["code"], **run.reason["facts"]))
    return said or gettext("Không tổng hợp được báo cáo. Hãy thử lại.")
