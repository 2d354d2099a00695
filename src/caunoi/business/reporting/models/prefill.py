"""Figures taken from registers: which cell asks which indicator, and what stood there when they were frozen."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class CellSource(models.Model):
    """A cell of a form that is filled from an indicator."""

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="+")
    cell_key = models.CharField(max_length=64)
    indicator_code = models.CharField(max_length=20)

    class Meta:
        ordering = ["regime_id", "cell_key"]
        constraints = [models.UniqueConstraint(fields=["regime", "cell_key"], name="reporting_cell_source_once")]


class Snapshot(models.Model):
    """What the registers knew of one unit in one campaign; once frozen it never changes."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reporter = models.OneToOneField("reporting.ExpectedReporter", on_delete=models.CASCADE, related_name="snapshot")
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
