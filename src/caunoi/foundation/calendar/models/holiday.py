"""Days off, as dated rows with their source."""

from __future__ import annotations

from django.db import models


class Holiday(models.Model):
    """A day off, or a Saturday or Sunday worked in exchange."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    is_working = models.BooleanField(default=False)
    """True for a weekend day that is worked in exchange."""
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=2, default="C")
    """C read in the text, C2 second-hand, K and U to be verified."""

    class Meta:
        ordering = ["day"]
