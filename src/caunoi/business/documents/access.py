"""Who may see which document and do what with it. The tree alone opens nothing: books and distribution do."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caunoi.business.documents.models import (
    Clause,
    Direction,
    Distribution,
    Document,
    DocumentCitation,
    DocumentFile,
    DocumentState,
    Obligation,
    ObligationKind,
    ObligationState,
    ReadMark,
    Recipient,
)
from caunoi.business.documents.models.document import IN_BOOK
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with documents; ``plugs`` says which roles hold each."""

    READ = "documents.read"
    """Open what was distributed or sent to one's post or unit."""
    READ_UNIT = "documents.read_unit"
    """Read the books of the unit."""
    REGISTER = "documents.register"
    """Receive files, review, enter into the book of incoming documents."""
    DISTRIBUTE = "documents.distribute"
    """Hand incoming documents over for handling."""
    HAND_ON = "documents.hand_on"
    """Make tasks and reporting duties of obligations."""
    DRAFT = "documents.draft"
    """Make drafts and present them."""
    SIGN = "documents.sign"
    """Sign or return a draft; the signing authority of the post is needed as well."""
    ISSUE = "documents.issue"
    """Number and issue signed documents, annul numbers."""


class DocumentNotFound(NotFound):
    """No such document, or not for this person to know of."""


class DocumentForbidden(NotAllowed):
    """The document may be read but this may not be done with it."""


def unit_ids(by: Actor, permission: Permission) -> frozenset[int]:
    """Return the units for which the permission was given by name; what lies below them is not meant."""
    return frozenset(scope.unit_id for scope in by.scopes(permission))


def may_in(by: Actor, permission: Permission, unit_id: int) -> bool:
    """Whether the permission holds for the documents of a unit."""
    return by.is_system or unit_id in unit_ids(by, permission)


def require(by: Actor, permission: Permission, unit_id: int) -> None:
    """Raise DocumentForbidden when the permission does not hold for the documents of a unit."""
    if not may_in(by, permission, unit_id):
        raise DocumentForbidden("documents.not_permitted")


def visible(by: Actor) -> QuerySet[Document]:
    """Return the documents that a person may know of, newest first, as a lazy query."""
    if by.is_system:
        return Document.objects.all()
    if not by.may(Permission.READ):
        return Document.objects.none()
    books = unit_ids(by, Permission.READ_UNIT)
    seen = Q(unit_id__in=books) | Q(pk__in=_handed(by)) | Q(entered_by_post_id=by.post_id or 0)
    if elsewhere := _reached(by) - books:
        seen |= Q(unit_id__in=elsewhere, issued_from__isnull=False) | Q(unit_id__in=elsewhere, is_open_to_unit=True)
    return Document.objects.filter(seen)


def _handed(by: Actor) -> QuerySet[Distribution, int]:
    """Return the ids of the documents handed to the person's post, or to a unit that they work in."""
    to_unit = Q(post__isnull=True, unit_id__in=_reached(by))
    rows = Distribution.objects.filter(Q(post_id=by.post_id or 0) | to_unit).order_by()
    return rows.values_list("document_id", flat=True)


def _reached(by: Actor) -> frozenset[int]:
    """Return the units that a person works in or was given a role over by name."""
    own: frozenset[int] = frozenset() if by.unit_id is None else frozenset({by.unit_id})
    return own | unit_ids(by, Permission.READ)


def document_by_public_id(public_id: UUID | str, by: Actor) -> Document:
    """Return a document that the person may see. Raises DocumentNotFound."""
    rows = visible(by).filter(public_id=public_id).select_related("unit", "document_type", "series")
    document = rows.defer("body_text", "folded").first()
    if document is None:
        raise DocumentNotFound("documents.document_not_found")
    return document


def for_change(public_id: UUID | str, permission: Permission, by: Actor) -> Document:
    """Return a document locked for writing. Raises DocumentNotFound, or DocumentForbidden without the permission."""
    seen = document_by_public_id(public_id, by)
    require(by, permission, seen.unit_id)
    return Document.objects.select_for_update(of=("self",)).select_related("unit", "document_type").get(pk=seen.pk)


def clauses_of(document: Document) -> QuerySet[Clause]:
    """Return the outline of a document in reading order."""
    return Clause.objects.filter(document=document).order_by("position")


def citations_of(document: Document) -> QuerySet[DocumentCitation]:
    """Return what a document cites, bases first, with the held documents."""
    rows = DocumentCitation.objects.filter(document=document).select_related("held_document")
    rows = rows.defer("held_document__body_text", "held_document__folded", "held_document__draft")
    return rows.order_by("-is_basis", "position")


def obligations_of(document: Document) -> QuerySet[Obligation]:
    """Return the duties that a document lays on somebody, in reading order."""
    return Obligation.objects.filter(document=document).select_related("clause").order_by("position", "id")


def recipients_of(document: Document) -> QuerySet[Recipient]:
    """Return addressees and recipients as printed."""
    return Recipient.objects.filter(document=document).select_related("unit").order_by("kind", "position", "id")


def files_of(document: Document) -> QuerySet[DocumentFile]:
    """Return the files of a document, the main one first."""
    return DocumentFile.objects.filter(document=document).select_related("stored_file").order_by("position", "id")


