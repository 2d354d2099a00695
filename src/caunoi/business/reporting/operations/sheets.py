"""Entering many reports from one file: kept, looked through in a job, entered in one transaction once it is clean."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from caunoi.business.reporting.access import Permission, require_gathering
from caunoi.business.reporting.models import (
    Campaign,
    ExpectedReporter,
    SheetRow,
    SheetState,
    Snapshot,
    Submission,
    UnitSheet,
)
from caunoi.business.reporting.operations.campaigns import reporter_subject, subject_of
from caunoi.business.reporting.operations.flow import CLOCK_TOLERANCE
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.sheet_plan import CHUNK, Entry, Plan, plan_of, require_ready
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.totals import shift_many
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.registers import answered_cells
from caunoi.business.reporting.rules.form import with_totals
from caunoi.business.reporting.rules.states import ReporterState, SubmissionState
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.files.public import content_of, keep
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.spreadsheets.public import XLSX, Finding, SpreadsheetRefused, annotate, read
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import clean, squeeze

CHECK: Final = "reporting.check_sheet"
ENTER: Final = "reporting.enter_sheet"
SHOWN: Final = 500
"""Findings kept for the page; the file handed back has all of them."""


@use_case
def receive_sheet(
    *, campaign: Campaign, content: bytes, name: str, ground: str, by: Actor, at: dt.datetime
) -> UnitSheet:
    """Keep a file with a row for each unit and have it looked through; nothing is entered yet.

    Raises SubmissionRefused ``sheet_ground_needed``, ``sheet_needs_copies``, ``campaign_not_open``; ReportingForbidden.
    """
    require_gathering(campaign, by, Permission.COLLECT)
    require_ready(campaign)
    if not squeeze(ground):
        raise SubmissionRefused("reporting.sheet_ground_needed")
    stored = keep(content=content, name=clean(name)[:200], media_type=XLSX, at=at)
    sheet = UnitSheet.objects.create(
        campaign=campaign, file=stored, ground=clean(ground).strip()[:300],
        account_id=by.account_id, person_id=by.person_id, post_id=by.post_id, begun_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="reporting.receive_sheet", subject=subject_of(campaign),
           changes={"file": (None, stored.sha256), "ground": (None, sheet.ground)})  # fmt: skip
    enqueue(CHECK, at=at, key=f"sheet:{sheet.pk}:check", sheet=sheet.pk)
    return sheet


@use_case
def check_sheet(*, sheet: UnitSheet, by: Actor, at: dt.datetime) -> UnitSheet:
    """Look through a received file and keep what it would enter and what is wrong; changes no report."""
    require_gathering(sheet.campaign, by, Permission.COLLECT)
    try:
        plan = plan_again(sheet, at=at)
    except (SpreadsheetRefused, SubmissionRefused) as refused:
        return refuse_sheet(sheet=sheet, refused=refused, by=by, at=at)
    _note(sheet, plan)
    record(by=by, at=at, verb="reporting.check_sheet", subject=subject_of(sheet.campaign),
           changes={"units": (None, sheet.units), "faults": (None, sheet.faults)})  # fmt: skip
    return sheet


@use_case
def refuse_sheet(*, sheet: UnitSheet, refused: Refused, by: Actor, at: dt.datetime) -> UnitSheet:
    """Keep why a file cannot be read, or why nothing of it was entered."""
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    sheet.state, sheet.reason = SheetState.REFUSED, {"code": refused.code, "facts": facts}
    sheet.save(update_fields=["state", "reason"])
    record(by=by, at=at, verb="reporting.refuse_sheet", subject=subject_of(sheet.campaign),
           changes={"reason": (None, refused.code)})  # fmt: skip
    return sheet


def plan_again(sheet: UnitSheet, *, at: dt.datetime, is_held: bool = False) -> Plan:
    """Read the kept file and say what it would enter now. Raises SpreadsheetRefused, SubmissionRefused."""
    return plan_of(read(content_of(sheet.file), sheet.file.name), sheet.campaign, at=at, is_held=is_held)


def _note(sheet: UnitSheet, plan: Plan) -> None:
    sheet.state = SheetState.WRONG if plan.findings else SheetState.READY
    sheet.units, sheet.unchanged, sheet.faults = len(plan.entries), plan.unchanged, len(plan.findings)
    sheet.findings = [
        [each.code, each.sheet, each.row, each.column, each.label, each.value, dict(each.facts)]
        for each in plan.findings[:SHOWN]
    ]
    SheetRow.objects.filter(sheet=sheet).delete()
    for told in plan.rows:
        told.sheet = sheet
    SheetRow.objects.bulk_create(plan.rows, batch_size=500)
    sheet.save(update_fields=["state", "units", "unchanged", "faults", "findings"])


def findings_of(sheet: UnitSheet) -> list[Finding]:
    """Return the kept findings of a file."""
    return [Finding(*kept) for kept in sheet.findings]


def marked_sheet(sheet: UnitSheet, *, at: dt.datetime) -> bytes:
    """Return the kept file with what is wrong written into it. Raises SpreadsheetRefused, SubmissionRefused."""
    return annotate(content_of(sheet.file), sheet.file.name, plan_again(sheet, at=at).findings)


@use_case
def confirm_sheet(*, sheet: UnitSheet, by: Actor, at: dt.datetime) -> UnitSheet:
    """Have a clean file entered and sent. Raises SubmissionRefused ``sheet_not_ready``, ReportingForbidden."""
    require_gathering(sheet.campaign, by, Permission.COLLECT)
    rows = UnitSheet.objects.filter(pk=sheet.pk, state=SheetState.READY, units__gt=0)
    if not rows.update(state=SheetState.ENTERING):
        raise SubmissionRefused("reporting.sheet_not_ready")
    sheet.state = SheetState.ENTERING
    record(by=by, at=at, verb="reporting.confirm_sheet", subject=subject_of(sheet.campaign),
           changes={"units": (None, sheet.units)})  # fmt: skip
    enqueue(ENTER, at=at, key=f"sheet:{sheet.pk}:enter", sheet=sheet.pk)
    return sheet


@use_case
def enter_sheet(*, sheet: UnitSheet, by: Actor, at: dt.datetime) -> UnitSheet:
    """Enter and send every report of a file in one transaction, or none: what has changed since is looked at again.

    Raises SubmissionRefused, ReportingForbidden.
    """
    if sheet.state != SheetState.ENTERING:
        return sheet
    require_gathering(sheet.campaign, by, Permission.COLLECT)
    require_ready(sheet.campaign)
    plan = plan_again(sheet, at=at, is_held=True)
    if plan.findings:
        _note(sheet, plan)
    else:
        _send(sheet, plan.entries, by, at)
        sheet.state, sheet.finished_at = SheetState.DONE, at
        sheet.units, sheet.unchanged = len(plan.entries), plan.unchanged
        sheet.save(update_fields=["state", "finished_at", "units", "unchanged"])
    record(by=by, at=at, verb="reporting.enter_sheet", subject=subject_of(sheet.campaign),
           changes={"units": (None, sheet.units), "faults": (None, len(plan.findings))})  # fmt: skip
    return sheet


def _send(sheet: UnitSheet, entries: list[Entry], by: Actor, at: dt.datetime) -> None:
    campaign, on = sheet.campaign, clock.day_of(at)
    form = form_of(campaign.regime)
    _refuse_clock(campaign, [entry.reporter.pk for entry in entries], at)
    made = []
    for entry in entries:
        reporter, late = entry.reporter, max(0, (on - entry.reporter.last_day_on).days)
        reporter.versions += 1
        if reporter.first_sent_at is None:
            reporter.first_sent_at, reporter.days_late = at, late
        made.append(Submission(
            reporter_id=reporter.pk, version=reporter.versions, state=SubmissionState.SUBMITTED, counts=True,
            cells=with_totals(form, entry.content.cells), narrative=dict(entry.content.narrative),
            explanations=dict(entry.content.explanations), revision=1, saved_at=at, sent_at=at, days_late=late,
            saved_by_name=by.person_name[:200], sent_by_name=by.person_name[:200],
            sent_by_title=by.post_title[:200], send_key=str(sheet.public_id), behalf_ground=sheet.ground,
        ))  # fmt: skip
        record(by=by, at=at, verb="reporting.submit", subject=reporter_subject(reporter),
               changes={"version": (None, reporter.versions), "days_late": (None, late),
                        "behalf_ground": (None, sheet.ground)})  # fmt: skip
    Submission.objects.bulk_create(made, batch_size=500)
    reporters = [entry.reporter for entry in entries]
    _place(reporters, sheet.ground, at)
    shift_many(campaign, [(one, version.cells) for one, version in zip(reporters, made, strict=True)])
    if answered_cells(form):
        for start in range(0, len(reporters), CHUNK):
            ids = [one.pk for one in reporters[start : start + CHUNK]]
            Snapshot.objects.filter(reporter__in=ids, frozen_at__isnull=True).update(frozen_at=at)
    tell("on_behalf", campaign, [one.bearer_id for one in reporters], text=sheet.ground, by=by, at=at)


def _refuse_clock(campaign: Campaign, ids: list[int], at: dt.datetime) -> None:
    """Raise SubmissionRefused when the clock stands before the opening, or before what one of the reports has seen."""
    later = at + CLOCK_TOLERANCE
    seen = campaign.opened_at > later or any(
        Submission.objects.filter(reporter__in=ids[start : start + CHUNK], decided_at__gt=later).exists()
        for start in range(0, len(ids), CHUNK)
    )
    if seen:
        raise SubmissionRefused("reporting.clock_wrong", now=f"{clock.day_of(at):%d/%m/%Y}", unit=campaign.name)


def _place(reporters: list[ExpectedReporter], ground: str, at: dt.datetime) -> None:
    """Move the units to what was sent; those that are late are told by their days, a few groups of rows."""
    by_days: dict[int, list[int]] = {}
    for reporter in reporters:
        by_days.setdefault(reporter.days_late, []).append(reporter.pk)
    for days, ids in sorted(by_days.items()):
        for start in range(0, len(ids), CHUNK):
            ExpectedReporter.objects.filter(pk__in=ids[start : start + CHUNK]).update(
                state=ReporterState.SUBMITTED, versions=F("versions") + 1, behalf_ground=ground, days_late=days,
                first_sent_at=Coalesce(F("first_sent_at"), Value(at)),
            )  # fmt: skip
