"""Letters by e-mail: each is one row from the moment it is wanted, so that none is lost and none goes out twice."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from caunoi.kernel.ids import uuid7

DIGEST_AT = dt.time(7, 0)
"""When the digest of a person who chose no time is written."""


class DeliveryKind(models.TextChoices):
    """What kind of letter."""

    DIGEST = "digest", "digest"
    URGENT = "urgent", "urgent"
    INVITATION = "invitation", "invitation"
    PASSWORD = "password", "password"


class DeliveryState(models.TextChoices):
    """How far a letter is."""

    QUEUED = "queued", "queued"
    HANDING = "handing", "handing"
    """Its text is being handed to the mail server; found so after a crash, it counts as uncertain."""
    TAKEN = "taken", "taken"
    REFUSED = "refused", "refused"
    UNCERTAIN = "uncertain", "uncertain"
    """The connection broke while the text was handed over: the server may have taken it. It is not sent again."""
    DROPPED = "dropped", "dropped"
    """No longer of use when its turn came: all was read, or the invitation withdrawn."""


class Delivery(models.Model):
    """One letter to one person. Its text is written when it is sent: no secret and no copy of a record waits here."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    """What makes it the same letter: ``digest:<account>:<day>``, ``invitation:<id>`` …"""
    kind = models.CharField(max_length=12, choices=DeliveryKind)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    invitation = models.ForeignKey("accounts.Invitation", on_delete=models.CASCADE, null=True, related_name="+")
    to = models.EmailField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=500, blank=True)
    """What the mail server said last."""
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    """When the last of what it tells was read in the system, or its link was used."""

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["account", "-queued_at"], name="notifications_delivery_account"),
            models.Index(
                fields=["next_at"], condition=Q(state__in=["queued", "handing"]), name="notifications_delivery_open"
            ),
        ]


class Enclosure(models.Model):
    """A notice that a letter tells an account of: at most once."""

    delivery = models.ForeignKey("notifications.Delivery", on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey("notifications.Notice", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["delivery_id", "id"]
        constraints = [models.UniqueConstraint(fields=["notice", "account"], name="notifications_enclosed_once")]


class Preference(models.Model):
    """How a person wants to hear by e-mail. Without a row: every working day at seven, urgent things at once."""

    account = models.OneToOneField("accounts.Account", on_delete=models.CASCADE, related_name="+")
    has_digest = models.BooleanField(default=True)
    digest_at = models.TimeField(default=DIGEST_AT)
    on_working_days_only = models.BooleanField(default=True)
    has_urgent = models.BooleanField(default=True)

    class Meta:
        ordering = ["account_id"]
