"""What plans add to the workbook of everything that a unit owns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.plans.access import visible_plans, visible_tasks
from caunoi.business.plans.models import PlanItem, Task
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.spreadsheets.public import ListSheet
from caunoi.kernel.actor import Actor

MANY = 1000
"""Rows fetched at a time."""
Cells = Sequence[str | int | dt.date | bool | None]


def plans_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the plans of units point by point, as they are written."""
    plans = visible_plans(by, on=on).filter(unit__in=units).order_by()
    found = PlanItem.objects.filter(plan__in=plans.values("pk")).select_related("plan__unit", "area")

    def rows() -> Iterator[Cells]:
        for one in found.order_by("plan__unit_id", "-plan__year", "plan_id", "position", "id").iterator(MANY):
            plan = one.plan
            yield (
                plan.unit.name, plan.year, plan.title, one.get_part_display(), one.is_heading, one.text,
                one.area.name if one.area else "", one.get_cascade_display(), one.drop_reason,
            )  # fmt: skip

    heads = (
        _("Đơn vị"), _("Năm"), _("Kế hoạch"), _("Phần"), _("Là đề mục"), _("Nội dung"), _("Lĩnh vực"),
        _("So với cấp trên"), _("Lý do không áp dụng"),
    )  # fmt: skip
    return ListSheet(gettext("Kế hoạch"), heads, rows(), (36, 8, 50, 22, 10, 80, 28, 18, 40))


def tasks_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the tasks that units gave or lead."""
    mine = Q(assigning_unit__in=units) | Q(lead_unit__in=units)
    found = visible_tasks(by, on=on).filter(mine).select_related("assigning_unit", "lead_unit", "lead_post")

    def rows() -> Iterator[Cells]:
        for one in found.order_by("lead_unit_id", "last_day", "id").iterator(MANY):
            yield _task(one)

    heads = (
        _("Nhiệm vụ"), _("Sản phẩm"), _("Đơn vị giao"), _("Đơn vị chủ trì"), _("Vị trí chủ trì"), _("Hạn"),
        _("Trạng thái"), _("Tiến độ (%)"), _("Ngày hoàn thành"),
    )  # fmt: skip
    return ListSheet(gettext("Nhiệm vụ"), heads, rows(), (60, 40, 36, 36, 26, 12, 18, 10, 12))


def _task(one: Task) -> Cells:
    post = one.lead_post.title if one.lead_post else ""
    return (
        one.title, one.product, one.assigning_unit.name, one.lead_unit.name, post, one.due_on,
        str(one.get_state_display()), one.progress, one.done_on,
    )  # fmt: skip
