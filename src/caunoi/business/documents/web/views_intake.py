"""Receiving files: the drop zone, the progress of reading, acceptance and rejection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.documents.access import (
    DocumentNotFound,
    Permission,
    document_by_public_id,
    require,
    to_review,
    unit_ids,
)
from caunoi.business.documents.models import Document, DocumentState
from caunoi.business.documents.operations import intake as operations
from caunoi.business.documents.operations.intake import FileRefused, IntakeRefused, Part
from caunoi.business.documents.web.requests import number_of, permitted, text_of, words_of
from caunoi.foundation.jobs.public import Job, JobState
from caunoi.foundation.organisations.public import Unit, UnitNotFound
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

ACCEPTED = ".docx,.pdf,.doc,.odt,.rtf,.txt,.html,.htm,.png,.jpg,.jpeg,.tif,.tiff,.xlsx,.xls"
MOST_FILES = 20


class Upload(Protocol):
    """A file as the request carries it."""

    name: str | None

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes."""


@login_required
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Show the drop zone; take the files that were sent in."""
    by = permitted(request, Permission.REGISTER)
    if request.method == "GET":
        return _page(request, by)
    files = request.FILES.getlist("files")
    if len(files) > MOST_FILES:
        refusal = gettext("Mỗi lần chỉ gửi được %(most)s tệp. Hãy bỏ bớt rồi gửi tiếp.") % {"most": MOST_FILES}
        return _page(request, by, [refusal])
    if sum(file.size or 0 for file in files) > settings.UPLOAD_LIMIT_TOGETHER:
        most = filesizeformat(settings.UPLOAD_LIMIT_TOGETHER)
        refusal = gettext("Các tệp gửi cùng lúc không được quá %(most)s. Hãy gửi thành nhiều lần.") % {"most": most}
        return _page(request, by, [refusal])
    groups = [[file] for file in files] if text_of(request, "together") == "each" else [files]
    made, refused = _receive_all(request, groups, by)
    if not made:
        return _page(request, by, refused)
    for words in refused:
        messages.error(request, words)
    return _onward(made)


def _receive_all(
    request: HttpRequest, groups: Sequence[Sequence[Upload]], by: Actor
) -> tuple[list[Document], list[str]]:
    """Take in each group as one document; return the documents and the sentences about those refused."""
    unit, made, refused = _unit(request, by), [], []
    for group in groups:
        try:
            parts = [Part(_content(file), file.name or "") for file in group]
            made.append(
                operations.receive_files(parts=parts, unit=unit, limit=settings.UPLOAD_LIMIT, by=by, at=clock.now())
            )
        except FileRefused as error:
            refused.append(words_of(error))
    return made, refused


def _content(file: Upload) -> bytes:
    """Read a sent file, but no more of it than one byte over the limit: the rest would be refused anyway."""
    content: bytes = file.read(settings.UPLOAD_LIMIT + 1)
    return content


def _unit(request: HttpRequest, by: Actor) -> Unit:
    """Return the unit whose book it is for: the one chosen, or the only one, or that of the post."""
    allowed = unit_ids(by, Permission.REGISTER)
    chosen = text_of(request, "unit")
    units = Unit.objects.filter(pk__in=allowed)
    if chosen:
        unit = units.filter(pk=number_of(chosen)).first()
        if unit is None:
            raise UnitNotFound("unit_not_found")
        return unit
    return units.filter(pk=by.unit_id or 0).first() or units.order_by("pk")[0]


def _onward(made: list[Document]) -> HttpResponse:
    if len(made) == 1:
        return HttpResponseRedirect(reverse("documents:review", args=[made[0].public_id]))
    return HttpResponseRedirect(reverse("documents:waiting"))


def _page(request: HttpRequest, by: Actor, refused: list[str] | None = None) -> HttpResponse:
    units = Unit.objects.filter(pk__in=unit_ids(by, Permission.REGISTER)).order_by("sort_key", "id")
    facts = {
        "units": list(units[:50]),
        "own_unit_id": by.unit_id,
        "accepted": ACCEPTED,
        "limit": settings.UPLOAD_LIMIT,
        "refused": refused or [],
        "waiting": to_review(by)[:5],
        "together": request.POST.get("together", "one"),
    }
    return render(request, "documents/intake.html", facts, status=422 if refused else 200)


@login_required
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the polling of the progress page: the bar, or where to go when the reading is over."""
    document = document_by_public_id(public_id, actor_of(request))
    if document.state != DocumentState.BEING_READ:
        return HttpResponse(headers={"HX-Redirect": reverse("documents:review", args=[public_id])})
    return render(request, "documents/parts/progress.html", {**progress_facts(document), "polled": True})


def progress_facts(document: Document) -> dict[str, object]:
    """Return how far the reading is."""
    job = Job.objects.filter(key=operations.reading_key(document)).order_by("-id").first()
    return {
        "document": document,
        "job": job,
        "failed": job is not None and job.state == JobState.FAILED,
        "again": job is not None and job.attempts > 1,
        "current": min(job.done + 1, job.total) if job is not None and job.total else 0,
    }


@login_required
@require_POST
def read_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have a document read again after the worker gave up."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    require(by, Permission.REGISTER, document.unit_id)
    if document.state == DocumentState.BEING_READ:
        operations.request_reading(document, at=clock.now())
    return HttpResponseRedirect(reverse("documents:review", args=[public_id]))


@login_required
@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter the document into the book, then show it; a duplicate is asked about first."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    try:
        accepted = operations.accept_document(
            document=document, despite_duplicates=text_of(request, "despite") == "1", by=by, at=clock.now()
        )
    except IntakeRefused as refused:
        messages.error(request, words_of(refused))
        return HttpResponseRedirect(reverse("documents:review", args=[public_id]))
    words = gettext("Đã vào sổ văn bản đến: số đến %(number)s.") % {"number": accepted.arrival_number}
    messages.success(request, words)
    return HttpResponseRedirect(reverse("documents:record", args=[public_id]))


@login_required
@require_POST
def reject(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw a document in intake away, with its files."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    if document.direction != "incoming":
        raise DocumentNotFound("documents.document_not_found")
    try:
        operations.reject_intake(document=document, reason=text_of(request, "reason"), by=by, at=clock.now())
    except IntakeRefused as refused:
        messages.error(request, words_of(refused))
        return HttpResponseRedirect(reverse("documents:record", args=[public_id]))
    messages.success(request, gettext("Đã loại bỏ; tệp đã được xóa khỏi máy chủ."))
    return HttpResponseRedirect(reverse("documents:waiting"))
