"""Setting up a branch from one sheet: template, dry run, entering, inviting."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.accounts.public import Account, invite_many
from caunoi.foundation.accounts.public import Permission as AccountPermission
from caunoi.foundation.jobs.public import Job, JobState
from caunoi.foundation.pages.public import Column, Crumb, State, Tone, actor_of, sentence
from caunoi.foundation.people.public import (
    ImportRun,
    ImportState,
    PeopleForbidden,
    PeopleRefused,
    Person,
    annotated,
    branch_template,
    confirm_import,
    findings_of,
    import_by_public_id,
    import_root,
    import_roots,
    imports_within,
    people_to_invite,
    receive_import,
)
from caunoi.foundation.spreadsheets.public import XLSX, mend, place_of, what
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

SHOWN = 200
"""Faults and changes on the page; the annotated file has all."""
RECENT = 10
STATES = {
    ImportState.CHECKING: State(_("Đang kiểm tra"), Tone.INFO),
    ImportState.REFUSED: State(_("Không nhập được"), Tone.LATE),
    ImportState.WRONG: State(_("Có lỗi, chưa nhập"), Tone.LATE),
    ImportState.READY: State(_("Sẵn sàng nhập"), Tone.SOON),
    ImportState.ENTERING: State(_("Đang nhập"), Tone.INFO),
    ImportState.DONE: State(_("Đã nhập"), Tone.DONE),
}
OUTCOMES = {"new": State(_("Mới"), Tone.INFO), "changed": State(_("Thay đổi"), Tone.SOON)}
STEPS = {
    "establish": _("lập đơn vị"),
    "rename": _("sửa tên, ký hiệu, địa danh"),
    "move": _("chuyển đơn vị quản lý"),
    "govern": _("chuyển cơ quan trực tiếp quản lý"),
    "head": _("cử người đứng đầu"),
    "head_email": _("sửa thư điện tử người đứng đầu"),
    "clerk": _("cử văn thư, đầu mối"),
    "clerk_email": _("sửa thư điện tử văn thư, đầu mối"),
}
FINDING_COLUMNS = [Column("place", _("Ở đâu")), Column("what", _("Lỗi")), Column("mend", _("Cách sửa"))]
OUTCOME_COLUMNS = [
    Column("row", _("Dòng"), numeric=True), Column("code", _("Mã")), Column("name", _("Đơn vị"), width="wide"),
    Column("outcome", _("Kết quả")), Column("steps", _("Việc sẽ làm")),
]  # fmt: skip
DONE_COLUMNS = [*OUTCOME_COLUMNS[:-1], Column("steps", _("Việc đã làm"))]
RUN_COLUMNS = [
    Column("file", _("Tệp"), width="wide"), Column("unit", _("Đơn vị")), Column("at", _("Thời điểm")),
    Column("who", _("Người gửi")), Column("state", _("Trạng thái")),
]  # fmt: skip


def _permitted(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if not import_roots(by, on=clock.today()):
        raise PeopleForbidden("people.no_branch")
    return by


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Offer the template and the place to drop the sheet; take the sheet."""
    by = _permitted(request)
    if request.method == "POST":
        return _receive(request, by)
    return _start(request, by)


def _receive(request: HttpRequest, by: Actor) -> HttpResponse:
    file = request.FILES.get("files")
    if file is None:
        return _start(request, by, gettext("Chưa chọn tệp. Hãy thả tệp mẫu đã điền vào ô bên dưới."))
    content = file.read(settings.UPLOAD_LIMIT + 1)
    unit = import_root(by, request.POST.get("unit", ""), on=clock.today())
    run = receive_import(content=content, name=file.name or "", unit=unit, by=by, at=clock.now())
    return redirect("staff_site:import_run", run.public_id)


def _start(request: HttpRequest, by: Actor, refused: str = "") -> HttpResponse:
    roots = import_roots(by, on=clock.today())
    root = import_root(by, request.GET.get("unit", ""), on=clock.today())
    address = reverse("staff_site:import_template")
    context = {
        "roots": roots,
        "root": root,
        "empty_url": f"{address}?unit={root.public_id}",
        "filled_url": f"{address}?filled=1&unit={root.public_id}",
        "refused": refused,
        "limit": settings.UPLOAD_LIMIT,
        "runs": [(run, STATES[ImportState(run.state)]) for run in imports_within(by, on=clock.today())[:RECENT]],
        "columns": RUN_COLUMNS,
    }
    return render(request, "staff_site/import_start.html", context, status=422 if refused else 200)


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the sheet to fill in, empty or with what the branch has already."""
    by = _permitted(request)
    unit = import_root(by, request.GET.get("unit", ""), on=clock.today())
    content = branch_template(unit, filled="filled" in request.GET, on=clock.today())
    return _file(content, gettext("mau-don-vi") + f"-{unit.code}.xlsx")


@login_required
@require_GET
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the dry run, or what was entered."""
    return _run(request, _found(request, public_id))


