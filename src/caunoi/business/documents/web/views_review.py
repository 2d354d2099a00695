"""The two panes: the original on the left, what was read on the right."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from caunoi.business.documents.access import (
    Permission,
    citations_of,
    document_by_public_id,
    files_of,
    may_in,
    obligations_of,
    recipients_of,
)
from caunoi.business.documents.models import Document, DocumentFile, DocumentState, Reading
from caunoi.business.documents.operations.intake import duplicates, same_files
from caunoi.business.documents.web.doubts import HEAD, SIGNATURE, head_facts
from caunoi.business.documents.web.original import file_view, findings_of, places_of
from caunoi.business.documents.web.refusals import SENTENCES
from caunoi.business.documents.web.shown import shown_citation, shown_obligation
from caunoi.business.documents.web.states import state_of
from caunoi.business.documents.web.views_intake import progress_facts
from caunoi.foundation.pages.public import Crumb, actor_of
from caunoi.kernel.actor import Actor


@login_required
@require_GET
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show where a dropped document stands: being read, refused, or ready for review."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    if document.state == DocumentState.BEING_READ:
        return render(request, "documents/being_read.html", {**progress_facts(document), "crumbs": _crumbs(document)})
    if document.state == DocumentState.REFUSED:
        facts = {"document": document, "sentence": refusal_words(document), "crumbs": _crumbs(document)}
        return render(request, "documents/refused.html", facts)
    if document.state != DocumentState.TO_REVIEW:
        return HttpResponseRedirect(reverse("documents:record", args=[public_id]))
    return render(request, "documents/review.html", _facts(document, by))


@login_required
@require_GET
def original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a document of the book beside what was read from it."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    if document.state in (DocumentState.BEING_READ, DocumentState.REFUSED, DocumentState.TO_REVIEW):
        return HttpResponseRedirect(reverse("documents:review", args=[public_id]))
    return render(request, "documents/review.html", _facts(document, by))


def refusal_words(document: Document) -> str:
    """Return why a file was not taken in."""
    code = str(document.refusal.get("code", ""))
    facts = document.refusal.get("facts", {})
    words = SENTENCES.get(code)
    return gettext("Tệp không đọc được.") if words is None else str(words) % facts


def _crumbs(document: Document) -> list[Crumb]:
    if document.state in (DocumentState.BEING_READ, DocumentState.REFUSED, DocumentState.TO_REVIEW):
        return [Crumb(gettext("Chờ rà soát, vào sổ"), reverse("documents:waiting")), Crumb(gettext("Rà soát"))]
    home = "documents:incoming" if document.direction == "incoming" else "documents:outgoing"
    words = gettext("Văn bản đến") if document.direction == "incoming" else gettext("Văn bản đi")
    record = reverse("documents:record", args=[document.public_id])
    return [Crumb(words, reverse(home)), Crumb(document.code or gettext("Văn bản"), record), Crumb(gettext("Bản gốc"))]


def _facts(document: Document, by: Actor) -> dict[str, object]:
    citations, obligations = list(citations_of(document)), list(obligations_of(document))
    recipients = list(recipients_of(document))
    files = _files(document)
    main = files[0][1] if files else None
    places = places_of(document, main, citations, obligations, recipients) if main is not None else []
    head = head_facts(document, main.facts if main else {}, HEAD)
    signature = head_facts(document, main.facts if main else {}, SIGNATURE)
    shown = [shown_citation(one) for one in citations]
    duties = sorted((shown_obligation(one) for one in obligations), key=lambda one: not one.doubts)
    reviewing = document.state == DocumentState.TO_REVIEW
    return {
        "document": document,
        "state": state_of(document.state),
        "crumbs": _crumbs(document),
        "reviewing": reviewing,
        "can_edit": may_in(by, Permission.REGISTER, document.unit_id)
        and document.state in (DocumentState.TO_REVIEW, DocumentState.REGISTERED, DocumentState.DISTRIBUTED),
        "files": [file_view(file, reading, places if at == 0 else []) for at, (file, reading) in enumerate(files)],
        "head": head,
        "signature": signature,
        "bases": [one for one in shown if one.row.is_basis],
        "mentions": [one for one in shown if not one.row.is_basis],
        "obligations": [one for one in duties if not one.plain],
        "plain_duties": [one for one in duties if one.plain],
        "addressees": [one for one in recipients if one.kind == "addressee"],
        "recipients": [one for one in recipients if one.kind == "recipient"],
        "findings": findings_of(main) if main else [],
        "doubt_count": sum(bool(fact.doubts) for fact in (*head, *signature))
        + sum(bool(one.doubts) for one in shown)
        + sum(bool(one.doubts) for one in duties),
        "duplicates": duplicates(document) if reviewing else [],
        "same_files": same_files(document) if reviewing else [],
    }


def _files(document: Document) -> list[tuple[DocumentFile, Reading | None]]:
    files = list(files_of(document))
    readings = {reading.file_id: reading for reading in Reading.objects.filter(file__in=files)}
    return [(file, readings.get(file.pk)) for file in files]
