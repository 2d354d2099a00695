"""Each time somebody had masked data shown in full."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class Reveal(models.Model):
    """Who saw which field of which record, when and why; written in the transaction that gives the answer."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    record = models.UUIDField()
    record_label = models.CharField(max_length=300)
    subject_person_id = models.BigIntegerField(null=True)
    """The person whom the data are about."""
    unit_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_title = models.CharField(max_length=200)
    address = models.CharField(max_length=64)
    is_unusual = models.BooleanField(default=False)
    unusual_for = models.JSONField(default=list)
    """Why: names of ``rules.unusual.Unusual``."""

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["by_person_id", "at"], name="personal_reveal_by"),
            models.Index(fields=["subject_person_id", "-at"], name="personal_reveal_subject"),
            models.Index(fields=["unit_id", "-at"], name="personal_reveal_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="personal_reveal_has_a_reason"),
        ]
