"""Entering many reports from one Excel file: template, dry run with what has to be mended, entering all at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from caunoi.business.reporting.access import (
    Permission,
    campaign_by_public_id,
    require_gathering,
    rows_of_sheet,
    sheet_by_public_id,
    sheets_of,
)
from caunoi.business.reporting.models import Campaign, RowOutcome, SheetRow, SheetState, UnitSheet
from caunoi.business.reporting.operations.sheet_plan import require_ready, template_for_units
from caunoi.business.reporting.operations.sheets import confirm_sheet, findings_of, marked_sheet, receive_sheet
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.foundation.jobs.public import Job, JobState
from caunoi.foundation.pages.public import Column, Crumb, Option, State, Tone, cell_text, chips, paginate, sentence
from caunoi.foundation.spreadsheets.public import XLSX, Finding, Limits, mend, place_of, what
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

RECENT = 10
SHOWN = 200
"""Places on the page; the file handed back has all of them."""
STATES = {
    SheetState.CHECKING: State(_("Đang kiểm tra"), Tone.INFO, "progress"),
    SheetState.REFUSED: State(_("Không nhập được"), Tone.LATE),
    SheetState.WRONG: State(_("Có chỗ phải sửa, chưa nhập gì"), Tone.LATE),
    SheetState.READY: State(_("Sẵn sàng nhập"), Tone.SOON),
    SheetState.ENTERING: State(_("Đang nhập"), Tone.INFO, "progress"),
    SheetState.DONE: State(_("Đã nhập và gửi"), Tone.DONE),
}
COLUMNS = [
    Column("file", _("Tệp"), width="wide"), Column("at", _("Thời điểm")), Column("who", _("Người nhập")),
    Column("units", _("Đơn vị"), numeric=True), Column("state", _("Trạng thái")),
]  # fmt: skip
ROW_STATES = {
    RowOutcome.WRONG: State(_("Phải sửa"), Tone.LATE),
    RowOutcome.MENDS: State(_("Thay bản bị trả lại"), Tone.SOON),
    RowOutcome.ENTERS: State(_("Nhập mới"), Tone.INFO),
    RowOutcome.SAME: State(_("Giữ nguyên"), Tone.NEUTRAL),
}
ROW_COLUMNS = [Column("unit", _("Đơn vị"), width="wide"), Column("does", _("Kết quả")), Column("what", _("Nội dung"))]
FINDING_COLUMNS = [Column("place", _("Ở đâu")), Column("what", _("Chỗ phải sửa")), Column("mend", _("Cách sửa"))]


def _campaign(request: HttpRequest, public_id: UUID) -> tuple[Campaign, Actor]:
    """Return a campaign that the person gathers. Raises ReportingNotFound, ReportingForbidden."""
    by = permitted(request, Permission.COLLECT)
    campaign = campaign_by_public_id(public_id, by)
    require_gathering(campaign, by, Permission.COLLECT)
    return campaign, by


def _crumbs(campaign: Campaign, *more: Crumb) -> list[Crumb]:
    address = reverse("reporting:campaign", args=[campaign.public_id])
    return [Crumb(_("Đợt báo cáo"), reverse("reporting:campaigns")), Crumb(campaign.name, address), *more]


@login_required
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer the template and take the file back; shows the files that came before."""
    campaign, by = _campaign(request, public_id)
    if request.method == "POST" and (received := _receive(request, campaign, by)) is not None:
        return redirect("reporting:sheet", public_id=public_id, sheet=received.public_id)
    context = {
        "campaign": campaign, "crumbs": _crumbs(campaign, Crumb(_("Nhập nhiều đơn vị"))), "columns": COLUMNS,
        "recent": [(each, STATES[SheetState(each.state)]) for each in sheets_of(campaign)[:RECENT]],
        "ground": text_of(request, "ground"), "refused": _why_not(campaign),
    }  # fmt: skip
    return render(request, "reporting/sheets.html", context, status=422 if request.method == "POST" else 200)


def _why_not(campaign: Campaign) -> str:
    try:
        require_ready(campaign)
    except Refused as refused:
        return sentence(refused) or ""
    return ""


def _receive(request: HttpRequest, campaign: Campaign, by: Actor) -> UnitSheet | None:
    sent = request.FILES.get("workbook")
    if sent is None:
        messages.error(request, gettext("Hãy chọn tệp Excel đã điền."))
        return None
    content, name, made = sent.read(Limits().size + 1), sent.name or "bao-cao.xlsx", list[UnitSheet]()
    step = lambda: made.append(receive_sheet(  # noqa: E731
        campaign=campaign, content=content, name=name, ground=text_of(request, "ground"), by=by, at=clock.now()
    ))  # fmt: skip
    return made[0] if attempt(request, step) else None


