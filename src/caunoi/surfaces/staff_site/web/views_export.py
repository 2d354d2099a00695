"""Everything a unit owns as a workbook: asked for, made in the background, fetched by who asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from caunoi.foundation.files.public import content_of
from caunoi.foundation.jobs.public import Job, JobState
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.pages.public import Column, State, Tone, actor_of
from caunoi.foundation.people.public import (
    ExportRun,
    PeopleForbidden,
    PeopleNotFound,
    ask_export,
    export_by_public_id,
    exports_of,
    import_roots,
    note_fetched,
)
from caunoi.foundation.spreadsheets.public import XLSX
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

SHOWN = 20
COLUMNS = [
    Column("unit", _("Đơn vị"), width="wide"), Column("at", _("Yêu cầu lúc")), Column("state", _("Trạng thái")),
    Column("file", _("Tệp")),
]  # fmt: skip
MAKING, MADE = State(_("Đang lập"), Tone.INFO, "hourglass"), State(_("Đã lập xong"), Tone.DONE)
GONE, FAILED = State(_("Đã hết hạn tải"), Tone.NEUTRAL, "clock"), State(_("Không lập được"), Tone.LATE)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Show what can be exported and what was; POST asks for a workbook."""
    by = actor_of(request)
    units = _units(by)
    if not units:
        raise PeopleForbidden("people.not_permitted")
    if request.method == "POST":
        asked = request.POST.get("unit") or str(units[0].public_id)
        unit = next((one for one in units if str(one.public_id) == asked), None)
        if unit is None:
            raise PeopleForbidden("people.not_permitted")
        ask_export(unit=unit, by=by, at=clock.now())
        return redirect("staff_site:exports")
    return render(request, "staff_site/exports.html", {"units": units, **_list(by)})


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Answer the polling of the page with the list as it is now."""
    return render(request, "staff_site/parts/exports.html", _list(actor_of(request)))


@login_required
@never_cache
@require_GET
def fetch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out a workbook to who asked for it; that it was taken is noted."""
    by = actor_of(request)
    found = export_by_public_id(public_id, by)
    if found.file is None:
        raise PeopleNotFound("people.export_not_found")
    content = content_of(found.file)
    note_fetched(run=found, by=by, at=clock.now())
    response = HttpResponse(content, content_type=XLSX)
    name = _t("du-lieu-don-vi") + f"-{found.file.name}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _units(by: Actor) -> list[Unit]:
    """Return the unit one acts for, then the branches one administers."""
    own = [] if by.unit_id is None else [Unit.objects.get(pk=by.unit_id)]
    return [*own, *(unit for unit in import_roots(by, on=clock.today()) if unit.pk != by.unit_id)]


def _list(by: Actor) -> dict[str, object]:
    runs = list(exports_of(by)[:SHOWN])
    jobs = {job.key: job for job in Job.objects.filter(key__in=[f"export:{run.pk}" for run in runs])}
    rows = [(run, *_state(run, jobs.get(f"export:{run.pk}"))) for run in runs]
    return {"rows": rows, "columns": COLUMNS, "working": any(state is MAKING for _run, state, _job in rows)}


def _state(run: ExportRun, job: Job | None) -> tuple[State, Job | None]:
    if run.made_at is not None:
        return (MADE if run.file_id else GONE), None
    if job is not None and job.state == JobState.FAILED:
        return FAILED, None
    return MAKING, job
