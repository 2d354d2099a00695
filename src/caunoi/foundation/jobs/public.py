"""The door of jobs."""

from caunoi.foundation.jobs.models import Job, JobState
from caunoi.foundation.jobs.operations import Run, enqueue, every, handler

__all__ = ["Job", "JobState", "Run", "enqueue", "every", "handler"]
