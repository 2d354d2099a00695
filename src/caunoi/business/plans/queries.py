"""What waits for whom, how far a plan covers the one above, what rests on a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from caunoi.business.documents.public import Document, DocumentCitation, DocumentState, Obligation
from caunoi.business.indicators.public import Contributor
from caunoi.business.plans.access import (
    ACTIVE,
    OPEN_STATES,
    Permission,
    branch,
    by_day,
    items_of,
    units_of,
    visible_plans,
    visible_tasks,
)
from caunoi.business.plans.models import Cascade, Part, Plan, PlanItem, Task, TaskState
from caunoi.business.plans.rules.copying import copy_ratio
from caunoi.business.plans.rules.coverage import Coverage, Taken, coverage
from caunoi.foundation.organisations.public import ids_within
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.periods import Period

SHOWN = ("lead_unit", "lead_post", "assigning_unit", "item__plan")


def tasks_due(by: Actor, on: dt.date) -> QuerySet[Task]:
    """Return the tasks that one's units or post still have to do, the nearest day first (``on`` is today)."""
    return by_day(_own_work(by).filter(state__in=OPEN_STATES).select_related(*SHOWN))


def _own_work(by: Actor) -> QuerySet[Task]:
    units = units_of(by, Permission.WORK)
    if not units:
        return Task.objects.none()
    return Task.objects.filter(ACTIVE, Q(lead_unit_id__in=units) | Q(lead_post_id=by.post_id or 0))


def tasks_to_confirm(by: Actor) -> QuerySet[Task]:
    """Return the tasks reported as done that wait for the word of one's unit, the oldest report first."""
    assigned = Task.objects.filter(assigning_unit_id__in=units_of(by, Permission.ASSIGN))
    waiting = assigned.filter(ACTIVE, state=TaskState.REPORTED_DONE).select_related(*SHOWN)
    return waiting.order_by("done_on", "id")


def tasks_returned(by: Actor) -> QuerySet[Task]:
    """Return one's tasks whose report of completion was returned; the reason stands in ``return_reason``."""
    returned = _own_work(by).filter(state__in=OPEN_STATES).exclude(return_reason="")
    return by_day(returned.select_related(*SHOWN))


def late_beneath(by: Actor, on: dt.date) -> QuerySet[Task]:
    """Return the late tasks that one's units assigned to others, or of the branch that one oversees."""
    units = units_of(by, Permission.READ)
    if not units:
        return Task.objects.none()
    beneath = Exists(ids_within(branch(by), on=on).filter(unit_id=OuterRef("lead_unit_id")))
    ours = Q(assigning_unit_id__in=units) | Q(beneath)
    late = Task.objects.filter(ACTIVE, ours, state__in=OPEN_STATES, last_day__lt=on)
    return by_day(late.select_related(*SHOWN))


def plans_in_work(by: Actor) -> QuerySet[Plan]:
    """Return the plans of one's units that are being written or signed, the last changed first."""
    rows = Plan.objects.filter(unit_id__in=units_of(by, Permission.WRITE))
    rows = rows.filter(Q(document__isnull=True) | ~Q(document__state=DocumentState.ISSUED))
    return rows.select_related("unit", "document").order_by("-changed_at", "-id")


def plans_in_force(by: Actor, on: dt.date) -> QuerySet[Plan]:
    """Return the issued plans that a person may see, the latest year first."""
    rows = visible_plans(by, on=on).filter(document__state=DocumentState.ISSUED)
    return rows.select_related("unit", "document").order_by("-year", "-id")


@dataclass(frozen=True, slots=True)
class RestingOn:
    """What would have to be looked at again when documents lose their validity."""

    plans: QuerySet[Plan]
    tasks: QuerySet[Task]


def resting_on(documents: Iterable[Document], *, by: Actor, on: dt.date) -> RestingOn:
    """Return the plans made from ``documents`` or citing them, and the open tasks of those plans or of their duties."""
    ids = [document.pk for document in documents]
    citing = DocumentCitation.objects.filter(document_id=OuterRef("document_id"), held_document_id__in=ids)
    plans = visible_plans(by, on=on).filter(Q(source_id__in=ids) | Exists(citing))
    touched = Q(item__plan__in=plans.values("pk")) | Q(obligation__document_id__in=ids)
    tasks = visible_tasks(by, on=on).filter(touched).exclude(state__in=[TaskState.CONFIRMED, TaskState.CANCELLED])
    return RestingOn(
        plans.select_related("unit", "document").order_by("-year", "-id"), by_day(tasks.select_related(*SHOWN))
    )


