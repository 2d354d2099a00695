"""Outgoing documents: draft, present, sign or return, number and issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from caunoi.business.documents.access import Permission, for_change, require
from caunoi.business.documents.events import DocumentIssued
from caunoi.business.documents.models import (
    Direction,
    Document,
    DocumentFile,
    DocumentState,
    DraftVersion,
    FilePart,
    FileState,
    Opinion,
    OpinionKind,
    Recipient,
    RecipientKind,
)
from caunoi.business.documents.operations.intake import request_reading
from caunoi.business.documents.operations.issuing import send_copies
from caunoi.business.documents.operations.linking import link_again
from caunoi.business.documents.operations.numbering import next_number
from caunoi.business.documents.operations.words import derive, index, subject, type_named
from caunoi.business.documents.rules.codes import printed
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.files.public import keep
from caunoi.foundation.notifications.public import Message, notify
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.public import Role, SigningAuthority, only_stands_in, signing_authorities
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.events import announce
from caunoi.kernel.text import squeeze
from vanban.writing.docx import write
from vanban.writing.draft import Draft, IssueDate, SignForm, SignLine
from vanban.writing.exchange import draft_from_json, draft_to_json
from vanban.writing.pdf import to_pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DraftRefused(Refused):
    """A step that a draft does not allow: ``documents.draft_state``, ``documents.draft_subject``,
    ``documents.no_authority``, ``documents.return_reason``, ``documents.issue_day``, ``documents.draft_no_symbol``."""


def render(draft: Draft) -> bytes:
    """Return the docx of a draft in the layout of NĐ 30/2020/NĐ-CP."""
    return write(draft)


def render_pdf(draft: Draft) -> bytes:
    """Return the pdf of a draft: its docx through LibreOffice, some seconds of work for a job.

    Raises vanban.diagnostics.UnreadableError when LibreOffice is missing or gives nothing.
    """
    return to_pdf(write(draft))


def draft_of(document: Document) -> Draft:
    """Return the present draft of an outgoing document."""
    return draft_from_json(document.draft)


@use_case
def create_draft(
    *, draft: Draft, unit: Unit, origin_kind: str = "", origin_id: UUID | None = None, by: Actor, at: dt.datetime
) -> Document:
    """Make an outgoing document of a draft that another module built or a person wrote. Raises DraftRefused."""
    require(by, Permission.DRAFT, unit.pk)
    document = Document(
        unit=unit, direction=Direction.OUTGOING, state=DocumentState.DRAFT, origin_kind=origin_kind,
        origin_id=origin_id, entered_by_post_id=by.post_id, entered_by_name=by.person_name, entered_at=at,
        changed_at=at,
    )  # fmt: skip
    _take(document, draft, clock.day_of(at))
    document.draft_version = 1
    document.save()
    _keep_version(document, by, at)
    _write_recipients(document, draft)
    record(by=by, at=at, verb="documents.draft", subject=subject(document))
    return document


def _take(document: Document, draft: Draft, day: dt.date) -> None:
    """Put a draft into the document and repeat its head fields in their columns."""
    if not squeeze(draft.title):
        raise DraftRefused("documents.draft_subject")
    if not squeeze(draft.symbol):
        raise DraftRefused("documents.draft_no_symbol")
    document.draft = draft_to_json(draft)
    document.type_name, document.subject = draft.doc_type[:100], draft.title[:1000]
    document.document_type = type_named(draft.doc_type, day)
    document.code_notation, document.organ_name = draft.symbol[:60], draft.issuer[:200]
    document.superior_name, document.place = (draft.superior or "")[:200], draft.place[:120]
    document.urgency = draft.urgency.value if draft.urgency else ""
    derive(document)


def _keep_version(document: Document, by: Actor, at: dt.datetime) -> None:
    DraftVersion.objects.create(
        document=document, version=document.draft_version, draft=document.draft, person_name=by.person_name, at=at
    )


def _write_recipients(document: Document, draft: Draft) -> None:
    """Write who receives it; units chosen on the page are kept where the names stay."""
    chosen = {row.name: row.unit_id for row in Recipient.objects.filter(document=document) if row.unit_id is not None}
    Recipient.objects.filter(document=document).delete()
    lines = [(RecipientKind.ADDRESSEE, name, "") for name in draft.addressees]
    lines += [(RecipientKind.RECIPIENT, one.name, one.purpose or "") for one in draft.recipients]
    named = {unit.name: unit.pk for unit in Unit.objects.filter(name__in=[name for _, name, _ in lines])}
    Recipient.objects.bulk_create(
        Recipient(
            document=document, kind=kind, position=position, name=name[:500], purpose=purpose[:120],
            unit_id=chosen.get(name) or named.get(name),
        )
        for position, (kind, name, purpose) in enumerate(lines)
    )  # fmt: skip


@use_case
def update_draft(*, document: Document, draft: Draft, by: Actor, at: dt.datetime) -> Document:
    """Replace a draft that is not presented; the version before is kept. Raises DraftRefused."""
    held = _in_state(document, Permission.DRAFT, DocumentState.DRAFT, by)
    before = held.draft
    _take(held, draft, clock.day_of(at))
    if held.draft == before:
        return held
    held.draft_version, held.changed_at = held.draft_version + 1, at
    held.save()
    _keep_version(held, by, at)
    _write_recipients(held, draft)
    changes = {"version": (held.draft_version - 1, held.draft_version)}
    record(by=by, at=at, verb="documents.redraft", subject=subject(held), changes=changes)
    return held


def _in_state(document: Document, permission: Permission, state: DocumentState, by: Actor) -> Document:
    held = for_change(document.public_id, permission, by)
    if held.state != state:
        raise DraftRefused("documents.draft_state", document=held.label, state=held.get_state_display())
    return held


@use_case
def present_for_signing(*, document: Document, note: str = "", by: Actor, at: dt.datetime) -> Document:
    """Lay a draft before those who sign for the unit."""
    held = _in_state(document, Permission.DRAFT, DocumentState.DRAFT, by)
    _step(held, DocumentState.PRESENTED, OpinionKind.PRESENTED, note, by, at)
    posts = [one.post for one in signing_authorities(unit_id=held.unit_id, on=clock.day_of(at))]
    address = reverse("documents:record", args=[held.public_id])
    notify(Message("documents.presented", held.label, address, squeeze(note)), posts=posts, by=by, at=at)
    return held


def _step(document: Document, state: DocumentState, kind: OpinionKind, note: str, by: Actor, at: dt.datetime) -> None:
    before, document.state, document.changed_at = document.state, state, at
    document.save()
    Opinion.objects.create(
        document=document,
        kind=kind,
        text=squeeze(note)[:2000],
        person_name=by.person_name,
        post_title=by.post_title,
        at=at,
    )
    changes = {"state": (before, state.value), "note": (None, squeeze(note) or None)}
    record(by=by, at=at, verb=f"documents.{kind.value}", subject=subject(document), changes=changes)


def authority_of(document: Document, by: Actor, day: dt.date) -> SigningAuthority | None:
    """Return by what right the person's post signs for the unit on a day, or ``None``.

    A substitute signs nothing: authority was given to the holder, and nobody hands it on (NĐ 30/2020/NĐ-CP, Điều 13).
    """
    if by.post_id is None or only_stands_in(by, on=day):
        return None
    return signing_authorities(unit_id=document.unit_id, on=day).filter(post_id=by.post_id).first()


@use_case
def sign(*, document: Document, by: Actor, at: dt.datetime) -> Document:
    """Sign a presented draft; the form (KT., TL. …) and titles are those of the post's authority on that day.

    Raises DraftRefused when the post has no authority to sign for the unit (NĐ 30/2020/NĐ-CP, Điều 13).
    """
    held = _in_state(document, Permission.SIGN, DocumentState.PRESENTED, by)
    authority = authority_of(held, by, clock.day_of(at))
    if authority is None:
        raise DraftRefused("documents.no_authority", post=by.post_title)
    draft = replace(draft_of(held), signing=sign_lines(authority), signer=by.person_name)
    held.draft = draft_to_json(draft)
    held.signer_name, held.signer_position = by.person_name, authority.title
    held.signing_form, held.signed_by_post_id = authority.form, by.post_id
    derive(held)
    _step(held, DocumentState.SIGNED, OpinionKind.SIGNED, "", by, at)
    _tell_clerks(held, by, at)
    return held


def sign_lines(authority: SigningAuthority) -> tuple[SignLine, ...]:
    """Return the lines above a signature: the form before the head's title, then the signer's own."""
    if not authority.form:
        return (SignLine(authority.title),)
    return (SignLine(authority.head_title or authority.title, SignForm(authority.form)), SignLine(authority.title))


def _tell_clerks(document: Document, by: Actor, at: dt.datetime) -> None:
    address = reverse("documents:record", args=[document.public_id])
    message = Message("documents.signed", document.label, address)
    notify(message, unit_ids=[document.unit_id], roles=(Role.CLERK,), by=by, at=at)


@use_case
def return_draft(*, document: Document, reason: str, by: Actor, at: dt.datetime) -> Document:
    """Send a presented draft back with the reason. Raises DraftRefused without one."""
    held = _in_state(document, Permission.SIGN, DocumentState.PRESENTED, by)
    if not squeeze(reason):
        raise DraftRefused("documents.return_reason")
    _step(held, DocumentState.DRAFT, OpinionKind.RETURNED, reason, by, at)
    if held.entered_by_post is not None:
        address = reverse("documents:record", args=[held.public_id])
        message = Message("documents.returned", held.label, address, squeeze(reason))
        notify(message, posts=[held.entered_by_post], by=by, at=at)
    return held


@use_case
def withdraw_draft(*, document: Document, reason: str, by: Actor, at: dt.datetime) -> Document:
    """Give a draft up; it stays to be read with the reason. Raises DraftRefused without one."""
    held = _in_state(document, Permission.DRAFT, DocumentState.DRAFT, by)
    if not squeeze(reason):
        raise DraftRefused("documents.return_reason")
    held.state, held.changed_at = DocumentState.WITHDRAWN, at
    held.save(update_fields=["state", "changed_at"])
    changes = {"reason": (None, squeeze(reason))}
    record(by=by, at=at, verb="documents.withdraw", subject=subject(held), changes=changes)
    return held


@use_case
def number_and_issue(
    *, document: Document, recipients_units: Iterable[Unit] = (), issued_on: dt.date | None = None, by: Actor,
    at: dt.datetime,
) -> Document:  # fmt: skip
    """Give a signed document the next number of the outgoing series, write its docx, keep it and send it to units.

    The date is the day of numbering unless an earlier one of the same year is given (paper signed the working day
    before: NĐ 30/2020/NĐ-CP, Điều 15); each unit gets an incoming document that waits for registration.
    Raises DraftRefused.
    """
    held = _in_state(document, Permission.ISSUE, DocumentState.SIGNED, by)
    today = clock.day_of(at)
    day = issued_on or today
    if day > today or day.year != today.year:
        raise DraftRefused("documents.issue_day", day=f"{day:%d/%m/%Y}")
    held.series, number = next_number(unit_id=held.unit_id, year=day.year, direction=Direction.OUTGOING)
    held.serial_number, held.code_number, held.issued_on = number, printed(number), day
    dated = IssueDate(year=day.year, month=day.month, day=day.day)
    draft = replace(draft_of(held), number=held.code_number, issued=dated)
    held.draft, held.state, held.changed_at = draft_to_json(draft), DocumentState.ISSUED, at
    derive(held)
    held.save()
    _keep_docx(held, draft, at)
    sent = send_copies(held, recipients_units, by=by, at=at)
    link_again(unit_id=held.unit_id, code_keys=[held.code_key])
    index(held, at)
    request_reading(held, at=at)
    changes = {"code": (None, held.code), "issued_on": (None, day), "units": (None, sent)}
    record(by=by, at=at, verb="documents.issue", subject=subject(held), changes=changes)
    announce(
        DocumentIssued(
            document_id=held.pk,
            unit_id=held.unit_id,
            origin_kind=held.origin_kind,
            origin_id=held.origin_id,
            by=by,
            at=at,
        )
    )
    return held


def _keep_docx(document: Document, draft: Draft, at: dt.datetime) -> None:
    name = f"{document.code.replace('/', '-')}.docx"
    stored = keep(content=write(draft), name=name, media_type=DOCX, at=at)
    DocumentFile.objects.create(
        document=document, stored_file=stored, part=FilePart.MAIN, position=0, state=FileState.WAITING
    )
