"""Totals kept right in the transaction that changes them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class TotalsNode(models.Model):
    """The packed totals of one place of the tree, or of one kind of unit, in one campaign."""

    LINE, KIND = "line", "kind"
    AXES = [(LINE, LINE), (KIND, KIND)]

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.CASCADE, related_name="+")
    axis = models.CharField(max_length=4, choices=AXES)
    path = ByteOrderedField(max_length=120)
    """Path of the unit (axis line) or code of the kind (axis kind)."""
    depth = models.PositiveSmallIntegerField()
    """Steps below the owner of the campaign; 0 is the whole campaign."""
    name = models.CharField(max_length=300)
    sort_key = ByteOrderedField(max_length=700)
    expected = models.PositiveIntegerField(default=0)
    """Units that owe the report here, exempt ones left out."""
    sent = models.PositiveIntegerField(default=0)
    """Of those, how many have a version in the totals."""
    accepted = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    """Of the sent ones, how many came after their last day."""
    cells = models.JSONField(default=dict)
    """Cell key → [sum as text, units that answered, units to which it does not apply]."""

    class Meta:
        ordering = ["campaign_id", "axis", "depth", "sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "axis", "path"], name="reporting_totals_place"),
            models.CheckConstraint(
                condition=Q(sent__lte=F("expected"), accepted__lte=F("sent"), late__lte=F("sent")),
                name="reporting_totals_within_expected",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "axis", "depth", "sort_key"], name="reporting_totals_level")]
