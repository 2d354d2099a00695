"""The guide for those who report, made from the regime: what, who, when, where to, how to fill in each part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from caunoi.business.documents.public import (
    Align,
    Annex,
    Cell,
    Column,
    Draft,
    IssueDate,
    Level,
    Node,
    Orientation,
    Section,
    SentTo,
    TableNode,
    paragraph,
)
from caunoi.business.reporting.models import FormTable, ReportRegime
from caunoi.business.reporting.operations.timetable import TurnDates, coming, next_due
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.form import Table
from caunoi.business.reporting.rules.spans import CutOffOrigin
from caunoi.foundation.calendar.public import Bound, working_days
from caunoi.foundation.organisations.public import parent_of
from caunoi.kernel.actor import Line

WIDE = 4
"""Tables of more columns stand across the page."""


def guide_for(regime: ReportRegime, *, on: dt.date) -> Draft:
    """Return the guide as an official document of the owner: a draft to be read, printed or sent, not yet issued."""
    owner, form = regime.owner, form_of(regime)
    above = parent_of(owner, line=Line.ADMINISTRATIVE, on=on)
    name = regime.name
    return Draft(
        issuer=owner.name,
        superior=above.name if above is not None else None,
        place=owner.seat,
        symbol=f"HD-{owner.symbol}" if owner.symbol else "HD",
        title=f"Thực hiện {name[:1].lower()}{name[1:]}",
        doc_type="Hướng dẫn",
        issued=IssueDate(year=on.year),
        body=tuple(_body(regime, dates_ahead(regime, on=on))),
        recipients=(SentTo("Các đơn vị thực hiện báo cáo", "để thực hiện"),),
        annexes=tuple(_annex(table) for table in form.tables),
    )


def dates_ahead(regime: ReportRegime, *, on: dt.date) -> list[TurnDates]:
    """Return the next coming of every turn, in order of the last day in time."""
    working = working_days()
    found = []
    for turn in regime.turns.all():
        due = next_due(regime, turn, on=on, working=working)
        if due is not None:
            found.append(coming(regime, turn, due, on=on, working=working))
    return sorted(found, key=lambda dates: dates.due.last_day)


def _body(regime: ReportRegime, dates: list[TurnDates]) -> Iterable[Node]:
    ground = regime.ground_text.strip().rstrip(".;")
    yield paragraph(f"Căn cứ {ground}, {regime.owner.name} hướng dẫn thực hiện như sau:" if ground else "Hướng dẫn:")
    kinds = "; ".join(group.kind.name for group in regime.groups.select_related("kind"))
    who = f"{kinds}." if kinds else regime.reporters_words
    said = (paragraph(regime.content), paragraph(f"Đối tượng thực hiện: {who}"))
    yield Section(Level.ROMAN, "Nội dung, đối tượng", said, marker="I")
    yield Section(Level.ROMAN, "Kỳ báo cáo, thời hạn", tuple(_when(regime, dates)), marker="II")
    yield Section(Level.ROMAN, "Nơi nhận, cách gửi", tuple(_where(regime)), marker="III")
    yield Section(Level.ROMAN, "Đề cương", tuple(_outline(regime)), marker="IV")
    yield Section(Level.ROMAN, "Cách ghi số liệu", tuple(_figures(regime)), marker="V")


def _when(regime: ReportRegime, dates: list[TurnDates]) -> Iterable[Node]:
    if regime.printed_due:
        yield paragraph(f"Thời hạn theo văn bản: {regime.printed_due}.")
    for each in dates:
        due = f"{each.due.day:%d/%m/%Y}"
        said = f"trước ngày {due}" if regime.bound == Bound.STRICTLY_BEFORE else f"chậm nhất ngày {due}"
        moved = f" (ngày cuối còn đúng hạn {each.due.last_day:%d/%m/%Y})"
        own = ", ngày chốt do chế độ ấn định" if each.end.origin is CutOffOrigin.OWN else ""
        yield paragraph(
            f"{each.period[:1].upper()}{each.period[1:]}: số liệu từ ngày {each.covered.first:%d/%m/%Y} đến hết ngày "
            f"{each.end.on:%d/%m/%Y}{own}; gửi {said}{moved}."
        )
    if not dates:
        yield paragraph("Thời hạn cụ thể được thông báo khi mở đợt báo cáo.")


def _where(regime: ReportRegime) -> Iterable[Node]:
    receiver = regime.receiver.name if regime.receiver is not None else regime.owner.name
    desk = f" (qua {regime.desk})" if regime.desk else ""
    yield paragraph(f"Gửi về {receiver}{desk}. Phương thức: {regime.sending_method}.")
    if regime.contact:
        yield paragraph(f"Đầu mối giải đáp: {regime.contact}.")
    if regime.needs_approval:
        yield paragraph("Báo cáo do người đứng đầu đơn vị duyệt và gửi.")
    if regime.asks_signed_copy:
        yield paragraph("Đính kèm bản có chữ ký, đóng dấu.")


def _outline(regime: ReportRegime) -> Iterable[Node]:
    sections = form_of(regime).sections
    for section in sections:
        must = "" if section.is_required else " (không bắt buộc)"
        yield paragraph(f"{section.heading}{must}. {section.question}".strip())
    if not sections:
        yield paragraph("Chế độ này không yêu cầu báo cáo bằng lời.")


def _figures(regime: ReportRegime) -> Iterable[Node]:
    if regime.guidance:
        yield paragraph(regime.guidance)
    yield paragraph(
        "Mỗi ô ghi một số; không có việc gì thì chọn “Không phát sinh” (KPS); nội dung không thuộc đơn vị thì chọn "
        "“Không áp dụng” (KAD). Ô để trống là chưa có số liệu."
    )
    if regime.asks_figures:
        yield paragraph("Biểu số liệu tại phụ lục.")


def _annex(table: Table) -> Annex:
    header = (Cell("Nội dung", bold=True), *(_heading(column.label, column.unit) for column in table.columns))
    rows = []
    for row in table.rows:
        marks = (Cell("×" if row.is_total or column.is_total else "") for column in table.columns)
        rows.append((Cell(row.label, bold=row.is_total), *marks))
    node = TableNode(
        columns=(Column(2.0), *(Column(1.0, Align.CENTRE) for _ in table.columns)), header=(header,), rows=tuple(rows),
        unit=table.unit or None,
    )  # fmt: skip
    nature = "Số có tại ngày chốt số liệu." if table.nature == FormTable.STOCK else "Số phát sinh trong kỳ."
    wide = Orientation.LANDSCAPE if len(table.columns) > WIDE else Orientation.PORTRAIT
    note = paragraph(f"{nature} Ô có dấu × do hệ thống tự cộng.")
    return Annex(title=table.title, body=(note, node), orientation=wide)


def _heading(label: str, unit: str) -> Cell:
    return Cell(f"{label} ({unit})" if unit else label, bold=True, align=Align.CENTRE)
