"""The consolidated report as data of an official document: every paragraph and figure with its source."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

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
    Picture,
    Run,
    Section,
    SentTo,
    SignForm,
    SignLine,
    TableNode,
    paragraph,
)
from caunoi.business.reporting.models import Campaign, ConsolidatedChart, ConsolidatedParagraph, Consolidation
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.comparison import ComparedRow, compared, earlier_pair
from caunoi.business.reporting.rules.charts import Bars
from caunoi.business.reporting.rules.comparison import Change
from caunoi.business.reporting.rules.form import Form, Table
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.totals import gaps_of, total_of
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.files.public import content_of
from caunoi.foundation.organisations.public import Unit, parent_of
from caunoi.foundation.pages.public import cell_text
from caunoi.foundation.people.public import holders_of, signing_authorities
from caunoi.kernel import clock
from caunoi.kernel.actor import Line
from caunoi.kernel.measure import Measure, Total

NAMED: Final = 4
"""Up to so many units are named behind a paragraph; more of them stand in a list of an annex."""
INLINE: Final = 20
"""Up to so many units that are silent or late are named in the text; more of them stand in an annex."""
UNITS_ANNEX: Final = "phụ lục danh sách đơn vị"


def draft_for(made: Consolidation, *, at: dt.datetime) -> Draft:
    """Return the draft of the report in the layout of NĐ 30/2020/NĐ-CP; tables stand in landscape annexes."""
    campaign, on = made.campaign, clock.day_of(at)
    owner, form = campaign.owner, form_of(campaign.regime)
    above = parent_of(owner, line=Line.ADMINISTRATIVE, on=on)
    signing, signer = _signing(owner, on)
    lists = _Lists()
    body = tuple(_body(made, form, lists))
    return Draft(
        issuer=owner.name,
        superior=above.name if above is not None else None,
        place=owner.seat,
        symbol=f"BC-{owner.symbol}" if owner.symbol else "BC",
        title=title_of(campaign),
        doc_type="Báo cáo",
        issued=IssueDate(year=on.year),
        body=body,
        recipients=tuple(_recipients(made)),
        signing=signing,
        signer=signer,
        annexes=(
            *(_annex(made, table) for table in form.tables),
            *_comparison(made, form),
            *lists.annex(),
            *_lateness(made),
        ),
    )


def title_of(campaign: Campaign) -> str:
    """Return the subject of the consolidated report."""
    name = campaign.regime.name
    bare = name.removeprefix("Báo cáo ").removeprefix("Thống kê ")
    return f"Tổng hợp {bare[:1].lower()}{bare[1:]} {_period_of(campaign)}"


def _period_of(campaign: Campaign) -> str:
    return period_name(Span(campaign.span), campaign.span_year, campaign.span_month)


def _signing(owner: Unit, on: dt.date) -> tuple[tuple[SignLine, ...], str | None]:
    authority = signing_authorities(unit_id=owner.pk, on=on).first()
    if authority is None:
        return (), None
    lines = [SignLine(authority.title)]
    if authority.form:
        lines.insert(0, SignLine(authority.head_title, SignForm(authority.form)))
    holder = holders_of(authority.post, on=on).first()
    return tuple(lines), holder.name if holder is not None else None


def _recipients(made: Consolidation) -> Iterable[SentTo]:
    """Yield the body above whose campaign the report answers, those that the regime names, and who reported."""
    onward = [name.strip() for name in made.campaign.regime.onward_to.split(";")]
    above = [made.answers.campaign.owner.name] if made.answers is not None else []
    for name in dict.fromkeys([*above, *onward]):
        if name:
            yield SentTo(name, "để báo cáo")
    yield SentTo("Các đơn vị thực hiện báo cáo", "để biết")


def charts_of(made: Consolidation) -> QuerySet[ConsolidatedChart]:
    """Return the charts that are drawn, in the order of the tables."""
    return ConsolidatedChart.objects.filter(consolidation=made).select_related("picture").order_by("id")


def chart_sentence(bars: Bars) -> str:
    """Return the sentence that says what a chart shows, as printed under it."""
    unit = bars.column.unit or bars.table.unit
    said = f"{bars.table.title}: {bars.column.label.lower()}"
    if bars.largest is not None and bars.share is not None:
        value = cell_text(Measure.of(bars.values[bars.largest] or 0), language="vi")
        said += f"; nhiều nhất là {bars.labels[bars.largest]} ({value} {unit}".rstrip() + f", chiếm {bars.share}%)"
    if not bars.least.is_complete:
        said += f"; ô ít đơn vị có số liệu nhất: {bars.least.answered}/{bars.least.expected} đơn vị"
    return f"{said}."


class _Lists:
    """Lists of units too long for the text: numbered as the text asks for them, printed in an annex."""

    def __init__(self) -> None:
        self.units: list[list[str]] = []

    def named(self, units: list[str]) -> str:
        """Return the units as printed behind a paragraph: their names, or their number with the place of the list."""
        if len(units) <= NAMED:
            return "; ".join(units)
        self.units.append(units)
        return f"{len(units)} đơn vị cùng nêu, danh sách số {len(self.units)} tại {UNITS_ANNEX}"

    def annex(self) -> Iterable[Annex]:
        """Return the annex with the lists, if there are any."""
        if not self.units:
            return
        rows = tuple(
            (Cell(str(number)), Cell(str(len(units)), align=Align.RIGHT), Cell("; ".join(units)))
            for number, units in enumerate(self.units, start=1)
        )
        columns = (Column(1.0), Column(1.2, Align.RIGHT), Column(12.0))
        head = (Cell("Số", bold=True), Cell("Số đơn vị", bold=True), Cell("Đơn vị", bold=True))
        yield Annex(title="Danh sách đơn vị cùng nêu một nội dung", body=(TableNode(columns, (head,), rows),))


def _body(made: Consolidation, form: Form, lists: _Lists) -> Iterable[Node]:
    yield from _opening(made)
    by_section: defaultdict[str, list[ConsolidatedParagraph]] = defaultdict(list)
    kept = ConsolidatedParagraph.objects.filter(consolidation=made, is_left_out=False)
    for row in kept.order_by("section_code", "position", "id"):
        by_section[row.section_code].append(row)
    for section in form.sections:
        rows = by_section[section.code]
        nodes = tuple(_paragraph(row, made, lists) for row in rows) or (paragraph("Không có nội dung báo cáo."),)
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
    if 0 < len(made.absent) <= INLINE:
        said += f" {len(made.absent)} đơn vị chưa gửi: {', '.join(made.absent)}."
    elif made.absent:
        said += f" {len(made.absent)} đơn vị chưa gửi (danh sách tại phụ lục)."
    came = [row for row in made.overdue if row["sent"]]
    if 0 < len(came) <= INLINE:
        named = ", ".join(f"{row['unit']} ({row['days']} ngày)" for row in came)
        said += f" Gửi quá hạn: {named}."
    elif came:
        said += f" {len(came)} đơn vị gửi quá hạn (danh sách tại phụ lục)."
    yield paragraph(said, source=f"consolidation:{made.public_id}")


def _lateness(made: Consolidation) -> Iterable[Annex]:
    """Return the annex of units that were late or silent, where the text does not name them all."""
    came = [row for row in made.overdue if row["sent"]]
    if max(len(made.absent), len(came)) <= INLINE:
        return
    days = {row["unit"]: row["days"] for row in made.overdue if not row["sent"]}
    silent = [(unit, "chưa gửi", days.get(unit)) for unit in made.absent]
    late = [(row["unit"], "gửi quá hạn", row["days"]) for row in came]
    rows = tuple(
        (Cell(str(number)), Cell(unit), Cell(state), Cell("" if count is None else str(count), align=Align.RIGHT))
        for number, (unit, state, count) in enumerate((*silent, *late), start=1)
    )
    columns = (Column(0.8), Column(6.0), Column(2.4), Column(1.6, Align.RIGHT))
    head = tuple(Cell(text, bold=True) for text in ("STT", "Đơn vị", "Tình trạng", "Số ngày quá hạn"))
    yield Annex(title="Đơn vị chưa gửi, gửi báo cáo quá hạn", body=(TableNode(columns, (head,), rows),))


def _paragraph(row: ConsolidatedParagraph, made: Consolidation, lists: _Lists) -> Paragraph:
    """Return a paragraph with the units behind it; words that no unit wrote are those of the unit that gathers."""
    units = list(dict.fromkeys(source["unit"] for source in row.sources)) or [made.campaign.owner.name]
    runs = (Run(row.text), Run(f" ({lists.named(units)})", italic=True))
    return Paragraph(runs, source=f"paragraph:{row.public_id}")


def _drawn(made: Consolidation, table: Table) -> Iterable[Node]:
    for chart in charts_of(made).filter(table_code=table.code):
        yield Picture(content_of(chart.picture), alt=chart.sentence, caption=chart.sentence)


def _comparison(made: Consolidation, form: Form) -> Iterable[Annex]:
    """Return the annex that compares with the period before and the same period of the year before."""
    before, year = earlier_pair(made.campaign)
    rows = [each for each in compared(form, made.cells, made.expected, before, year) if _worth(each)]
    if not rows:
        return
    head = ["Nội dung", "Kỳ này"]
    for name, side in (("Kỳ trước", before), ("Cùng kỳ năm trước", year)):
        if side is not None:
            head += [f"{name} ({_period_of(side.campaign)})", "Tăng, giảm", "%"]
    printed_rows = []
    for each in rows:
        changes = [change for change in (each.before, each.year) if change is not None]
        cells = [Cell(f"{each.row.label}, {each.column.label}"), Cell(printed(each.now), align=Align.RIGHT)]
        for change in changes:
            cells += [Cell(text, align=Align.RIGHT) for text in _changed(change)]
        printed_rows.append(tuple(cells))
    columns = (Column(3.0), *(Column(1.0, Align.RIGHT) for _ in head[1:]))
    node = TableNode(columns, (tuple(Cell(text, bold=True) for text in head),), tuple(printed_rows))
    note = paragraph(
        "Ghi chú: dấu * là hai kỳ không cùng đủ số đơn vị, nên mức tăng, giảm có thể do số đơn vị báo cáo."
    )
    yield Annex(title="So sánh với kỳ trước", body=(node, note), orientation=Orientation.LANDSCAPE)


def _worth(each: ComparedRow) -> bool:
    """Whether a row stands in the comparison: sums of tables, and the rows of tables that have none."""
    sums = any(row.is_total for row in each.table.rows)
    return each.row.is_total or not sums


def _changed(change: Change) -> tuple[str, str, str]:
    mark = "" if change.is_comparable else "*"
    difference = "–" if change.difference is None else _signed(change.difference) + mark
    percent = "–" if change.percent is None else _signed(change.percent) + mark
    return printed(change.earlier), difference, percent


def _signed(amount: Decimal) -> str:
    text = cell_text(Measure.of(amount), language="vi")
    return f"+{text}" if amount > 0 else text


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
    body = (node, note, *_drawn(made, table))
    return Annex(title=table.title, body=body, orientation=Orientation.LANDSCAPE)


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
