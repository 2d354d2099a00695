"""Assigning tasks: from an item of a plan, from a duty in a document, or by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caunoi.business.documents.public import DocumentState, Obligation, mark_handed_on
from caunoi.business.plans.access import Permission, PlansForbidden, item_by_public_id, require, task_by_public_id
from caunoi.business.plans.models import Cascade, ContentArea, Plan, PlanItem, Task
from caunoi.business.plans.operations.plans import PlanRefused, is_editable, state_words
from caunoi.business.plans.operations.words import (
    due_words,
    index_task,
    item_of_task,
    subject_of_plan,
    subject_of_task,
    tell_performers,
    tell_supporting,
)
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Bound, DueRule
from caunoi.foundation.organisations.public import Unit, subtree
from caunoi.foundation.people.public import Post
from caunoi.foundation.search.public import Item, remove
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold, squeeze


class TaskRefused(Refused):
    """What a task does not allow: ``plans.task_title``, ``plans.item_dropped``, ``plans.lead_not_below`` (unit),
    ``plans.post_not_of_unit``, ``plans.due_past`` (day), ``plans.task_active``, ``plans.task_not_active``."""


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What somebody is asked to do. ``due`` is the printed day, a rule whose next turn is taken, or open."""

    title: str
    lead_unit: Unit
    lead_post: Post | None = None
    supporting_units: Iterable[Unit] = ()
    product: str = ""
    due: dt.date | DueRule | None = None
    bound: Bound = Bound.NO_LATER_THAN
    """How ``due`` binds when it is a day; a rule brings its own."""
    due_printed: str = ""
    areas: Iterable[ContentArea] = field(default=())


@use_case
def create_task(
    *, draft: TaskDraft, item: PlanItem | None = None, obligation: Obligation | None = None, unit: Unit | None = None,
    by: Actor, at: dt.datetime,
) -> Task:  # fmt: skip
    """Assign a task. Of an item of a plan it becomes active when the plan is issued, otherwise at once.

    The assigning unit is that of the plan, of the document of the duty, or ``unit``. A duty is marked as handed on in
    the same transaction. Raises PlansForbidden, TaskRefused, PlanRefused, or what ``documents`` says of the duty.
    """
    assigner = _assigner(item, obligation, unit, by, at)
    _check(draft, assigner, at)
    task = Task(assigning_unit=assigner, item=item, obligation=obligation, created_at=at)
    _take(task, draft, at)
    task.save()
    _links(task, draft, item)
    index_task(task, at)
    if obligation is not None:
        mark_handed_on(obligation=obligation, kind="task", target_id=task.public_id, label=task.title, by=by, at=at)
    if is_active(task):
        announce_task(task, by, at)
    changes = {"lead": (None, task.lead_unit.name), "due": (None, due_words(task))}
    record(by=by, at=at, verb="plans.assign", subject=subject_of_task(task), changes=changes)
    return task


@use_case
def create_tasks(
    *, drafts: Iterable[TaskDraft], item: PlanItem | None = None, unit: Unit | None = None, by: Actor, at: dt.datetime
) -> list[Task]:
    """Assign the same or several pieces of work to several leads, all or none; as ``create_task`` for each."""
    return [create_task(draft=draft, item=item, unit=unit, by=by, at=at) for draft in drafts]


def _assigner(
    item: PlanItem | None, obligation: Obligation | None, unit: Unit | None, by: Actor, at: dt.datetime
) -> Unit:
    """Return the unit in whose name the task is given, after asking whether the person may give it."""
    if item is not None:
        held = item_by_public_id(item.public_id, by, on=clock.day_of(at))
        require(by, Permission.ASSIGN, held.plan.unit_id)
        _check_item(held)
        return held.plan.unit
    if obligation is not None:
        unit = obligation.document.unit
    if unit is None:
        raise PlansForbidden("plans.not_permitted")
    require(by, Permission.ASSIGN, unit.pk)
    return unit


def _check_item(item: PlanItem) -> None:
    plan = item.plan
    issued = plan.document is not None and plan.document.state == DocumentState.ISSUED
    if not issued and not is_editable(plan):
        raise PlanRefused("plans.plan_closed", state=state_words(plan))
    if item.cascade == Cascade.DROP:
        raise TaskRefused("plans.item_dropped")


def _check(draft: TaskDraft, assigner: Unit, at: dt.datetime) -> None:
    on = clock.day_of(at)
    if not squeeze(draft.title):
        raise TaskRefused("plans.task_title")
    below = subtree(assigner, on=on).filter(pk=draft.lead_unit.pk)
    if draft.lead_unit.pk != assigner.pk and not below.exists():
        raise TaskRefused("plans.lead_not_below", unit=draft.lead_unit.name)
    if draft.lead_post is not None and draft.lead_post.unit_id != draft.lead_unit.pk:
        raise TaskRefused("plans.post_not_of_unit", post=draft.lead_post.title, unit=draft.lead_unit.name)


