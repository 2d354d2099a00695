"""Series of numbers: one a unit, year and direction, without gaps; an annulled number stays with its reason."""

from __future__ import annotations

from django.db import models

DIRECTIONS = [("incoming", "văn bản đến"), ("outgoing", "văn bản đi")]


class NumberSeries(models.Model):
    """The running number of a register (NĐ 30/2020/NĐ-CP, Điều 15 and Điều 22): begins with 1 on 1 January."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=8, choices=DIRECTIONS)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit_id", "-year", "direction"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "direction"], name="documents_series_once"),
        ]


class AnnulledNumber(models.Model):
    """A number that was given and is no longer used; it is never given again."""

    series = models.ForeignKey("documents.NumberSeries", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    person_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["series_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="documents_annulled_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="documents_annulled_has_reason"),
        ]
