"""Showing masked data in full, with its trace."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.public import working_days
from caunoi.foundation.personal_data.access import held_or_404, is_near, limit, may_reveal
from caunoi.foundation.personal_data.models import Reveal
from caunoi.foundation.personal_data.operations.telling import tell_unusual
from caunoi.foundation.personal_data.rules.kinds import Held
from caunoi.foundation.personal_data.rules.unusual import Unusual, unusual
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import VIETNAM, day_of
from caunoi.kernel.errors import NotAllowed, NotFound, Refused
from caunoi.kernel.text import squeeze


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
    if len(squeeze(reason)) < 3:
        raise ReasonMissing("personal_reason_missing")
    why = _unusual(held, by, at)
    made = Reveal.objects.create(
        at=at, kind=kind, field=field, record=record_id, record_label=held.label[:300],
        subject_person_id=held.person_id, unit_id=held.unit_id, reason=squeeze(reason)[:300],
        by_person_id=by.person_id, by_name=by.person_name, by_title=by.post_title, address=by.address,
        is_unusual=bool(why), unusual_for=why,
    )  # fmt: skip
    record(
        by=by, at=at, verb="personal_data.reveal_unusual" if why else "personal_data.reveal",
        subject=Subject(kind, str(record_id), held.label, held.unit_id),
        changes={"field": (None, str(shown.label)), "reason": (None, squeeze(reason))},
    )  # fmt: skip
    tell_unusual(made, why)
    return held.values.get(field, "")


def _unusual(held: Held, by: Actor, at: dt.datetime) -> list[Unusual]:
    """Return what is unusual about having this shown now; one's own data are never unusual."""
    if by.person_id is not None and by.person_id == held.person_id:
        return []
    return unusual(
        before=_count_of_hour(by, at), rate=limit("reveal.rate", at=at).amount, moment=at.astimezone(VIETNAM),
        first_hour=limit("reveal.from", at=at).amount, end_hour=limit("reveal.until", at=at).amount,
        is_working_day=day_of(at) in working_days(), is_near=is_near(by, held, on=day_of(at)),
    )  # fmt: skip


def _count_of_hour(by: Actor, at: dt.datetime) -> int:
    return Reveal.objects.filter(by_person_id=by.person_id, at__gt=at - dt.timedelta(hours=1), at__lte=at).count()
