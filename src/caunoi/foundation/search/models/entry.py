"""What can be found: one row for each record, with its folded words."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.fields import ByteOrderedField


class SearchEntry(models.Model):
    """A record of any module as the search sees it. Its words have no accents and no đ, so neither need be typed.

    The words are indexed by the database: FTS5 on SQLite (kept true by triggers), GIN on PostgreSQL. Both are made by
    the migration ``0003_index_of_words``; a later one that makes the table anew on SQLite must make the triggers anew.
    """

    kind = models.CharField(max_length=40)
    """Registered kind: document, plan, campaign, unit, person."""
    object_id = models.UUIDField()
    """Public id of the record."""
    code = models.CharField(max_length=120, default="")
    """Folded code by which the record is known: number and notation, code of a unit."""
    title = models.CharField(max_length=500)
    folded_title = ByteOrderedField(max_length=500)
    words = models.TextField()
    """``rules.words.indexed``."""
    unit_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    """Moment by which newer records come first."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [
            models.Index(fields=["kind", "folded_title"], name="search_entry_title"),
            models.Index(fields=["kind", "code"], name="search_entry_code"),
        ]