def _take(task: Task, draft: TaskDraft, at: dt.datetime) -> None:
    task.title, task.product = squeeze(draft.title)[:500], squeeze(draft.product)[:500]
    task.lead_unit, task.lead_post = draft.lead_unit, draft.lead_post
    task.folded = fold(f"{task.title} {task.product} {draft.lead_unit.name}")[:800]
    task.due_printed = squeeze(draft.due_printed)[:300]
    set_due(task, draft.due, draft.bound, clock.day_of(at))


def set_due(task: Task, due: dt.date | DueRule | None, bound: Bound, today: dt.date) -> None:
    """Put the day, the last day in time and the words of a deadline into a task. Raises TaskRefused for a past one."""
    if isinstance(due, DueRule):
        turn = due.next_after(today)
        if turn is None and not due.is_open:
            raise TaskRefused("plans.due_past", day=due.printed)
        task.due_on, task.last_day = (turn.day, turn.last_day) if turn else (None, None)
        task.bound, task.due_printed = due.bound, task.due_printed or due.printed[:300]
        return
    task.due_on, task.bound, task.last_day = due, bound, None
    if due is not None:
        task.last_day = due - dt.timedelta(days=1) if bound is Bound.STRICTLY_BEFORE else due
        if task.last_day < today:
            raise TaskRefused("plans.due_past", day=f"{due:%d/%m/%Y}")


def _links(task: Task, draft: TaskDraft, item: PlanItem | None) -> None:
    chosen = list(draft.areas) or ([item.area] if item is not None and item.area is not None else [])
    task.areas.set(chosen)
    task.supporting_units.set(unit for unit in draft.supporting_units if unit.pk != draft.lead_unit.pk)


def is_active(task: Task) -> bool:
    """Whether those who are to do the task may know of it: it has no plan, or its plan is issued."""
    if task.item is None:
        return True
    document = task.item.plan.document
    return document is not None and document.state == DocumentState.ISSUED


def announce_task(task: Task, by: Actor, at: dt.datetime) -> None:
    """Tell those who lead and those who support a task that has become active."""
    words = f"{task.assigning_unit.name} giao, {due_words(task)}"
    tell_performers(task, "plans.assigned", words, by, at)
    tell_supporting(task, words, by, at)


def announce_plan(plan: Plan, by: Actor, at: dt.datetime) -> int:
    """Tell everyone concerned of the tasks of a plan that has been issued; return how many tasks became active."""
    rows = Task.objects.filter(item__plan=plan).select_related("assigning_unit", "lead_unit", "lead_post")
    tasks = list(rows.order_by("item__position", "id"))
    for task in tasks:
        announce_task(task, by, at)
    changes = {"tasks": (None, len(tasks))}
    record(by=by, at=at, verb="plans.in_force", subject=subject_of_plan(plan), changes=changes)
    return len(tasks)


def _still_planned(task: Task, by: Actor, at: dt.datetime) -> Task:
    """Return a task of a plan that is still being written. Raises TaskRefused once active, PlanRefused between."""
    seen = task_by_public_id(task.public_id, by, on=clock.day_of(at))
    require(by, Permission.ASSIGN, seen.assigning_unit_id)
    held = Task.objects.select_for_update(of=("self",)).select_related("item__plan__document").get(pk=seen.pk)
    if is_active(held) or held.item is None:
        raise TaskRefused("plans.task_active")
    _check_item(held.item)
    return held


def every_task() -> Iterator[Item]:
    """Yield every task as the search holds it."""
    held = Task.objects.select_related("lead_unit", "assigning_unit").order_by("id")
    return (item_of_task(task, task.created_at) for task in held.iterator(chunk_size=1000))


@use_case
def change_task(*, task: Task, draft: TaskDraft, by: Actor, at: dt.datetime) -> Task:
    """Write a task of a plan anew while the plan is being written. Raises TaskRefused, PlanRefused."""
    held = _still_planned(task, by, at)
    _check(draft, held.assigning_unit, at)
    before = {"title": held.title, "lead": held.lead_unit.name, "due": due_words(held)}
    _take(held, draft, at)
    held.save()
    _links(held, draft, held.item)
    index_task(held, at)
    after = {"title": held.title, "lead": held.lead_unit.name, "due": due_words(held)}
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    record(by=by, at=at, verb="plans.change_task", subject=subject_of_task(held), changes=changes)
    return held


@use_case
def remove_task(*, task: Task, by: Actor, at: dt.datetime) -> None:
    """Take a task out of a plan that is being written. Raises TaskRefused once it is active."""
    held = _still_planned(task, by, at)
    subject = subject_of_task(held)
    remove(kind="task", public_id=held.public_id)
    held.delete()
    record(by=by, at=at, verb="plans.remove_task", subject=subject)
