from caunoi.foundation.jobs.models.job import Job, JobState, Schedule

__all__ = ["Job", "JobState", "Schedule"]
