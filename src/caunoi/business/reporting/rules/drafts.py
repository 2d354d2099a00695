"""Two people in one draft: what each changed is kept, and where both changed the same place the person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Fields = Mapping[str, str | None]
"""Place → what stands there: "cell:KEY" packed, "section:CODE" and "explain:KEY" text; ``None`` for nothing."""
Touched = Mapping[str, list[object]]
"""Place → [revision in which it was last changed, who changed it, from which window]."""


@dataclass(frozen=True, slots=True)
class Base:
    """What somebody's changes rest on: the version and revision of the draft that the window has seen.

    ``writer`` names the window, so that a save whose answer was lost does not clash with itself when it is repeated.
    """

    version: int
    revision: int
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """One place that two people changed: what stands there now, by whom, and what this person wants there."""

    field: str
    theirs: str | None
    mine: str | None
    who: str


def changed(given: Fields, stored: Fields) -> dict[str, str | None]:
    """Return only what differs from what stands in the draft."""
    return {field: value for field, value in given.items() if (stored.get(field) or None) != (value or None)}


def clashes(wanted: Fields, stored: Fields, touched: Touched, base: Base) -> list[Clash]:
    """Return the places among ``wanted`` that another window changed after the revision that ``base`` has seen."""
    found = []
    for field, mine in wanted.items():
        revision, who, writer = touched.get(field, [0, "", ""])
        if isinstance(revision, int) and revision > base.revision and not (writer and writer == base.writer):
            found.append(Clash(field, stored.get(field), mine, str(who)))
    return found


def by_others(touched: Touched, base: Base) -> list[str]:
    """Return the places that other windows changed since ``base``, for showing them there."""
    return [
        field
        for field, (revision, _who, writer) in touched.items()
        if isinstance(revision, int) and revision > base.revision and not (writer and writer == base.writer)
    ]
