"""The form of a regime: outline sections and tables of rows by columns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutlineSection(models.Model):
    """One heading of the outline with the question that guides the writer."""

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=20)
    """Stable within the regime and kept by its later versions."""
    marker = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=300)
    question = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regime_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["regime", "code"], name="reporting_section_code")]


class FormTable(models.Model):
    """A table of figures."""

    FLOW, STOCK = "flow", "stock"
    NATURES = [(FLOW, FLOW), (STOCK, STOCK)]

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="tables")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    nature = models.CharField(max_length=5, choices=NATURES, default=FLOW)
    """Flow: what happened in the period. Stock: what there is on the day of the cut-off."""
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regime_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "code"], name="reporting_table_code"),
            models.CheckConstraint(condition=Q(nature__in=["flow", "stock"]), name="reporting_table_nature"),
        ]


class FormRow(models.Model):
    """A row; a total row is worked out from the other rows and never typed."""

    table = models.ForeignKey("reporting.FormTable", on_delete=models.CASCADE, related_name="rows")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    dimensions = models.JSONField(default=dict)
    """Dimension → member, such as country → Lào."""
    is_total = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="reporting_row_code")]


class FormColumn(models.Model):
    """A column: what is counted, in which unit, and whether only whole numbers make sense."""

    INTEGER, DECIMAL = "integer", "decimal"

    table = models.ForeignKey("reporting.FormTable", on_delete=models.CASCADE, related_name="columns")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=10, choices=[(INTEGER, INTEGER), (DECIMAL, DECIMAL)], default=INTEGER)
    dimensions = models.JSONField(default=dict)
    is_total = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="reporting_column_code")]
