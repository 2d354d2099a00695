"""What personal data announce: somebody has to be told. Who tells them stands above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordSent:
    """A word to the person in charge of data protection over a unit, or, with ``person_id``, to that person."""

    kind: str
    title: str
    text: str
    address: str
    """Path of the page to open."""
    unit_id: int | None
    at: dt.datetime
    person_id: int | None = None
    once: str = ""
    """A word with the same ``once`` is sent once; empty: each time."""
