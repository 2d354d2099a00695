"""The list of tasks as a workbook, with the filters of the page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext

from caunoi.business.plans.models import Task
from caunoi.business.plans.operations.words import due_words
from caunoi.business.plans.web.shown import task_state

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (50, 40, 30, 30, 24, 40, 30, 26, 14, 10, 18)


def workbook_of(tasks: Iterable[Task]) -> bytes:
    """Return an xlsx with one row a task; texts are written as texts, so nothing in them is taken for a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(gettext("Nhiệm vụ"))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for column, (head, width) in enumerate(zip(_heads(), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for row, task in enumerate(tasks, start=1):
            for column, value in enumerate(_cells(task)):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, 0, len(_WIDTHS) - 1)
    return out.getvalue()


def _heads() -> Sequence[str]:
    return (
        gettext("Nhiệm vụ"), gettext("Kế hoạch"), gettext("Đơn vị giao"), gettext("Chủ trì"), gettext("Vị trí chủ trì"),
        gettext("Phối hợp"), gettext("Sản phẩm"), gettext("Thời hạn"), gettext("Ngày cuối đúng hạn"),
        gettext("Tiến độ (%)"), gettext("Trạng thái"),
    )  # fmt: skip


def _cells(task: Task) -> Sequence[str | int | dt.date]:
    return (
        task.title,
        task.item.plan.title if task.item else "",
        task.assigning_unit.name,
        task.lead_unit.name,
        task.lead_post.title if task.lead_post else "",
        "; ".join(unit.name for unit in task.supporting_units.all()),
        task.product,
        due_words(task),
        task.last_day or "",
        task.progress,
        str(task_state(task).word),
    )
