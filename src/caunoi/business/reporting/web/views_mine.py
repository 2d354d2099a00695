"""The reports of one's own unit: the list, filling in, saving while one types, handing to the head, sending."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.reporting.access import (
    Permission,
    has_head,
    is_own,
    report_by_public_id,
    require_writing,
    versions_of,
    writes_on_behalf,
)
from caunoi.business.reporting.models import ExpectedReporter, Submission, SubmissionReturn
from caunoi.business.reporting.operations.findings import anchor_of, by_target, say
from caunoi.business.reporting.operations.flow import present, submit, take_back
from caunoi.business.reporting.operations.refused import DraftClash
from caunoi.business.reporting.operations.submissions import CELL, fields_of, save_draft
from caunoi.business.reporting.queries import cells_before, content_of, form_of, reports_of_unit
from caunoi.business.reporting.rules.checks import check
from caunoi.business.reporting.rules.differences import difference
from caunoi.business.reporting.rules.drafts import Base, Clash, by_others
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.notes import answered, can_be_noted
from caunoi.business.reporting.rules.states import OPEN_VERSIONS, UNSENT, CampaignState, ReporterState, SubmissionState
from caunoi.business.reporting.web.entry import Remarks, Sent, label_of_field, read_form, shown, text_of_field
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.business.reporting.web.shown import REPORTER_STATES, VERSION_STATES
from caunoi.foundation.pages.public import Column, Crumb, HistoryEntry, Option, Tone, chips, paginate, sentence
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

OWN = (Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)
COLUMNS = [
    Column("name", _("Báo cáo"), width="wide"),
    Column("due", _("Hạn gửi")),
    Column("state", _("Trạng thái")),
    Column("sent", _("Gửi lần đầu")),
]


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reports that one's unit owes and has given."""
    by, today = permitted(request, *OWN), clock.today()
    rows = reports_of_unit(by)
    owed = Q(state__in=UNSENT, campaign__state=CampaignState.OPEN)
    counts = rows.order_by().aggregate(
        owed=Count("pk", filter=owed),
        approval=Count("pk", filter=Q(state=ReporterState.IN_APPROVAL)),
        returned=Count("pk", filter=Q(state=ReporterState.RETURNED)),
    )
    row = chips(
        request.GET,
        "show",
        _("Xem"),
        [
            Option("owed", _("Phải gửi"), counts["owed"]),
            Option("approval", _("Chờ duyệt"), counts["approval"]),
            Option("returned", _("Bị trả lại"), counts["returned"]),
            Option("sent", _("Đã gửi")),
        ],
    )
    chosen = {
        "owed": owed,
        "approval": Q(state=ReporterState.IN_APPROVAL),
        "returned": Q(state=ReporterState.RETURNED),
        "sent": Q(state__in=[ReporterState.SUBMITTED, ReporterState.ACCEPTED]),
    }.get(row.value, Q())
    page = paginate(rows.filter(chosen), request)
    reasons = _reasons([r for r in page.object_list if r.state == ReporterState.RETURNED])
    listed = [(r, REPORTER_STATES[r.state], r.state in UNSENT, reasons.get(r.pk, "")) for r in page.object_list]
    context = {"page": page, "listed": listed, "row": row, "columns": COLUMNS, "today": today}
    return render(request, "reporting/mine.html", context)


