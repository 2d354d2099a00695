"""What became of the duties that a document lays on the unit."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from caunoi.business.documents.access import Permission, obligation_by_public_id, require
from caunoi.business.documents.models import Document, Obligation, ObligationState
from caunoi.business.documents.operations.words import subject
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze


class ObligationRefused(Refused):
    """A step a duty does not allow: ``documents.obligation_taken`` (label), ``documents.dismiss_reason``."""


@use_case
def mark_handed_on(
    *, obligation: Obligation, kind: str, target_id: UUID, label: str, by: Actor, at: dt.datetime
) -> Obligation:
    """Note that a duty has become a task ("task") or a reporting duty ("regime"); called by the module that made it.

    Raises ObligationRefused when it has been handed on already.
    """
    held = _for_change(obligation, by)
    if held.state == ObligationState.HANDED_ON:
        raise ObligationRefused("documents.obligation_taken", label=held.handed_on_label)
    held.state, held.handed_on_kind, held.handed_on_id = ObligationState.HANDED_ON, kind, target_id
    held.handed_on_label, held.handed_on_at, held.dismissed_reason = label[:500], at, ""
    held.save()
    changes = {"handed_on": (None, f"{kind}: {label}")}
    record(by=by, at=at, verb="documents.hand_on", subject=subject(held.document), changes=changes)
    return held


@use_case
def dismiss_obligation(*, obligation: Obligation, reason: str, by: Actor, at: dt.datetime) -> Obligation:
    """Set a duty aside as not the unit's to do, with the reason. Raises ObligationRefused without one."""
    held = _for_change(obligation, by)
    reason = squeeze(reason)
    if not reason:
        raise ObligationRefused("documents.dismiss_reason")
    if held.state == ObligationState.HANDED_ON:
        raise ObligationRefused("documents.obligation_taken", label=held.handed_on_label)
    held.state, held.dismissed_reason = ObligationState.DISMISSED, reason[:500]
    held.save()
    changes = {"dismissed": (None, reason)}
    record(by=by, at=at, verb="documents.dismiss", subject=subject(held.document), changes=changes)
    return held


@use_case
def reopen_obligation(*, obligation: Obligation, by: Actor, at: dt.datetime) -> Obligation:
    """Take back that a duty was set aside, or that it was handed on to something that no longer exists."""
    held = _for_change(obligation, by)
    before = held.state
    held.state, held.dismissed_reason, held.handed_on_kind = ObligationState.OPEN, "", ""
    held.handed_on_id, held.handed_on_label, held.handed_on_at = None, "", None
    held.save()
    changes = {"state": (before, held.state)}
    record(by=by, at=at, verb="documents.reopen_obligation", subject=subject(held.document), changes=changes)
    return held


def _for_change(obligation: Obligation, by: Actor) -> Obligation:
    seen = obligation_by_public_id(obligation.public_id, by)
    require(by, Permission.HAND_ON, seen.document.unit_id)
    Document.objects.select_for_update().get(pk=seen.document_id)
    return Obligation.objects.select_related("document").get(pk=seen.pk)
