"""Looking through rights from time to time: whether whoever holds one still needs it."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class AccessReview(models.Model):
    """One decision about one right: it is kept, or it was withdrawn. What was printed stays when the right is gone."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    grant = models.ForeignKey("people.Grant", on_delete=models.SET_NULL, related_name="+", null=True)
    role = models.CharField(max_length=30)
    holder = models.CharField(max_length=300)
    """Who held the post on that day, as printed."""
    post_title = models.CharField(max_length=200)
    unit_id = models.BigIntegerField()
    """The unit of the post."""
    is_kept = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [models.Index(fields=["grant", "-decided_at"], name="accounts_review_of_grant")]
