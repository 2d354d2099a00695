"""What waits for a person, gathered from the modules below; each block is a few lines and a way to all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Case, Model, QuerySet, Value, When
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from caunoi.business.documents import public as documents
from caunoi.business.plans import public as plans
from caunoi.business.reporting import public as reporting
from caunoi.foundation.calendar.public import due_words
from caunoi.foundation.notifications.public import Notice, notices_of
from caunoi.foundation.pages.public import State, Tone, Words
from caunoi.kernel.actor import Actor

FEW = 5
WORDS = 28
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do."""

    url: str
    title: str
    note: str = ""
    reason: str = ""
    due_on: dt.date | None = None
    bound: str = ""
    state: State | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Things of one kind that wait; ``count`` is how many there are in all."""

    title: str
    icon: str
    lines: Sequence[Line]
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """One figure of the quarter, ready to be shown."""

    label: Words
    value: str
    note: Words
    tone: Tone
    url: str


@dataclass(frozen=True, slots=True)
class Running:
    """An open campaign with how far it is."""

    url: str
    name: str
    due_on: dt.date
    bound: str
    progress: reporting.Progress


def blocks(by: Actor, *, on: dt.date, leads: bool = False) -> list[Block]:
    """Return the blocks in which something waits, in the order in which a person should look.

    Who leads sees first what waits for a signature and what is late beneath.
    """
    signing, late = _drafts(by), _late_tasks(by, on)
    made = (
        *((signing, late) if leads else ()),
        _reports_due(by, on),
        _returned_tasks(by),
        *(() if leads else (signing,)),
        _to_review(by),
        _to_register(by),
        _to_accept(by, on),
        _to_distribute(by),
        _obligations(by),
        _tasks(by, on),
        _to_confirm(by),
        _to_read(by),
        *(() if leads else (late,)),
        _plans(by),
        _notices(by),
    )
    return [block for block in made if block is not None]


def quarter(by: Actor, *, on: dt.date) -> list[QuarterFigure]:
    """Return the quarter at a glance: three to five figures, each with the address at which it opens."""
    made = []
    for figure in reporting.quarter_figures(by, on=on):
        address = reverse(figure.url_name)
        opens = f"{address}?{urlencode(figure.asked)}" if figure.asked else address
        value = f"{figure.value}/{figure.of}" if figure.of is not None else str(figure.value)
        made.append(QuarterFigure(figure.label, value, figure.note, figure.tone, opens))
    return made


def _to_accept(by: Actor, on: dt.date) -> Block | None:
    def line(row: reporting.ExpectedReporter) -> Line:
        return Line(reverse("reporting:report", args=[row.public_id]), row.name, row.campaign.name)

    rows = reporting.waiting_to_accept(by, on=on)
    return block_of(_("Báo cáo chờ tiếp nhận"), "inbox", rows, line, reverse("reporting:campaigns"))


def running(by: Actor, *, on: dt.date) -> list[Running]:
    """Return the open campaigns in the branch that one oversees, with how far that branch is, the most urgent first."""
    if not any(scope.subtree for scope in by.scopes(reporting.Permission.READ)):
        return []
    campaigns = list(reporting.campaigns_running(by)[:FEW])
    progress = reporting.progress_of(campaigns, by, on=on)
    return [
        Running(reverse("reporting:campaign", args=[each.public_id]), each.name, each.due_on, each.bound,
                progress[each.pk])
        for each in campaigns
        if progress[each.pk].expected
    ]  # fmt: skip


def block_of(title: str, icon: str, rows: QuerySet[Row], line: Callable[[Row], Line], url: str = "") -> Block | None:
    """Return a block of the first rows, or ``None`` when there is none; two queries at most."""
    first = list(rows[: FEW + 1])
    if not first:
        return None
    count = len(first) if len(first) <= FEW else rows.count()
    return Block(title, icon, [line(row) for row in first[:FEW]], count, url)


def _document(row: documents.Document, name: str = "documents:record") -> Line:
    title = capfirst(Truncator(row.subject).words(WORDS)) or _("(chưa có trích yếu)")
    return Line(reverse(name, args=[row.public_id]), title, note=_named(row))


def _named(row: documents.Document) -> str:
    """Return type, code and issuer of a document in one short line."""
    head = " ".join(filter(None, [row.type_name, row.code]))
    return " · ".join(filter(None, [head, row.organ_name]))


def _reports_due(by: Actor, on: dt.date) -> Block | None:
    rows = reporting.submissions_due(by, on=on)
    reasons = _return_reasons(rows)

    def line(row: reporting.ExpectedReporter) -> Line:
        returned = row.state == reporting.ReporterState.RETURNED
        return Line(
            reverse("reporting:entry", args=[row.public_id]),
            row.campaign.name,
            row.campaign.owner.name,
            reason=reasons.get(row.pk, "") if returned else "",
            due_on=row.campaign.due_on,
            bound=row.campaign.bound,
            state=State(_("Bị trả lại"), Tone.SOON) if returned else None,
        )

    return block_of(_("Báo cáo phải gửi"), "report-analytics", rows, line, reverse("reporting:mine"))


def _return_reasons(rows: QuerySet[reporting.ExpectedReporter]) -> dict[int, str]:
    """Return the latest reason of return by report, in one query."""
    returned = rows.filter(state=reporting.ReporterState.RETURNED).order_by()
    found = reporting.SubmissionReturn.objects.filter(submission__reporter__in=returned).order_by("at", "id")
    return dict(found.values_list("submission__reporter_id", "reason"))


def _task_line(row: plans.Task) -> Line:
    note = " · ".join(filter(None, [row.lead_unit.name, row.product]))
    address = reverse("plans:task", args=[row.public_id])
    return Line(address, row.title, note, reason=row.return_reason, due_on=row.due_on, bound=row.bound)


def _returned_tasks(by: Actor) -> Block | None:
    return block_of(
        _("Nhiệm vụ bị trả lại"), "arrow-back-up", plans.tasks_returned(by), _task_line, reverse("plans:tasks")
    )


def _tasks(by: Actor, on: dt.date) -> Block | None:
    rows = plans.tasks_due(by, on).filter(return_reason="")
    return block_of(_("Nhiệm vụ phải làm"), "checklist", rows, _task_line, reverse("plans:tasks"))


def _to_confirm(by: Actor) -> Block | None:
    rows = plans.tasks_to_confirm(by)
    address = f"{reverse('plans:tasks')}?whose=assigned&state=reported_done"
    return block_of(_("Nhiệm vụ chờ xác nhận"), "circle-check", rows, _task_line, address)


def _late_tasks(by: Actor, on: dt.date) -> Block | None:
    rows = plans.late_beneath(by, on)
    address = f"{reverse('plans:tasks')}?whose=followed&due=late"
    return block_of(_("Nhiệm vụ quá hạn đang theo dõi"), "alert-circle", rows, _task_line, address)


def _drafts(by: Actor) -> Block | None:
    words = {
        documents.DocumentState.PRESENTED: State(_("Chờ ký"), Tone.INFO),
        documents.DocumentState.SIGNED: State(_("Chờ cấp số, phát hành"), Tone.INFO),
        documents.DocumentState.DRAFT: State(_("Dự thảo"), Tone.NEUTRAL),
    }

    def line(row: documents.Document) -> Line:
        shown = _document(row)
        return Line(shown.url, shown.title, shown.note, state=words.get(documents.DocumentState(row.state)))

    rows = documents.drafts_waiting(by)
    return block_of(_("Dự thảo chờ xử lý"), "writing-sign", rows, line, reverse("documents:drafts"))


def _to_review(by: Actor) -> Block | None:
    rows = documents.to_review(by)
    return block_of(
        _("Văn bản chờ rà soát"),
        "scan",
        rows,
        lambda row: _document(row, "documents:review"),
        reverse("documents:waiting"),
    )


def _to_register(by: Actor) -> Block | None:
    rows = documents.to_register(by)
    return block_of(_("Văn bản chờ vào sổ"), "inbox", rows, _document, reverse("documents:waiting"))


def _to_distribute(by: Actor) -> Block | None:
    rows = documents.to_distribute(by)
    return block_of(_("Văn bản chờ phân phối"), "share", rows, _document, reverse("documents:incoming"))


def _to_read(by: Actor) -> Block | None:
    def line(row: documents.Document) -> Line:
        shown = _document(row)
        return Line(shown.url, shown.title, shown.note, unread=True)

    rows = documents.documents_to_read(by)
    return block_of(_("Văn bản mới chuyển đến"), "mail", rows, line, reverse("documents:to_read"))


def _obligations(by: Actor) -> Block | None:
    def line(row: documents.Obligation) -> Line:
        note = " · ".join(filter(None, [due_words(row.due) if row.due else "", _named(row.document)]))
        title = capfirst(Truncator(row.said).words(WORDS))
        return Line(reverse("staff_site:hand_on", args=[row.public_id]), title, note)

    reports_first = Case(When(kind=documents.ObligationKind.TASK, then=Value(1)), default=Value(0))
    rows = documents.obligations_pressing(by).order_by(reports_first, "-document_id", "position", "id")
    return block_of(_("Yêu cầu trong văn bản chưa giao"), "list-check", rows, line)


def _plans(by: Actor) -> Block | None:
    def line(row: plans.Plan) -> Line:
        return Line(reverse("plans:plan", args=[row.public_id]), row.title, row.unit.name)

    return block_of(_("Kế hoạch đang soạn"), "clipboard-list", plans.plans_in_work(by), line, reverse("plans:plans"))


def _notices(by: Actor) -> Block | None:
    def line(row: Notice) -> Line:
        return Line(reverse("notifications:open", args=[row.public_id]), row.title, row.from_name, unread=True)

    rows = notices_of(by).filter(read_at__isnull=True)
    return block_of(_("Thông báo mới"), "bell", rows, line, f"{reverse('notifications:inbox')}?state=unread")
