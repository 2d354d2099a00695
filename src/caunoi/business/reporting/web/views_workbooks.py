"""The report as an Excel file: taking it home, sending it back, getting it again with what is wrong marked in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    ReportingNotFound,
    report_by_public_id,
    require_writing,
)
from caunoi.business.reporting.models import ExpectedReporter
from caunoi.business.reporting.operations.findings import say
from caunoi.business.reporting.operations.refused import DraftClash
from caunoi.business.reporting.operations.workbooks import (
    Received,
    place_in_workbook,
    receive_workbook,
    template_of,
)
from caunoi.business.reporting.queries import cells_before, content_of, form_of
from caunoi.business.reporting.rules.checks import check
from caunoi.business.reporting.web.entry import label_of_field, text_of_field
from caunoi.business.reporting.web.requests import permitted
from caunoi.foundation.pages.public import Crumb, sentence
from caunoi.foundation.spreadsheets.public import (
    XLSX,
    Finding,
    Limits,
    annotate,
    place_of,
    sentence_of,
)
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

KEPT = 3600
"""Seconds for which a marked file can be fetched."""


@login_required
@require_GET
def template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the workbook of the report with what its draft holds."""
    by = permitted(request, *OWN_WORK, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    return _file(template_of(reporter, by), f"{reporter.name} - {reporter.campaign.name}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    header = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": header})


@login_required
@require_POST
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a filled-in workbook into the draft, or show what has to be mended, cell by cell."""
    by = permitted(request, *OWN_WORK, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    require_writing(reporter, by, *OWN_WORK)
    sent = request.FILES.get("workbook")
    if sent is None:
        messages.error(request, gettext("Hãy chọn tệp Excel đã điền."))
        return redirect("reporting:entry", public_id=public_id)
    content, name = sent.read(Limits().size + 1), sent.name or "bao-cao.xlsx"
    try:
        received = receive_workbook(reporter=reporter, content=content, name=name, by=by, at=clock.now())
    except (NotAllowed, NotFound):
        raise
    except DraftClash as clash:
        return _wrong(request, reporter, by, content, name, _clashing(reporter, clash))
    except Refused as refused:
        messages.error(request, sentence(refused) or gettext("Không nhận được tệp này."))
        return redirect("reporting:entry", public_id=public_id)
    if received.version is None:
        return _wrong(request, reporter, by, content, name, list(received.findings))
    return _taken(request, reporter, by, content, name, received)


def _taken(
    request: HttpRequest, reporter: ExpectedReporter, by: Actor, content: bytes, name: str, received: Received
) -> HttpResponse:
    words = (
        gettext("Đã nhập tệp vào bản nháp.")
        if received.changed
        else gettext("Tệp giống bản nháp, không có gì thay đổi.")
    )
    messages.success(request, words)
    found = _by_rules(reporter, received)
    if found:
        return _wrong(request, reporter, by, content, name, found, is_saved=True)
    return redirect(f"{reverse('reporting:entry', args=[reporter.public_id])}?kiem-tra=1")


def _by_rules(reporter: ExpectedReporter, received: Received) -> list[Finding]:
    form, content = form_of(reporter.campaign.regime), content_of(received.version)
    said = say(check(form, content, cells_before(reporter)), content.explanations)
    found = []
    for each in said:
        if each.is_error or not each.explanation.strip():
            sheet, row, column = place_in_workbook(form, each.finding.target)
            label = label_of_field(form, each.finding.target)
            found.append(Finding("report_rule", sheet, row, column, label, facts={"text": each.text}))
    return found


def _clashing(reporter: ExpectedReporter, clash: DraftClash) -> list[Finding]:
    form = form_of(reporter.campaign.regime)
    found = []
    for each in clash.clashes:
        sheet, row, column = place_in_workbook(form, each.field)
        facts = {"who": each.who, "theirs": text_of_field(each.field, each.theirs)}
        found.append(Finding("report_clash", sheet, row, column, label_of_field(form, each.field), facts=facts))
    return found


def _wrong(
    request: HttpRequest, reporter: ExpectedReporter, by: Actor, content: bytes, name: str, found: list[Finding],
    *, is_saved: bool = False,
) -> HttpResponse:  # fmt: skip
    cache.set(_key(reporter, by), (annotate(content, name, found), name), KEPT)
    entry = reverse("reporting:entry", args=[reporter.public_id])
    context = {
        "reporter": reporter, "name": name, "said": [(place_of(each), sentence_of(each)) for each in found[:200]],
        "count": len(found), "is_saved": is_saved,
        "crumbs": [Crumb(_("Báo cáo của đơn vị"), reverse("reporting:mine")), Crumb(reporter.campaign.name, entry),
                   Crumb(_("Tệp Excel"))],
    }  # fmt: skip
    return render(request, "reporting/workbook.html", context, status=200 if is_saved else 422)


def _key(reporter: ExpectedReporter, by: Actor) -> str:
    return f"reporting-marked-{reporter.pk}-{by.account_id}"


@login_required
@require_GET
def marked(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send one's last file back with what is wrong written into it."""
    by = permitted(request, *OWN_WORK, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    require_writing(reporter, by, *OWN_WORK)
    kept = cache.get(_key(reporter, by))
    if kept is None:
        raise ReportingNotFound("reporting.marked_file_gone")
    return _file(kept[0], gettext("Cần sửa - %(name)s") % {"name": kept[1]})
