"""The same figures a period and a year earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from caunoi.business.reporting.models import Campaign, ReportRegime, TotalsNode
from caunoi.business.reporting.rules.comparison import Change, PeriodKey, change_from
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.totals import total_of
from caunoi.foundation.organisations.public import WIDTH
from caunoi.kernel.measure import Total

DEEPEST = 20
"""Versions of a regime that are followed back."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The totals of one place in an earlier campaign."""

    campaign: Campaign
    cells: Mapping[str, object]
    expected: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One cell now, a period before and a year before."""

    table: Table
    row: Line
    column: Line
    now: Total
    before: Change | None
    year: Change | None


def key_of(campaign: Campaign) -> PeriodKey:
    """Return the period of a campaign."""
    return PeriodKey(Span(campaign.span), campaign.span_year, campaign.span_month)


def family_of(regime: ReportRegime) -> set[int]:
    """Return the ids of a regime and its versions, earlier and later."""
    known = {regime.pk}
    for _ in range(DEEPEST):
        rows = ReportRegime.objects.filter(Q(pk__in=known) | Q(previous_id__in=known))
        found: set[int | None] = {pk for pair in rows.values_list("pk", "previous_id") for pk in pair}
        more = {pk for pk in found if pk is not None} - known
        if not more:
            break
        known |= more
    return known


def campaign_of(regime: ReportRegime, key: PeriodKey) -> Campaign | None:
    """Return the campaign of a regime, in whatever version, for a period."""
    rows = Campaign.objects.filter(
        regime_id__in=family_of(regime), span=key.span, span_year=key.year, span_month=key.month, event_on=None
    )
    return rows.order_by("-opened_at", "-id").first()


def earlier_of(campaign: Campaign, key: PeriodKey, node: TotalsNode | None = None) -> Earlier | None:
    """Return the totals of an earlier period, of the whole campaign or of the same place; ``None`` without any."""
    other = campaign_of(campaign.regime, key)
    if other is None or other.pk == campaign.pk:
        return None
    nodes = TotalsNode.objects.filter(campaign=other)
    if node is None or (node.depth == 0 and node.axis == TotalsNode.LINE):
        nodes = nodes.filter(axis=TotalsNode.LINE, depth=0)
    elif node.axis == TotalsNode.KIND:
        nodes = nodes.filter(axis=TotalsNode.KIND, path=node.path)
    else:
        nodes = nodes.filter(axis=TotalsNode.LINE, path__endswith=node.path[-WIDTH:])
    found = nodes.first()
    return None if found is None else Earlier(other, found.cells, found.expected)


def earlier_pair(campaign: Campaign, node: TotalsNode | None = None) -> tuple[Earlier | None, Earlier | None]:
    """Return the period before and the same period of the year before; the second is left out when it is the first."""
    key = key_of(campaign)
    before = earlier_of(campaign, key.before, node)
    year = None if key.year_before == key.before else earlier_of(campaign, key.year_before, node)
    return before, year


def compared(
    form: Form, cells: Mapping[str, object], expected: int, before: Earlier | None, year: Earlier | None
) -> list[ComparedRow]:
    """Return every cell of a form that was known earlier, beside what it was then."""
    if before is None and year is None:
        return []
    rows = []
    for key, (table, row, column) in form.all_cells().items():
        now = total_of(cells, key, expected)
        made = ComparedRow(table, row, column, now, _change(before, key, now), _change(year, key, now))
        known = [each for each in (made.before, made.year) if each is not None and each.earlier.amount is not None]
        if known:
            rows.append(made)
    return rows


def _change(earlier: Earlier | None, key: str, now: Total) -> Change | None:
    return None if earlier is None else change_from(total_of(earlier.cells, key, earlier.expected), now)
