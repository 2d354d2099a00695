"""Where a unit stands, over time and in two lines. Placements are the truth, paths are derived from them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.kernel.actor import Line
from caunoi.kernel.fields import ByteOrderedField

LINES = [(line.value, line.value) for line in Line]


class Placement(models.Model):
    """``unit`` stands under ``parent`` in ``line`` during a half-open period; no parent = a root.

    A row that ends on the day it begins was replaced on that same day and never holds; it is kept for the undoing.
    """

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=15, choices=LINES)
    parent = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    opened_by = models.ForeignKey("organisations.UnitEvent", on_delete=models.PROTECT, related_name="+", null=True)
    closed_by = models.ForeignKey("organisations.UnitEvent", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["unit_id", "line", "from_on"]
        indexes = [
            models.Index(fields=["parent", "line", "from_on"], name="organisations_placed_under"),
            models.Index(fields=["line", "until_on"], name="organisations_placed_until"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "line", "from_on"],
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="organisations_placement_start",
            ),
            models.UniqueConstraint(
                fields=["unit", "line"], condition=Q(until_on__isnull=True), name="organisations_placement_one_current"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="organisations_placement_period",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="organisations_placement_not_itself"
            ),
        ]


class UnitPath(models.Model):
    """Derived: the ids from the root down to ``unit``, at fixed width, during a period in which none of them moved."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    line = models.CharField(max_length=15, choices=LINES)
    path = ByteOrderedField(max_length=120)
    depth = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["line", "path"]
        constraints = [models.UniqueConstraint(fields=["unit", "line", "from_on"], name="organisations_path_start")]
        indexes = [
            models.Index(fields=["line", "path"], name="organisations_path_range"),
            models.Index(
                fields=["line", "until_on"], condition=Q(until_on__isnull=False), name="organisations_path_left"
            ),
        ]
