"""What documents tell the modules above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """An outgoing document was numbered and issued; ``origin_kind`` and ``origin_id`` say what it was made from."""

    document_id: int
    unit_id: int
    origin_kind: str
    origin_id: UUID | None
    by: Actor
    at: dt.datetime
