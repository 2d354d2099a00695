"""Days off, as rows with their source; a corrected row stays, with the moment and the ground of its end."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Holiday(models.Model):
    """A day off, or a Saturday or Sunday worked in exchange; at most one row stands for a day."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    is_working = models.BooleanField(default=False)
    """True for a weekend day that is worked in exchange."""
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=2, default="C")
    """C read in the text, C2 second-hand, K and U to be verified."""
    entered_at = models.DateTimeField(null=True)
    """``None`` for what came with the system."""
    entered_by = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    """When another row took its place, or the day became an ordinary one; ``None`` while it stands."""
    ended_by = models.CharField(max_length=300, blank=True)
    ended_ground = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=Q(ended_at__isnull=True), name="calendar_day_stands_once")
        ]
