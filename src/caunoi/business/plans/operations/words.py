"""What every use case says about plans and tasks: to the audit, to the search, to those concerned.

What is kept is Vietnamese: it is read by others, whatever language the one who acts reads the pages in.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.urls import reverse

from caunoi.business.plans.models import Plan, Task
from caunoi.foundation.audit.public import Subject
from caunoi.foundation.notifications.public import Message, notify
from caunoi.foundation.people.public import Role
from caunoi.foundation.search.public import Item, put_many
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold, sort_key, squeeze

HEARS = (Role.LEADER, Role.SPECIALIST, Role.SCHOOL_OFFICER, Role.BRANCH_OFFICER)
"""The roles of a unit that hear of its tasks."""
INDEXED: Final = 20_000
"""Signs of the text of a plan that the search looks through."""


def subject_of_plan(plan: Plan) -> Subject:
    """Return the plan as the audit names it."""
    return Subject("plan", str(plan.public_id), plan.title, plan.unit_id)


def subject_of_task(task: Task) -> Subject:
    """Return the task as the audit names it."""
    return Subject("task", str(task.public_id), task.title, task.assigning_unit_id)


def derive_plan(plan: Plan) -> None:
    """Renew the columns worked out from the title; call before saving."""
    plan.folded = fold(f"{plan.title} {plan.year} {plan.unit.name}")[:600]
    plan.sort_key = sort_key(plan.title)[:1000]


def index_plan(plan: Plan, text: str, at: dt.datetime) -> None:
    """Enter the plan into the search index with the words of its items."""
    put_many(kind="plan", items=[item_of_plan(plan, text, at)])


def item_of_plan(plan: Plan, text: str, at: dt.datetime) -> Item:
    """Return the plan as the search holds it."""
    title = f"{plan.title} – {plan.unit.name}"[:500]
    words = f"{plan.unit.name} {plan.year} {text[:INDEXED]}"
    return Item(plan.public_id, title, at, words, unit_id=plan.unit_id)


def index_task(task: Task, at: dt.datetime) -> None:
    """Enter the task into the search index."""
    put_many(kind="task", items=[item_of_task(task, at)])


def item_of_task(task: Task, at: dt.datetime) -> Item:
    """Return the task as the search holds it."""
    title = f"{task.title} – {task.lead_unit.name}"[:500]  # the same task is given to many
    words = f"{task.product} {task.lead_unit.name} {task.assigning_unit.name}"
    return Item(task.public_id, title, at, words, unit_id=task.assigning_unit_id)


def task_address(task: Task) -> str:
    """Return the path of the task's page."""
    return reverse("plans:task", args=[task.public_id])


def due_words(task: Task) -> str:
    """Return the due day as it is printed, in the language of documents: "trước ngày 10/12/2026"."""
    if task.due_on is None:
        return task.due_printed or "chưa xác định thời hạn"
    bound = "trước ngày" if task.bound == "strictly_before" else "chậm nhất ngày"
    return f"{bound} {task.due_on:%d/%m/%Y}"


def tell_performers(task: Task, kind: str, text: str, by: Actor, at: dt.datetime) -> None:
    """Tell the post in the lead, or the people of the lead unit."""
    message = Message(kind, task.title, task_address(task), squeeze(text))
    if task.lead_post is not None:
        notify(message, posts=[task.lead_post], by=by, at=at)
    else:
        notify(message, unit_ids=[task.lead_unit_id], roles=HEARS, by=by, at=at)


def tell_supporting(task: Task, text: str, by: Actor, at: dt.datetime) -> None:
    """Tell the units that support the task."""
    ids = list(task.supporting_units.values_list("pk", flat=True))
    if ids:
        message = Message("plans.supporting", task.title, task_address(task), squeeze(text))
        notify(message, unit_ids=ids, roles=HEARS, by=by, at=at)


def tell_assigner(task: Task, kind: str, text: str, by: Actor, at: dt.datetime) -> None:
    """Tell the unit that assigned the task."""
    message = Message(kind, task.title, task_address(task), squeeze(text))
    notify(message, unit_ids=[task.assigning_unit_id], roles=HEARS, by=by, at=at)
