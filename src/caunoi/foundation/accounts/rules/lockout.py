"""When too many wrong passwords close the way in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Wrong attempts in a row at one name or from one address, and until when the way is closed."""

    failures: int = 0
    last_at: dt.datetime | None = None
    until: dt.datetime | None = None

    def is_closed(self, at: dt.datetime) -> bool:
        """Whether the way in is closed at this moment."""
        return self.until is not None and at < self.until


def after_failure(tally: Tally, *, at: dt.datetime, limit: int, span: dt.timedelta) -> Tally:
    """Return the tally after one more wrong attempt: closed for ``span`` once ``limit`` is reached.

    Attempts older than ``span``, and those before a lock that has run out, no longer count.
    """
    stale = tally.last_at is None or at - tally.last_at >= span or tally.until is not None
    failures = 1 if stale else tally.failures + 1
    return Tally(failures, at, at + span if failures >= limit else None)
