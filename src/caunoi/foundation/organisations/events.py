"""What organisations announce, inside the transaction that changes the tree (``kernel.events.announce``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class UnitsChanged:
    """An event of units has been entered and holds from ``effective_on`` (which may lie in the past or ahead)."""

    event_id: UUID
    """Public id of the event."""
    kind: str
    """A value of ``EventKind``."""
    effective_on: dt.date
    opened: tuple[int, ...]
    """Units that exist from that day on."""
    closed: tuple[int, ...]
    """Units that no longer exist from that day on."""
    moved: tuple[int, ...]
    """Units placed under another parent in either line; what stands under them follows and is not listed."""
    successors: tuple[tuple[int, int], ...]
    """(old, new): links of this event; the principal one of an ended unit stands first among its links."""
    by: Actor
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnitEventUndone:
    """An event has been taken back: ``opened`` units go, ``closed`` live on, ``moved`` stand where they did."""

    event_id: UUID
    kind: str
    effective_on: dt.date
    opened: tuple[int, ...]
    """Units the event had opened; announced before their rows are deleted."""
    closed: tuple[int, ...]
    moved: tuple[int, ...]
    successors: tuple[tuple[int, int], ...]
    by: Actor
    at: dt.datetime