def file_by_public_id(public_id: UUID | str, by: Actor) -> DocumentFile:
    """Return a file of a document that the person may see. Raises DocumentNotFound."""
    rows = DocumentFile.objects.select_related("stored_file", "document")
    found = rows.filter(public_id=public_id, document__in=visible(by)).first()
    if found is None:
        raise DocumentNotFound("documents.file_not_found")
    return found


def obligations_open(by: Actor) -> QuerySet[Obligation]:
    """Return the duties of documents under way that nobody has taken up yet, for those who may hand them on."""
    return (
        Obligation.objects.filter(
            state=ObligationState.OPEN,
            document__state__in=[DocumentState.REGISTERED, DocumentState.DISTRIBUTED],
            document__in=visible(by).filter(unit_id__in=unit_ids(by, Permission.HAND_ON)),
        )
        .select_related("document", "clause")
        .order_by("-document_id", "position", "id")
    )


def obligations_pressing(by: Actor) -> QuerySet[Obligation]:
    """Return the open duties that ask for a report, or name a time or a doer; other tasks of the outline can wait."""
    plain = Q(kind=ObligationKind.TASK, due_rule__isnull=True, who=[], is_corrected=False)
    return obligations_open(by).exclude(plain)


def obligation_by_public_id(public_id: UUID | str, by: Actor) -> Obligation:
    """Return a duty of a document that the person may see. Raises DocumentNotFound."""
    rows = Obligation.objects.select_related("document__unit", "clause")
    found = rows.filter(public_id=public_id, document__in=visible(by)).first()
    if found is None:
        raise DocumentNotFound("documents.obligation_not_found")
    return found


def is_opened(document: Document, by: Actor) -> bool:
    """Whether the holder of the person's post has opened a document before."""
    return ReadMark.objects.filter(document=document, post_id=by.post_id or 0).exists()


def documents_to_read(by: Actor) -> QuerySet[Document]:
    """Return incoming documents that were handed to the person's post or unit and that they have not opened yet."""
    if by.post_id is None:
        return Document.objects.none()
    if not by.may(Permission.READ):
        return Document.objects.none()
    handed = Distribution.objects.filter(Q(post_id=by.post_id) | Q(post__isnull=True, unit_id=by.unit_id)).order_by()
    waiting = Q(pk__in=handed.values("document_id")) | Q(unit_id=by.unit_id, issued_from__isnull=False)
    opened = ReadMark.objects.filter(document=OuterRef("pk"), post_id=by.post_id)
    rows = Document.objects.filter(waiting, ~Exists(opened), direction=Direction.INCOMING)
    return rows.exclude(state__in=[DocumentState.SETTLED, DocumentState.WITHDRAWN]).order_by("-arrival_on", "-id")


def to_review(by: Actor) -> QuerySet[Document]:
    """Return dropped documents that wait for review by those who keep the book."""
    rows = visible(by).filter(unit_id__in=unit_ids(by, Permission.REGISTER))
    waiting = [DocumentState.BEING_READ, DocumentState.TO_REVIEW, DocumentState.REFUSED]
    return rows.filter(direction=Direction.INCOMING, state__in=waiting).order_by("-id")


def to_register(by: Actor) -> QuerySet[Document]:
    """Return documents sent through the system that wait for their arrival number."""
    rows = visible(by).filter(unit_id__in=unit_ids(by, Permission.REGISTER))
    return rows.filter(direction=Direction.INCOMING, state=DocumentState.TO_REGISTER).order_by("-id")


def to_distribute(by: Actor) -> QuerySet[Document]:
    """Return registered documents that wait for the leader's word."""
    rows = visible(by).filter(unit_id__in=unit_ids(by, Permission.DISTRIBUTE))
    return rows.filter(direction=Direction.INCOMING, state=DocumentState.REGISTERED).order_by("-arrival_on", "-id")


def drafts_waiting(by: Actor) -> QuerySet[Document]:
    """Return drafts that wait for this person: their own unfinished ones, those to sign, those to number and issue."""
    own = Q(state=DocumentState.DRAFT, unit_id__in=unit_ids(by, Permission.DRAFT))
    sign = Q(state=DocumentState.PRESENTED, unit_id__in=unit_ids(by, Permission.SIGN))
    issue = Q(state=DocumentState.SIGNED, unit_id__in=unit_ids(by, Permission.ISSUE))
    return visible(by).filter(own | sign | issue, direction=Direction.OUTGOING).order_by("-changed_at", "-id")


def incoming_register(by: Actor) -> QuerySet[Document]:
    """Return the book of incoming documents with their arrival numbers, latest first."""
    rows = visible(by).filter(direction=Direction.INCOMING, state__in=IN_BOOK)
    return rows.order_by("-arrival_on", "-arrival_number", "-id")


def outgoing_register(by: Actor) -> QuerySet[Document]:
    """Return the book of outgoing documents, latest first."""
    rows = visible(by).filter(direction=Direction.OUTGOING, state=DocumentState.ISSUED)
    return rows.order_by("-issued_on", "-serial_number", "-id")


def held_since(by: Actor, day: dt.date) -> QuerySet[Document]:
    """Return the incoming documents that arrived on ``day`` or later."""
    return incoming_register(by).filter(arrival_on__gte=day)
