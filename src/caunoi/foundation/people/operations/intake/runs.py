"""Taking a workbook in: kept, looked through in a job, entered in one transaction once it is clean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.files.public import content_of, keep
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.organisations.public import Unit, UnitKind
from caunoi.foundation.people.access import Permission, actor_of, require
from caunoi.foundation.people.models import ExportRun, ImportRun, ImportState, Person
from caunoi.foundation.people.operations.exporting import rows_of_branch
from caunoi.foundation.people.operations.intake.entering import enter_rows
from caunoi.foundation.people.operations.intake.known import look_up
from caunoi.foundation.people.operations.intake.planning import Plan, plan_of
from caunoi.foundation.people.operations.intake.sheet import template_for
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.spreadsheets.public import XLSX, Finding, SpreadsheetRefused, annotate, read
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, system
from caunoi.kernel.errors import Refused

CHECK_JOB = "people.check_import"
ENTER_JOB = "people.enter_import"
SHOWN = 5000
"""Rows and findings kept for the page; the annotated file has all of them."""


def subject_of(run: ImportRun) -> Subject:
    """Return how the audit names an import."""
    return Subject("import", str(run.public_id), run.file.name, run.unit_id)


@use_case
def receive_import(*, content: bytes, name: str, unit: Unit, by: Actor, at: dt.datetime) -> ImportRun:
    """Keep a workbook for the branch of ``unit`` and have it looked through; nothing else changes."""
    require(by, Permission.ADMINISTER, unit, on=clock.day_of(at))
    stored = keep(content=content, name=name, media_type=XLSX, at=at)
    run = ImportRun.objects.create(
        unit=unit, file=stored, account_id=by.account_id, person_id=by.person_id, post_id=by.post_id, begun_at=at
    )
    enqueue(CHECK_JOB, at=at, key=f"import:{run.pk}:check", run=run.pk)
    record(by=by, at=at, verb="people.receive_import", subject=subject_of(run))
    return run


def plan_again(run: ImportRun, *, on: dt.date) -> Plan:
    """Read the kept file and say what it would do now. Raises SpreadsheetRefused."""
    book = read(content_of(run.file), run.file.name)
    return plan_of(book, root=run.unit, kinds=_kinds(), by=sender(run, on=on), on=on)


def sender(run: ImportRun | ExportRun, *, on: dt.date) -> Actor:
    """Return who sent the file in or asked for one, in the post they acted for, with the rights they have on a day."""
    if run.person is None:
        return system()
    return actor_of(account_id=run.account_id, person=run.person, post=run.post, on=on)


def _kinds() -> Mapping[str, UnitKind]:
    return {kind.code: kind for kind in UnitKind.objects.filter(until_on__isnull=True).order_by("position", "code")}


@use_case
def check_import(*, run: ImportRun, by: Actor, at: dt.datetime) -> ImportRun:
    """Look through a received file and keep what it would do and what is wrong. Changes nothing else."""
    try:
        plan = plan_again(run, on=clock.day_of(at))
    except SpreadsheetRefused as refused:
        return refuse_import(run=run, refused=refused, by=by, at=at)
    _note(run, plan)
    return run


@use_case
def refuse_import(*, run: ImportRun, refused: Refused, by: Actor, at: dt.datetime) -> ImportRun:
    """Keep why a file cannot be read, or why nothing of it was entered."""
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    run.state, run.reason = ImportState.REFUSED, {"code": refused.code, "facts": facts}
    run.save(update_fields=["state", "reason"])
    return run


def _note(run: ImportRun, plan: Plan) -> None:
    run.state = ImportState.READY if plan.is_clean else ImportState.WRONG
    run.counts = counts_of(plan)
    run.findings = [finding_to_json(finding) for finding in plan.findings[:SHOWN]]
    run.outcome = [
        [row.row.number, row.code, row.row.text("name"), row.outcome, [str(step) for step in row.steps]]
        for row in plan.rows
        if row.steps
    ][:SHOWN]
    run.total = len(plan.rows)
    run.save(update_fields=["state", "counts", "findings", "outcome", "total"])


def counts_of(plan: Plan) -> dict[str, int]:
    """Return how many rows are new, changed, unchanged and wrong, and how many people can be invited."""
    wrong = {finding.row for finding in plan.findings if not finding.is_warning}
    good = [row.outcome for row in plan.rows if row.row.number not in wrong]
    emails = {row.row.text(key) for row in plan.rows for key in ("head_email", "clerk_email")} - {""}
    return {
        **{outcome: good.count(outcome) for outcome in ("new", "changed", "unchanged")},
        "wrong": plan.wrong_rows,
        "faults": sum(not finding.is_warning for finding in plan.findings),
        "invitable": len(emails),
    }


def finding_to_json(finding: Finding) -> list[object]:
    """Return a finding as it is kept."""
    return [
        finding.code, finding.sheet, finding.row, finding.column, finding.label, finding.value, dict(finding.facts),
        finding.is_warning,
    ]  # fmt: skip


def findings_of(run: ImportRun) -> list[Finding]:
    """Return the kept findings of an import."""
    return [Finding(*kept) for kept in run.findings]


@use_case
def confirm_import(*, run: ImportRun, by: Actor, at: dt.datetime) -> ImportRun:
    """Have a clean file entered. Raises PeopleRefused when it has faults or was entered already."""
    require(by, Permission.ADMINISTER, run.unit_id, on=clock.day_of(at))
    if not ImportRun.objects.filter(pk=run.pk, state=ImportState.READY).update(state=ImportState.ENTERING):
        raise PeopleRefused("people.import_not_ready")
    run.state = ImportState.ENTERING
    enqueue(ENTER_JOB, at=at, key=f"import:{run.pk}:enter", run=run.pk)
    return run


@use_case
def enter_import(*, run: ImportRun, by: Actor, at: dt.datetime) -> ImportRun:
    """Enter everything in one transaction, or nothing: what has changed since the dry run is looked at again."""
    if run.state != ImportState.ENTERING:
        return run
    plan = plan_again(run, on=clock.day_of(at))
    if not plan.is_clean:
        _note(run, plan)
        return run
    run.people = enter_rows(plan, kinds=_kinds(), by=by, at=at)
    run.state, run.finished_at, run.counts = ImportState.DONE, at, counts_of(plan)
    run.save(update_fields=["state", "finished_at", "counts", "people"])
    changes: dict[str, tuple[object, object]] = {
        name: (None, run.counts[name]) for name in ("new", "changed", "unchanged")
    }
    record(by=by, at=at, verb="people.import", subject=subject_of(run), changes=changes)
    return run


def annotated(run: ImportRun, *, on: dt.date) -> bytes:
    """Return the kept file with what is wrong written into it. Raises SpreadsheetRefused."""
    plan = plan_again(run, on=on)
    return annotate(content_of(run.file), run.file.name, plan.findings)


def branch_template(unit: Unit, *, filled: bool, on: dt.date) -> bytes:
    """Return the workbook to fill in; ``filled`` with what the branch has already, ready to be corrected."""
    kinds = list(_kinds().values())
    rows = rows_of_branch(look_up(unit, codes=(), emails=(), on=on)) if filled else []
    return template_for(unit, kinds, rows)


def people_to_invite(run: ImportRun) -> list[tuple[Person, str]]:
    """Return the people whom an import brought or touched and who have an e-mail address."""
    people = Person.objects.filter(pk__in=run.people).exclude(email="").order_by("sort_key", "id")
    return [(person, person.email) for person in people]
