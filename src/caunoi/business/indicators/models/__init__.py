"""The catalogue of indicators."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.kernel.ids import uuid7


class Indicator(models.Model):
    """One statistical indicator: what is counted, in which unit, and what it is worked out from."""

    FLOW, STOCK = "flow", "stock"
    INTEGER, DECIMAL = "integer", "decimal"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    group = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60)
    nature = models.CharField(max_length=5, choices=[(FLOW, FLOW), (STOCK, STOCK)], default=FLOW)
    """Flow: what happened in the period. Stock: what there is on the day of the cut-off."""
    number = models.CharField(max_length=10, choices=[(INTEGER, INTEGER), (DECIMAL, DECIMAL)], default=INTEGER)
    dimensions = models.JSONField(default=list)
    """By what it is broken down, in words."""
    computed = models.CharField(max_length=400)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=2, choices=[(x, x) for x in ("C", "C2", "K", "U", "I")])
    """How sure the source is; I: drawn from reports in use, to be verified where a law sets the form."""
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=["flow", "stock"]), name="indicators_indicator_nature"),
            models.CheckConstraint(condition=Q(number__in=["integer", "decimal"]), name="indicators_indicator_number"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
