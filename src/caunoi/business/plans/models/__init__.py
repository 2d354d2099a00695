from caunoi.business.plans.models.area import ContentArea
from caunoi.business.plans.models.plan import Cascade, Part, Plan, PlanItem, Style
from caunoi.business.plans.models.task import Task, TaskState, TaskUpdate, UpdateKind

__all__ = [
    "Cascade",
    "ContentArea",
    "Part",
    "Plan",
    "PlanItem",
    "Style",
    "Task",
    "TaskState",
    "TaskUpdate",
    "UpdateKind",
]
