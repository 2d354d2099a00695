"""Groups: units named together for convenience (a cluster of schools), over time and beside the tree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class UnitGroup(models.Model):
    """A named set of units, kept by the unit whose administrators may change it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    owner = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=300)
    sort_key = ByteOrderedField(max_length=500)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "folded"], name="organisations_group_once")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """``unit`` belongs to ``group`` during a half-open period."""

    group = models.ForeignKey("organisations.UnitGroup", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["group_id", "unit_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["group", "unit", "from_on"], name="organisations_member_start"),
            models.UniqueConstraint(
                fields=["group", "unit"], condition=Q(until_on__isnull=True), name="organisations_member_one_current"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="organisations_member_period"
            ),
        ]
