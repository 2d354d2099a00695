"""Work of the clock."""

from __future__ import annotations

import datetime as dt

from caunoi.business.plans.public import remind_of_tasks
from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.kernel.actor import system

REMIND = "plans.remind"


@handler(REMIND)
def remind(run: Run, /, **arguments: object) -> None:
    """Look through the tasks that are near their day or past it."""
    remind_of_tasks(by=system("Nhắc việc"), at=run.at)


every(REMIND, dt.timedelta(hours=1))
