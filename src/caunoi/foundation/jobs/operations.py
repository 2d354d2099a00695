"""Enqueueing, claiming and finishing jobs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from caunoi.foundation.jobs.models import Job, JobState, Schedule

LEASE = dt.timedelta(seconds=30)
MAX_ATTEMPTS = 4
BACKOFF = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Run:
    """One running attempt, given to the handler."""

    job_id: int
    at: dt.datetime
    """When this attempt began; handlers pass it on as ``at=``."""
    attempt: int

    def progress(self, done: int, total: int) -> None:
        """Show how far the work is."""
        Job.objects.filter(pk=self.job_id).update(done=done, total=total)


class Handler(Protocol):
    """A registered function: gets the run and the arguments it was enqueued with; must be idempotent."""

    def __call__(self, run: Run, /, **arguments: object) -> None: ...


_handlers: dict[str, Handler] = {}
_recurring: dict[str, dt.timedelta] = {}


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register the decorated function under ``name`` ("documents.read")."""

    def register(function: Handler) -> Handler:
        _handlers[name] = function
        return function

    return register


def every(name: str, interval: dt.timedelta) -> None:
    """Have the handler ``name`` run once per ``interval``; after downtime it runs once, not for each missed turn."""
    _recurring[name] = interval


def handler_named(name: str) -> Handler | None:
    """Return the registered handler, or ``None``."""
    return _handlers.get(name)


def enqueue(name: str, /, *, at: dt.datetime, key: str | None = None, delay: dt.timedelta | None = None,
            **arguments: str | int | None) -> Job:  # fmt: skip
    """Add a job in the caller's own transaction; with ``key``, return the one already waiting or running instead."""
    if key is not None:
        waiting = Job.objects.filter(key=key, state__in=[JobState.READY, JobState.RUNNING]).first()
        if waiting is not None:
            return waiting
    return Job.objects.create(
        handler=name, arguments=arguments, key=key, run_after=at + (delay or dt.timedelta()), created_at=at
    )


def claim(*, worker: str, now: dt.datetime) -> Job | None:
    """Take the next job for ``worker``, together with any whose lease has run out; ``None`` when nothing is due."""
    with transaction.atomic():
        due = Job.objects.filter(
            Q(state=JobState.READY, run_after__lte=now) | Q(state=JobState.RUNNING, leased_until__lt=now)
        ).order_by("run_after", "id")
        job = _locked(due).first()
        if job is None:
            return None
        job.state, job.worker, job.leased_until = JobState.RUNNING, worker, now + LEASE
        job.attempts += 1
        job.save(update_fields=["state", "worker", "leased_until", "attempts"])
        return job


def _locked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    return jobs.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else jobs


def renew(job: Job, *, now: dt.datetime) -> None:
    """Extend the lease of a job that is still being worked on."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker).update(leased_until=now + LEASE)


def finish(job: Job, *, now: dt.datetime) -> None:
    """Mark a job done."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DONE, finished_at=now, leased_until=None, done=F("total"), error=""
    )


def fail(job: Job, *, error: str, now: dt.datetime) -> None:
    """Try again later with growing pauses, or give up after the last attempt; the reason is kept either way."""
    if job.attempts >= MAX_ATTEMPTS:
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error=error, finished_at=now, leased_until=None)
        return
    Job.objects.filter(pk=job.pk).update(
        state=JobState.READY, error=error, leased_until=None, run_after=now + BACKOFF * 2 ** (job.attempts - 1)
    )


def enqueue_recurring(*, now: dt.datetime) -> None:
    """Enqueue every recurring handler whose turn has come, each once however long the worker was away."""
    for name, interval in _recurring.items():
        turn, created = Schedule.objects.get_or_create(handler=name, defaults={"next_at": now})
        if not created and turn.next_at > now:
            continue
        with transaction.atomic():
            enqueue(name, at=now, key=f"recurring:{name}")
            Schedule.objects.filter(pk=turn.pk).update(next_at=now + interval)
