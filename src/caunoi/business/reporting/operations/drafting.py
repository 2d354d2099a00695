"""The consolidated report as data of an official document: every paragraph and figure with its source."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
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
    Paragraph,
    Run,
    Section,
    SentTo,
    SignForm,
    SignLine,
    TableNode,
    paragraph,
)
from caunoi.business.reporting.models import Campaign, ConsolidatedParagraph, Consolidation
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.form import Form, Table
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.totals import gaps_of, total_of
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.organisations.public import Unit, parent_of
from caunoi.foundation.pages.public import cell_text
from caunoi.foundation.people.public import holders_of, signing_authorities
from caunoi.kernel import clock
from caunoi.kernel.actor import Line
from caunoi.kernel.measure import Measure, Total

NAMED = 4
"""Up to so many units are named behind a paragraph; beyond that their number is printed and the first ones named."""


def draft_for(made: Consolidation, *, at: dt.datetime) -> Draft:
    """Return the draft of the report in the layout of NĐ 30/2020/NĐ-CP; tables stand in landscape annexes."""
    campaign, on = made.campaign, clock.day_of(at)
    owner, form = campaign.owner, form_of(campaign.regime)
    above = parent_of(owner, line=Line.ADMINISTRATIVE, on=on)
    signing, signer = _signing(owner, on)
    return Draft(
        issuer=owner.name,
        superior=above.name if above is not None else None,
        place=owner.seat,
        symbol=f"BC-{owner.symbol}" if owner.symbol else "BC",
        title=title_of(campaign),
        doc_type="Báo cáo",
        issued=IssueDate(year=on.year),
        body=tuple(_body(made, form)),
        recipients=tuple(_recipients(campaign)),
        signing=signing,
        signer=signer,
        annexes=tuple(_annex(made, table) for table in form.tables),
    )


def title_of(campaign: Campaign) -> str:
    """Return the subject of the consolidated report."""
    name = campaign.regime.name
    bare = name.removeprefix("Báo cáo ").removeprefix("Thống kê ")
    period = period_name(Span(campaign.span), campaign.span_year, campaign.span_month)
    return f"Tổng hợp {bare[:1].lower()}{bare[1:]} {period}"


def _signing(owner: Unit, on: dt.date) -> tuple[tuple[SignLine, ...], str | None]:
    authority = signing_authorities(unit_id=owner.pk, on=on).first()
    if authority is None:
        return (), None
    lines = [SignLine(authority.title)]
    if authority.form:
        lines.insert(0, SignLine(authority.head_title, SignForm(authority.form)))
    holder = holders_of(authority.post, on=on).first()
    return tuple(lines), holder.name if holder is not None else None


def _recipients(campaign: Campaign) -> Iterable[SentTo]:
    for name in campaign.regime.onward_to.split(";"):
        if name.strip():
            yield SentTo(name.strip(), "để báo cáo")
    yield SentTo("Các đơn vị thực hiện báo cáo", "để biết")


def _body(made: Consolidation, form: Form) -> Iterable[Node]:
    yield from _opening(made)
    by_section: defaultdict[str, list[ConsolidatedParagraph]] = defaultdict(list)
    kept = ConsolidatedParagraph.objects.filter(consolidation=made, is_left_out=False)
    for row in kept.order_by("section_code", "position", "id"):
        by_section[row.section_code].append(row)
    for section in form.sections:
        rows = by_section[section.code]
        nodes = tuple(_paragraph(row) for row in rows) or (paragraph("Không có nội dung báo cáo."),)
        yield Section(Level.ROMAN, section.title, nodes, marker=section.marker)
    if form.tables:
        yield paragraph("(Số liệu tổng hợp tại các phụ lục kèm theo).")


def _opening(made: Consolidation) -> Iterable[Node]:
    campaign, regime = made.campaign, made.campaign.regime
    ground = regime.ground_text.strip().rstrip(".;")
    first, last = campaign.period_from_on, campaign.cut_off_on
    basis = f"Thực hiện {ground}, " if ground else ""
    yield paragraph(
        f"{basis}{campaign.owner.name} tổng hợp báo cáo của các đơn vị, số liệu từ ngày {first:%d/%m/%Y} đến hết ngày "
        f"{last:%d/%m/%Y}, như sau:"
    )
    said = f"Có {made.sent}/{made.expected} đơn vị đã gửi báo cáo."
    if made.absent:
        said += f" {len(made.absent)} đơn vị chưa gửi: {', '.join(made.absent)}."
    yield paragraph(said, source=f"consolidation:{made.public_id}")


def _paragraph(row: ConsolidatedParagraph) -> Paragraph:
    behind = named(list(dict.fromkeys(source["unit"] for source in row.sources)))
    runs = [Run(row.text)]
    if behind:
        runs.append(Run(f" ({behind})", italic=True))
    return Paragraph(tuple(runs), source=f"paragraph:{row.public_id}")


def named(units: list[str]) -> str:
    """Return the units behind a paragraph as printed: their names, or their number and the first ones."""
    if len(units) <= NAMED:
        return "; ".join(units)
    return f"{len(units)} đơn vị cùng nêu: {'; '.join(units[:NAMED])} và {len(units) - NAMED} đơn vị khác"


def _annex(made: Consolidation, table: Table) -> Annex:
    head = (Cell("Nội dung", bold=True), *(Cell(_column_title(c.label, c.unit), bold=True) for c in table.columns))
    rows = tuple(
        (
            Cell(row.label, bold=row.is_total),
            *(_figure(made, table.key(row, column), bold=row.is_total) for column in table.columns),
        )
        for row in table.rows
    )
    node = TableNode(
        columns=(Column(3.0), *(Column(1.0, Align.RIGHT) for _ in table.columns)),
        header=(head,),
        rows=rows,
        unit=table.unit or None,
    )
    note = paragraph(
        "Ghi chú: số trong ngoặc là số đơn vị có số liệu trên tổng số đơn vị phải báo cáo; không ghi nghĩa là đủ."
    )
    return Annex(title=table.title, body=(node, note), orientation=Orientation.LANDSCAPE)


def _column_title(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _figure(made: Consolidation, key: str, *, bold: bool) -> Cell:
    total = total_of(made.cells, key, made.expected)
    return Cell(
        printed(total, gaps_of(made.cells, key)), bold=bold, align=Align.RIGHT, source=f"cell:{made.public_id}:{key}"
    )


def printed(total: Total, gaps: int = 0) -> str:
    """Return a sum as printed in Vietnamese, with its coverage when it is not complete; a dash when nobody answered.

    ``gaps`` units are in the sum with some parts missing.
    """
    if total.amount is None:
        return "–" if total.expected == 0 else f"– (0/{total.expected})"
    figure = cell_text(Measure.of(total.amount), language="vi")
    missing = f", {gaps} đơn vị thiếu ô" if gaps else ""
    if total.is_complete and not gaps:
        return figure
    return f"{figure} ({total.answered}/{total.expected}{missing})"
