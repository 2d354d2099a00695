"""From dropped files to the book of incoming documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caunoi.business.documents.access import Permission, for_change, require
from caunoi.business.documents.models import (
    Direction,
    Document,
    DocumentFile,
    DocumentState,
    FilePart,
    FileState,
)
from caunoi.business.documents.models.document import IN_BOOK
from caunoi.business.documents.operations import facts as corrections
from caunoi.business.documents.operations.linking import link_again, link_citations
from caunoi.business.documents.operations.numbering import next_number
from caunoi.business.documents.operations.pictures import forget_pages
from caunoi.business.documents.operations.reading import FileReading, fill_head, keep_reading, replace_rows
from caunoi.business.documents.operations.words import derive, index, subject
from caunoi.business.documents.rules.codes import key_of
from caunoi.business.documents.rules.duplicates import Registered, duplicates_of
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.files.public import StoredFile, discard, keep
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from vanban.diagnostics import UnreadableError
from vanban.reading.archive import Archive
from vanban.reading.limits import Limits
from vanban.reading.sniff import MEDIA_TYPES, Kind, check_claim, media_type, sniff

READ_JOB = "documents.read"
_MEGABYTE = 1024 * 1024
_SHEETS = frozenset(MEDIA_TYPES[kind] for kind in (Kind.XLSX, Kind.XLS, Kind.ODS))


class FileRefused(Refused):
    """A file that is not taken in; nothing of it is kept.

    ``code`` is ``documents.file_`` and a code of UnreadableError, or ``documents.file_secret``, ``documents.no_file``.
    Facts: ``name`` and those of the reason.
    """


class IntakeRefused(Refused):
    """A step that intake does not allow: ``documents.not_in_review``, ``documents.not_to_register``,
    ``documents.fact_missing``, ``documents.duplicate``."""


@dataclass(frozen=True, slots=True)
class Part:
    """One dropped file."""

    content: bytes
    name: str
    part: FilePart = FilePart.MAIN


@use_case
def receive_files(*, parts: Sequence[Part], unit: Unit, limit: int, by: Actor, at: dt.datetime) -> Document:
    """Keep the files of one document byte for byte and have them read. ``limit`` is in bytes of one file.

    The first file is the document itself, the others its annexes; a spreadsheet is never the document while there is
    another file.

    Raises FileRefused for the first file that cannot be a document; then none is kept.
    """
    require(by, Permission.REGISTER, unit.pk)
    if not parts:
        raise FileRefused("documents.no_file", name="")
    checked = [(part, _checked(part, limit)) for part in parts]
    checked.sort(key=lambda pair: pair[1] in _SHEETS)
    document = Document.objects.create(
        unit=unit, direction=Direction.INCOMING, state=DocumentState.BEING_READ, entered_by_post_id=by.post_id,
        entered_by_name=by.person_name, entered_at=at, changed_at=at, subject=parts[0].name[:200],
    )  # fmt: skip
    for position, (part, kind) in enumerate(checked):
        stored = keep(content=part.content, name=part.name, media_type=kind, at=at)
        role = FilePart.MAIN if position == 0 else FilePart.ANNEX
        DocumentFile.objects.create(document=document, stored_file=stored, part=role, position=position)
    request_reading(document, at=at)
    names = [part.name for part in parts]
    record(by=by, at=at, verb="documents.receive", subject=subject(document), changes={"files": (None, names)})
    return document


def request_reading(document: Document, *, at: dt.datetime) -> None:
    """Have the files read; asked twice, it is done once."""
    enqueue(READ_JOB, at=at, key=reading_key(document), document=str(document.public_id))


def reading_key(document: Document) -> str:
    """Return the key of the job that reads a document."""
    return f"{READ_JOB}:{document.public_id}"


def _checked(part: Part, limit: int) -> str:
    """Return the media type by content, after the checks that cost nothing. Raises FileRefused."""
    try:
        if len(part.content) > limit:
            raise UnreadableError("too_large", limit=limit, size=len(part.content))
        kind = sniff(part.content)
        check_claim(part.name, kind)
        if kind in (Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS):
            with Archive(part.content, Limits(file_bytes=limit)) as archive:
                archive.check_all_xml()
    except UnreadableError as error:
        raise file_refused(error, part.name) from error
    return media_type(kind, part.content)


def file_refused(error: UnreadableError, name: str) -> FileRefused:
    """Return the refusal that a failure of the library becomes."""
    facts: dict[str, object] = {"limit": "", "size": "", "claimed": "", "found": "", "pages": "", **error.facts}
    limit = facts["limit"]
    facts["megabytes"] = limit // _MEGABYTE if isinstance(limit, int) else ""
    return FileRefused(f"documents.file_{error.code}", name=name, **facts)


@use_case
def finish_reading(*, document: Document, readings: Sequence[FileReading], by: Actor, at: dt.datetime) -> None:
    """Write what was read from the files. Read a second time, after a crash, the rows are written anew, not twice.

    A document received through the system keeps its head fields: they are those of the issuing register.
    """
    held = _locked(document)
    if held is None or not DocumentFile.objects.filter(document=held, state=FileState.WAITING).exists():
        return
    made = [keep_reading(one, at) for one in readings]
    main = readings[0]
    for one, reading in zip(readings, made, strict=True):
        one.file.state, one.file.page_count = FileState.READ, len(reading.pages)
        one.file.save(update_fields=["state", "page_count"])
    if held.state == DocumentState.BEING_READ:
        held.subject = ""
        fill_head(held, made[0], clock.day_of(at))
        held.state = DocumentState.TO_REVIEW
    record(by=by, at=at, verb="documents.read", subject=subject(held))
    held.page_count = len(made[0].pages) or None
    held.body_text = "\n\n".join(reading.text for reading in made)
    held.changed_at = at
    derive(held)
    held.save()
    replace_rows(held, main.parsed)
    link_citations(held)
    if held.is_in_book:
        index(held, at)


def _locked(document: Document) -> Document | None:
    return Document.objects.select_for_update().filter(pk=document.pk).first()


@use_case
def refuse_reading(*, document: Document, refused: FileRefused, by: Actor, at: dt.datetime) -> None:
    """Take back a document whose file turned out unfit: the files go, the reason stays for the person who sent it."""
    held = _locked(document)
    if held is None or held.state != DocumentState.BEING_READ:
        return
    _discard_files(held)
    held.state, held.changed_at = DocumentState.REFUSED, at
    held.refusal = {"code": refused.code, "facts": {name: str(fact) for name, fact in refused.facts.items()}}
    held.save(update_fields=["state", "changed_at", "refusal"])
    changes = {"reason": (None, refused.code)}
    record(by=by, at=at, verb="documents.refuse_file", subject=subject(held), changes=changes)


def _discard_files(document: Document) -> None:
    rows = list(DocumentFile.objects.filter(document=document).select_related("stored_file"))
    stored: list[StoredFile] = [row.stored_file for row in rows]
    DocumentFile.objects.filter(document=document).delete()
    for one in stored:
        discard(stored=one)
        forget_pages(one)


@use_case
def reject_intake(*, document: Document, reason: str, by: Actor, at: dt.datetime) -> None:
    """Throw a document in intake away with its files; only the audit knows it. Raises IntakeRefused when registered."""
    held = for_change(document.public_id, Permission.REGISTER, by)
    if held.state not in (DocumentState.BEING_READ, DocumentState.TO_REVIEW, DocumentState.REFUSED):
        raise IntakeRefused("documents.not_in_review", document=held.label)
    record(by=by, at=at, verb="documents.reject", subject=subject(held), changes={"reason": (None, reason)})
    _discard_files(held)
    held.delete()


@use_case
def accept_document(
    *, document: Document, facts: Mapping[str, str] | None = None, despite_duplicates: bool = False, by: Actor,
    at: dt.datetime,
) -> Document:  # fmt: skip
    """Enter a reviewed document into the book with the next arrival number of the unit and year.

    ``facts`` are last corrections of head fields. Raises IntakeRefused when issuer or subject is missing
    (``documents.fact_missing``), when the book has the same number, notation and issuer already
    (``documents.duplicate``) and ``despite_duplicates`` is not set, or when the document is past its review
    (``documents.not_in_review``).
    """
    held = for_change(document.public_id, Permission.REGISTER, by)
    if held.state != DocumentState.TO_REVIEW:
        raise IntakeRefused("documents.not_in_review", document=held.label)
    for name, value in (facts or {}).items():
        corrections.correct_fact(document=held, fact=name, value=value, by=by, at=at)
    held.refresh_from_db()
    if not held.organ_name or not held.subject:
        raise IntakeRefused("documents.fact_missing")
    if not despite_duplicates and (same := duplicates(held)):
        raise IntakeRefused("documents.duplicate", document=same[0].label, number=same[0].arrival_number or "")
    return _register(held, by, at)


@use_case
def register_received(*, document: Document, by: Actor, at: dt.datetime) -> Document:
    """Give a document that came through the system its arrival number, and have its text read.

    Raises IntakeRefused when it is registered already.
    """
    held = for_change(document.public_id, Permission.REGISTER, by)
    if held.state != DocumentState.TO_REGISTER:
        raise IntakeRefused("documents.not_to_register", document=held.label)
    registered = _register(held, by, at)
    request_reading(registered, at=at)
    return registered


def _register(held: Document, by: Actor, at: dt.datetime) -> Document:
    day = clock.day_of(at)
    held.series, held.arrival_number = next_number(unit_id=held.unit_id, year=day.year, direction=Direction.INCOMING)
    held.arrival_on, held.state, held.changed_at = day, DocumentState.REGISTERED, at
    derive(held)
    held.save()
    link_citations(held)
    link_again(unit_id=held.unit_id, code_keys=[held.code_key])
    index(held, at)
    changes = {"arrival_number": (None, held.arrival_number), "state": (None, held.state)}
    record(by=by, at=at, verb="documents.accept", subject=subject(held), changes=changes)
    return held


def duplicates(document: Document) -> list[Document]:
    """Return documents of the book with the same number, notation and issuing body (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""
    own = key_of(document.code_number, document.code_notation)
    if not own:
        return []
    rows = Document.objects.filter(
        unit_id=document.unit_id, direction=Direction.INCOMING, code_key=own, state__in=[*IN_BOOK, "to_register"]
    ).exclude(pk=document.pk)
    found = {row.pk: row for row in rows}
    this = Registered(document.pk, own, document.organ_name, document.issued_on)
    others = [Registered(row.pk, row.code_key, row.organ_name, row.issued_on) for row in found.values()]
    return [found[pk] for pk in duplicates_of(this, others)]


def same_files(document: Document) -> list[Document]:
    """Return other documents of the unit that hold a file with the very same bytes."""
    digests = DocumentFile.objects.filter(document=document).values("stored_file__sha256")
    rows = DocumentFile.objects.filter(stored_file__sha256__in=digests, document__unit_id=document.unit_id)
    return list(Document.objects.filter(pk__in=rows.values("document_id")).exclude(pk=document.pk)[:5])
