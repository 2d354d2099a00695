"""Questions on reports and decisions about units that changed, each one button or one short form."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    campaign_by_public_id,
    gathers,
    report_by_public_id,
)
from caunoi.business.reporting.models import CampaignChange, ExpectedReporter
from caunoi.business.reporting.operations.changes import decide_change
from caunoi.business.reporting.operations.questions import answer, ask, share_answer, sides_of
from caunoi.business.reporting.queries import (
    change_by_public_id,
    changes_of,
    open_questions,
    question_by_public_id,
    shared_answers,
)
from caunoi.business.reporting.rules.changes import options
from caunoi.business.reporting.rules.states import SENT, ChangeState
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.business.reporting.web.shown import CHANGE_STATES
from caunoi.business.reporting.web.views_campaigns import frame
from caunoi.foundation.pages.public import Words, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def _back(reporter: ExpectedReporter, by: Actor) -> HttpResponse:
    own, gathering = sides_of(reporter, by)
    name = "reporting:entry" if own and not gathering else "reporting:report"
    return redirect(f"{reverse(name, args=[reporter.public_id])}#panel-questions")


@login_required
@require_POST
def ask_question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask about a report."""
    by = permitted(request, Permission.READ, *OWN_WORK)
    reporter = report_by_public_id(public_id, by)
    step = lambda: ask(  # noqa: E731
        reporter=reporter, text=text_of(request, "text"), place=text_of(request, "place"),
        place_label=text_of(request, "place_label"), by=by, at=clock.now(),
    )  # fmt: skip
    attempt(request, step, _("Đã gửi câu hỏi."))
    return _back(reporter, by)


@login_required
@require_POST
def answer_question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a question, or let every unit of the campaign read it."""
    by = permitted(request, Permission.READ, *OWN_WORK)
    question, at = question_by_public_id(public_id, by), clock.now()
    if request.POST.get("act") in ("share", "unshare"):
        shared = request.POST["act"] == "share"
        attempt(request, lambda: share_answer(question=question, for_all=shared, by=by, at=at), _("Đã lưu."))
        return _back(question.reporter, by)
    step = lambda: answer(  # noqa: E731
        question=question, text=text_of(request, "text"), for_all=bool(request.POST.get("for_all")), by=by, at=at
    )
    attempt(request, step, _("Đã trả lời."))
    return _back(question.reporter, by)


ACTS = {
    "both": _("Đơn vị kế thừa gửi cả báo cáo của đơn vị cũ"),
    "one": _("Đơn vị kế thừa gửi một báo cáo chung"),
    "release": _("Không yêu cầu báo cáo"),
    "add": _("Thêm vào danh sách"),
    "decline": _("Không yêu cầu"),
}


def _acts(line: CampaignChange) -> list[tuple[str, Words]]:
    is_sent = line.reporter is not None and line.reporter.state in SENT
    acts = options(ChangeState(line.state), has_heir=line.heir_id is not None, is_sent=is_sent)
    return [(act, ACTS[act]) for act in acts]


@login_required
@require_GET
def changes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show which units changed while the campaign ran, what the rule did, what may be decided, and the questions."""
    by = permitted(request, Permission.READ)
    found = campaign_by_public_id(public_id, by)
    whole = gathers(found, by, Permission.READ)
    may_decide = gathers(found, by, Permission.COLLECT)
    page = paginate(changes_of(found) if whole else changes_of(found).none(), request)
    lines = [
        (line, CHANGE_STATES[line.state], _acts(line) if may_decide and found.state == "open" else [])
        for line in page.object_list
    ]  # fmt: skip
    context = {
        **frame(found, by, "changes"), "page": page, "lines": lines, "sees_changes": whole,
        "asked": open_questions(found)[:50] if may_decide else [], "answers": shared_answers(found)[:50],
    }  # fmt: skip
    return render(request, "reporting/changes.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, public_id: UUID, change: UUID) -> HttpResponse:
    """Decide about one unit that changed."""
    by = permitted(request, Permission.COLLECT)
    found = campaign_by_public_id(public_id, by)
    line = change_by_public_id(change, found)
    act = text_of(request, "act")
    attempt(request, lambda: decide_change(change=line, act=act, by=by, at=clock.now()), _("Đã quyết định."))
    return redirect("reporting:changes", public_id=public_id)
