"""How near a due day is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caunoi.foundation.pages.rules.states import Tone

SOON_DAYS = 7
"""From how many days on a due day is shown as near; a matter of display alone."""


class Bound(StrEnum):
    """How the due day binds, in the words of the law."""

    STRICTLY_BEFORE = "strictly_before"
    """"trước ngày": the day itself is late."""
    NO_LATER_THAN = "no_later_than"
    """"chậm nhất ngày": the day itself is in time."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """``days_left`` to the last day in time (0: today is the last; negative: so many days late)."""

    days_left: int
    tone: Tone
    done: bool = False


def nearness(day: date, bound: Bound | str, today: date, done_on: date | None = None) -> Nearness:
    """Return how near ``day`` is on ``today``, or, when it was done, whether it was done in time."""
    last = day - timedelta(days=1) if Bound(bound) is Bound.STRICTLY_BEFORE else day
    left = (last - (done_on or today)).days
    if done_on is not None:
        return Nearness(left, Tone.DONE if left >= 0 else Tone.SOON, done=True)
    if left < 0:
        return Nearness(left, Tone.LATE)
    return Nearness(left, Tone.SOON if left <= SOON_DAYS else Tone.NEUTRAL)