def _reasons(reporters: list[ExpectedReporter]) -> dict[int, str]:
    """Return the latest reason of each report that was sent back."""
    backs = SubmissionReturn.objects.filter(submission__reporter__in=reporters).order_by("at", "id")
    return dict(backs.values_list("submission__reporter_id", "reason"))


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the report of one's unit to fill in; POST saves it and does what the pressed button says."""
    by = permitted(request, *OWN, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    require_writing(reporter, by, *OWN)
    versions = list(versions_of(reporter))
    latest = versions[0] if versions else None
    if latest is not None and latest.state not in OPEN_VERSIONS and reporter.state != ReporterState.RETURNED:
        return redirect("reporting:report", public_id=public_id)
    form, sent, clashes = form_of(reporter.campaign.regime), None, []
    if request.method == "POST":
        sent = read_form(form, request.POST.dict())
        try:
            if _act(request, reporter, sent, by):
                return redirect(_after(request.POST.get("act", ""), reporter))
        except DraftClash as clash:
            messages.error(request, sentence(clash) or "")
            clashes = [(label_of_field(form, c.field), c.who, *_texts(c)) for c in clash.clashes]
        versions = list(versions_of(reporter))
    return _page(request, reporter, form, versions, sent, by, clashes)


def _texts(clash: Clash) -> tuple[str, str]:
    return text_of_field(clash.field, clash.theirs), text_of_field(clash.field, clash.mine)


def _after(act: str, reporter: ExpectedReporter) -> str:
    """Return where the person goes next: to the check, to the report, or to the list."""
    address = reverse("reporting:entry", args=[reporter.public_id])
    if act == "check":
        return f"{address}?kiem-tra=1"
    return address if act in ("", "save", "take_back") else reverse("reporting:mine")


def _act(request: HttpRequest, reporter: ExpectedReporter, sent: Sent, by: Actor) -> bool:
    """Save what was sent, then do what the button says; whether all of it was done."""
    at, act = clock.now(), request.POST.get("act", "save")
    if act == "take_back":
        return attempt(request, lambda: take_back(reporter=reporter, by=by, at=at), _("Đã rút về để sửa."))
    kept = attempt(request, lambda: _save(reporter, sent, by))
    if not kept or sent.unreadable:
        return False
    if act == "submit":
        key = request.POST.get("key", "")[:64]
        return attempt(request, lambda: submit(reporter=reporter, key=key, by=by, at=at), _("Đã gửi báo cáo."))
    if act == "present":
        return attempt(request, lambda: present(reporter=reporter, by=by, at=at), _("Đã trình lãnh đạo duyệt."))
    return True


def _save(reporter: ExpectedReporter, sent: Sent, by: Actor) -> Submission:
    return save_draft(
        reporter=reporter,
        cells=sent.cells,
        narrative=sent.narrative,
        explanations=sent.explanations,
        base=sent.base,
        by=by,
        at=clock.now(),
    )


@login_required
@require_POST
def autosave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what is typed; answers what others changed meanwhile (200), or 409 with the sentence that says why not.

    Nothing is saved when somebody else has changed one of the same places: the answer shows what stands there, and the
    window sends the rest again. What cannot be read yet is left as it was and named in ``unreadable``.
    """
    by = permitted(request, *OWN, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    sent = read_form(form_of(reporter.campaign.regime), request.POST.dict())
    try:
        version = _save(reporter, sent, by)
    except (NotAllowed, NotFound):
        raise
    except DraftClash as clash:
        latest = versions_of(reporter)[0]
        return JsonResponse({"sentence": sentence(clash), **_since(latest, sent.base)}, status=409)
    except Refused as refused:
        return JsonResponse({"sentence": sentence(refused)}, status=409)
    return JsonResponse({**_since(version, sent.base), "unreadable": [CELL + key for key in sent.unreadable]})


def _since(version: Submission, base: Base | None) -> dict[str, object]:
    """Return where the draft stands and what other windows changed since ``base``."""
    stored = fields_of(version)
    theirs = {
        field: {"value": text_of_field(field, stored.get(field)), "who": str(version.touched[field][1])}
        for field in (by_others(version.touched, base) if base is not None else [])
    }
    return {"version": version.version, "revision": version.revision, "theirs": theirs}


def _page(
    request: HttpRequest,
    reporter: ExpectedReporter,
    form: Form,
    versions: list[Submission],
    sent: Sent | None,
    by: Actor,
    clashes: list[tuple[str, str, str, str]],
) -> HttpResponse:
    latest = versions[0] if versions else None
    checked = sent is not None or "kiem-tra" in request.GET
    content = content_of(latest)
    findings = say(check(form, content, cells_before(reporter)), content.explanations) if checked else []
    back = _last_return(versions)
    notes, done = answered_notes(form, back, latest)
    unreadable = sent.unreadable if sent is not None else {}
    behalf = writes_on_behalf(reporter, by)
    approver = behalf or is_own(reporter, by, Permission.APPROVE)
    sender = is_own(reporter, by, Permission.SUBMIT)
    waits = latest is not None and latest.state == SubmissionState.IN_APPROVAL
    headed = has_head(reporter, on=clock.today())
    number = latest.version if latest and latest.state in OPEN_VERSIONS else reporter.versions + 1
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "regime": reporter.campaign.regime, "latest": latest,
        "state": REPORTER_STATES[reporter.state], "today": clock.today(),
        "crumbs": [Crumb(_("Báo cáo của đơn vị"), reverse("reporting:mine")), Crumb(reporter.campaign.name)],
        "report": shown(form, latest, Remarks(by_target(findings), notes, unreadable, done)),
        "is_refused": sent is not None,
        "findings": findings, "checked": checked, "back": back, "notes": listed_notes(form, notes, done),
        "history": history(versions), "waits": waits, "editable": not waits or approver,
        "may_submit": approver or (sender and not (headed and reporter.campaign.regime.needs_approval)),
        "may_present": headed and is_own(reporter, by, Permission.PREPARE) and not approver and not waits,
        "may_take_back": waits,
        "key": f"{reporter.public_id}-{number}", "number": number, "clashes": clashes, "behalf": behalf,
        "open": latest is not None and latest.state in OPEN_VERSIONS,
        "revision": latest.revision if latest and latest.state in OPEN_VERSIONS else 0,
    }  # fmt: skip
    status = 422 if sent is not None else 200
    return render(request, "reporting/own_report.html", context, status=status)


def _last_return(versions: list[Submission]) -> SubmissionReturn | None:
    for version in versions:
        back = getattr(version, "sent_back", None)
        if isinstance(back, SubmissionReturn):
            return back
    return None


def answered_notes(
    form: Form, back: SubmissionReturn | None, later: Submission | None
) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return the notes of a return by place, and the places among them that differ in a later version."""
    if back is None or not back.notes:
        return {}, frozenset()
    if later is None or later.pk == back.submission_id:
        return back.notes, frozenset()
    return back.notes, answered(back.notes, difference(form, content_of(back.submission), content_of(later)))


def listed_notes(form: Form, notes: Mapping[str, str], done: Collection[str]) -> list[tuple[str, str, str, bool]]:
    """Return notes as a list: the id of the place, its name, the note, whether the place was changed since."""
    known = [(target, note) for target, note in notes.items() if can_be_noted(form, target)]
    return [(anchor_of(target), label_of_field(form, target), note, target in done) for target, note in known]


def _late(days: int) -> str:
    return ngettext("muộn %(days)s ngày", "muộn %(days)s ngày", days) % {"days": days} if days else ""


def history(versions: list[Submission]) -> list[HistoryEntry]:
    """Return what happened to a report, newest first."""
    entries: list[HistoryEntry] = []
    for version in versions:
        number = {"number": version.version}
        back = getattr(version, "sent_back", None)
        if isinstance(back, SubmissionReturn):
            who = f"{back.by_name}, {back.by_title}" if back.by_title else back.by_name
            entries.append(HistoryEntry(back.at, who, _("Trả lại lần gửi %(number)s") % number, back.reason, Tone.SOON))
        elif version.decided_at is not None and version.state == SubmissionState.ACCEPTED:
            words = _("Tiếp nhận lần gửi %(number)s") % number
            entries.append(HistoryEntry(version.decided_at, version.decided_by_name, words, tone=Tone.DONE))
        if version.sent_at is not None:
            late = _late(version.days_late)
            who = f"{version.sent_by_name}, {version.sent_by_title}"
            words = _("Gửi lần %(number)s") % number
            tone = Tone.SOON if version.days_late else Tone.INFO
            entries.append(HistoryEntry(version.sent_at, who, words, late, tone, "send"))
        else:
            state = VERSION_STATES[version.state].word
            entries.append(HistoryEntry(version.saved_at, version.saved_by_name, _("Lưu gần nhất"), state))
    return entries
