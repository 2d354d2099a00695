"""Breaches of personal data and what must be done about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.foundation.personal_data.rules.states import BreachState
from caunoi.kernel.ids import uuid7


class Breach(models.Model):
    """One breach with its clock: the authority is told within the limit ``breach.notify`` of its discovery."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    happened_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()
    notify_by = models.DateTimeField()
    what = models.TextField()
    """What happened and how it was found."""
    kinds = models.JSONField(default=list)
    """Keys of the kinds of personal data that were touched."""
    people_count = models.PositiveIntegerField(null=True)
    consequences = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in BreachState], default=BreachState.OPEN
    )
    notified_at = models.DateTimeField(null=True)
    notice_code = models.CharField(max_length=120, blank=True)
    """Number and symbol of the notice sent, or how it was sent."""
    late_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(BreachState)), name="personal_breach_state_known"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(notified_at__isnull=False) | Q(state="closed"),
                name="personal_breach_notified_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(conclusion=""), name="personal_breach_closed_with_a_conclusion"
            ),
        ]


class BreachTask(models.Model):
    """One thing to do about a breach."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    breach = models.ForeignKey("personal_data.Breach", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["breach_id", "position"]
        constraints = [models.UniqueConstraint(fields=["breach", "position"], name="personal_breachtask_place")]
