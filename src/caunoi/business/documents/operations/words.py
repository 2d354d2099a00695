"""What every use case of documents says about a document: to the audit, to the search, to its own sort columns."""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField

from caunoi.business.documents.models import Document, DocumentType
from caunoi.business.documents.rules.codes import key_of
from caunoi.foundation.audit.public import Subject
from caunoi.foundation.search.public import put
from caunoi.kernel.text import fold, sort_key

SEARCHED = 20_000
"""Characters of a document's text that the index holds."""


def subject(document: Document) -> Subject:
    """Return the document as the audit names it."""
    return Subject("document", str(document.public_id), document.label or str(document.public_id), document.unit_id)


def derive(document: Document) -> None:
    """Renew the columns that are worked out from the head fields; call before saving."""
    document.code_key = key_of(document.code_number, document.code_notation)[:100]
    document.organ_folded = fold(document.organ_name)[:200]
    words = (
        document.code,
        document.type_name,
        document.organ_name,
        document.subject,
        document.signer_name,
        f"{document.issued_on:%d/%m/%Y}" if document.issued_on else "",
        f"số đến {document.arrival_number}" if document.arrival_number else "",
    )
    document.folded = fold(" ".join(word for word in words if word))
    document.sort_key = sort_key(document.subject)[:500]
    document.organ_sort_key = sort_key(document.organ_name)[:500]


def limit_of(name: str) -> int:
    """Return how many characters a text column of a document holds."""
    field = Document._meta.get_field(name)
    return field.max_length or 0 if isinstance(field, CharField) else 0


def type_named(name: str, day: dt.date) -> DocumentType | None:
    """Return the row of a document type in force on ``day`` by its name, administrative ones first."""
    rows = DocumentType.objects.filter(folded=fold(name), from_on__lte=day)
    return rows.exclude(until_on__lte=day).order_by("family", "position", "id").first()


def index(document: Document, at: dt.datetime) -> None:
    """Enter the document into the search index."""
    text = f"{document.organ_name} {document.signer_name} {document.body_text[:SEARCHED]}"
    put(
        kind="document",
        public_id=document.public_id,
        title=document.label,
        text=text,
        unit_id=document.unit_id,
        at=at,
    )
