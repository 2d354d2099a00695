"""What plans put into the system: permissions of roles, navigation, words of the audit, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from caunoi.business.documents.public import Document, DocumentState
from caunoi.business.indicators.public import Source, register_source
from caunoi.business.plans.access import Permission, visible_plans, visible_tasks
from caunoi.business.plans.models import Plan, Task
from caunoi.business.plans.operations.exporting import plans_of, tasks_of
from caunoi.business.plans.operations.plans import every_plan
from caunoi.business.plans.operations.tasks import every_task
from caunoi.business.plans.queries import IN_TIME, LATE, UNFINISHED, resting_on, task_rows, task_sums, tasks_due
from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.notifications.public import register_urgent
from caunoi.foundation.organisations.public import rests_on_units
from caunoi.foundation.pages.public import NavigationItem, register_panel, register_section
from caunoi.foundation.people.public import Role, allow, register_export
from caunoi.foundation.search.public import register
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

_WORKERS = [Role.SPECIALIST, Role.SCHOOL_OFFICER, Role.BRANCH_OFFICER]

_ORDERS = (DocumentState.REGISTERED, DocumentState.DISTRIBUTED, DocumentState.SETTLED)
SHOWN = 10

VERBS = {
    "plans.create": _("Lập kế hoạch"),
    "plans.rename": _("Sửa tên kế hoạch"),
    "plans.discard": _("Xóa kế hoạch đang soạn"),
    "plans.adapt": _("Cụ thể hóa nội dung"),
    "plans.drop": _("Xác định nội dung không áp dụng"),
    "plans.restore": _("Khôi phục nội dung"),
    "plans.add": _("Bổ sung nội dung"),
    "plans.remove": _("Bỏ nội dung bổ sung"),
    "plans.move": _("Chuyển vị trí nội dung"),
    "plans.present": _("Trình ký kế hoạch"),
    "plans.in_force": _("Kế hoạch được phát hành, giao nhiệm vụ"),
    "plans.assign": _("Giao nhiệm vụ"),
    "plans.change_task": _("Sửa nhiệm vụ"),
    "plans.remove_task": _("Bỏ nhiệm vụ"),
    "plans.accept": _("Nhận việc"),
    "plans.progress": _("Cập nhật tiến độ"),
    "plans.report_done": _("Báo hoàn thành"),
    "plans.confirm": _("Xác nhận hoàn thành"),
    "plans.return_task": _("Trả lại nhiệm vụ"),
    "plans.extend": _("Gia hạn nhiệm vụ"),
    "plans.cancel": _("Hủy nhiệm vụ"),
    "plans.remind": _("Nhắc việc"),
}


def _keep_units() -> None:
    """Say what of plans keeps the founding of a unit from being taken back."""
    rests_on_units(
        "plans.Plan",
        words=lambda n: ngettext("%(n)d kế hoạch", "%(n)d kế hoạch", n) % {"n": n},
        address=lambda _unit, row: reverse("plans:plan", args=[Plan.objects.get(pk=row).public_id]),
        permission=Permission.READ,
    )
    rests_on_units(
        "plans.Task",
        words=lambda n: ngettext("%(n)d nhiệm vụ", "%(n)d nhiệm vụ", n) % {"n": n},
        address=lambda _unit, row: reverse("plans:task", args=[Task.objects.get(pk=row).public_id]),
        permission=Permission.READ,
    )


def plug_in() -> None:
    """Register everything; called once at the start of the program."""
    _keep_units()
    register_export("plans.1", plans_of)
    register_export("plans.2", tasks_of)
    register_urgent(["plans.returned", "plans.late"])
    allow(Permission.READ, [*_WORKERS, Role.LEADER, Role.CLERK])
    allow(Permission.OVERSEE, [Role.SPECIALIST, Role.LEADER, Role.BRANCH_OFFICER])
    allow(Permission.WRITE, _WORKERS)
    allow(Permission.ASSIGN, [*_WORKERS, Role.LEADER])
    allow(Permission.WORK, [*_WORKERS, Role.LEADER])
    register_section(
        "plans",
        label=_("Kế hoạch"),
        icon="clipboard-list",
        order=30,
        items=[
            NavigationItem(_("Kế hoạch"), "plans:plans", Permission.READ),
            NavigationItem(_("Nhiệm vụ"), "plans:tasks", Permission.READ, badge=_waiting),
        ],
    )
    describe_verbs(VERBS)
    register_panel(
        "document",
        key="plans",
        title=_("Kế hoạch, nhiệm vụ theo văn bản"),
        template="plans/parts/document_panel.html",
        context=_on_document,
        permission=Permission.READ,
    )
    register("plan", _("Kế hoạch"), visible=_plans_found_by, address=_plan_address, source=every_plan)
    register("task", _("Nhiệm vụ"), visible=_tasks_found_by, address=_task_address, source=every_task)
    codes = frozenset({IN_TIME, LATE, UNFINISHED})
    register_source(Source(codes, "task", sums=task_sums, rows=task_rows, address=_task_address))


def _on_document(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return what rests on a document, for its page; nothing where nothing rests and nothing can be made of it."""
    if not isinstance(record, Document):
        return None
    resting = resting_on([record], by=by, on=clock.today())
    own = Plan.objects.filter(document=record).first()
    plans, tasks = list(resting.plans[:SHOWN]), list(resting.tasks[:SHOWN])
    may_plan = by.may(Permission.WRITE) and record.state in _ORDERS
    if not (plans or tasks or own or may_plan):
        return None
    return {"document": record, "own": own, "plans": plans, "tasks": tasks, "may_plan": may_plan and own is None}


def _waiting(by: Actor) -> int:
    return tasks_due(by, clock.today()).count()


def _plans_found_by(by: Actor) -> Iterable[UUID]:
    return visible_plans(by, on=clock.today()).values_list("public_id", flat=True)


def _tasks_found_by(by: Actor) -> Iterable[UUID]:
    return visible_tasks(by, on=clock.today()).values_list("public_id", flat=True)


def _plan_address(public_id: UUID) -> str:
    return reverse("plans:plan", args=[public_id])


def _task_address(public_id: UUID) -> str:
    return reverse("plans:task", args=[public_id])
