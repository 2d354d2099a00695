"""Secret keys that speak for a person: for programs and for calendars."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.kernel.ids import uuid7


class KeyUse(models.TextChoices):
    """What a key opens."""

    API = "api", "api"
    CALENDAR = "calendar", "calendar"


class AccessKey(models.Model):
    """A key of one account. It is shown once; only its hash is kept, and its first signs to tell it by."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, null=True, related_name="+")
    """The post whose rights the key has; a calendar key has none and shows all posts of its person."""
    use = models.CharField(max_length=10, choices=KeyUse)
    name = models.CharField(max_length=100)
    beginning = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(use="calendar") | (Q(post__isnull=False) & Q(expires_at__isnull=False)),
                name="accounts_key_of_program_has_post_and_end",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")), name="accounts_key_period"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(use="calendar", revoked_at__isnull=True), name="accounts_calendar_once"
            ),
        ]
