"""Charts with their sentence and their table, and cells of entry grids. ``{% load charts %}``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString

from caunoi.foundation.pages.rules.cells import cell_text
from caunoi.foundation.pages.rules.navigation import Words
from caunoi.foundation.pages.rules.shown import Chart
from caunoi.foundation.pages.templatetags.vn import language
from caunoi.kernel.measure import Measure, MeasureState

register = template.Library()


@register.simple_tag
def chart(spec: Chart, *, height: str = "normal") -> SafeString:
    """A chart; ``height``: "low", "normal" or "high". The table stands behind a tab, the sentence above both."""
    rows = [
        (category, spec.urls[at] if at < len(spec.urls) else "", [series.values[at] for series in spec.series])
        for at, category in enumerate(spec.categories)
    ]
    facts = {
        "chart": spec, "rows": rows, "height": height, "data": chart_data(spec),
        "library": static("vendor/echarts/echarts.common.min.js"),
    }  # fmt: skip
    return SafeString(get_template("pages/components/chart.html").render(facts))


def chart_data(spec: Chart) -> dict[str, object]:
    """Return what the chart loader reads: plain JSON, numbers as numbers, missing values as null."""
    return {
        "kind": spec.kind,
        "title": str(spec.title),
        "unit": str(spec.unit),
        "lying": spec.lying,
        "language": language(),
        "categories": [str(category) for category in spec.categories],
        "urls": list(spec.urls),
        "series": [
            {"label": str(series.label), "values": _plain(series.values), "tone": series.tone} for series in spec.series
        ],
    }


def _plain(values: Sequence[int | float | Decimal | None]) -> list[int | float | None]:
    return [float(value) if isinstance(value, Decimal) else value for value in values]


@register.simple_tag
def grid_cell(
    name: str, measure: Measure | None, *, label: Words, address: str = "", errors: Iterable[Words] = (),
    queries: Iterable[Words] = (), locked: bool = False, note: Words = "", whole: bool = False,
) -> SafeString:  # fmt: skip
    """The inside of one cell of an entry grid (``<td>{% grid_cell … %}</td>``).

    The figure is written as figures are read (1.234,5), in whatever language the page is: English separators in an
    input would come back as another figure. ``label`` is read out ("Số lượt người, Đoàn ra"); ``address`` ("C7") names
    the cell in messages; ``note`` says where a pre-filled figure comes from; ``whole``: only whole numbers not below
    zero make sense.
    """
    state = MeasureState.MISSING if measure is None else measure.state
    facts = {
        "name": name, "text": cell_text(measure), "state": state, "label": label,
        "address": address, "errors": list(errors), "queries": list(queries), "locked": locked, "note": note,
        "whole": whole,
    }  # fmt: skip
    return SafeString(get_template("pages/components/grid_cell.html").render(facts))
