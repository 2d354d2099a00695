"""Plans and what stands in them, each item with the clause of the higher document that it comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class Part(models.TextChoices):
    """The parts of a plan, in their printed order."""

    PURPOSE = "purpose", "Mục đích, yêu cầu"
    CONTENT = "content", "Nội dung thực hiện"
    ORGANISATION = "organisation", "Tổ chức thực hiện"


class Cascade(models.TextChoices):
    """What a unit does with a clause of the plan above (cụ thể hóa)."""

    INHERIT = "inherit", "Giữ nguyên"
    ADAPT = "adapt", "Cụ thể hóa"
    ADD = "add", "Bổ sung"
    DROP = "drop", "Không áp dụng"


class Style(models.TextChoices):
    """How an item is printed."""

    NUMBERED = "numbered", "Đánh số"
    DASH = "dash", "Gạch đầu dòng"
    PLAIN = "plain", "Đoạn văn"


class Plan(models.Model):
    """A unit's plan for a year. Where it stands follows from its outgoing document; without one it is being written."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    source = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", null=True)
    """The higher document that it carries out."""
    document = models.ForeignKey("documents.Document", on_delete=models.SET_NULL, related_name="+", null=True)
    """The outgoing document that it became when presented for signing."""
    written_by_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    """Grows with every change of the plan."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    folded = models.CharField(max_length=600)
    sort_key = ByteOrderedField(max_length=1000)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="plans_plan_year"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(document__isnull=False), name="plans_plan_document_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-year", "-id"], name="plans_plan_unit")]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """A heading or a paragraph of a plan. Dropped clauses stay as rows with their reason and are not printed."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("plans.PlanItem", on_delete=models.CASCADE, related_name="+", null=True)
    part = models.CharField(max_length=12, choices=Part)
    position = models.PositiveIntegerField()
    """Place in the reading order of the whole plan."""
    style = models.CharField(max_length=8, choices=Style, default=Style.DASH)
    is_heading = models.BooleanField(default=False)
    text = models.TextField()
    area = models.ForeignKey("plans.ContentArea", on_delete=models.PROTECT, related_name="+", null=True)
    cascade = models.CharField(max_length=7, choices=Cascade, default=Cascade.ADD)
    drop_reason = models.CharField(max_length=500, blank=True)
    source_clause = models.ForeignKey("documents.Clause", on_delete=models.SET_NULL, related_name="+", null=True)
    source_text = models.TextField(blank=True)
    """The clause as it read when it was taken over; empty for what the unit added itself."""
    version = models.PositiveIntegerField(default=1)
    """Grows with every change of the item, so that two editors of one item notice each other."""

    class Meta:
        ordering = ["plan_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cascade="drop") | ~Q(drop_reason=""), name="plans_item_dropped_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="plans_item_says_something"),
            models.CheckConstraint(
                condition=Q(is_heading=False) | Q(style="numbered"), name="plans_item_heading_is_numbered"
            ),
            models.CheckConstraint(
                condition=Q(cascade="add", source_text="") | (~Q(cascade="add") & ~Q(source_text="")),
                name="plans_item_added_has_no_source",
            ),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="plans_item_order")]

    def __str__(self) -> str:
        return self.text
