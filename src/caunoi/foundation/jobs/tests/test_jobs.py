import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from caunoi.foundation.jobs import operations
from caunoi.foundation.jobs.models import Job, JobState
from caunoi.foundation.jobs.public import Run, enqueue, handler

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def seen() -> Iterator[list[str]]:
    calls: list[str] = []

    @handler("test.note")
    def note(run: Run, /, **arguments: object) -> None:
        calls.append(str(arguments["word"]))
        run.progress(3, 4)
        if arguments["word"] == "sai":
            raise ValueError("word is wrong")

    yield calls
    operations._handlers.pop("test.note")


def test_a_job_runs_once_and_is_done(seen: list[str], now: dt.datetime) -> None:
    job = enqueue("test.note", at=now, word="một")
    call_command("worker", drain=True)
    job.refresh_from_db()
    assert (seen, job.state, job.done, job.total) == (["một"], JobState.DONE, 4, 4)


def test_a_failed_job_keeps_its_reason_and_waits_for_another_try(seen: list[str], now: dt.datetime) -> None:
    job = enqueue("test.note", at=now, word="sai")
    call_command("worker", drain=True)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.READY, 1, "ValueError: word is wrong")
    assert job.run_after > now


def test_a_job_of_a_killed_worker_is_taken_again_when_its_lease_has_run_out(now: dt.datetime) -> None:
    enqueue("test.note", at=now, word="một")
    first = operations.claim(worker="a", now=now)
    assert first is not None
    assert operations.claim(worker="b", now=now + operations.LEASE) is None
    again = operations.claim(worker="b", now=now + operations.LEASE + SECOND)
    assert again is not None
    assert (again.pk, again.worker, again.attempts) == (first.pk, "b", 2)


def test_a_renewed_lease_keeps_the_job(now: dt.datetime) -> None:
    enqueue("test.note", at=now, word="một")
    job = operations.claim(worker="a", now=now)
    assert job is not None
    operations.renew(job, now=now + operations.LEASE)
    assert operations.claim(worker="b", now=now + operations.LEASE + SECOND) is None


def test_the_same_key_is_not_enqueued_twice_while_waiting(now: dt.datetime) -> None:
    assert enqueue("test.note", at=now, key="k", word="một") == enqueue("test.note", at=now, key="k", word="hai")


def test_it_gives_up_after_the_last_attempt(now: dt.datetime) -> None:
    job = enqueue("test.note", at=now, word="một")
    job.attempts = operations.MAX_ATTEMPTS
    operations.fail(job, error="no", now=now)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "no")


def test_a_recurring_job_is_caught_up_once_after_downtime(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr(operations, "_recurring", {"test.daily": dt.timedelta(days=1)})
    operations.enqueue_recurring(now=now)
    Job.objects.update(state=JobState.DONE)
    operations.enqueue_recurring(now=now + dt.timedelta(hours=23))
    assert Job.objects.count() == 1
    operations.enqueue_recurring(now=now + dt.timedelta(days=5))
    assert Job.objects.count() == 2
