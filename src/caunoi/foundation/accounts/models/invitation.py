"""Invitations: the link by which a person first signs in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.kernel.ids import uuid7


class MailState(models.TextChoices):
    """How far the letter with the link is."""

    QUEUED = "queued", "queued"
    TAKEN = "taken", "taken"
    REFUSED = "refused", "refused"
    UNCERTAIN = "uncertain", "uncertain"


class Invitation(models.Model):
    """One link for one person, good once and for a while. Only the hash of its token is kept."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=300)
    """Printed name and unit of who invites."""
    batch = models.ForeignKey("accounts.InvitationBatch", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    mail_words = models.CharField(max_length=500, blank=True)
    """What the mail server said when it refused."""

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_invitation_open_once",
            ),
        ]


class InvitationBatch(models.Model):
    """Many invitations that one person asked for at once; a job works them off."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.BigIntegerField(null=True)
    """The post that the asker acted for; the job acts as they did."""
    entries = models.JSONField()
    """``[[person id, e-mail address], …]``"""
    done = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    """``[[person id, refusal code, facts], …]``"""
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    @property
    def total(self) -> int:
        """How many people it is about."""
        return len(self.entries)
