"""Periods of one attribute out of rows that hold several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """``value`` holds from ``from_on`` up to, not including, ``until_on``."""

    value: str
    from_on: dt.date
    until_on: dt.date | None


def spans(rows: Iterable[tuple[str, dt.date, dt.date | None]]) -> list[Span]:
    """Return the periods of a value given rows in order of their days; neighbours of one value become one period."""
    found: list[Span] = []
    for value, from_on, until_on in rows:
        if until_on is not None and until_on <= from_on:
            continue
        if found and found[-1].value == value and found[-1].until_on == from_on:
            found[-1] = Span(value, found[-1].from_on, until_on)
        else:
            found.append(Span(value, from_on, until_on))
    return found
