"""Versions of a unit's report. A version that has left the unit never changes; a trigger in the database sees to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.business.reporting.rules.states import SubmissionState
from caunoi.kernel.ids import uuid7


class Submission(models.Model):
    """One version: packed cells, narrative by section, explanations of queries (docs/adr on storage of cells)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reporter = models.ForeignKey("reporting.ExpectedReporter", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(x.value, x.value) for x in SubmissionState])
    counts = models.BooleanField(default=False)
    """Whether this is the version that stands in the totals."""
    cells = models.JSONField(default=dict)
    """Cell key → packed measure; a missing key is a missing figure."""
    narrative = models.JSONField(default=dict)
    """Section code → text, paragraphs on lines of their own."""
    explanations = models.JSONField(default=dict)
    """Query key → the unit's explanation."""
    revision = models.PositiveIntegerField(default=0)
    """Counts the saves of a draft."""
    touched = models.JSONField(default=dict)
    """Place ("cell:KEY", "section:CODE", "explain:KEY") → [revision of its last change, who, from which window]."""
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=200, blank=True)
    presented_at = models.DateTimeField(null=True)
    presented_by_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    sent_by_title = models.CharField(max_length=200, blank=True)
    days_late = models.PositiveSmallIntegerField(default=0)
    send_key = models.CharField(max_length=64, null=True)
    """Given by the sender so that the same sending, repeated, is one."""
    behalf_ground = models.CharField(max_length=300, blank=True)
    """Why another than the unit itself entered and sent it (by post, a unit without a connection); empty otherwise."""
    signed_copy = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True)
    """A scan or signed pdf of the report."""
    signed_copy_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["reporter_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["reporter", "version"], name="reporting_submission_version"),
            models.UniqueConstraint(
                fields=["reporter"],
                condition=Q(state__in=["draft", "in_approval"]),
                name="reporting_submission_one_open",
            ),
            models.UniqueConstraint(
                fields=["reporter"], condition=Q(counts=True), name="reporting_submission_one_counts"
            ),
            models.UniqueConstraint(fields=["reporter", "send_key"], name="reporting_submission_send_key"),
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in SubmissionState]), name="reporting_submission_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_approval"], sent_at__isnull=True)
                | Q(state__in=["submitted", "returned", "accepted", "superseded"], sent_at__isnull=False),
                name="reporting_submission_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(counts=False) | Q(state__in=["submitted", "accepted"]),
                name="reporting_submission_only_sent_counts",
            ),
        ]


class SubmissionReturn(models.Model):
    """Why a version was sent back: one reason, and notes on sections and cells."""

    submission = models.OneToOneField("reporting.Submission", on_delete=models.PROTECT, related_name="sent_back")
    reason = models.TextField()
    notes = models.JSONField(default=dict)
    """"section:CODE" or "cell:KEY" → what is wrong there."""
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reporting_return_has_a_reason")]
