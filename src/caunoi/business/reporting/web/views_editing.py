"""Editing a consolidated report on the screen: words, order, what is left out, words of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from caunoi.business.reporting.access import Permission, ReportingNotFound, consolidation_by_public_id
from caunoi.business.reporting.models import ConsolidatedParagraph
from caunoi.business.reporting.operations.editing import (
    add_paragraph,
    edit_paragraph,
    move_paragraph,
    split_paragraph,
)
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

_BLANK_LINE = re.compile(r"\n\s*\n")
"""Parts one paragraph into two."""


def _paragraph(public_id: UUID, row: UUID, request: HttpRequest) -> ConsolidatedParagraph:
    made = consolidation_by_public_id(public_id, actor_of(request))
    found = ConsolidatedParagraph.objects.select_related("consolidation").filter(consolidation=made, public_id=row)
    paragraph = found.first()
    if paragraph is None:
        raise ReportingNotFound("reporting.paragraph_not_found")
    return paragraph


@login_required
@require_POST
def edit(request: HttpRequest, public_id: UUID, row: UUID) -> HttpResponse:
    """Change the words of a paragraph, split it at blank lines, move it, leave it out or take it in again."""
    by = permitted(request, Permission.COLLECT)
    paragraph = _paragraph(public_id, row, request)
    attempt(request, _step(request, paragraph, by))
    return redirect(f"{_back(request, public_id)}#doan-{row}")


def _step(request: HttpRequest, paragraph: ConsolidatedParagraph, by: Actor) -> Callable[[], object]:
    act, at = request.POST.get("act", ""), clock.now()
    if act in ("up", "down"):
        return lambda: move_paragraph(paragraph=paragraph, up=act == "up", by=by, at=at)
    if act in ("leave_out", "take_in"):
        left_out, reason = act == "leave_out", text_of(request, "reason")
        return lambda: edit_paragraph(paragraph=paragraph, left_out=left_out, reason=reason, by=by, at=at)
    text = paragraph.original if act == "restore" else text_of(request, "text").replace("\r\n", "\n")
    parts, seen = [part for part in _BLANK_LINE.split(text) if part.strip()], request.POST.get("seen")
    if len(parts) > 1:
        return lambda: split_paragraph(paragraph=paragraph, parts=parts, seen=seen, by=by, at=at)
    return lambda: edit_paragraph(paragraph=paragraph, text=text, seen=seen, by=by, at=at)


def _back(request: HttpRequest, public_id: UUID) -> str:
    """Return the page one came from: the whole report, or one section of it at its page."""
    kept = {name: request.POST[name] for name in ("muc", "page") if request.POST.get(name)}
    return reverse("reporting:consolidation", args=[public_id]) + (f"?{urlencode(kept)}" if kept else "")


@login_required
@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add words of one's own to a section."""
    by = permitted(request, Permission.COLLECT)
    made = consolidation_by_public_id(public_id, by)
    section, text = text_of(request, "section"), text_of(request, "text")
    attempt(request, lambda: add_paragraph(consolidation=made, section_code=section, text=text, by=by, at=clock.now()))
    return redirect(f"{_back(request, public_id)}#muc-{section}")
