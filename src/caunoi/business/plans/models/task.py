"""Tasks: who leads, who supports, what comes out, by when, and how it goes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.calendar.public import Bound
from caunoi.kernel.ids import uuid7


class TaskState(models.TextChoices):
    """Where a task stands."""

    ASSIGNED = "assigned", _("Đã giao")
    ACCEPTED = "accepted", _("Đang thực hiện")
    REPORTED_DONE = "reported_done", _("Báo hoàn thành")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    CANCELLED = "cancelled", _("Đã hủy")


class Task(models.Model):
    """One piece of work. It belongs to a unit, or to a post of it, never to a person, so a handover moves nothing."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    assigning_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("plans.PlanItem", on_delete=models.PROTECT, related_name="+", null=True)
    """The point of the plan that it carries out."""
    obligation = models.ForeignKey("documents.Obligation", on_delete=models.PROTECT, related_name="+", null=True)
    """The duty in a document that it settles."""
    areas = models.ManyToManyField("plans.ContentArea", related_name="+")
    title = models.CharField(max_length=500)
    product = models.CharField(max_length=500, blank=True)
    lead_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    lead_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    supporting_units = models.ManyToManyField("organisations.Unit", related_name="+")
    due_on = models.DateField(null=True)
    """The printed day; ``None`` when the order leaves it open."""
    last_day = models.DateField(null=True)
    """The last day that is in time: the day before ``due_on`` for "trước ngày"."""
    bound = models.CharField(max_length=16, choices=[(b.value, b.value) for b in Bound], default=Bound.NO_LATER_THAN)
    due_printed = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=14, choices=TaskState, default=TaskState.ASSIGNED)
    progress = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True)
    return_reason = models.CharField(max_length=1000, blank=True)
    """Why the last report of completion was returned; empty once it was confirmed."""
    created_at = models.DateTimeField()
    folded = models.CharField(max_length=800)

    class Meta:
        ordering = ["last_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="plans_task_progress_percent"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, last_day__isnull=True)
                | Q(due_on__isnull=False, last_day__isnull=False),
                name="plans_task_due_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported_done", "confirmed"]) | Q(done_on__isnull=False),
                name="plans_task_done_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["lead_unit", "state", "last_day"], name="plans_task_lead"),
            models.Index(fields=["assigning_unit", "state", "last_day"], name="plans_task_assigner"),
            models.Index(fields=["item"], name="plans_task_item"),
        ]

    def __str__(self) -> str:
        return self.title


class UpdateKind(models.TextChoices):
    """What happened to a task."""

    ACCEPTED = "accepted", "Nhận việc"
    PROGRESS = "progress", "Cập nhật tiến độ"
    REPORTED_DONE = "reported_done", "Báo hoàn thành"
    CONFIRMED = "confirmed", "Xác nhận hoàn thành"
    RETURNED = "returned", "Trả lại"
    EXTENDED = "extended", "Gia hạn"
    CANCELLED = "cancelled", "Hủy"


class TaskUpdate(models.Model):
    """One step of a task, with words and, where given, a file as evidence."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    task = models.ForeignKey("plans.Task", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=UpdateKind)
    text = models.TextField(blank=True)
    progress = models.PositiveSmallIntegerField()
    evidence = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True)
    person_name = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["task", "-at"], name="plans_update_of_task")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["returned", "extended", "cancelled"]) | ~Q(text=""),
                name="plans_update_has_its_reason",
            )
        ]
