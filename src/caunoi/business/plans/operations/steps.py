"""The steps of a task: taken on, reported, confirmed or returned, extended, cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caunoi.business.documents.public import reopen_obligation
from caunoi.business.plans.access import PlansForbidden, is_assigner, is_performer, task_by_public_id
from caunoi.business.plans.models import Task, TaskState, TaskUpdate, UpdateKind
from caunoi.business.plans.operations.tasks import TaskRefused, is_active, set_due
from caunoi.business.plans.operations.words import (
    due_words,
    subject_of_task,
    tell_assigner,
    tell_performers,
    tell_supporting,
)
from caunoi.business.plans.rules.lifecycle import may_take
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.files.public import StoredFile, keep
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze

EVIDENCE_LIMIT = 25 * 1024 * 1024
"""Bytes of one file of evidence."""
ALL = 100


class StepRefused(Refused):
    """A step that a task does not allow: ``plans.step_state`` (state), ``plans.reason_missing``, ``plans.progress``,
    ``plans.evidence_too_large`` (limit), ``plans.evidence_empty``, ``plans.not_earlier``."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows what was done."""

    content: bytes
    name: str
    media_type: str


def _held(task: Task, step: str, by: Actor, at: dt.datetime) -> Task:
    """Return the task locked, after asking who the person is to it and whether its state allows the step."""
    seen = task_by_public_id(task.public_id, by, on=clock.day_of(at))
    allowed = is_performer(seen, by) if step in PERFORMERS else is_assigner(seen, by)
    if not allowed:
        raise PlansForbidden("plans.not_yours")
    rows = Task.objects.select_for_update(of=("self",))
    held = rows.select_related("assigning_unit", "lead_unit", "lead_post", "item__plan__document", "obligation").get(
        pk=seen.pk
    )
    if not is_active(held):
        raise TaskRefused("plans.task_not_active")
    if not may_take(step, held.state):
        raise StepRefused("plans.step_state", state=TaskState(held.state).label)
    return held


PERFORMERS = frozenset({"accept", "report_progress", "report_done"})
"""Steps of those who do the task; the others belong to the unit that assigned it."""


def _reason(text: str) -> str:
    words = squeeze(text)[:1000]
    if not words:
        raise StepRefused("plans.reason_missing")
    return words


def _note(
    task: Task, kind: UpdateKind, text: str, by: Actor, at: dt.datetime, evidence: StoredFile | None = None
) -> None:
    TaskUpdate.objects.create(
        task=task, kind=kind, text=squeeze(text), progress=task.progress, evidence=evidence,
        person_name=by.person_name, unit_name=by.unit_name, at=at,
    )  # fmt: skip


