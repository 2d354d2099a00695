"""Having a consolidated report made by a job: asked for once, finished once, or refused with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from caunoi.business.reporting.access import Permission, require_gathering
from caunoi.business.reporting.models import Campaign, ConsolidationRun, RunState, Submission
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.consolidation import consolidate, require_listed
from caunoi.business.reporting.operations.refused import ConsolidationRefused
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.jobs.public import Job, JobState, enqueue
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

CONSOLIDATE: Final = "reporting.consolidate"


@use_case
def request_consolidation(*, campaign: Campaign, by: Actor, at: dt.datetime) -> ConsolidationRun:
    """Have the consolidated report of a campaign made; while one is being made, that one is returned.

    One that was given up is taken up again, in the name of who asks now. Raises ConsolidationRefused ``nothing_sent``,
    CampaignRefused ``campaign_not_open``, ReportingForbidden.
    """
    require_gathering(campaign, by, Permission.COLLECT)
    held = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)  # who asks at the same moment waits
    require_listed(held)
    if not Submission.objects.filter(reporter__campaign=held, counts=True).exists():
        raise ConsolidationRefused("reporting.nothing_sent", name=held.name)
    run = ConsolidationRun.objects.filter(campaign=held, state=RunState.WORKING).first()
    if run is not None and _is_alive(run):
        return run
    run = run or ConsolidationRun(campaign=held)
    run.account_id, run.person_id, run.post_id, run.begun_at = by.account_id, by.person_id, by.post_id, at
    run.save()
    record(by=by, at=at, verb="reporting.request_consolidation", subject=subject_of(held))
    enqueue(CONSOLIDATE, at=at, key=_key(run), run=run.pk)
    return run


def carry_out(
    *, run: ConsolidationRun, progress: Callable[[int, int], None] | None = None, by: Actor, at: dt.datetime
) -> ConsolidationRun:
    """Make the consolidated report that was asked for, or keep why not; doing it twice makes one."""
    if run.state == RunState.WORKING:
        try:
            consolidate(campaign=run.campaign, run=run, progress=progress, by=by, at=at)
        except Refused as refused:
            refuse_run(run=run, refused=refused, by=by, at=at)
        run.refresh_from_db()
    return run


@use_case
def refuse_run(*, run: ConsolidationRun, refused: Refused, by: Actor, at: dt.datetime) -> None:
    """Keep why a consolidated report was not made."""
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    rows = ConsolidationRun.objects.filter(pk=run.pk, state=RunState.WORKING)
    if rows.update(state=RunState.REFUSED, reason={"code": refused.code, "facts": facts}):
        record(by=by, at=at, verb="reporting.refuse_consolidation", subject=subject_of(run.campaign),
               changes={"reason": (None, refused.code)})  # fmt: skip


def job_of(run: ConsolidationRun) -> Job | None:
    """Return the newest job of a run, with its progress."""
    return Job.objects.filter(key=_key(run)).order_by("-id").first()


def _is_alive(run: ConsolidationRun) -> bool:
    job = job_of(run)
    return job is not None and job.state in (JobState.READY, JobState.RUNNING)


def _key(run: ConsolidationRun) -> str:
    return f"{CONSOLIDATE}:{run.pk}"
