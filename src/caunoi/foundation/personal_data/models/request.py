"""What a person asks about their own data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.foundation.personal_data.rules.states import RequestKind, RequestState
from caunoi.kernel.ids import uuid7


class SubjectRequest(models.Model):
    """One request with its two clocks: to acknowledge it, and to carry it out."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RequestKind])
    state = models.CharField(
        max_length=15, choices=[(one.value, one.value) for one in RequestState], default=RequestState.RECEIVED
    )
    person_id = models.BigIntegerField(null=True)
    """The person of the system whom it is about; null for somebody outside."""
    person_name = models.CharField(max_length=200)
    unit_id = models.BigIntegerField(null=True)
    text = models.TextField()
    received_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    done = models.JSONField(default=list)
    """What was given, corrected or erased: [kind, record label] of each."""

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="personal_request_due"),
            models.Index(fields=["person_id", "-received_at"], name="personal_request_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(RequestState)), name="personal_request_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(RequestKind)), name="personal_request_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "acknowledged"]) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="personal_request_answered_in_words",
            ),
        ]
