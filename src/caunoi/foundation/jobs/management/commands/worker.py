"""``caunoi worker``: runs jobs until told to stop. Several may run side by side."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Final

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from caunoi.foundation.jobs import operations
from caunoi.foundation.jobs.models import Job
from caunoi.kernel import clock

log = logging.getLogger("caunoi.jobs")
PAUSE: Final = 0.1
"""Seconds between two looks at an empty queue."""
HEARTBEAT: Final = operations.LEASE.total_seconds() / 3


class Command(BaseCommand):
    """Run jobs one after another."""

    help = "Runs queued jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add ``--drain``: stop when nothing is due (for tests and scripts)."""
        parser.add_argument("--drain", action="store_true", help="stop when nothing is due")

    def handle(self, *args: object, drain: bool = False, **options: object) -> None:
        """Claim, run and finish jobs; look for recurring ones once a second."""
        self._stop = False
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self._halt)
            signal.signal(signal.SIGINT, self._halt)
        name, looked = f"{socket.gethostname()}:{os.getpid()}", 0.0
        while not self._stop:
            if time.monotonic() - looked >= 1:
                operations.enqueue_recurring(now=clock.now())
                looked = time.monotonic()
            job = operations.claim(worker=name, now=clock.now())
            if job is not None:
                run_job(job)
            elif drain:
                return
            else:
                close_old_connections()
                time.sleep(PAUSE)

    def _halt(self, number: int, frame: FrameType | None) -> None:
        self._stop = True


def run_job(job: Job) -> None:
    """Run one claimed job under a heartbeat. A failure is kept in the job's row and tried again later."""
    done = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, done), daemon=True)
    heart.start()
    try:
        function = operations.handler_named(job.handler)
        if function is None:
            raise LookupError(f"no handler is registered as {job.handler!r}")
        function(operations.Run(job.pk, clock.now(), job.attempts), **job.arguments)
    except Exception as error:
        log.exception("job %s (%s) failed, attempt %s", job.pk, job.handler, job.attempts)
        operations.fail(job, error=f"{type(error).__name__}: {error}", now=clock.now())
    else:
        operations.finish(job, now=clock.now())
    finally:
        done.set()


def _beat(job: Job, done: threading.Event) -> None:
    while not done.wait(HEARTBEAT):
        operations.renew(job, now=clock.now())
    connection.close()
