"""When having personal data shown is unusual, so that the person in charge of data protection hears of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Unusual(StrEnum):
    """What is unusual about a reveal."""

    RATE = "rate"
    """More within an hour than the limit ``reveal.rate``."""
    HOURS = "hours"
    """On a day off, before ``reveal.from`` or from ``reveal.until`` on."""
    ELSEWHERE = "elsewhere"
    """Data of a unit that lies neither in the unit of one's post nor below it, by a right given over another unit."""


def unusual(
    *, before: int, rate: int, moment: dt.datetime, first_hour: int, end_hour: int, is_working_day: bool, is_near: bool
) -> list[Unusual]:
    """Return what is unusual about a reveal at a local ``moment``, after ``before`` others within the hour."""
    found = []
    if before >= rate:
        found.append(Unusual.RATE)
    if not is_working_day or not first_hour <= moment.hour < end_hour:
        found.append(Unusual.HOURS)
    if not is_near:
        found.append(Unusual.ELSEWHERE)
    return found