def plan_coverage(plan: Plan) -> Coverage:
    """Return what became of every order of the document above; ids are those of items."""
    return coverage_of(list(items_of(plan)), items_with_tasks(plan))


def coverage_of(items: Sequence[PlanItem], with_task: Iterable[int]) -> Coverage:
    """Return the coverage of items that have been read already."""
    taken = [
        Taken(item.pk, item.parent_id, item.part == Part.CONTENT and bool(item.source_text), item.cascade)
        for item in items
    ]
    return coverage(taken, frozenset(with_task))


def items_with_tasks(plan: Plan) -> frozenset[int]:
    """Return the ids of the items that somebody has been given to do."""
    tasks = Task.objects.filter(item__plan=plan).exclude(state=TaskState.CANCELLED)
    return frozenset(tasks.values_list("item_id", flat=True))


def plan_copy_ratio(plan: Plan) -> float | None:
    """Return the share (0-1) of the plan's word sequences that stand in the document above; ``None`` without one."""
    return copy_ratio_of(list(items_of(plan)))


def copy_ratio_of(items: Sequence[PlanItem]) -> float | None:
    """Return the copy ratio of items that have been read already; dropped ones are not the plan's words."""
    above = [item.source_text for item in items if item.source_text]
    own = [item.text for item in items if item.cascade != Cascade.DROP]
    return copy_ratio(own, above) if above else None


def duty_above(item: PlanItem) -> Obligation | None:
    """Return the first duty with a deadline that the library found in the clause of an item."""
    if item.source_clause_id is None:
        return None
    duties = Obligation.objects.filter(clause_id=item.source_clause_id, due_rule__isnull=False)
    return duties.order_by("position", "id").first()


def tasks_of_plan(plan: Plan) -> QuerySet[Task]:
    """Return every task of a plan in the order of its items."""
    rows = Task.objects.filter(item__plan=plan).select_related("item", "lead_unit", "lead_post")
    return rows.prefetch_related("supporting_units", "areas").order_by("item__position", "id")


IN_TIME, LATE, UNFINISHED = "NV01", "NV02", "NV03"
"""Indicators of tasks: finished in time, finished late, not finished at the end of the period."""


def _counted(code: str, units: Iterable[int], period: Period) -> QuerySet[Task]:
    """Return the tasks behind an indicator that ``units`` lead or support."""
    supporting = Task.supporting_units.through.objects.filter(task_id=OuterRef("pk"), unit_id__in=units)
    rows = Task.objects.filter(ACTIVE, Q(lead_unit_id__in=units) | Exists(supporting))
    ended = Q() if period.end is None else Q(done_on__lt=period.end)
    if code == UNFINISHED:
        begun = (
            Q()
            if period.end is None
            else Q(created_at__lt=dt.datetime.combine(period.end, dt.time.min, tzinfo=clock.VIETNAM))
        )
        return rows.filter(begun).exclude(state=TaskState.CANCELLED).exclude(Q(state=TaskState.CONFIRMED) & ended)
    done = rows.filter(ended, state=TaskState.CONFIRMED, done_on__gte=period.start)
    in_time = Q(last_day__isnull=True) | Q(done_on__lte=F("last_day"))
    return done.filter(in_time) if code == IN_TIME else done.exclude(in_time)


def task_sums(code: str, units: Iterable[int], period: Period) -> Iterable[tuple[int, Decimal]]:
    """Return how many tasks each unit leads behind an indicator; those it only supports count for their lead."""
    led = _counted(code, units, period).filter(lead_unit_id__in=units)
    rows = led.order_by().values_list("lead_unit_id").annotate(count=Count("pk"))
    return [(unit_id, Decimal(count)) for unit_id, count in rows]


def task_rows(code: str, units: Iterable[int], period: Period) -> Iterable[Contributor]:
    """Return the tasks behind an indicator, each once, with the units that support it."""
    rows = by_day(_counted(code, units, period)).prefetch_related("supporting_units")
    return [
        Contributor(
            code, row.lead_unit_id, "task", row.public_id, row.title, Decimal(1), row.done_on or row.last_day,
            tuple(sorted(unit.pk for unit in row.supporting_units.all())),
        )
        for row in rows
    ]  # fmt: skip
