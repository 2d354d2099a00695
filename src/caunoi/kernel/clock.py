"""The one place that reads the clock. Web handlers, jobs and commands call it; rules and operations are told."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """Return the present moment, aware, in Vietnam time."""
    return dt.datetime.now(tz=VIETNAM)


def today() -> dt.date:
    """Return the present day in Vietnam."""
    return now().date()


def day_of(moment: dt.datetime) -> dt.date:
    """Return the Vietnamese calendar day of an aware ``moment``."""
    return moment.astimezone(VIETNAM).date()
