"""Work to be done outside the request, with its lease, progress and attempts in one row."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class JobState(models.TextChoices):
    """Where a job stands."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Given up after the last attempt."""


class Job(models.Model):
    """One call of a registered handler. One whose lease has run out is taken again: handlers are idempotent."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    handler = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True)
    """A job that is waiting or running with the same key is not enqueued twice."""
    state = models.CharField(max_length=10, choices=JobState, default=JobState.READY)
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="jobs_job_state_known"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=["ready", "running"]), name="jobs_job_key_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "run_after", "id"], name="jobs_job_next")]


class Schedule(models.Model):
    """When a recurring job is next due; missed turns are caught up once."""

    handler = models.CharField(max_length=100, unique=True)
    next_at = models.DateTimeField()
