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
    indicator = models.CharField(max_length=20, blank=True)
    """Code of the indicator that answers this row; filled in beforehand where a register knows it."""
    is_total = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="reporting_row_code")]


class FormColumn(models.Model):
    """A column: what is counted, in which unit, and whether only whole numbers make sense."""

    INTEGER, DECIMAL = "integer", "decimal"
    PERIOD, TO_CUT_OFF, ESTIMATE = "period", "to_cut_off", "estimate"
    BASES = [(PERIOD, PERIOD), (TO_CUT_OFF, TO_CUT_OFF), (ESTIMATE, ESTIMATE)]

    table = models.ForeignKey("reporting.FormTable", on_delete=models.CASCADE, related_name="columns")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=10, choices=[(INTEGER, INTEGER), (DECIMAL, DECIMAL)], default=INTEGER)
    basis = models.CharField(max_length=10, choices=BASES, default=PERIOD)
    """The period; done up to the cut-off (thực hiện đến ngày chốt); estimate of the whole period (ước cả kỳ)."""
    indicator = models.CharField(max_length=20, blank=True)
    """Code of the indicator that answers this column."""
    dimensions = models.JSONField(default=dict)
    is_total = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="reporting_column_code")]


class SharedList(models.Model):
    """A list from which rows and columns of tables are taken, such as countries or sources of funding."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=2, default="C")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class SharedMember(models.Model):
    """One member of a shared list; codes stay when names change, so that figures of several years can be compared.

    A member that is renamed or no longer offered keeps its row, with the moment and the ground of its end.
    """

    shared_list = models.ForeignKey("reporting.SharedList", on_delete=models.CASCADE, related_name="members")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True)
    """Empty: that of the list."""
    entered_at = models.DateTimeField(null=True)
    """``None`` for what came with the system."""
    ended_at = models.DateTimeField(null=True)
    ended_ground = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["shared_list_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shared_list", "code"], condition=Q(ended_at__isnull=True), name="reporting_member_stands_once"
            )
        ]

    def __str__(self) -> str:
        return self.label
