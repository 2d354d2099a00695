"""What is looked after by itself: the clocks of requests and breaches, and what is kept too long."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.personal_data.operations.retention import erase_expired
from caunoi.foundation.personal_data.operations.telling import tell_clocks
from caunoi.kernel.actor import system

CLOCKS = "personal_data.clocks"
RETENTION = "personal_data.retention"


@handler(CLOCKS)
def clocks(run: Run, /, **arguments: object) -> None:
    """Remind of requests and breaches whose time is nearly up."""
    tell_clocks(at=run.at)


@handler(RETENTION)
def retention(run: Run, /, **arguments: object) -> None:
    """Erase what its retention rule no longer covers."""
    erase_expired(by=system("Rà soát thời hạn lưu"), at=run.at)


every(CLOCKS, dt.timedelta(hours=1))
every(RETENTION, dt.timedelta(days=1))
