"""Originals, kept byte for byte under their hash."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from caunoi.kernel.ids import uuid7


class StoredFile(models.Model):
    """One kept file. Two with the same bytes share the place on disk."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=255)
    """As the person called it; never used as a path."""
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_ROOT) / self.sha256[:2] / self.sha256[2:4] / self.sha256
