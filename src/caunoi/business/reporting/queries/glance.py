"""What a leader sees first: the quarter in a few figures, and the reports that wait for a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import Direction, DocumentState, visible
from caunoi.business.plans.public import TaskState, visible_tasks
from caunoi.business.reporting.access import Permission, gathered_campaigns, reporters_among, visible_campaigns
from caunoi.business.reporting.models import ExpectedReporter
from caunoi.business.reporting.queries.campaigns import progress_of
from caunoi.business.reporting.rules.states import CampaignState, ReporterState
from caunoi.foundation.pages.public import Tone, Words
from caunoi.kernel.actor import Actor
from caunoi.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class GlanceFigure:
    """One figure of the quarter: ``value``, of how many where that means something, and where it opens."""

    label: Words
    value: int
    of: int | None
    note: Words
    url_name: str
    """Name of the address on which the rows behind the figure stand."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What stands behind the question mark."""
    tone: Tone = Tone.NEUTRAL


def quarter_of(on: dt.date) -> Period:
    """Return the quarter in which a day lies."""
    first = dt.date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    after = dt.date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return Period(first, after)


def quarter_figures(by: Actor, *, on: dt.date) -> list[GlanceFigure]:
    """Return the three to five figures of the quarter in which ``on`` lies, within what a person may see."""
    quarter = quarter_of(on)
    figures = _of_reports(by, quarter, on) if by.may(Permission.READ) else []
    return [*figures, *_of_tasks(by, quarter, on), *_of_documents(by, quarter)]


def _of_reports(by: Actor, quarter: Period, on: dt.date) -> list[GlanceFigure]:
    campaigns = list(visible_campaigns(by).exclude(state=CampaignState.PREPARING).select_related("regime"))
    owed = reporters_among(campaigns, by).exclude(state=ReporterState.EXEMPT).order_by()
    due = owed.filter(last_day_on__gte=quarter.start, last_day_on__lt=min(on, quarter.end or on))
    in_time = Q(first_sent_at__isnull=False, days_late=0)
    counted = due.aggregate(due=Count("pk"), in_time=Count("pk", filter=in_time))
    running = [each for each in campaigns if each.state == CampaignState.OPEN]
    counted["late"] = sum(each.late for each in progress_of(running, by, on=on).values())
    tone = Tone.LATE if counted["late"] else Tone.DONE
    return [
        GlanceFigure(
            _("Báo cáo đúng hạn trong quý"), counted["in_time"], counted["due"],
            _("trên số báo cáo đến hạn trong quý"), "reporting:timeliness",
        ),
        GlanceFigure(
            _("Báo cáo quá hạn chưa gửi"), counted["late"], None, _("tính đến hôm nay"), "reporting:timeliness",
            tone=tone,
        ),
    ]  # fmt: skip


def _of_tasks(by: Actor, quarter: Period, on: dt.date) -> list[GlanceFigure]:
    due = visible_tasks(by, on=on).filter(last_day__gte=quarter.start, last_day__lt=quarter.end)
    counted = due.order_by().exclude(state=TaskState.CANCELLED).aggregate(
        due=Count("pk"), in_time=Count("pk", filter=Q(state=TaskState.CONFIRMED, done_on__lte=F("last_day")))
    )  # fmt: skip
    if not counted["due"]:
        return []
    return [
        GlanceFigure(
            _("Nhiệm vụ hoàn thành đúng hạn"), counted["in_time"], counted["due"],
            _("trên số nhiệm vụ đến hạn trong quý"), "plans:tasks",
        )
    ]  # fmt: skip


def _of_documents(by: Actor, quarter: Period) -> list[GlanceFigure]:
    issued = visible(by).filter(
        direction=Direction.OUTGOING, state=DocumentState.ISSUED,
        issued_on__gte=quarter.start, issued_on__lt=quarter.end,
    )  # fmt: skip
    count = issued.order_by().count()
    return [GlanceFigure(_("Văn bản đã ban hành"), count, None, _("trong quý"), "documents:outgoing")] if count else []


def waiting_to_accept(by: Actor, *, on: dt.date) -> QuerySet[ExpectedReporter]:
    """Return the reports that were sent and wait for a person's decision, the longest waiting first; lazy."""
    campaigns = gathered_campaigns(by, Permission.COLLECT).values_list("pk", flat=True)
    rows = ExpectedReporter.objects.filter(campaign__in=list(campaigns), state=ReporterState.SUBMITTED)
    return rows.select_related("campaign__regime", "unit").order_by("first_sent_at", "id")
