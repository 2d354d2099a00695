"""Who carries a unit that has ended: the principal successions followed to their end, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """``old`` ended on ``on`` and ``new`` carries it from then."""

    old: int
    new: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Carried:
    """``heir`` carries ``unit`` from ``from_on`` up to, not including, ``until_on``."""

    unit: int
    heir: int
    from_on: dt.date
    until_on: dt.date | None


def carriers(links: Iterable[Link], *, only: Iterable[int] | None = None) -> list[Carried]:
    """Return who carries each ended unit and when; ``only`` limits the answer to some units.

    A unit has one principal successor at most, so that the chain from it is one line; a circle ends the chain.
    """
    following: Mapping[int, Link] = {link.old: link for link in links}
    units = sorted(following) if only is None else sorted(set(only) & following.keys())
    return [carried for unit in units for carried in _chain(unit, following)]


def _chain(unit: int, following: Mapping[int, Link]) -> list[Carried]:
    found: list[Carried] = []
    link, seen = following[unit], {unit}
    while True:
        after = following.get(link.new)
        if after is None or after.new in seen:
            found.append(Carried(unit, link.new, link.on, None))
            return found
        if after.on > link.on:
            found.append(Carried(unit, link.new, link.on, after.on))
            link = after
        else:  # the successor had ended already on that day: what carries it carries this one too
            link = Link(link.new, after.new, link.on)
        seen.add(link.old)