@login_required
@require_GET
def template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the workbook with a row for each unit that owes its report."""
    campaign, _by = _campaign(request, public_id)
    try:
        content = template_for_units(campaign)
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        messages.error(request, sentence(refused) or "")
        return redirect("reporting:sheets", public_id=public_id)
    return _file(content, f"{campaign.name}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    header = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": header})


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, public_id: UUID, sheet: UUID) -> HttpResponse:
    """Show what a file would enter and what is wrong in it; POST has a clean one entered and sent."""
    campaign, by = _campaign(request, public_id)
    found = sheet_by_public_id(sheet, campaign)
    if request.method == "POST":
        attempt(request, lambda: confirm_sheet(sheet=found, by=by, at=clock.now()))
        return redirect("reporting:sheet", public_id=public_id, sheet=sheet)
    findings = findings_of(found)
    form = form_of(campaign.regime)
    row = chips(request.GET, "loai", _("Kết quả"), _options(found))
    rows = rows_of_sheet(found)
    page = paginate(rows.filter(outcome=row.value) if row.value else rows, request)
    job = Job.objects.filter(key__startswith=f"sheet:{found.pk}:").order_by("-id").first()
    above = Crumb(_("Nhập nhiều đơn vị"), reverse("reporting:sheets", args=[public_id]))
    context = {
        "campaign": campaign, "sheet": found, "state": STATES[SheetState(found.state)],
        "crumbs": _crumbs(campaign, above, Crumb(found.file.name)), "columns": FINDING_COLUMNS,
        "findings": [(place_of(each), what(each), mend(each)) for each in findings[:SHOWN]],
        "more": max(0, found.faults - SHOWN), "refused": _reason(found),
        "failed": job is not None and job.state == JobState.FAILED,
        "row": row, "page": page, "row_columns": ROW_COLUMNS,
        "rows": [_shown_row(each, form, findings) for each in page.object_list],
        "working": found.state in (SheetState.CHECKING, SheetState.ENTERING),
    }  # fmt: skip
    return render(request, "reporting/sheet.html", context)


def _options(found: UnitSheet) -> list[Option]:
    counts = dict(rows_of_sheet(found).order_by().values_list("outcome").annotate(n=Count("pk")))
    return [Option(o.value, ROW_STATES[o].word, counts[o.value]) for o in RowOutcome if o.value in counts]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a file: its unit, what it does, and the figures and sections that it would put there."""

    row: SheetRow
    state: State
    figures: list[tuple[str, str, str]]
    """Place, what stood there, what will stand there; the same twice is left out."""
    sections: list[str]
    said: list[str]
    """What has to be mended."""
    is_mending: bool


def _shown_row(row: SheetRow, form: Form, findings: list[Finding]) -> ShownRow:
    """Return a row as it is printed; of one that replaces a returned version, what differs from that version."""
    before = row.before or [None] * len(row.values)
    places = zip(form.typed_cells().values(), before, row.values, strict=False)
    figures = [
        (f"{line.label}, {column.label}", cell_text(unpack(was)) or "…", cell_text(unpack(now)) or "…")
        for (_table, line, column), was, now in places
        if was != now
    ]
    sections = [section.heading for section in form.sections if section.code in row.sections]
    said = [str(what(each)) for each in findings if each.row == row.row]
    return ShownRow(row, ROW_STATES[RowOutcome(row.outcome)], figures, sections, said, row.outcome == RowOutcome.MENDS)


def _reason(found: UnitSheet) -> str:
    if found.state != SheetState.REFUSED:
        return ""
    said = sentence(Refused(found.reason["code"], **found.reason["facts"]))
    return said or gettext("Tệp không nhập được. Hãy kiểm tra tệp rồi gửi lại.")


@login_required
@require_GET
def marked(request: HttpRequest, public_id: UUID, sheet: UUID) -> HttpResponse:
    """Send the file back with what is wrong written into it."""
    campaign, _by = _campaign(request, public_id)
    found = sheet_by_public_id(sheet, campaign)
    try:
        content = marked_sheet(found, at=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused) or "")
        return redirect("reporting:sheet", public_id=public_id, sheet=sheet)
    return _file(content, gettext("Cần sửa - %(name)s") % {"name": found.file.name})
