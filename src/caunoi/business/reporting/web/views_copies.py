"""The signed copy of a report, and entering the report of a unit in its place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    ReportingNotFound,
    is_own,
    report_by_public_id,
    require_writing,
    versions_of,
)
from caunoi.business.reporting.operations.copies import ENOUGH, attach_signed_copy
from caunoi.business.reporting.operations.submissions import enter_on_behalf
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.foundation.files.public import content_of
from caunoi.kernel import clock


@login_required
@require_POST
def attach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Attach a scan or signed pdf to the draft."""
    by = permitted(request, *OWN_WORK, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    require_writing(reporter, by, *OWN_WORK)
    sent = request.FILES.get("copy")
    if sent is None:
        messages.error(request, gettext("Hãy chọn bản quét hoặc pdf đã ký."))
        return redirect("reporting:entry", public_id=public_id)
    content, name, at = sent.read(ENOUGH), sent.name or "ban-ky", clock.now()
    step = lambda: attach_signed_copy(reporter=reporter, content=content, name=name, by=by, at=at)  # noqa: E731
    attempt(request, step, _("Đã đính kèm bản có chữ ký."))
    return redirect("reporting:entry", public_id=public_id)


@login_required
@require_GET
def signed_copy(request: HttpRequest, public_id: UUID, version: UUID) -> HttpResponse:
    """Send the signed copy of a version: of a draft to its unit, of a sent one to everybody who may read it."""
    by = permitted(request, *OWN_WORK, Permission.READ)
    reporter = report_by_public_id(public_id, by)
    found = versions_of(reporter).select_related("signed_copy").filter(public_id=version).first()
    own = any(is_own(reporter, by, permission) for permission in OWN_WORK)
    if found is None or found.signed_copy is None or (found.sent_at is None and not own):
        raise ReportingNotFound("reporting.report_not_found")
    copy = found.signed_copy
    header = content_disposition_header(True, found.signed_copy_name) or "attachment"
    return HttpResponse(content_of(copy), content_type=copy.media_type, headers={"Content-Disposition": header})


@login_required
@require_POST
def on_behalf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin to enter the report of a unit that cannot, with the ground."""
    by = permitted(request, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    ground = text_of(request, "ground")
    done = attempt(request, lambda: enter_on_behalf(reporter=reporter, ground=ground, by=by, at=clock.now()))
    return redirect("reporting:entry" if done else "reporting:report", public_id=public_id)
