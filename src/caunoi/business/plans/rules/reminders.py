"""When a task is to be brought to mind again."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

Rung = Literal["soon", "last_days", "late", "long_late"]

SOON: Final = 7
LAST_DAYS: Final = 2
LONG_LATE: Final = 7
"""Days; a matter of the house, no law says so."""


def rung(last_day: dt.date, today: dt.date) -> Rung | None:
    """Return the one reminder that fits ``today``; earlier ones that were missed are not caught up one by one."""
    left = (last_day - today).days
    if left > SOON:
        return None
    if left > LAST_DAYS:
        return "soon"
    if left >= 0:
        return "last_days"
    return "late" if -left < LONG_LATE else "long_late"
