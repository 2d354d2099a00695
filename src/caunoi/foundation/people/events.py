"""What people announce, inside the transaction that changes who holds a post."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PostLeft:
    """A person no longer holds a post from ``on``, which may lie ahead; announced when the whole act is written."""

    person_id: int
    post_id: int
    on: dt.date
    by: Actor
    at: dt.datetime
