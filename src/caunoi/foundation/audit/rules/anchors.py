"""Anchors: the heads of all lanes as one line of text, kept where the database's owner cannot change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

HASH_LENGTH = 64


class AnchorUnreadable(ValueError):
    """A line that is no anchor."""


def written(heads: Iterable[tuple[int, int, str]]) -> str:
    """Return one line: ``lane:position:hash`` of each lane, separated by blanks."""
    return " ".join(f"{lane}:{position}:{digest}" for lane, position, digest in heads)


def line_of(heads: Iterable[tuple[int, int, str]], *, at: dt.datetime) -> str:
    """Return the same line with its moment as a note."""
    return f"{written(heads)} # {at.isoformat(timespec='seconds')}"


def read_anchors(text: str) -> list[tuple[int, int, str]]:
    """Return the heads of every line; what stands after ``#`` is a note. Raises AnchorUnreadable."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        for word in line.partition("#")[0].split():
            parts = word.split(":")
            if len(parts) != 3 or not (parts[0].isdigit() and parts[1].isdigit()) or len(parts[2]) != HASH_LENGTH:
                raise AnchorUnreadable(f"line {number}: {word}")
            found.append((int(parts[0]), int(parts[1]), parts[2]))
    return found
