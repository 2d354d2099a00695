"""Notices to posts, and the ledger that keeps each reminder from being sent twice or lost."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class Notice(models.Model):
    """Something that the holder of a post should know. It belongs to the post, so it stays when the holder changes."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    post = models.ForeignKey("people.Post", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    """Path of the page to open."""
    from_name = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    """Told by e-mail at once, to those who want it so."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["post", "-created_at"], name="notifications_notice_post"),
            models.Index(fields=["post"], condition=models.Q(read_at__isnull=True), name="notifications_notice_unread"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(read_at__isnull=True, is_urgent=True),
                name="notifications_notice_urgent",
            ),
        ]


class Rung(models.Model):
    """One reminder of one thing to one unit: done once, however often the job runs or however long it was away."""

    key = models.CharField(max_length=200)
    """What it is about: ``campaign:<id>``."""
    unit_id = models.BigIntegerField()
    rung = models.CharField(max_length=40)
    """Which reminder: ``before_7``, ``before_1``, ``late_1``, ``by_hand:<moment>``."""
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["key", "unit_id", "rung"], name="notifications_rung_once")]
