"""A unit's report: draft, internal approval, sending, return with reason, acceptance, reopening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from caunoi.business.reporting.access import Permission, has_head, is_own, require_gathering, require_own
from caunoi.business.reporting.models import ExpectedReporter, Submission, SubmissionReturn
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.totals import Shift, shift_totals
from caunoi.business.reporting.queries import cells_before, content_of, form_of
from caunoi.business.reporting.rules.cells import pack
from caunoi.business.reporting.rules.checks import blocking, check
from caunoi.business.reporting.rules.form import Form, with_totals
from caunoi.business.reporting.rules.states import (
    OPEN_VERSIONS,
    CampaignState,
    ReporterState,
    Step,
    SubmissionState,
    after,
)
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.people.public import Role
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure
from caunoi.kernel.text import nfc


@use_case
def save_draft(
    *,
    reporter: ExpectedReporter,
    cells: Mapping[str, Measure] | None = None,
    narrative: Mapping[str, str] | None = None,
    explanations: Mapping[str, str] | None = None,
    by: Actor,
    at: dt.datetime,
) -> Submission:
    """Keep what a unit has typed; only the cells, sections and explanations given are touched.

    The first save begins a version: empty, or with the content of the one that was returned. A report that waits for
    the head can be changed by the head alone. Raises SubmissionRefused, ReportingForbidden.
    """
    locked = _locked(reporter)
    require_own(locked, by, Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)
    _refuse_when_locked(locked, at)
    form = form_of(locked.campaign.regime)
    version = _open_version(locked) or _begin(locked, by, at)
    if version.state == SubmissionState.IN_APPROVAL and not is_own(locked, by, Permission.APPROVE):
        raise SubmissionRefused("reporting.waits_for_approval", unit=locked.name)
    _merge(version, form, cells or {}, narrative or {})
    version.explanations = {**version.explanations, **{k: nfc(v) for k, v in (explanations or {}).items()}}
    version.revision += 1
    version.saved_at, version.saved_by_name = at, by.person_name[:200]
    version.save(update_fields=["cells", "narrative", "explanations", "revision", "saved_at", "saved_by_name"])
    return version


def _locked(reporter: ExpectedReporter) -> ExpectedReporter:
    rows = ExpectedReporter.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__regime", "campaign__owner").get(pk=reporter.pk)


def _refuse_when_locked(reporter: ExpectedReporter, at: dt.datetime) -> None:
    if reporter.state == ReporterState.EXEMPT:
        raise SubmissionRefused("reporting.unit_exempt", unit=reporter.name)
    if reporter.campaign.state == CampaignState.PREPARING:
        raise SubmissionRefused("reporting.campaign_not_open", name=reporter.campaign.name)
    if reporter.lock_on is not None and clock.day_of(at) >= reporter.lock_on:
        raise SubmissionRefused("reporting.locked", name=reporter.campaign.name, day=f"{reporter.lock_on:%d/%m/%Y}")


def _open_version(reporter: ExpectedReporter) -> Submission | None:
    return Submission.objects.filter(reporter=reporter, state__in=OPEN_VERSIONS).first()


def _begin(reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> Submission:
    if reporter.state not in (ReporterState.NOT_STARTED, ReporterState.RETURNED):
        raise SubmissionRefused("reporting.already_sent", unit=reporter.name)
    before = Submission.objects.filter(reporter=reporter).order_by("-version").first()
    content = content_of(before)
    typed = form_of(reporter.campaign.regime).typed_cells()
    version = Submission.objects.create(
        reporter=reporter,
        version=(before.version if before else 0) + 1,
        state=SubmissionState.DRAFT,
        cells={key: value for key, value in content.cells.items() if key in typed},
        narrative=dict(content.narrative),
        explanations=dict(content.explanations),
        saved_at=at,
        saved_by_name=by.person_name[:200],
    )
    reporter.versions = version.version
    if reporter.state == ReporterState.NOT_STARTED:
        reporter.state = ReporterState.DRAFT
    reporter.save(update_fields=["versions", "state"])
    record(by=by, at=at, verb="reporting.start_version", subject=reporter_subject(reporter),
           changes={"version": (None, version.version)})  # fmt: skip
    return version


def _merge(version: Submission, form: Form, cells: Mapping[str, Measure], narrative: Mapping[str, str]) -> None:
    typed = form.typed_cells()
    if unknown := [key for key in cells if key not in typed]:
        raise SubmissionRefused("reporting.cell_unknown", cell=unknown[0])
    if strange := [code for code in narrative if form.section(code) is None]:
        raise SubmissionRefused("reporting.section_unknown", section=strange[0])
    for key, measure in cells.items():
        packed = pack(measure)
        if packed is None:
            version.cells.pop(key, None)
        else:
            version.cells[key] = packed
    for code, text in narrative.items():
        version.narrative[code] = nfc(text).replace("\r\n", "\n").strip()


@use_case
def present(*, reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> Submission:
    """Hand a draft to the head of the unit. Raises SubmissionRefused, ReportingForbidden."""
    locked = _locked(reporter)
    require_own(locked, by, Permission.PREPARE)
    _refuse_when_locked(locked, at)
    if not has_head(locked, on=clock.day_of(at)):
        raise SubmissionRefused("reporting.no_head", unit=locked.name)
    version = _step(_open_version(locked), Step.PRESENT, locked)
    version.presented_at, version.presented_by_name = at, by.person_name[:200]
    version.save(update_fields=["state", "presented_at", "presented_by_name"])
    _place(locked, ReporterState.IN_APPROVAL)
    record(by=by, at=at, verb="reporting.present", subject=reporter_subject(locked))
    tell("presented", locked.campaign, [locked.unit_id], reporter=locked, roles=(Role.LEADER,), by=by, at=at)
    return version


@use_case
def take_back(*, reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> Submission:
    """Give a presented draft back to the officer. Raises SubmissionRefused, ReportingForbidden."""
    locked = _locked(reporter)
    require_own(locked, by, Permission.PREPARE, Permission.APPROVE)
    version = _step(_open_version(locked), Step.TAKE_BACK, locked)
    version.save(update_fields=["state"])
    _place(locked, ReporterState.RETURNED if locked.returns else ReporterState.DRAFT)
    record(by=by, at=at, verb="reporting.take_back", subject=reporter_subject(locked))
    return version


@use_case
def submit(*, reporter: ExpectedReporter, key: str, by: Actor, at: dt.datetime) -> Submission:
    """Send the open version. The same ``key`` again returns what was sent the first time and changes nothing.

    Raises SubmissionRefused ``findings_block`` (findings) while errors or unexplained queries stand, ``needs_approval``
    where only the head may send, ``already_sent``, ``locked``; ReportingForbidden.
    """
    locked = _locked(reporter)
    require_own(locked, by, Permission.SUBMIT, Permission.APPROVE)
    sent = Submission.objects.filter(reporter=locked, send_key=key).first()
    if sent is not None:
        return sent
    _refuse_when_locked(locked, at)
    _refuse_without_approval(locked, by, at)
    version = _step(_open_version(locked), Step.SUBMIT, locked)
    form = form_of(locked.campaign.regime)
    findings = check(form, content_of(version), cells_before(locked))
    if blocked := blocking(findings, version.explanations):
        raise SubmissionRefused("reporting.findings_block", findings=tuple(blocked), count=len(blocked))
    _seal(version, form, locked, key, by, at)
    return version


def _refuse_without_approval(reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> None:
    asked = reporter.campaign.regime.needs_approval and not is_own(reporter, by, Permission.APPROVE)
    if asked and has_head(reporter, on=clock.day_of(at)):
        raise SubmissionRefused("reporting.needs_approval", unit=reporter.name)


def _seal(version: Submission, form: Form, reporter: ExpectedReporter, key: str, by: Actor, at: dt.datetime) -> None:
    late = max(0, (clock.day_of(at) - reporter.last_day_on).days)
    version.cells = with_totals(form, version.cells)
    version.counts, version.send_key, version.sent_at, version.days_late = True, key[:64], at, late
    version.sent_by_name, version.sent_by_title = by.person_name[:200], by.post_title[:200]
    version.save()
    if reporter.first_sent_at is None:
        reporter.first_sent_at, reporter.days_late = at, late
    reporter.state = ReporterState.SUBMITTED
    reporter.save(update_fields=["first_sent_at", "days_late", "state"])
    record(by=by, at=at, verb="reporting.submit", subject=reporter_subject(reporter),
           changes={"version": (None, version.version), "days_late": (None, late)})  # fmt: skip
    counted = Shift(sent=1, late=int(reporter.days_late > 0), cells=version.cells, sign=1)
    shift_totals(reporter, reporter.campaign, counted)


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
    """Send a version back with a reason, and notes on sections ("section:CODE") and cells ("cell:KEY").

    ``until`` is the last day for the correction where the campaign is already locked. Raises SubmissionRefused
    ``reason_needed``, ``step_not_allowed``, ``locked``; ReportingForbidden.
    """
    version, reporter = _decided(submission, by)
    if not reason.strip():
        raise SubmissionRefused("reporting.reason_needed", unit=reporter.name)
    if until is not None:
        reporter.lock_on = max(until + dt.timedelta(days=1), reporter.lock_on or until)
    _refuse_when_locked(reporter, at)
    _step(version, Step.RETURN, reporter)
    back = _withdraw(version, reporter, reason, notes or {}, by, at)
    record(by=by, at=at, verb="reporting.return", subject=reporter_subject(reporter),
           changes={"version": (version.version, None), "reason": (None, back.reason)})  # fmt: skip
    tell("returned", reporter.campaign, [reporter.unit_id], text=back.reason, reporter=reporter, by=by, at=at)
    return back


def _withdraw(
    version: Submission, reporter: ExpectedReporter, reason: str, notes: Mapping[str, str], by: Actor, at: dt.datetime
) -> SubmissionReturn:
    accepted = int(reporter.state == ReporterState.ACCEPTED)
    version.counts, version.decided_at, version.decided_by_name = False, at, by.person_name[:200]
    version.save(update_fields=["state", "counts", "decided_at", "decided_by_name"])
    reporter.state, reporter.returns = ReporterState.RETURNED, reporter.returns + 1
    reporter.save(update_fields=["state", "returns", "lock_on"])
    out = Shift(sent=-1, accepted=-accepted, late=-int(reporter.days_late > 0), cells=version.cells, sign=-1)
    shift_totals(reporter, reporter.campaign, out)
    kept = {target: nfc(text).strip() for target, text in notes.items() if text.strip()}
    return SubmissionReturn.objects.create(
        submission=version,
        reason=nfc(reason).strip(),
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
    tell("accepted", reporter.campaign, [reporter.unit_id], reporter=reporter, by=by, at=at)
    return version


@use_case
def reopen(
    *, submission: Submission, reason: str, until: dt.date | None = None, by: Actor, at: dt.datetime
) -> SubmissionReturn:
    """Take an accepted version out again so that the unit gives a later one. Raises as ``return_submission``."""
    version, reporter = _decided(submission, by)
    if not reason.strip():
        raise SubmissionRefused("reporting.reason_needed", unit=reporter.name)
    if until is not None:
        reporter.lock_on = max(until + dt.timedelta(days=1), reporter.lock_on or until)
    _refuse_when_locked(reporter, at)
    _step(version, Step.REOPEN, reporter)
    back = _withdraw(version, reporter, reason, {}, by, at)
    record(by=by, at=at, verb="reporting.reopen", subject=reporter_subject(reporter),
           changes={"version": (version.version, None), "reason": (None, back.reason)})  # fmt: skip
    tell("reopened", reporter.campaign, [reporter.unit_id], text=back.reason, reporter=reporter, by=by, at=at)
    return back


def _decided(submission: Submission, by: Actor) -> tuple[Submission, ExpectedReporter]:
    reporter = _locked(submission.reporter)
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