def _keep(evidence: Evidence | None, at: dt.datetime) -> StoredFile | None:
    if evidence is None:
        return None
    if not evidence.content:
        raise StepRefused("plans.evidence_empty", name=evidence.name)
    if len(evidence.content) > EVIDENCE_LIMIT:
        raise StepRefused("plans.evidence_too_large", name=evidence.name, limit=EVIDENCE_LIMIT // (1024 * 1024))
    return keep(content=evidence.content, name=evidence.name, media_type=evidence.media_type, at=at)


def _move(task: Task, state: TaskState) -> tuple[str, str]:
    before, task.state = task.state, state
    return before, state.value


@use_case
def accept_task(*, task: Task, by: Actor, at: dt.datetime) -> Task:
    """Take the task on. Raises StepRefused unless it has just been assigned."""
    held = _held(task, "accept", by, at)
    moved = _move(held, TaskState.ACCEPTED)
    held.save()
    _note(held, UpdateKind.ACCEPTED, "", by, at)
    record(by=by, at=at, verb="plans.accept", subject=subject_of_task(held), changes={"state": moved})
    tell_assigner(held, "plans.accepted", "Đã nhận việc", by, at)
    return held


@use_case
def report_progress(
    *, task: Task, progress: int, text: str, evidence: Evidence | None = None, by: Actor, at: dt.datetime
) -> Task:
    """Say how far the work is (0-99 percent) and what was done; reporting on a task also takes it on.

    Raises StepRefused for 100 or more: completion is reported as such.
    """
    held = _held(task, "report_progress", by, at)
    if not 0 <= progress < ALL:
        raise StepRefused("plans.progress")
    before, held.progress = held.progress, progress
    changes: dict[str, tuple[object, object]] = {"progress": (before, progress)}
    if held.state == TaskState.ASSIGNED:
        changes["state"] = _move(held, TaskState.ACCEPTED)
    held.save()
    _note(held, UpdateKind.PROGRESS, text, by, at, _keep(evidence, at))
    record(by=by, at=at, verb="plans.progress", subject=subject_of_task(held), changes=changes)
    return held


@use_case
def report_done(*, task: Task, text: str, evidence: Evidence | None = None, by: Actor, at: dt.datetime) -> Task:
    """Report the task as done, with what came out of it; the assigning unit confirms or returns it."""
    held = _held(task, "report_done", by, at)
    words = _reason(text)
    moved = _move(held, TaskState.REPORTED_DONE)
    held.progress, held.done_on = ALL, clock.day_of(at)
    held.save()
    _note(held, UpdateKind.REPORTED_DONE, words, by, at, _keep(evidence, at))
    record(by=by, at=at, verb="plans.report_done", subject=subject_of_task(held), changes={"state": moved})
    tell_assigner(held, "plans.reported_done", f"Báo hoàn thành: {words}", by, at)
    return held


@use_case
def confirm_task(*, task: Task, text: str = "", by: Actor, at: dt.datetime) -> Task:
    """Confirm that a reported task is done."""
    held = _held(task, "confirm", by, at)
    moved, held.return_reason = _move(held, TaskState.CONFIRMED), ""
    held.save()
    _note(held, UpdateKind.CONFIRMED, text, by, at)
    record(by=by, at=at, verb="plans.confirm", subject=subject_of_task(held), changes={"state": moved})
    tell_performers(held, "plans.confirmed", f"Đã xác nhận hoàn thành. {text}", by, at)
    return held


@use_case
def confirm_tasks(*, tasks: Iterable[Task], by: Actor, at: dt.datetime) -> int:
    """Confirm several reported tasks, all or none; return how many."""
    return len([confirm_task(task=task, by=by, at=at) for task in tasks])


@use_case
def return_task(*, task: Task, reason: str, by: Actor, at: dt.datetime) -> Task:
    """Send a reported task back with the reason; it is under way again and the due day stays."""
    held = _held(task, "return", by, at)
    words = _reason(reason)
    moved, held.return_reason, held.done_on = _move(held, TaskState.ACCEPTED), words, None
    held.save()
    _note(held, UpdateKind.RETURNED, words, by, at)
    changes = {"state": moved, "reason": (None, words)}
    record(by=by, at=at, verb="plans.return_task", subject=subject_of_task(held), changes=changes)
    tell_performers(held, "plans.returned", f"Trả lại: {words}", by, at)
    return held


@use_case
def extend_task(*, task: Task, due_on: dt.date, bound: Bound, reason: str, by: Actor, at: dt.datetime) -> Task:
    """Give more time, with the reason. Raises StepRefused for a day that is not later than the one it had."""
    held = _held(task, "extend", by, at)
    words, before, had = _reason(reason), due_words(held), held.last_day
    held.due_printed = ""
    set_due(held, due_on, bound, clock.day_of(at))
    if had is not None and held.last_day is not None and held.last_day <= had:
        raise StepRefused("plans.not_earlier", due=before)
    held.save()
    note = f"Thời hạn mới: {due_words(held)}. {words}"
    _note(held, UpdateKind.EXTENDED, note, by, at)
    changes = {"due": (before, due_words(held)), "reason": (None, words)}
    record(by=by, at=at, verb="plans.extend", subject=subject_of_task(held), changes=changes)
    tell_performers(held, "plans.extended", note, by, at)
    return held


@use_case
def cancel_task(*, task: Task, reason: str, by: Actor, at: dt.datetime) -> Task:
    """Call a task off, with the reason. A duty of a document that it settled is open again."""
    held = _held(task, "cancel", by, at)
    words = _reason(reason)
    moved = _move(held, TaskState.CANCELLED)
    held.save()
    _note(held, UpdateKind.CANCELLED, words, by, at)
    if held.obligation is not None:
        reopen_obligation(obligation=held.obligation, by=by, at=at)
    changes = {"state": moved, "reason": (None, words)}
    record(by=by, at=at, verb="plans.cancel", subject=subject_of_task(held), changes=changes)
    tell_performers(held, "plans.cancelled", f"Hủy nhiệm vụ: {words}", by, at)
    tell_supporting(held, f"Hủy nhiệm vụ: {words}", by, at)
    return held
