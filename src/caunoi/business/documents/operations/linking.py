"""Finding out which cited documents the unit holds, both when one is read and when a missing one arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from caunoi.business.documents.models import CitationState, Document, DocumentCitation, DocumentState
from caunoi.business.documents.models.document import IN_BOOK
from caunoi.business.documents.rules.citing import Held, match

HELD = [*IN_BOOK, DocumentState.ISSUED, DocumentState.TO_REGISTER]
"""States in which a document counts as held."""


def link_citations(document: Document) -> None:
    """Set the state of everything a document cites."""
    _link(list(DocumentCitation.objects.filter(document=document)), document.unit_id)


def link_again(*, unit_id: int, code_keys: Collection[str]) -> None:
    """Look again for the documents that cite these codes: one of them has just arrived, changed or gone."""
    keys = [one for one in code_keys if one]
    if keys:
        _link(list(DocumentCitation.objects.filter(document__unit_id=unit_id, code_key__in=keys)), unit_id)


def _link(citations: list[DocumentCitation], unit_id: int) -> None:
    held: defaultdict[str, list[Held]] = defaultdict(list)
    keys = {one.code_key for one in citations if one.code_key}
    rows = Document.objects.filter(Q(state__in=HELD), unit_id=unit_id, code_key__in=keys)
    for pk, code_key, issued_on, organ in rows.values_list("pk", "code_key", "issued_on", "organ_name"):
        held[code_key].append(Held(pk, issued_on, organ))
    for one in citations:
        found, held_id = match(issued_on=one.issued_on, issuer=one.issuer, held=held.get(one.code_key, ()))
        one.state, one.held_document_id = CitationState(found.value), held_id
    DocumentCitation.objects.bulk_update(citations, ["state", "held_document"])
