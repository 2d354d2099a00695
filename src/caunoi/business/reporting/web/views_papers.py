"""Word and pdf of a consolidated report, and the way into the outgoing documents."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.documents.public import render as render_docx
from caunoi.business.reporting.access import Permission, consolidation_by_public_id
from caunoi.business.reporting.models import ConsolidatedPaper, Consolidation
from caunoi.business.reporting.operations.consolidation import make_report_document
from caunoi.business.reporting.operations.drafting import draft_for, title_of
from caunoi.business.reporting.operations.papers import (
    MEDIA,
    charts_to_draw,
    draw_charts,
    paper_failed,
    paper_name,
    paper_of,
    request_paper,
)
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.foundation.files.public import content_of
from caunoi.kernel import clock

AT_ONCE: Final = 60
"""Word files of so many reports are written while one waits, with a chart that no job has drawn yet; larger ones, those
that miss more charts, and every pdf, in the background."""


@login_required
@require_GET
def word(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the consolidated report as a Word file in the layout of NĐ 30/2020/NĐ-CP."""
    by = permitted(request, Permission.READ)
    made = consolidation_by_public_id(public_id, by)
    if len(made.included) <= AT_ONCE and charts_to_draw(made) <= 1:
        draw_charts(made, at=clock.now())
        return _file(made, ConsolidatedPaper.WORD, render_docx(draft_for(made, at=clock.now())))
    return _paper(request, made, ConsolidatedPaper.WORD)


@login_required
@require_GET
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the consolidated report as pdf; the first time it is made in the background, with a page that waits."""
    by = permitted(request, Permission.READ)
    return _paper(request, consolidation_by_public_id(public_id, by), ConsolidatedPaper.PDF)


def _paper(request: HttpRequest, made: Consolidation, kind: str) -> HttpResponse:
    stored, polled = paper_of(made, kind), "HX-Request" in request.headers
    if stored is not None and not polled:
        return _file(made, kind, content_of(stored))
    failed = stored is None and paper_failed(made, kind)
    if stored is None and not failed:
        request_paper(made, kind, at=clock.now())
    context = {
        "made": made, "title": title_of(made.campaign), "kind": kind, "is_ready": stored is not None, "failed": failed,
        "is_pdf": kind == ConsolidatedPaper.PDF,
    }  # fmt: skip
    return render(request, "reporting/_paper_wait.html" if polled else "reporting/paper.html", context)


def _file(made: Consolidation, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{paper_name(made, kind)}"'
    return response


@login_required
@require_POST
def make_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the report to the outgoing documents as a draft and open it there."""
    by = permitted(request, Permission.COLLECT)
    made = consolidation_by_public_id(public_id, by)
    attempt(
        request,
        lambda: make_report_document(consolidation=made, by=by, at=clock.now()),
        _("Đã lập dự thảo báo cáo trong văn bản đi."),
    )
    return redirect("reporting:consolidation", public_id=public_id)
