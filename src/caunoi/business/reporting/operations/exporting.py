"""What reporting adds to the workbook of everything that a unit owns: reports, their figures and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.access import own_reports, reporters_among, visible_campaigns
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.cells import unpack
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.spreadsheets.public import ListSheet
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

MANY = 500
"""Rows fetched at a time."""
Cells = Sequence[str | int | Decimal | dt.date | None]


def _reporters(units: QuerySet[Unit], by: Actor) -> QuerySet[ExpectedReporter]:
    """Return the places of units in campaigns that the person may see."""
    seen = reporters_among(list(visible_campaigns(by)), by).filter(unit__in=units)
    return seen | own_reports(by).filter(unit__in=units)


def _counting(units: QuerySet[Unit], by: Actor) -> Iterator[Submission]:
    places = _reporters(units, by).order_by().values("pk")
    found = Submission.objects.filter(reporter__in=places, counts=True)
    found = found.select_related("reporter__campaign__regime", "reporter__unit")
    return found.order_by("reporter__campaign_id", "reporter__sort_key", "id").iterator(MANY)


def reports_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return what units owe and gave."""
    found = _reporters(units, by).select_related("campaign")

    def rows() -> Iterator[Cells]:
        for one in found.order_by("campaign_id", "sort_key", "id").iterator(MANY):
            sent = one.first_sent_at.astimezone(clock.VIETNAM).date() if one.first_sent_at else None
            yield one.campaign.name, one.name, one.last_day_on, sent, one.days_late, one.versions, one.returns

    heads = (
        _("Đợt báo cáo"), _("Đơn vị"), _("Hạn gửi"), _("Gửi lần đầu"), _("Số ngày muộn"), _("Số bản"),
        _("Số lần trả lại"),
    )  # fmt: skip
    return ListSheet(gettext("Báo cáo"), heads, rows(), (60, 44, 12, 12, 10, 8, 10))


def figures_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return every figure of the reports that count, one a row; what was not filled in is left out."""

    def rows() -> Iterator[Cells]:
        for one in _counting(units, by):
            reporter = one.reporter
            for key, (table, row, column) in form_of(reporter.campaign.regime).all_cells().items():
                if (number := unpack(one.cells.get(key)).number) is not None:
                    yield reporter.campaign.name, reporter.name, table.title, row.label, column.label, number

    heads = (_("Đợt báo cáo"), _("Đơn vị"), _("Biểu"), _("Dòng"), _("Cột"), _("Số liệu"))
    return ListSheet(gettext("Số liệu báo cáo"), heads, rows(), (60, 44, 50, 44, 36, 14))


def words_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the written parts of the reports that count."""

    def rows() -> Iterator[Cells]:
        for one in _counting(units, by):
            reporter = one.reporter
            for section in form_of(reporter.campaign.regime).sections:
                if text := one.narrative.get(section.code):
                    yield reporter.campaign.name, reporter.name, section.heading, text

    heads = (_("Đợt báo cáo"), _("Đơn vị"), _("Mục"), _("Nội dung"))
    return ListSheet(gettext("Lời báo cáo"), heads, rows(), (60, 44, 50, 100))
