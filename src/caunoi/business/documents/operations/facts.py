"""Corrections made in the review: what the person says counts, what was read stays beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from caunoi.business.documents.access import Permission, for_change
from caunoi.business.documents.models import (
    Document,
    DocumentCitation,
    DocumentState,
    Obligation,
    ObligationKind,
    ObligationState,
    Reading,
    Recipient,
    RecipientKind,
)
from caunoi.business.documents.operations.linking import link_again, link_citations
from caunoi.business.documents.operations.words import derive, index, limit_of, subject, type_named
from caunoi.business.documents.rules.codes import key
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import DueRule
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze

HEAD_FACTS: Final = (
    "code_number", "code_notation", "issued_on", "type_name", "organ_name", "superior_name", "subject", "place",
    "urgency", "signer_name", "signer_position", "signing_form",
)  # fmt: skip
"""Head fields that may be corrected, by the names of the document's columns."""
URGENCIES: Final = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


class FactRefused(Refused):
    """A correction that cannot be taken: ``documents.fact_date``, ``documents.fact_long``, ``documents.fact_unknown``,
    ``documents.fact_closed``, ``documents.fact_empty``, ``documents.fact_urgency``."""


@use_case
def correct_fact(*, document: Document, fact: str, value: str, by: Actor, at: dt.datetime) -> Document:
    """Set one head field of a document in review or in the book; days as yyyy-mm-dd. Raises FactRefused."""
    held = _open(document, by)
    if fact not in HEAD_FACTS:
        raise FactRefused("documents.fact_unknown", fact=fact)
    before, key_before = getattr(held, fact), held.code_key
    setattr(held, fact, _value(fact, squeeze(value)))
    if fact in ("type_name", "issued_on"):
        day = held.issued_on or clock.day_of(at)
        held.document_type = type_named(held.type_name, day) if held.type_name else None
    held.changed_at = at
    derive(held)
    held.save()
    _mark_corrected(held, fact)
    if held.is_in_book:
        link_again(unit_id=held.unit_id, code_keys={key_before, held.code_key})
        index(held, at)
    changes = {fact: (before, getattr(held, fact))}
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes=changes)
    return held


def _open(document: Document, by: Actor) -> Document:
    held = for_change(document.public_id, Permission.REGISTER, by)
    if held.state not in (DocumentState.TO_REVIEW, DocumentState.REGISTERED, DocumentState.DISTRIBUTED):
        raise FactRefused("documents.fact_closed", document=held.label)
    return held


def _value(fact: str, value: str) -> str | dt.date | None:
    if fact == "issued_on":
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            raise FactRefused("documents.fact_date", value=value) from None
    if fact == "urgency" and value not in URGENCIES:
        raise FactRefused("documents.fact_urgency", value=value)
    limit = limit_of(fact)
    if len(value) > limit:
        raise FactRefused("documents.fact_long", limit=limit)
    return value


def _mark_corrected(document: Document, fact: str) -> None:
    reading = Reading.objects.filter(file__document=document, file__position=0).first()
    if reading is None:
        return
    reading.facts[fact] = {**reading.facts.get(fact, {}), "corrected": True}
    reading.save(update_fields=["facts"])


@use_case
def correct_citation(
    *, document: Document, citation_id: int | None, code: str, issued_on: dt.date | None, issuer: str, is_basis: bool,
    by: Actor, at: dt.datetime,
) -> DocumentCitation:  # fmt: skip
    """Correct one cited document, or add one that was not found (``citation_id`` None). Raises FactRefused."""
    held = _open(document, by)
    code = squeeze(code)
    if not code:
        raise FactRefused("documents.fact_empty")
    last = DocumentCitation.objects.filter(document=held).count()
    row = DocumentCitation.objects.filter(document=held, pk=citation_id).first() if citation_id else None
    row = row or DocumentCitation(document=held, position=last, rule="person")
    before = row.code or None
    row.code, row.issued_on, row.issuer, row.is_basis = code[:80], issued_on, squeeze(issuer)[:200], is_basis
    row.code_key, row.confidence, row.is_corrected = key(code)[:100], 1.0, True
    row.key = row.key if before == row.code else row.code_key
    row.save()
    link_citations(held)
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes={"citation": (before, row.code)})
    row.refresh_from_db()
    return row


@use_case
def remove_citation(*, document: Document, citation_id: int, by: Actor, at: dt.datetime) -> None:
    """Take out a citation that is none."""
    held = _open(document, by)
    row = DocumentCitation.objects.filter(document=held, pk=citation_id).first()
    if row is None:
        raise FactRefused("documents.fact_gone")
    row.delete()
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes={"citation": (row.code, None)})


