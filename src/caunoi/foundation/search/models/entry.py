"""What can be found: one row for each record, with its folded words."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A record of any module as the search sees it. ``folded`` has no accents and no đ, so neither need be typed."""

    kind = models.CharField(max_length=40)
    """Registered kind: document, plan, campaign, unit, person."""
    object_id = models.UUIDField()
    """Public id of the record."""
    title = models.CharField(max_length=500)
    folded_title = models.CharField(max_length=500)
    folded = models.TextField()
    unit_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    """Moment by which newer records come first."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["kind", "-at"], name="search_entry_latest")]
