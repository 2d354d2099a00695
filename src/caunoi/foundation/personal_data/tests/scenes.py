"""A kind of personal data for tests, kept by no module: two people's cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from caunoi.foundation.personal_data.public import DataField, DataKind, Held, How, load_law, register_kind
from caunoi.foundation.personal_data.rules import kinds
from caunoi.kernel.actor import Actor
from caunoi.kernel.ids import uuid7

KIND = "test-card"


@dataclass
class Cards:
    """What is held, and what was corrected or erased through the registry."""

    rows: dict[UUID, Held] = field(default_factory=dict)

    def add(self, person_id: int, unit_id: int | None, name: str = "Lê Thị Thẻ") -> UUID:
        """Keep a card of a person."""
        record = uuid7()
        values = {"email": "the@thanhgiang.example", "phone": "0912345678"}
        self.rows[record] = Held(record, name, values, person_id, unit_id)
        return record

    def of_person(self, person_id: int) -> Iterable[Held]:
        """Return the cards of a person."""
        return [held for held in self.rows.values() if held.person_id == person_id]

    def correct(self, record: UUID, values: Mapping[str, str], by: Actor, at: dt.datetime) -> None:
        """Write new values on a card."""
        held = self.rows[record]
        self.rows[record] = Held(record, held.label, {**held.values, **values}, held.person_id, held.unit_id)

    def erase(self, record: UUID, by: Actor, at: dt.datetime) -> None:
        """Throw a card away."""
        del self.rows[record]


@contextmanager
def cards() -> Iterator[Cards]:
    """Register the kind for the time of a test; the rows of law are there even after a flush."""
    load_law()
    kept = Cards()
    register_kind(
        DataKind(
            key=KIND, label="Thẻ thử", purpose="Thử nghiệm",
            fields=(DataField("email", "Thư điện tử", How.EMAIL), DataField("phone", "Điện thoại", How.PHONE)),
            ground="public_duty", retention="while_in_post", of_record=kept.rows.get, of_person=kept.of_person,
            count=lambda: len(kept.rows), correct=kept.correct, erase=kept.erase,
        )
    )  # fmt: skip
    yield kept
    kinds._kinds.pop(KIND)
