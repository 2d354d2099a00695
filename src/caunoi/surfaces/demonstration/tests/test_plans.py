"""The chapter of plans: told at any time of the year, with something in every state."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from caunoi.business.plans.public import (
    Task,
    TaskState,
    late_beneath,
    plan_coverage,
    tasks_due,
    tasks_returned,
    tasks_to_confirm,
    visible_plans,
)
from caunoi.kernel.clock import VIETNAM
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.plans import build_plans


@pytest.mark.parametrize(
    "at", [dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM), dt.datetime(2027, 1, 3, 9, 30, tzinfo=VIETNAM)]
)
def test_there_is_work_in_every_state(office: Office, at: dt.datetime) -> None:
    plan = build_plans(office, at)
    today = at.date()
    assert set(Task.objects.values_list("state", flat=True)) == set(TaskState.values)
    assert not Task.objects.filter(created_at__gt=at).exists()
    specialist, school = office.actor("specialist", on=today), office.actor("school_officer", on=today)
    plans = Counter(plan.document.state if plan.document else "writing" for plan in visible_plans(specialist, on=today))
    assert plans == {"issued": 2}
    (own,) = visible_plans(school, on=today)
    assert own.document is None
    covered = plan_coverage(plan)
    assert covered.with_task
    assert covered.without_task
    assert covered.dropped
    assert late_beneath(office.actor("director", on=today), today).exists()
    assert tasks_to_confirm(specialist).exists()
    assert tasks_due(school, today).exists()
    assert [task.title for task in tasks_returned(school)] == ["Duy trì chuyên mục song ngữ trên trang tin"]
