"""Figures taken from registers, frozen with the records behind them."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class Snapshot(models.Model):
    """What the registers knew of one unit in one campaign; once frozen it never changes."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reporter = models.OneToOneField("reporting.ExpectedReporter", on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    """At the cut-off, or when the report was sent before it."""
    cells = models.JSONField(default=dict)
    """Cell key → packed measure."""
    codes = models.JSONField(default=dict)
    """Cell key → code of the indicator."""
    rows = models.JSONField(default=dict)
    """Cell key → [{kind, id, label, amount, on, unit, units}]: the records behind the figure as they were named then.

    ``units`` are the names of those that took part and do not count the record.
    """

    class Meta:
        ordering = ["reporter_id"]
