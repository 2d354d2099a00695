"""Serving files: originals as they came, pages as pictures made anew, drafts as docx."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as page_of
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from caunoi.business.documents.access import DocumentNotFound, document_by_public_id, file_by_public_id
from caunoi.business.documents.models import Document, DocumentFile
from caunoi.business.documents.operations.intake import file_refused
from caunoi.business.documents.operations.outgoing import DOCX, draft_of, render
from caunoi.business.documents.operations.pictures import (
    pages_folder,
    pdf_key,
    pdf_place,
    request_pdf,
    write_page,
)
from caunoi.foundation.files.public import content_of
from caunoi.foundation.jobs.public import Job, JobState
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from vanban.diagnostics import UnreadableError
from vanban.reading import render_page
from vanban.reading.children import find_tool

DPI = 110
"""Enough to read on a screen; the original is one click away."""
KEPT_BY_BROWSER = 3600


def _attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Answer bytes that the browser saves and never runs."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_GET
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the original, byte for byte."""
    file = file_by_public_id(public_id, actor_of(request))
    stored = file.stored_file
    return _attachment(content_of(stored), stored.name, stored.media_type)


@login_required
@require_GET
def page(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Answer one page as a PNG made from the original; it is made once and kept beside it."""
    file = file_by_public_id(public_id, actor_of(request))
    if not 1 <= number <= file.page_count:
        raise DocumentNotFound("documents.file_not_found")
    place = pages_folder(file.stored_file) / f"{number}-{DPI}.png"
    if not place.exists():
        content = render_page(content_of(file.stored_file), number, dpi=DPI)
        write_page(place, content)
    return _picture(place)


def _picture(place: Path) -> HttpResponse:
    response = HttpResponse(place.read_bytes(), content_type="image/png")
    patch_cache_control(response, private=True, max_age=KEPT_BY_BROWSER)
    return response


@login_required
@require_GET
def draft_docx(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a draft as docx, as it would be issued now."""
    document = document_by_public_id(public_id, actor_of(request))
    if document.draft is None:
        raise DocumentNotFound("documents.file_not_found")
    return _attachment(render(draft_of(document)), _name(document, "docx"), DOCX)


@login_required
@require_GET
def as_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the issued docx as pdf; the first time it is made in the background, with a page that waits for it."""
    file = file_by_public_id(public_id, actor_of(request))
    if file.stored_file.media_type != DOCX:
        raise DocumentNotFound("documents.file_not_found")
    place = pdf_place(file.stored_file)
    if place.exists() and "HX-Request" not in request.headers:
        name = file.stored_file.name.rpartition(".")[0] or file.stored_file.name
        return _attachment(place.read_bytes(), f"{name}.pdf", "application/pdf")
    return _made(request, file, is_ready=place.exists())


def _made(request: HttpRequest, file: DocumentFile, *, is_ready: bool) -> HttpResponse:
    """Answer the page that waits for a pdf, or its polling."""
    job = Job.objects.filter(key=pdf_key(file)).order_by("-id").first()
    if not is_ready and (job is None or job.state == JobState.DONE):
        _need_office(file)
        request_pdf(file, at=clock.now())
    facts = {"file": file, "is_ready": is_ready, "failed": job is not None and job.state == JobState.FAILED}
    polled = "HX-Request" in request.headers
    return page_of(request, "documents/parts/pdf.html" if polled else "documents/pdf.html", facts)


def _need_office(file: DocumentFile) -> None:
    """Raise FileRefused when LibreOffice is not installed: waiting would be in vain."""
    try:
        find_tool("soffice", "libreoffice")
    except UnreadableError as error:
        raise file_refused(error, file.stored_file.name) from error


def _name(document: Document, ending: str) -> str:
    code = document.code.replace("/", "-") or document.type_name
    return f"{code}.{ending}"
