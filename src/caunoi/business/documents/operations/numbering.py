"""Numbers of the registers: one after the other, none twice, none lost (NĐ 30/2020/NĐ-CP, Điều 15 and Điều 22)."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from caunoi.business.documents.access import Permission, for_change
from caunoi.business.documents.models import AnnulledNumber, Direction, Document, DocumentState, NumberSeries
from caunoi.business.documents.operations.words import subject
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.search.public import remove
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze


class NumberRefused(Refused):
    """A number that cannot be annulled: ``documents.annul_reason``, ``documents.annul_state`` or
    ``documents.annul_sent``."""


def next_number(*, unit_id: int, year: int, direction: Direction) -> tuple[NumberSeries, int]:
    """Take the next number of a series inside the caller's transaction; it is given back if that does not commit.

    The row of the series is locked until then, so two clerks at once get two neighbouring numbers.
    """
    series, _ = NumberSeries.objects.get_or_create(unit_id=unit_id, year=year, direction=direction)
    NumberSeries.objects.filter(pk=series.pk).update(last_number=F("last_number") + 1)
    series.refresh_from_db(fields=["last_number"])
    return series, series.last_number


@use_case
def annul_number(*, document: Document, reason: str, by: Actor, at: dt.datetime) -> None:
    """Annul the number of a document entered or numbered by mistake; the number stays in the book with the reason.

    Raises NumberRefused without a reason, for a document that has no number, or one that has been sent to units.
    """
    incoming = document.direction == Direction.INCOMING
    held = for_change(document.public_id, Permission.REGISTER if incoming else Permission.ISSUE, by)
    reason = squeeze(reason)
    number = held.arrival_number if incoming else held.serial_number
    if not reason:
        raise NumberRefused("documents.annul_reason")
    if number is None or held.series_id is None or held.state not in (DocumentState.REGISTERED, DocumentState.ISSUED):
        raise NumberRefused("documents.annul_state", document=held.label)
    if Document.objects.filter(issued_from=held).exists():
        raise NumberRefused("documents.annul_sent", document=held.label)
    AnnulledNumber.objects.create(
        series_id=held.series_id, number=number, reason=reason, person_name=by.person_name, at=at
    )
    before = held.state
    held.state, held.changed_at = DocumentState.WITHDRAWN, at
    held.save(update_fields=["state", "changed_at"])
    remove(kind="document", public_id=held.public_id)
    changes = {"state": (before, held.state), "reason": (None, reason)}
    record(by=by, at=at, verb="documents.annul_number", subject=subject(held), changes=changes)
