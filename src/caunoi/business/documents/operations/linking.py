"""Finding out which cited documents the unit holds, both when one is read and when a missing one arrives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from caunoi.business.documents.models import (
    CitationState,
    Confidence,
    Document,
    DocumentCitation,
    DocumentState,
    KnownDocument,
)
from caunoi.business.documents.models.document import IN_BOOK
from caunoi.business.documents.rules.citing import Held, match
from caunoi.kernel import clock

HELD = [*IN_BOOK, DocumentState.ISSUED, DocumentState.TO_REGISTER]
"""States in which a document counts as held."""


def link_citations(document: Document) -> None:
    """Set the state of everything a document cites."""
    _link(list(DocumentCitation.objects.filter(document=document).select_related("document")), document.unit_id)


def link_again(*, unit_id: int, code_keys: Collection[str]) -> None:
    """Look again for the documents that cite these codes: one of them has just arrived, changed or gone."""
    keys = [one for one in code_keys if one]
    if keys:
        rows = DocumentCitation.objects.filter(document__unit_id=unit_id, code_key__in=keys)
        _link(list(rows.select_related("document")), unit_id)


def _link(citations: list[DocumentCitation], unit_id: int) -> None:
    held: defaultdict[str, list[Held]] = defaultdict(list)
    keys = {one.code_key for one in citations if one.code_key}
    rows = Document.objects.filter(Q(state__in=HELD), unit_id=unit_id, code_key__in=keys)
    for pk, code_key, issued_on, organ in rows.values_list("pk", "code_key", "issued_on", "organ_name"):
        held[code_key].append(Held(pk, issued_on, organ))
    expired = _last_days(citations)
    for one in citations:
        found, held_id = match(issued_on=one.issued_on, issuer=one.issuer, held=held.get(one.code_key, ()))
        one.state, one.held_document_id = CitationState(found.value), held_id
        if _is_expired(one, expired):
            one.state = CitationState.EXPIRED
    DocumentCitation.objects.bulk_update(citations, ["state", "held_document"])


def _last_days(citations: list[DocumentCitation]) -> dict[str, dt.date]:
    """Return since when cited documents are out of force, by key, as the register of validity knows it."""
    keys = {one.key for one in citations}
    rows = KnownDocument.objects.filter(key__in=keys, until_on__isnull=False).exclude(confidence=Confidence.UNSURE)
    return {key: until for key, until in rows.values_list("key", "until_on") if until is not None}


def _is_expired(one: DocumentCitation, expired: dict[str, dt.date]) -> bool:
    """Whether the cited document was out of force already on the day of the document that cites it."""
    until = expired.get(one.key)
    day = one.document.issued_on or clock.day_of(one.document.entered_at)
    return until is not None and until <= day
