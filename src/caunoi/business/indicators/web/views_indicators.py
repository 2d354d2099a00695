"""The catalogue of indicators, and one indicator: its figure by unit and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from caunoi.business.indicators.access import indicator_by_code, indicators, require, units_seen
from caunoi.business.indicators.models import Indicator
from caunoi.business.indicators.queries import contributors, figures
from caunoi.business.indicators.rules.registry import Contributor, address_of, codes_with_source, source_of
from caunoi.business.indicators.rules.spans import CHOICES, LAST_QUARTER, LAST_YEAR, QUARTER, YEAR, before, span
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.pages.public import PER_PAGE, Column, Crumb, Option, actor_of, chips
from caunoi.kernel import clock
from caunoi.kernel.measure import Measure
from caunoi.kernel.periods import Period

COLUMNS = [
    Column("code", gettext_lazy("Mã"), width="narrow"),
    Column("name", gettext_lazy("Chỉ tiêu"), width="wide"),
    Column("unit", gettext_lazy("Đơn vị tính")),
    Column("nature", gettext_lazy("Cách tính")),
    Column("from", gettext_lazy("Số liệu từ")),
]
UNIT_COLUMNS = [
    Column("unit", gettext_lazy("Đơn vị"), width="wide"),
    Column("figure", gettext_lazy("Số liệu"), numeric=True),
]
ROW_COLUMNS = [
    Column("label", gettext_lazy("Bản ghi"), width="wide"),
    Column("unit", gettext_lazy("Tính ở đơn vị")),
    Column("on", gettext_lazy("Ngày")),
    Column("amount", gettext_lazy("Số tính"), numeric=True),
]
SPANS = {
    QUARTER: gettext_lazy("Quý này"), LAST_QUARTER: gettext_lazy("Quý trước"),
    YEAR: gettext_lazy("Năm nay"), LAST_YEAR: gettext_lazy("Năm trước"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A record behind the figure, with its page and the unit that counts it."""

    row: Contributor
    url: str
    unit: str
    participants: str


@login_required
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show what is counted, how, and which figures the registers answer for."""
    require(actor_of(request))
    row = chips(
        request.GET, "nguon", _("Số liệu từ"),
        [Option("so", _("Sổ trong hệ thống")), Option("don-vi", _("Đơn vị nhập"))],
    )  # fmt: skip
    found = indicators()
    if row.value == "so":
        found = found.filter(code__in=codes_with_source())
    elif row.value == "don-vi":
        found = found.exclude(code__in=codes_with_source())
    groups: dict[str, list[tuple[Indicator, bool]]] = {}
    for each in found:
        groups.setdefault(each.group, []).append((each, each.code in codes_with_source()))
    return render(request, "indicators/catalogue.html", {"groups": groups, "row": row, "columns": COLUMNS})


@login_required
@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator over a period: the sum, what each unit has, the records."""
    by, today = actor_of(request), clock.today()
    require(by)
    found = indicator_by_code(code)
    row = chips(request.GET, "ky", _("Kỳ"), [Option(c, SPANS[c]) for c in CHOICES], default=QUARTER)
    period, units = span(row.value, today), units_seen(by, on=today)
    source = source_of(found.code)
    context: dict[str, object] = {
        "indicator": found, "row": row, "has_source": source is not None,
        "first": period.start, "last": period.last_day,
        "crumbs": [Crumb(_("Chỉ tiêu thống kê"), reverse("indicators:indicators")), Crumb(found.code)],
    }  # fmt: skip
    if source is not None:
        context |= _figures(found, units, period, request)
    return render(request, "indicators/indicator.html", context)


def _figures(found: Indicator, units: QuerySet[Unit], period: Period, request: HttpRequest) -> dict[str, object]:
    measured = {unit: m for (_code, unit), m in figures([found.code], units, period).items() if m.number}
    rows = contributors([found.code], units, period)
    names = _names({unit for row in rows for unit in (row.unit_id, *row.participants)} | measured.keys())
    earlier = sum(
        (m.number or Decimal(0) for m in figures([found.code], units, before(period)).values()),
        Decimal(0),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(row, names) for row in page.object_list]
    by_unit = sorted(((names[unit], m) for unit, m in measured.items()), key=lambda pair: pair[0][1])
    return {
        "total": Measure.of(sum((m.number or Decimal(0) for m in measured.values()), Decimal(0))),
        "earlier": Measure.of(earlier), "page": page, "shown": shown,
        "by_unit": [(name, m) for (name, _key), m in by_unit][:PER_PAGE], "units": len(by_unit),
        "unit_columns": UNIT_COLUMNS, "row_columns": ROW_COLUMNS,
    }  # fmt: skip


def _names(ids: set[int]) -> dict[int, tuple[str, str]]:
    many = sorted(ids)
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(many), 900):
        rows = Unit.objects.filter(pk__in=many[start : start + 900]).values_list("pk", "name", "sort_key")
        found.update({pk: (name, key) for pk, name, key in rows})
    return found


def _shown(row: Contributor, names: dict[int, tuple[str, str]]) -> ShownRow:
    others = "; ".join(names[unit][0] for unit in row.participants if unit in names)
    return ShownRow(row, address_of(row.kind, row.public_id), names[row.unit_id][0], others)
