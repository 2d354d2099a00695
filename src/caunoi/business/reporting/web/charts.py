"""Charts of the pages: figures of a form as bars, each opening to the units behind it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caunoi.business.reporting.models import Campaign
from caunoi.business.reporting.rules.charts import Bars
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.pages.public import Chart, ChartKind, Series, cell_text
from caunoi.kernel.measure import Measure


def chart_of_bars(bars: Bars, address: str, then: Campaign | None) -> Chart:
    """Return the chart of one table; ``address`` opens a bar by ``?o=KEY`` appended."""
    series = [Series(_("Kỳ này"), bars.values)]
    if bars.earlier and then is not None:
        name = period_name(Span(then.span), then.span_year, then.span_month)
        series.append(Series(name[:1].upper() + name[1:], bars.earlier))
    return Chart(
        key=f"bieu-{bars.table.code}-{bars.column.code}",
        kind=ChartKind.BARS,
        title=f"{bars.table.title}: {bars.column.label}",
        sentence=sentence_of(bars),
        categories=bars.labels,
        series=series,
        unit=bars.column.unit or bars.table.unit,
        lying=True,
        urls=[f"{address}?o={key}" for key in bars.keys],
    )


def printed(value: Decimal | int) -> str:
    """Return a figure inside a sentence with the separators of the reader's language."""
    return cell_text(Measure.of(value), language=get_language() or "vi")


def sentence_of(bars: Bars) -> str:
    """Return the sentence that says what the bars show."""
    unit = bars.column.unit or bars.table.unit
    covered = _("Ô ít đơn vị có số liệu nhất có %(answered)s/%(expected)s đơn vị.") % {
        "answered": bars.least.answered, "expected": bars.least.expected,
    }  # fmt: skip
    told = "" if bars.least.is_complete else covered
    if bars.largest is None or bars.share is None:
        return told or _("Mọi đơn vị phải báo cáo đều có số liệu.")
    value = printed(bars.values[bars.largest] or 0)
    most = _("Nhiều nhất là %(label)s: %(value)s, chiếm %(share)s%% tổng số.") % {
        "label": bars.labels[bars.largest], "value": f"{value} {unit}".strip(), "share": bars.share,
    }  # fmt: skip
    return f"{most} {told}".strip()