def _found(request: HttpRequest, public_id: UUID) -> ImportRun:
    return import_by_public_id(public_id, _permitted(request), on=clock.today())


def _run(request: HttpRequest, found: ImportRun, refused: str = "") -> HttpResponse:
    findings = findings_of(found)
    people = _uninvited(found) if found.state == ImportState.DONE else []
    context = {
        **_progress(found),
        "state": STATES[ImportState(found.state)],
        "crumbs": [Crumb(_("Nhập dữ liệu"), reverse("staff_site:import")), Crumb(found.file.name)],
        "refused": refused or _reason(found),
        "findings": [(place_of(one), what(one), mend(one), one.is_warning) for one in findings[:SHOWN]],
        "found": len(findings),
        "touched": len(found.outcome),
        "more_findings": max(len(findings) - SHOWN, 0),
        "finding_columns": FINDING_COLUMNS,
        "outcome": [_outcome(row) for row in found.outcome[:SHOWN]],
        "more_outcome": max(len(found.outcome) - SHOWN, 0),
        "outcome_columns": DONE_COLUMNS if found.state == ImportState.DONE else OUTCOME_COLUMNS,
        "invitable": len(people),
        "invited": bool(found.people) and not people,
        "may_invite": actor_of(request).may(AccountPermission.MANAGE),
    }
    return render(request, "staff_site/import_run.html", context, status=409 if refused else 200)


def _uninvited(found: ImportRun) -> list[tuple[Person, str]]:
    """Return whom a file brought and nobody has invited yet; the others are looked after on the page of invitations."""
    people = people_to_invite(found)
    held = set(
        Account.objects.filter(person__in=[person.pk for person, _email in people]).values_list("person", flat=True)
    )
    return [pair for pair in people if pair[0].pk not in held]


def _outcome(row: list[object]) -> tuple[object, object, object, State, str]:
    number, code, name, outcome, steps = row
    assert isinstance(steps, list)  # noqa: S101 - as check_import keeps it
    return number, code, name, OUTCOMES[str(outcome)], ", ".join(str(STEPS[step]) for step in steps)


def _reason(found: ImportRun) -> str:
    if found.state != ImportState.REFUSED:
        return ""
    facts = found.reason["facts"]
    said = sentence(Refused(found.reason["code"], **facts))
    said = said or gettext("Tệp không nhập được. Hãy kiểm tra tệp rồi gửi lại.")
    return gettext("Dòng %(row)s: %(why)s") % {"row": facts["row"], "why": said} if "row" in facts else said


def _progress(found: ImportRun) -> dict[str, object]:
    job = Job.objects.filter(key__startswith=f"import:{found.pk}:").order_by("-id").first()
    return {
        "run": found,
        "working": found.state in (ImportState.CHECKING, ImportState.ENTERING),
        "entering": found.state == ImportState.ENTERING,
        "failed": job is not None and job.state == JobState.FAILED,
    }


@login_required
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the polling of the page: still at work, or look again."""
    found = _found(request, public_id)
    context = _progress(found)
    if not context["working"]:
        return HttpResponse(headers={"HX-Redirect": reverse("staff_site:import_run", args=[public_id])})
    return render(request, "staff_site/parts/import_progress.html", context)


@login_required
@require_GET
def marked(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the file back with what is wrong written beside each cell."""
    found = _found(request, public_id)
    ending = ".csv" if found.file.name.lower().endswith((".csv", ".txt", ".tsv")) else ".xlsx"
    stem = found.file.name.rpartition(".")[0] or found.file.name
    return _file(annotated(found, on=clock.today()), f"{stem}-loi{ending}")


@login_required
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the clean file entered."""
    found = _found(request, public_id)
    try:
        confirm_import(run=found, by=actor_of(request), at=clock.now())
    except PeopleRefused as refused:
        return _run(request, _found(request, public_id), sentence(refused) or "")
    return redirect("staff_site:import_run", public_id)


@login_required
@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Invite everybody of an entered file who has an e-mail address; the page of the batch shows how far it is."""
    found = _found(request, public_id)
    people = _uninvited(found)
    if not people:
        return _run(request, found, sentence(PeopleRefused("people.nobody_to_invite")) or "")
    batch = invite_many(people=people, by=actor_of(request), at=clock.now())
    messages.success(request, gettext("Đang gửi %(count)s thư mời.") % {"count": len(people)})
    return redirect("account_invite_batch", batch.public_id)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv" if name.endswith(".csv") else XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
