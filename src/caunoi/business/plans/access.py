"""What a person may see of plans and tasks and do with them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from caunoi.business.documents.public import DocumentState
from caunoi.business.plans.models import ContentArea, Plan, PlanItem, Task, TaskState, TaskUpdate
from caunoi.foundation.organisations.public import Unit, ids_within
from caunoi.kernel.actor import Actor, Scope
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with plans and tasks; ``plugs`` says which roles hold each."""

    READ = "plans.read"
    """See the plans of one's own unit and the tasks that it assigned, leads or supports."""
    OVERSEE = "plans.oversee"
    """See what is in force below: issued plans and running tasks of the branch."""
    WRITE = "plans.write"
    """Make plans of the unit and present them."""
    ASSIGN = "plans.assign"
    """Assign tasks, confirm, return, extend and cancel them."""
    WORK = "plans.work"
    """Take on the unit's tasks and report on them."""


OPEN_STATES = (TaskState.ASSIGNED, TaskState.ACCEPTED)
"""States in which the work itself is still to be done."""
ACTIVE = Q(item__isnull=True) | Q(item__plan__document__state=DocumentState.ISSUED)
"""A task counts once its plan is issued; one without a plan counts at once."""


class PlansNotFound(NotFound):
    """No such plan, item or task, or not for this person to know of."""


class PlansForbidden(NotAllowed):
    """It may be known of, but this may not be done with it: ``plans.not_permitted``, ``plans.not_yours``."""


def units_of(by: Actor, permission: Permission) -> frozenset[int]:
    """Return the units for which a person acts: their own and those a role names; not what lies below these."""
    if not by.may(permission):
        return frozenset()
    own: frozenset[int] = frozenset() if by.unit_id is None else frozenset({by.unit_id})
    return own | {scope.unit_id for scope in by.scopes(permission)}


def may_for(by: Actor, permission: Permission, unit_id: int) -> bool:
    """Whether a person acts for a unit with this permission."""
    return by.is_system or unit_id in units_of(by, permission)


def require(by: Actor, permission: Permission, unit_id: int) -> None:
    """Raise PlansForbidden unless the person acts for the unit with this permission."""
    if not may_for(by, permission, unit_id):
        raise PlansForbidden("plans.not_permitted")


def branch(by: Actor) -> tuple[Scope, ...]:
    """Return the parts of the tree that a person oversees with everything below."""
    return tuple(scope for scope in by.scopes(Permission.OVERSEE) if scope.subtree)


def visible_plans(by: Actor, *, on: dt.date) -> QuerySet[Plan]:
    """Return the plans of one's own units in every state, and the issued ones of the branch; a lazy query."""
    if by.is_system:
        return Plan.objects.all()
    own = Q(unit_id__in=units_of(by, Permission.READ))
    below = Q(document__state=DocumentState.ISSUED, unit_id__in=ids_within(branch(by), on=on))
    return Plan.objects.filter(own | below)


def plan_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> Plan:
    """Return a plan with its unit and documents. Raises PlansNotFound."""
    rows = visible_plans(by, on=on).select_related("unit", "source", "document", "written_by_post")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise PlansNotFound("plans.plan_not_found")
    return found


def items_of(plan: Plan) -> QuerySet[PlanItem]:
    """Return everything that stands in a plan in reading order, dropped clauses too."""
    return PlanItem.objects.filter(plan=plan).select_related("area").order_by("position", "id")


def item_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> PlanItem:
    """Return an item of a plan that the person may see. Raises PlansNotFound."""
    rows = PlanItem.objects.select_related("plan__unit", "plan__document", "parent", "area")
    found = rows.filter(public_id=public_id, plan__in=visible_plans(by, on=on)).first()
    if found is None:
        raise PlansNotFound("plans.item_not_found")
    return found


def visible_tasks(by: Actor, *, on: dt.date) -> QuerySet[Task]:
    """Return the tasks that one's units assigned, and the active ones of one's units and of the branch; lazy."""
    if by.is_system:
        return Task.objects.all()
    units = units_of(by, Permission.READ)
    supporting = Task.supporting_units.through.objects.filter(task_id=OuterRef("pk"), unit_id__in=units)
    doing = Q(lead_unit_id__in=units) | Q(lead_post_id=by.post_id or 0) | Exists(supporting)
    below = Q(lead_unit_id__in=ids_within(branch(by), on=on))
    if not by.may(Permission.READ):
        return Task.objects.none()
    return Task.objects.filter(Q(assigning_unit_id__in=units) | (ACTIVE & (doing | below)))


def task_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> Task:
    """Return a task with its units, plan and duty. Raises PlansNotFound."""
    rows = visible_tasks(by, on=on).select_related(
        "assigning_unit", "lead_unit", "lead_post", "item__plan__document", "obligation__document", "obligation__clause"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise PlansNotFound("plans.task_not_found")
    return found


def is_performer(task: Task, by: Actor) -> bool:
    """Whether the person works for the lead unit, or holds the post in the lead."""
    if by.is_system:
        return True
    return may_for(by, Permission.WORK, task.lead_unit_id) or (
        task.lead_post_id is not None and task.lead_post_id == by.post_id and by.may(Permission.WORK)
    )


def is_assigner(task: Task, by: Actor) -> bool:
    """Whether the person acts for the unit that assigned the task."""
    return may_for(by, Permission.ASSIGN, task.assigning_unit_id)


def updates_of(task: Task) -> QuerySet[TaskUpdate]:
    """Return what happened to a task, newest first, with the evidence."""
    return TaskUpdate.objects.filter(task=task).select_related("evidence").order_by("-at", "-id")


def update_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> TaskUpdate:
    """Return one step, with its evidence, of a task that the person may see. Raises PlansNotFound."""
    rows = TaskUpdate.objects.select_related("evidence", "task")
    found = rows.filter(public_id=public_id, task__in=visible_tasks(by, on=on)).first()
    if found is None or found.evidence is None:
        raise PlansNotFound("plans.evidence_not_found")
    return found


def areas() -> QuerySet[ContentArea]:
    """Return the fields of work in use, in their order."""
    return ContentArea.objects.filter(is_active=True).order_by("position", "code")


def units_to_plan_for(by: Actor) -> QuerySet[Unit]:
    """Return the units whose plans a person may write, in name order."""
    return Unit.objects.filter(pk__in=units_of(by, Permission.WRITE)).order_by("sort_key", "id")


def by_day(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Order tasks by their last day; those whose day is open come last."""
    return tasks.order_by(F("last_day").asc(nulls_last=True), "id")
