"""Work of the clock."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.organisations.public import show_names_in_force

TAKE_EFFECT = "organisations.take_effect"


@handler(TAKE_EFFECT)
def take_effect(run: Run, /, **arguments: object) -> None:
    """Let units be called by the names that have come into force since events were entered ahead of their day."""
    show_names_in_force(at=run.at)


every(TAKE_EFFECT, dt.timedelta(hours=1))
