"""Showing masked data in full, with its trace."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.personal_data.access import held_or_404, limit, may_reveal
from caunoi.foundation.personal_data.models import Reveal
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import day_of
from caunoi.kernel.errors import NotAllowed, NotFound, Refused


class ReasonMissing(Refused):
    """Nobody said what the data are needed for."""


@use_case
def reveal(*, kind: str, record_id: UUID, field: str, reason: str, by: Actor, at: dt.datetime) -> str:
    """Return one field of a record in full; who asked and why is written in the same transaction.

    Raises NotFound for a record or field that is not registered, NotAllowed outside one's part of the tree,
    ReasonMissing without a reason of three letters or more.
    """
    known, held = held_or_404(kind, record_id)
    shown = known.field_of(field)
    if shown is None:
        raise NotFound("personal_record_unknown")
    if not may_reveal(by, held, on=day_of(at)):
        raise NotAllowed("personal_reveal_not_allowed")
    if len(reason.strip()) < 3:
        raise ReasonMissing("personal_reason_missing")
    unusual = _count_of_hour(by, at) >= limit("reveal.rate", at=at).amount
    Reveal.objects.create(
        at=at, kind=kind, field=field, record=record_id, record_label=held.label[:300],
        subject_person_id=held.person_id, unit_id=held.unit_id, reason=reason.strip()[:300],
        by_person_id=by.person_id, by_name=by.person_name, by_title=by.post_title, address=by.address,
        is_unusual=unusual,
    )  # fmt: skip
    record(
        by=by, at=at, verb="personal_data.reveal_unusual" if unusual else "personal_data.reveal",
        subject=Subject(kind, str(record_id), held.label, held.unit_id),
        changes={"field": (None, str(shown.label)), "reason": (None, reason.strip())},
    )  # fmt: skip
    return held.values.get(field, "")


def _count_of_hour(by: Actor, at: dt.datetime) -> int:
    return Reveal.objects.filter(by_person_id=by.person_id, at__gt=at - dt.timedelta(hours=1), at__lte=at).count()