@use_case
def correct_obligation(
    *, document: Document, obligation_id: int | None, kind: ObligationKind, what: str, words: Mapping[str, list[str]],
    desk: str, due: DueRule | None, by: Actor, at: dt.datetime,
) -> Obligation:  # fmt: skip
    """Correct one duty, or add one that was not found (``obligation_id`` None).

    ``words`` holds the lists ``who``, ``to_whom``, ``onward_to``. Raises FactRefused for an empty ``what`` or one that
    has been handed on already.
    """
    held = _open(document, by)
    if not squeeze(what):
        raise FactRefused("documents.fact_empty")
    row = Obligation.objects.filter(document=held, pk=obligation_id).first() if obligation_id else None
    row = row or Obligation(document=held, position=Obligation.objects.filter(document=held).count(), rule="person")
    if row.state == ObligationState.HANDED_ON:
        raise FactRefused("documents.obligation_taken", label=row.handed_on_label)
    before = row.what or None
    row.kind, row.what, row.desk = kind, squeeze(what), squeeze(desk)[:200]
    row.who, row.to_whom, row.onward_to = words.get("who", []), words.get("to_whom", []), words.get("onward_to", [])
    row.due_rule = None if due is None else due.to_data()
    row.open_questions = _still_open(row, due)
    row.confidence, row.is_corrected = 1.0, True
    row.save()
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes={"obligation": (before, row.what)})
    return row


@use_case
def take_reading(*, document: Document, obligation_id: int, at_index: int, by: Actor, at: dt.datetime) -> Obligation:
    """Take another honest reading of a deadline (yearly for what is dated for one year); the one before stays offered.

    Raises FactRefused when there is no such reading or the duty has been handed on.
    """
    held = _open(document, by)
    row = Obligation.objects.filter(document=held, pk=obligation_id).first()
    if row is None or not 0 <= at_index < len(row.alternatives):
        raise FactRefused("documents.fact_gone")
    if row.state == ObligationState.HANDED_ON:
        raise FactRefused("documents.obligation_taken", label=row.handed_on_label)
    before, taken = row.due_rule, row.alternatives[at_index]
    others = [one for place, one in enumerate(row.alternatives) if place != at_index]
    row.due_rule, row.alternatives = taken, others if before is None else [*others, before]
    row.open_questions = [code for code in row.open_questions if code != "yearly_or_once"]
    row.is_corrected = True
    row.save()
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes={"due_rule": (before, taken)})
    return row


def _still_open(row: Obligation, due: DueRule | None) -> list[str]:
    """Return what remains open after a person has looked: a day that is not set, nobody named."""
    asked = ["day"] if due is not None and due.is_open else []
    asked += ["who"] if not row.who else []
    return asked + (["to_whom"] if row.kind != ObligationKind.TASK and not row.to_whom else [])


@use_case
def remove_obligation(*, document: Document, obligation_id: int, by: Actor, at: dt.datetime) -> None:
    """Take out a duty that is none. Raises FactRefused when it has been handed on."""
    held = _open(document, by)
    row = Obligation.objects.filter(document=held, pk=obligation_id).first()
    if row is None:
        raise FactRefused("documents.fact_gone")
    if row.state == ObligationState.HANDED_ON:
        raise FactRefused("documents.obligation_taken", label=row.handed_on_label)
    row.delete()
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes={"obligation": (row.what, None)})


@use_case
def correct_recipients(
    *, document: Document, kind: RecipientKind, lines: list[tuple[str, str]], by: Actor, at: dt.datetime
) -> None:
    """Set the lines (name, purpose) of "Kính gửi" or "Nơi nhận" anew; lines that stay keep their place in the text."""
    held = _open(document, by)
    rows = Recipient.objects.filter(document=held, kind=kind)
    known = {(row.name, row.purpose): row for row in rows}
    before = [row.name for row in rows]
    kept = [(squeeze(name)[:500], squeeze(purpose)[:120]) for name, purpose in lines if squeeze(name)]
    rows.delete()
    for position, (name, purpose) in enumerate(kept):
        old = known.get((name, purpose))
        Recipient.objects.create(
            document=held, kind=kind, position=position, name=name, purpose=purpose,
            unit_id=old.unit_id if old else None,
            span_start=old.span_start if old else None, span_end=old.span_end if old else None,
        )  # fmt: skip
    changes = {kind.value: (before, [name for name, _ in kept])}
    record(by=by, at=at, verb="documents.correct", subject=subject(held), changes=changes)
