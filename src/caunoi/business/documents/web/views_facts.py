"""Correcting what was read, in place: each answer is the fact's own fragment."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from caunoi.business.documents.access import DocumentNotFound, Permission, document_by_public_id, require
from caunoi.business.documents.models import (
    Document,
    DocumentCitation,
    Obligation,
    ObligationKind,
    Reading,
    Recipient,
    RecipientKind,
)
from caunoi.business.documents.operations import facts as operations
from caunoi.business.documents.operations.facts import HEAD_FACTS, FactRefused
from caunoi.business.documents.web.doubts import HeadFact, head_fact
from caunoi.business.documents.web.forms import ObligationForm
from caunoi.business.documents.web.requests import number_of, text_of, words_of
from caunoi.business.documents.web.shown import shown_citation, shown_obligation
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

Row = TypeVar("Row")


def _document(request: HttpRequest, public_id: UUID) -> tuple[Document, Actor]:
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    require(by, Permission.REGISTER, document.unit_id)
    return document, by


@login_required
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """Show, edit or save one head field."""
    document, by = _document(request, public_id)
    if name not in HEAD_FACTS:
        raise DocumentNotFound("documents.document_not_found")
    error = ""
    if request.method == "POST":
        try:
            value = text_of(request, "value")
            document = operations.correct_fact(document=document, fact=name, value=value, by=by, at=clock.now())
        except FactRefused as refused:
            error = words_of(refused)
    editing = bool(error) or "edit" in request.GET
    template = "documents/parts/fact_form.html" if editing else "documents/parts/fact.html"
    facts = {"document": document, "fact": _head(document, name), "can_edit": True, "error": error}
    return render(request, template, facts)


def _head(document: Document, name: str) -> HeadFact:
    reading = Reading.objects.filter(file__document=document, file__position=0).only("facts").first()
    return head_fact(document, reading.facts if reading else {}, name)


@login_required
@require_http_methods(["GET", "POST"])
def citation(request: HttpRequest, public_id: UUID, pk: int | None = None) -> HttpResponse:
    """Show, edit, add, save or take out one cited document."""
    document, by = _document(request, public_id)
    row = _row(DocumentCitation.objects.filter(document=document, pk=pk or 0).first(), pk)
    error = ""
    if request.method == "POST":
        try:
            if text_of(request, "take_out") and pk is not None:
                operations.remove_citation(document=document, citation_id=pk, by=by, at=clock.now())
                return HttpResponse("")
            row = operations.correct_citation(
                document=document, citation_id=pk, code=text_of(request, "code"), issued_on=_day(request, "issued_on"),
                issuer=text_of(request, "issuer"), is_basis="is_basis" in request.POST, by=by, at=clock.now(),
            )  # fmt: skip
        except FactRefused as refused:
            error = words_of(refused)
    facts: dict[str, object] = {"document": document, "can_edit": True, "error": error}
    if row is None or error or "edit" in request.GET:
        return render(request, "documents/parts/citation_form.html", {**facts, "row": row})
    return render(request, "documents/parts/citation.html", {**facts, "one": shown_citation(row)})


def _row(row: Row | None, pk: int | None) -> Row | None:
    if pk is not None and row is None:
        raise DocumentNotFound("documents.document_not_found")
    return row


def _day(request: HttpRequest, name: str) -> dt.date | None:
    value = text_of(request, name)
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise FactRefused("documents.fact_date", value=value) from None


@login_required
@require_http_methods(["GET", "POST"])
def obligation(request: HttpRequest, public_id: UUID, pk: int | None = None) -> HttpResponse:
    """Show, edit, add, save or take out one duty."""
    document, by = _document(request, public_id)
    row = _row(Obligation.objects.filter(document=document, pk=pk or 0).first(), pk)
    error, form = "", ObligationForm.of(row)
    if request.method == "POST":
        try:
            if text_of(request, "take_out") and pk is not None:
                operations.remove_obligation(document=document, obligation_id=pk, by=by, at=clock.now())
                return HttpResponse("")
            if text_of(request, "reading") and pk is not None:
                at_index = number_of(text_of(request, "reading"))
                row = operations.take_reading(
                    document=document, obligation_id=pk, at_index=at_index, by=by, at=clock.now()
                )
                return _shown_duty(request, document, row)
            form = ObligationForm(request.POST)
            row = _save(document, pk, form, by) if form.is_valid() else row
        except FactRefused as refused:
            error = words_of(refused)
    facts: dict[str, object] = {"document": document, "can_edit": True, "error": error}
    if row is None or error or form.errors or "edit" in request.GET:
        return render(request, "documents/parts/obligation_form.html", {**facts, "row": row, "form": form})
    return _shown_duty(request, document, row)


def _shown_duty(request: HttpRequest, document: Document, row: Obligation) -> HttpResponse:
    facts = {"document": document, "can_edit": True, "one": shown_obligation(row)}
    return render(request, "documents/parts/obligation.html", facts)


def _save(document: Document, pk: int | None, form: ObligationForm, by: Actor) -> Obligation:
    return operations.correct_obligation(
        document=document, obligation_id=pk, kind=ObligationKind(form.cleaned_data["kind"]),
        what=form.cleaned_data["what"], words=form.words(), desk=form.cleaned_data["desk"], due=form.due(), by=by,
        at=clock.now(),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def recipients(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Show, edit or save the lines of "Kính gửi" or "Nơi nhận"."""
    document, by = _document(request, public_id)
    if kind not in RecipientKind.values:
        raise DocumentNotFound("documents.document_not_found")
    error = ""
    if request.method == "POST":
        try:
            lines = lines_of(text_of(request, "lines"))
            operations.correct_recipients(
                document=document, kind=RecipientKind(kind), lines=lines, by=by, at=clock.now()
            )
        except FactRefused as refused:
            error = words_of(refused)
    rows = list(Recipient.objects.filter(document=document, kind=kind).select_related("unit"))
    facts = {"document": document, "rows": rows, "kind": kind, "can_edit": True, "error": error}
    editing = bool(error) or "edit" in request.GET
    template = "documents/parts/recipients_form.html" if editing else "documents/parts/recipients.html"
    return render(request, template, {**facts, "lines": "\n".join(line_of(row) for row in rows)})


def lines_of(text: str) -> list[tuple[str, str]]:
    """Return the names and purposes of lines such as "UBND tỉnh (để báo cáo)"."""
    found = []
    for line in text.splitlines():
        name, bracket, rest = line.strip().lstrip("-").strip().rstrip(";.").partition("(")
        purpose = rest.rstrip(") ") if bracket and rest.strip().startswith("để ") else ""
        found.append((name.strip(), purpose) if purpose else (line.strip().lstrip("-").strip().rstrip(";."), ""))
    return [(name, purpose) for name, purpose in found if name]


def line_of(row: Recipient) -> str:
    """Return a line as it is typed."""
    return f"{row.name} ({row.purpose})" if row.purpose else row.name
