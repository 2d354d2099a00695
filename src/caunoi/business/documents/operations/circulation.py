"""Handing incoming documents over, noting who has read them, settling them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from caunoi.business.documents.access import Permission, document_by_public_id, for_change, may_in, require
from caunoi.business.documents.models import (
    Direction,
    Distribution,
    DistributionRole,
    Document,
    DocumentState,
    Opinion,
    OpinionKind,
    ReadMark,
)
from caunoi.business.documents.operations.words import subject
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.notifications.public import Message, notify
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.public import Post, Role
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze

HEARS = (Role.LEADER, Role.BRANCH_OFFICER, Role.SPECIALIST, Role.SCHOOL_OFFICER, Role.REPORTER, Role.CLERK)


class CirculationRefused(Refused):
    """A step that circulation does not allow: ``documents.distribute_state``, ``documents.one_lead``,
    ``documents.distribute_nobody``, ``documents.settle_state``, ``documents.settle_not_yours``."""


@dataclass(frozen=True, slots=True)
class HandedTo:
    """A unit, or one post in it, and what is asked of it."""

    unit: Unit
    role: DistributionRole
    post: Post | None = None


@use_case
def distribute(
    *, document: Document, to: Sequence[HandedTo], due_on: dt.date | None, opinion: str, by: Actor, at: dt.datetime
) -> None:
    """Hand a registered document over for handling; who was handed it before is replaced.

    Raises CirculationRefused without a receiver, with more than one lead, or for a document not in the book.
    """
    held = for_change(document.public_id, Permission.DISTRIBUTE, by)
    if held.direction != Direction.INCOMING or held.state not in (DocumentState.REGISTERED, DocumentState.DISTRIBUTED):
        raise CirculationRefused("documents.distribute_state", document=held.label)
    if not to:
        raise CirculationRefused("documents.distribute_nobody")
    if sum(one.role == DistributionRole.LEAD for one in to) != 1:
        raise CirculationRefused("documents.one_lead")
    before = _printed(list(Distribution.objects.filter(document=held).select_related("unit", "post")))
    Distribution.objects.filter(document=held).delete()
    rows = Distribution.objects.bulk_create(_row(held, one, due_on, by, at) for one in _once(to))
    held.state, held.due_on, held.changed_at = DocumentState.DISTRIBUTED, due_on, at
    held.save(update_fields=["state", "due_on", "changed_at"])
    _say(held, OpinionKind.DISTRIBUTED, opinion, by, at)
    _tell(held, to, opinion, by, at)
    changes = {"to": (before, _printed(rows)), "due_on": (None, due_on)}
    record(by=by, at=at, verb="documents.distribute", subject=subject(held), changes=changes)


def _once(to: Sequence[HandedTo]) -> list[HandedTo]:
    """Return each receiver once; the first role named counts, so the lead comes first."""
    ordered = sorted(to, key=lambda one: list(DistributionRole).index(one.role))
    unique: dict[tuple[int, int | None], HandedTo] = {}
    for one in ordered:
        unique.setdefault((one.unit.pk, one.post.pk if one.post else None), one)
    return list(unique.values())


def _row(document: Document, one: HandedTo, due_on: dt.date | None, by: Actor, at: dt.datetime) -> Distribution:
    return Distribution(
        document=document, unit=one.unit, post=one.post, role=one.role, at=at, person_name=by.person_name,
        due_on=None if one.role == DistributionRole.INFORM else due_on,
    )  # fmt: skip


def _printed(rows: Sequence[Distribution]) -> list[str]:
    return [f"{row.get_role_display()}: {row.post.title if row.post else row.unit.name}" for row in rows]


def _say(document: Document, kind: OpinionKind, text: str, by: Actor, at: dt.datetime) -> None:
    Opinion.objects.create(
        document=document,
        kind=kind,
        text=squeeze(text)[:2000],
        person_name=by.person_name,
        post_title=by.post_title,
        at=at,
    )


def _tell(document: Document, to: Sequence[HandedTo], opinion: str, by: Actor, at: dt.datetime) -> None:
    address = reverse("documents:record", args=[document.public_id])
    message = Message("documents.distributed", document.label, address, squeeze(opinion))
    posts = [one.post for one in to if one.post is not None]
    units = [one.unit.pk for one in to if one.post is None]
    notify(message, posts=posts, unit_ids=units, roles=HEARS, by=by, at=at)


@use_case
def settle(*, document: Document, note: str, by: Actor, at: dt.datetime) -> None:
    """Close a distributed document: it has been dealt with, as the note says.

    The unit or post in the lead may do it, and whoever may distribute. Raises CirculationRefused.
    """
    seen = document_by_public_id(document.public_id, by)
    if not (may_in(by, Permission.DISTRIBUTE, seen.unit_id) or _leads(seen, by)):
        raise CirculationRefused("documents.settle_not_yours", document=seen.label)
    held = Document.objects.select_for_update().get(pk=seen.pk)
    if held.state not in (DocumentState.REGISTERED, DocumentState.DISTRIBUTED):
        raise CirculationRefused("documents.settle_state", document=held.label)
    before, held.state, held.changed_at = held.state, DocumentState.SETTLED, at
    held.settled_on, held.settled_note = clock.day_of(at), squeeze(note)[:1000]
    held.save(update_fields=["state", "settled_on", "settled_note", "changed_at"])
    _say(held, OpinionKind.SETTLED, note, by, at)
    changes = {"state": (before, held.state), "note": (None, held.settled_note)}
    record(by=by, at=at, verb="documents.settle", subject=subject(held), changes=changes)


def _leads(document: Document, by: Actor) -> bool:
    leading = Distribution.objects.filter(document=document, role=DistributionRole.LEAD).first()
    if leading is None:
        return False
    return leading.post_id == by.post_id if leading.post_id else leading.unit_id == by.unit_id


def may_settle(document: Document, by: Actor) -> bool:
    """Whether the person may close a document in its present state."""
    fits = document.state in (DocumentState.REGISTERED, DocumentState.DISTRIBUTED)
    return fits and (may_in(by, Permission.DISTRIBUTE, document.unit_id) or _leads(document, by))


@use_case
def mark_read(*, document: Document, by: Actor, at: dt.datetime) -> None:
    """Note the first time that the holder of a post opens a document; later times change nothing."""
    seen = document_by_public_id(document.public_id, by)
    if by.post_id is None or ReadMark.objects.filter(document=seen, post_id=by.post_id).exists():
        return
    ReadMark.objects.get_or_create(document=seen, post_id=by.post_id, defaults={"at": at})
    record(by=by, at=at, verb="documents.open", subject=subject(seen))


@use_case
def open_to_unit(*, document: Document, is_open: bool, by: Actor, at: dt.datetime) -> None:
    """Let everyone who works in the unit read a document, or take that back."""
    held = for_change(document.public_id, Permission.READ_UNIT, by)
    require(by, Permission.DISTRIBUTE, held.unit_id)
    before, held.is_open_to_unit, held.changed_at = held.is_open_to_unit, is_open, at
    held.save(update_fields=["is_open_to_unit", "changed_at"])
    changes = {"is_open_to_unit": (before, is_open)}
    record(by=by, at=at, verb="documents.open_to_unit", subject=subject(held), changes=changes)
