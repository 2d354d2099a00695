"""Bringing tasks to mind: each reminder once, however often the work is looked through."""

from __future__ import annotations

import datetime as dt

from caunoi.business.plans.access import ACTIVE, OPEN_STATES, by_day
from caunoi.business.plans.models import Task
from caunoi.business.plans.operations.words import due_words, subject_of_task, tell_assigner, tell_performers
from caunoi.business.plans.rules.reminders import SOON, Rung, rung
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.notifications.public import take_rung
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


@use_case
def remind_of_tasks(*, by: Actor, at: dt.datetime) -> int:
    """Tell the lead units of tasks due soon or late, the assigning units of late ones; return of how many tasks."""
    today = clock.day_of(at)
    near = Task.objects.filter(ACTIVE, state__in=OPEN_STATES, last_day__lte=today + dt.timedelta(days=SOON))
    told = 0
    for task in by_day(near.select_related("lead_unit", "lead_post", "assigning_unit")):
        step = rung(task.last_day, today) if task.last_day else None
        if step and take_rung(key=f"task:{task.public_id}", unit_ids=[task.lead_unit_id], rung=_key(task, step), at=at):
            _tell(task, step, by, at)
            told += 1
    return told


def _key(task: Task, step: Rung) -> str:
    """A new day, after an extension, begins the ladder anew."""
    return f"{step}:{task.last_day:%Y-%m-%d}"


def _tell(task: Task, step: Rung, by: Actor, at: dt.datetime) -> None:
    late = step in ("late", "long_late")
    words = f"{'Quá hạn' if late else 'Sắp đến hạn'}: {due_words(task)}"
    tell_performers(task, f"plans.{step}", words, by, at)
    if late and task.assigning_unit_id != task.lead_unit_id:
        tell_assigner(task, f"plans.{step}", words, by, at)
    record(by=by, at=at, verb="plans.remind", subject=subject_of_task(task), changes={"rung": (None, step)})
