"""The steps of a unit's report: internal approval, sending, return with reason, acceptance, reopening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from caunoi.business.reporting.access import Permission, has_head, is_own, require_gathering, require_writing
from caunoi.business.reporting.models import ExpectedReporter, Submission, SubmissionReturn
from caunoi.business.reporting.operations.branch_seal import cells_in_totals, seal_taken
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.prefill import freeze_snapshot
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import (
    Entered,
    held,
    open_version,
    refuse_when_locked,
    says_the_same,
    write_down,
)
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.totals import Shift, shift_totals
from caunoi.business.reporting.queries import cells_before, content_of, form_of
from caunoi.business.reporting.rules.checks import blocking, check
from caunoi.business.reporting.rules.drafts import Base
from caunoi.business.reporting.rules.form import Form, with_totals
from caunoi.business.reporting.rules.notes import can_be_noted
from caunoi.business.reporting.rules.states import ReporterState, Step, SubmissionState, after
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.people.public import Role
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import clean, squeeze

CLOCK_TOLERANCE: Final = dt.timedelta(minutes=5)
"""How far the moment of a step may lie before the last save, where two servers disagree."""


@use_case
def present(*, reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> Submission:
    """Hand a draft to the head of the unit. Raises SubmissionRefused, ReportingForbidden."""
    locked = held(reporter)
    require_writing(locked, by, Permission.PREPARE)
    refuse_when_locked(locked, at)
    if not has_head(locked, on=clock.day_of(at)):
        raise SubmissionRefused("reporting.no_head", unit=locked.name)
    version = _step(open_version(locked), Step.PRESENT, locked)
    version.presented_at, version.presented_by_name = at, by.person_name[:200]
    version.save(update_fields=["state", "presented_at", "presented_by_name"])
    _place(locked, ReporterState.IN_APPROVAL)
    record(by=by, at=at, verb="reporting.present", subject=reporter_subject(locked))
    tell("presented", locked.campaign, [locked.bearer_id], reporter=locked, roles=(Role.LEADER,), by=by, at=at)
    return version


@use_case
def take_back(*, reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> Submission:
    """Give a presented draft back to the officer. Raises SubmissionRefused, ReportingForbidden."""
    locked = held(reporter)
    require_writing(locked, by, Permission.PREPARE, Permission.APPROVE)
    refuse_when_locked(locked, at)
    version = _step(open_version(locked), Step.TAKE_BACK, locked)
    version.save(update_fields=["state"])
    _place(locked, ReporterState.RETURNED if locked.returns else ReporterState.DRAFT)
    record(by=by, at=at, verb="reporting.take_back", subject=reporter_subject(locked))
    return version


@use_case
def submit(
    *,
    reporter: ExpectedReporter,
    key: str,
    entered: Entered | None = None,
    base: Base | None = None,
    by: Actor,
    at: dt.datetime,
) -> Submission:
    """Send the open version, after putting ``entered`` into it. The same ``key`` again returns what was sent the first
    time and changes nothing.

    Raises SubmissionRefused ``findings_block`` (findings) while errors or unexplained queries stand, ``needs_approval``
    where only the head may send, ``signed_copy_needed``, ``already_sent``, ``locked``, ``key_needed``, ``key_reused``;
    DraftClash; ReportingForbidden.
    """
    locked = held(reporter)
    require_writing(locked, by, Permission.SUBMIT, Permission.APPROVE)
    sent = _sent_before(locked, key, entered)
    if sent is not None:
        return sent
    refuse_when_locked(locked, at)
    _refuse_without_approval(locked, by, at)
    form = form_of(locked.campaign.regime)
    written = write_down(locked, form, entered, base, by, at)[0] if entered is not None else open_version(locked)
    version = _step(written, Step.SUBMIT, locked)
    _refuse_incomplete(version, form, locked, at)
    _seal(version, form, locked, key, by, at)
    freeze_snapshot(locked, form, at)
    return version


def _sent_before(reporter: ExpectedReporter, key: str, entered: Entered | None) -> Submission | None:
    """Return what was sent under this key. Raises SubmissionRefused without a key, and for a key of other content."""
    if not key.strip():
        raise SubmissionRefused("reporting.key_needed", unit=reporter.name)
    if not reporter.versions:
        return None
    sent = Submission.objects.filter(reporter=reporter, send_key=key[:64]).first()
    if sent is not None and entered is not None and not says_the_same(form_of(reporter.campaign.regime), sent, entered):
        raise SubmissionRefused("reporting.key_reused", unit=reporter.name)
    return sent


def _refuse_incomplete(version: Submission, form: Form, reporter: ExpectedReporter, at: dt.datetime) -> None:
    if at < max(version.saved_at, reporter.campaign.opened_at) - CLOCK_TOLERANCE:
        raise SubmissionRefused("reporting.clock_wrong", now=f"{clock.day_of(at):%d/%m/%Y}", unit=reporter.name)
    findings = check(form, content_of(version), cells_before(reporter))
    if blocked := blocking(findings, version.explanations):
        raise SubmissionRefused("reporting.findings_block", findings=tuple(blocked), count=len(blocked))
    if reporter.campaign.regime.asks_signed_copy and version.signed_copy_id is None:
        raise SubmissionRefused("reporting.signed_copy_needed", unit=reporter.name)


def _refuse_without_approval(reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> None:
    """Where the head sends: on behalf of a unit the ground stands for that."""
    if not is_own(reporter, by, Permission.SUBMIT) and reporter.behalf_ground:
        return
    asked = reporter.campaign.regime.needs_approval and not is_own(reporter, by, Permission.APPROVE)
    if asked and has_head(reporter, on=clock.day_of(at)):
        raise SubmissionRefused("reporting.needs_approval", unit=reporter.name)


def _seal(version: Submission, form: Form, reporter: ExpectedReporter, key: str, by: Actor, at: dt.datetime) -> None:
    late = max(0, (clock.day_of(at) - reporter.last_day_on).days)
    version.cells, version.behalf_ground = with_totals(form, version.cells), _behalf(reporter, by)
    version.counts, version.send_key, version.sent_at, version.days_late = True, key[:64], at, late
    version.sent_by_name, version.sent_by_title = by.person_name[:200], by.post_title[:200]
    version.touched = {}
    version.save()
    if reporter.first_sent_at is None:
        reporter.first_sent_at, reporter.days_late = at, late
    reporter.state = ReporterState.SUBMITTED
    reporter.save(update_fields=["first_sent_at", "days_late", "state", "versions", "behalf_ground"])
    record(by=by, at=at, verb="reporting.submit", subject=reporter_subject(reporter),
           changes={"version": (None, version.version), "days_late": (None, late)})  # fmt: skip
    cells, others = seal_taken(version, form, at)
    into = Shift(sent=1, late=int(reporter.days_late > 0), cells=cells, sign=1)
    shift_totals(reporter, reporter.campaign, into, others)


def _behalf(reporter: ExpectedReporter, by: Actor) -> str:
    return "" if by.unit_id in (reporter.unit_id, reporter.heir_id) else reporter.behalf_ground


@use_case
def return_submission(
    *,
    submission: Submission,
    reason: str,
    notes: Mapping[str, str] | None = None,
    until: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> SubmissionReturn:
    """Send a version back with a reason, and notes on places ("section:CODE", "cell:KEY", "table:CODE").

    ``until`` is the last day for the correction where the campaign is already locked. Raises SubmissionRefused
    ``reason_needed``, ``note_misplaced``, ``step_not_allowed``, ``locked``; ReportingForbidden.
    """
    version, reporter = _decided(submission, by)
    if not squeeze(reason):
        raise SubmissionRefused("reporting.reason_needed", unit=reporter.name)
    form = form_of(reporter.campaign.regime) if notes else None
    if form and (strange := [place for place in notes or {} if not can_be_noted(form, place)]):
        raise SubmissionRefused("reporting.note_misplaced", place=strange[0][:80])
    if until is not None:
        reporter.lock_on = max(until + dt.timedelta(days=1), reporter.lock_on or until)
    refuse_when_locked(reporter, at)
    _step(version, Step.RETURN, reporter)
    back = _withdraw(version, reporter, reason, notes or {}, by, at)
    record(by=by, at=at, verb="reporting.return", subject=reporter_subject(reporter),
           changes={"version": (version.version, None), "reason": (None, back.reason)})  # fmt: skip
    tell("returned", reporter.campaign, [reporter.bearer_id], text=back.reason, reporter=reporter, by=by, at=at)
    return back


def _withdraw(
    version: Submission, reporter: ExpectedReporter, reason: str, notes: Mapping[str, str], by: Actor, at: dt.datetime
) -> SubmissionReturn:
    accepted = int(reporter.state == ReporterState.ACCEPTED)
    version.counts, version.decided_at, version.decided_by_name = False, at, by.person_name[:200]
    version.save(update_fields=["state", "counts", "decided_at", "decided_by_name"])
    reporter.state, reporter.returns = ReporterState.RETURNED, reporter.returns + 1
    reporter.save(update_fields=["state", "returns", "lock_on"])
    late = int(reporter.days_late > 0)
    cells, others = cells_in_totals(version)
    out = Shift(sent=-1, accepted=-accepted, late=-late, cells=cells, sign=-1)
    shift_totals(reporter, reporter.campaign, out, others)
    kept = {target: clean(text).strip() for target, text in notes.items() if squeeze(text)}
    return SubmissionReturn.objects.create(
        submission=version,
        reason=clean(reason).strip(),
        notes=kept,
        at=at,
        by_name=by.person_name[:200],
        by_title=by.post_title[:200],
    )


@use_case
def accept(*, submission: Submission, by: Actor, at: dt.datetime) -> Submission:
    """Accept a version. Raises SubmissionRefused ``step_not_allowed``, ReportingForbidden."""
    version, reporter = _decided(submission, by)
    _step(version, Step.ACCEPT, reporter)
    version.decided_at, version.decided_by_name = at, by.person_name[:200]
    version.save(update_fields=["state", "decided_at", "decided_by_name"])
    _place(reporter, ReporterState.ACCEPTED)
    record(by=by, at=at, verb="reporting.accept", subject=reporter_subject(reporter),
           changes={"version": (None, version.version)})  # fmt: skip
    shift_totals(reporter, reporter.campaign, Shift(accepted=1))
    tell("accepted", reporter.campaign, [reporter.bearer_id], reporter=reporter, by=by, at=at)
    return version


@use_case
def reopen(
    *, submission: Submission, reason: str, until: dt.date | None = None, by: Actor, at: dt.datetime
) -> SubmissionReturn:
    """Take an accepted version out again so that the unit gives a later one. Raises as ``return_submission``."""
    version, reporter = _decided(submission, by)
    if not squeeze(reason):
        raise SubmissionRefused("reporting.reason_needed", unit=reporter.name)
    if until is not None:
        reporter.lock_on = max(until + dt.timedelta(days=1), reporter.lock_on or until)
    refuse_when_locked(reporter, at)
    _step(version, Step.REOPEN, reporter)
    back = _withdraw(version, reporter, reason, {}, by, at)
    record(by=by, at=at, verb="reporting.reopen", subject=reporter_subject(reporter),
           changes={"version": (version.version, None), "reason": (None, back.reason)})  # fmt: skip
    tell("reopened", reporter.campaign, [reporter.bearer_id], text=back.reason, reporter=reporter, by=by, at=at)
    return back


def _decided(submission: Submission, by: Actor) -> tuple[Submission, ExpectedReporter]:
    reporter = held(submission.reporter)
    require_gathering(reporter.campaign, by, Permission.COLLECT)
    return Submission.objects.select_for_update().get(pk=submission.pk), reporter


def _step(version: Submission | None, step: Step, reporter: ExpectedReporter) -> Submission:
    """Move a version by one step. Raises SubmissionRefused."""
    if version is None:
        code = (
            "already_sent" if reporter.state in (ReporterState.SUBMITTED, ReporterState.ACCEPTED) else "nothing_to_send"
        )
        raise SubmissionRefused(f"reporting.{code}", unit=reporter.name)
    state = after(SubmissionState(version.state), step)
    if state is None:
        raise SubmissionRefused("reporting.step_not_allowed", unit=reporter.name, state=version.state)
    version.state = state
    return version


def _place(reporter: ExpectedReporter, state: ReporterState) -> None:
    reporter.state = state
    reporter.save(update_fields=["state"])
