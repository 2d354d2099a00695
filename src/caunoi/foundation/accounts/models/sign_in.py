"""Where somebody is signed in, what went wrong before, and the passwords that were used."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class Ending(models.TextChoices):
    """Why a session ended before its time; its next request is told so."""

    ELSEWHERE = "elsewhere", "elsewhere"
    """By the person, from another device."""
    ADMINISTRATOR = "administrator", "administrator"
    PASSWORD = "password", "password"
    CLOSED = "closed", "closed"
    TOO_MANY = "too_many", "too_many"
    """More sessions at once than the rules allow: the one not used for longest."""
    POST_LEFT = "post_left", "post_left"
    """The person holds no post any more."""


class SignIn(models.Model):
    """One session of one account: since when, where from, when last seen."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    way = models.CharField(max_length=20)
    """How one signed in: ``password``, ``passkey``, ``office`` (single sign-on), ``invitation``."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_why = models.CharField(max_length=15, choices=Ending, blank=True)
    """Set when the session was ended by somebody; the row stays for a while so that its browser is told."""

    class Meta:
        ordering = ["-seen_at", "-id"]


class Tally(models.Model):
    """Wrong passwords in a row at one name or from one address. Names are kept as a keyed hash: typing slips."""

    key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, null=True, related_name="+")
    """Set when the name belongs to an account."""
    address = models.CharField(max_length=45, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """Closed until then."""

    class Meta:
        ordering = ["-last_at", "-id"]


class FormerPassword(models.Model):
    """The hash of a password that was used, so that it is not used again soon."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-id"]
