"""Plans, items and tasks in the shape that templates print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import DocumentState
from caunoi.business.plans.models import Cascade, Plan, PlanItem, Task, TaskState, TaskUpdate, UpdateKind
from caunoi.business.plans.operations.drafting import entries_of
from caunoi.business.plans.rules.outline import flat, outline
from caunoi.foundation.audit.public import Entry, verb_label
from caunoi.foundation.pages.public import HistoryEntry, State, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PLAN_STATES: Mapping[str, State] = {
    DocumentState.DRAFT: State(_("Bị trả lại, đang sửa"), Tone.SOON, "arrow-back-up"),
    DocumentState.PRESENTED: State(_("Trình ký"), Tone.INFO, "writing-sign"),
    DocumentState.SIGNED: State(_("Đã ký, chờ phát hành"), Tone.INFO, "hash"),
    DocumentState.ISSUED: State(_("Đã phát hành"), Tone.DONE, "send"),
    DocumentState.WITHDRAWN: State(_("Dự thảo đã hủy, đang soạn lại"), Tone.NEUTRAL, "pencil"),
}
_WRITING = State(_("Đang soạn"), Tone.NEUTRAL, "pencil")
TASK_STATES: Mapping[TaskState, State] = {
    TaskState.ASSIGNED: State(_("Đã giao"), Tone.NEUTRAL, "send"),
    TaskState.ACCEPTED: State(_("Đang thực hiện"), Tone.INFO),
    TaskState.REPORTED_DONE: State(_("Chờ xác nhận"), Tone.SOON, "hourglass"),
    TaskState.CONFIRMED: State(_("Đã xác nhận"), Tone.DONE),
    TaskState.CANCELLED: State(_("Đã hủy"), Tone.NEUTRAL, "ban"),
}
_RETURNED = State(_("Bị trả lại"), Tone.SOON, "arrow-back-up")
_PLANNED = State(_("Trong kế hoạch, chưa phát hành"), Tone.NEUTRAL, "pencil")
CASCADES: Mapping[Cascade, State] = {
    Cascade.INHERIT: State(_("Giữ nguyên"), Tone.NEUTRAL, "copy"),
    Cascade.ADAPT: State(_("Cụ thể hóa"), Tone.INFO, "pencil"),
    Cascade.ADD: State(_("Bổ sung"), Tone.DONE, "plus"),
    Cascade.DROP: State(_("Không áp dụng"), Tone.SOON, "ban"),
}
_UPDATES: Mapping[UpdateKind, tuple[StrOrPromise, Tone, str]] = {
    UpdateKind.ACCEPTED: (_("nhận việc"), Tone.INFO, "check"),
    UpdateKind.PROGRESS: (_("cập nhật tiến độ"), Tone.INFO, "progress"),
    UpdateKind.REPORTED_DONE: (_("báo hoàn thành"), Tone.INFO, "flag"),
    UpdateKind.CONFIRMED: (_("xác nhận hoàn thành"), Tone.DONE, "circle-check"),
    UpdateKind.RETURNED: (_("trả lại"), Tone.SOON, "arrow-back-up"),
    UpdateKind.EXTENDED: (_("gia hạn"), Tone.SOON, "calendar-plus"),
    UpdateKind.CANCELLED: (_("hủy nhiệm vụ"), Tone.NEUTRAL, "ban"),
}


def plan_state(plan: Plan) -> State:
    """Return where a plan stands."""
    return _WRITING if plan.document is None else _PLAN_STATES[plan.document.state]


def task_state(task: Task, *, is_active: bool = True) -> State:
    """Return where a task stands; one that was returned says so until it is reported again."""
    if not is_active:
        return _PLANNED
    if task.return_reason and task.state == TaskState.ACCEPTED:
        return _RETURNED
    return TASK_STATES[TaskState(task.state)]


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a plan on its page."""

    item: PlanItem
    level: str
    marker: str
    is_printed: bool
    cascade: State | None
    """``None`` for what is kept as it is: nothing needs to be said."""
    has_task: bool


def rows_of(items: Sequence[PlanItem], with_task: Collection[int]) -> list[Row]:
    """Return the items of a plan in reading order with their marks."""
    by_id = {item.pk: item for item in items}
    return [
        Row(
            item=by_id[node.id],
            level=node.level,
            marker=_printed(node.level, node.marker),
            is_printed=node.is_printed,
            cascade=_cascade(by_id[node.id]),
            has_task=node.id in with_task,
        )
        for node in flat(outline(entries_of(items)))
    ]


def _printed(level: str, marker: str) -> str:
    if level in ("dash", "plus", "plain") or not marker:
        return marker
    return f"{marker})" if level == "point" else f"{marker}."


def _cascade(item: PlanItem) -> State | None:
    if item.cascade == Cascade.INHERIT or (item.cascade == Cascade.ADD and item.is_heading):
        return None
    return CASCADES[Cascade(item.cascade)]


def audit_lines(entries: Sequence[Entry]) -> list[HistoryEntry]:
    """Return audit entries as the history of a record, with the words that explain them."""
    return [HistoryEntry(entry.at, entry.person_name, verb_label(entry.verb), _explained(entry)) for entry in entries]


def _explained(entry: Entry) -> str:
    for name in ("reason", "note", "added", "removed", "restored", "text"):
        pair = entry.changes.get(name)
        if pair and (pair[1] or pair[0]):
            words = str(pair[1] or pair[0])
            return words if len(words) <= 160 else f"{words[:157]}…"
    return ""


def update_line(update: TaskUpdate) -> HistoryEntry:
    """Return one step of a task for its history; evidence opens from it."""
    what, tone, icon = _UPDATES[UpdateKind(update.kind)]
    who = ", ".join(part for part in (update.person_name, update.unit_name) if part)
    shown = f"{what} ({update.progress}%)" if update.kind == UpdateKind.PROGRESS else what
    url = reverse("plans:evidence", args=[update.public_id]) if update.evidence is not None else ""
    return HistoryEntry(update.at, who, shown, update.text, tone, icon, url)
