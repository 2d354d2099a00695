"""Rules between the figures of a form, kept as data on its regime."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.business.reporting.rules.relations import Relation


class FormCheck(models.Model):
    """One rule: a figure, or a sum of figures, against another (rules/relations.py says how places are written)."""

    ERROR, QUERY = "error", "query"

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=20)
    """Stable within the regime and kept by its later versions."""
    left = models.JSONField()
    """Places whose figures are added up on the left: ["b1.*.c1"]."""
    relation = models.CharField(max_length=2, choices=[(x.value, x.value) for x in Relation])
    right = models.JSONField()
    severity = models.CharField(max_length=5, choices=[(ERROR, ERROR), (QUERY, QUERY)], default=ERROR)
    """Whether breaking it blocks, or only asks for an explanation."""
    note = models.CharField(max_length=300, blank=True)
    """Why, in the words of whoever set the rule; shown with the finding."""
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regime_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "code"], name="reporting_check_code"),
            models.CheckConstraint(
                condition=Q(relation__in=[x.value for x in Relation], severity__in=["error", "query"]),
                name="reporting_check_known",
            ),
        ]
