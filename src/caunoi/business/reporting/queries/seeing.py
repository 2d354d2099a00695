"""Seeing across campaigns: completeness and timeliness by place and over time, figures turned as one wishes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from django.db.models import Count, Q, QuerySet, Sum

from caunoi.business.reporting.access import Permission, gathered_campaigns, reporters_among, visible_campaigns
from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.rules.pivot import Axis, Member, NodeFacts, share
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.organisations.public import END, WIDTH
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How a set of reports came: owed, in time, late, still missing."""

    expected: int
    sent: int
    late: int

    @property
    def in_time(self) -> int:
        """Sent not later than the last day."""
        return self.sent - self.late

    @property
    def missing(self) -> int:
        """Not sent."""
        return self.expected - self.sent

    @property
    def complete_share(self) -> Decimal | None:
        """Sent of owed, in percent."""
        return share(self.sent, self.expected)

    @property
    def in_time_share(self) -> Decimal | None:
        """In time of owed, in percent."""
        return share(self.in_time, self.expected)


def nodes_seen(by: Actor, campaigns: Collection[int]) -> QuerySet[TotalsNode]:
    """Return the places and kinds of several campaigns that a person may see; lazy."""
    rows = TotalsNode.objects.filter(campaign_id__in=list(campaigns))
    if by.is_system:
        return rows
    seen = Q(campaign_id__in=gathered_campaigns(by).values("pk"))
    for scope in by.scopes(Permission.READ):
        if scope.subtree:
            inside = Q(path__gte=scope.path, path__lt=scope.path + END)
            seen |= Q(axis=TotalsNode.LINE, campaign__line=scope.line) & inside
    return rows.filter(seen)


def tops(by: Actor, campaigns: Collection[int]) -> dict[int, TotalsNode]:
    """Return for each campaign the topmost place that a person may see, without its figures."""
    found: dict[int, TotalsNode] = {}
    rows = nodes_seen(by, campaigns).filter(axis=TotalsNode.LINE).defer("cells").order_by("depth", "sort_key", "id")
    own = Q(depth=0) | Q(path__in=[scope.path for scope in by.scopes(Permission.READ)])
    for node in rows.filter(own):
        found.setdefault(node.campaign_id, node)
    return found


def over_time(by: Actor, campaigns: Iterable[Campaign]) -> list[tuple[Campaign, Timeliness]]:
    """Return how each campaign went within what a person may see, the earliest first."""
    many = sorted(campaigns, key=lambda each: (each.last_day_on, each.pk))
    nodes = tops(by, [each.pk for each in many])
    return [(each, timeliness_of(nodes[each.pk])) for each in many if each.pk in nodes]


def timeliness_of(node: TotalsNode) -> Timeliness:
    """Return how the reports of one place came."""
    return Timeliness(node.expected, node.sent, node.late)


def by_place(by: Actor, campaigns: Collection[Campaign]) -> list[tuple[str, Timeliness]]:
    """Return for the places one step below the topmost one how their reports came over all campaigns, worst first."""
    nodes = tops(by, [each.pk for each in campaigns])
    below = Q(pk__in=[])
    for node in nodes.values():
        inside = Q(path__gt=node.path, path__lt=node.path + END)
        below |= Q(campaign_id=node.campaign_id, depth=node.depth + 1) & inside
    rows = TotalsNode.objects.filter(below, axis=TotalsNode.LINE).order_by()
    summed = rows.values("name", "sort_key").annotate(owed=Sum("expected"), came=Sum("sent"), behind=Sum("late"))
    found = [(row["sort_key"], row["name"], Timeliness(row["owed"], row["came"], row["behind"])) for row in summed]
    ordered = sorted(found, key=lambda each: (each[2].in_time_share or Decimal(0), each[0]))
    return [(name, each) for _key, name, each in ordered]


class LateReports(Sequence[ExpectedReporter]):
    """The reports of open campaigns that are beyond their last day and not sent, the longest first.

    What a page shows is read from the few groups of campaign and last day in which it lies; their sizes tell the rest.
    """

    def __init__(self, by: Actor, *, on: dt.date) -> None:
        running = visible_campaigns(by).filter(state=CampaignState.OPEN).select_related("regime")
        self._campaigns = {each.pk: each for each in running}
        seen = reporters_among(self._campaigns.values(), by)
        self._rows = seen.filter(state__in=UNSENT, last_day_on__lt=on)
        sizes = self._rows.order_by().values_list("last_day_on", "campaign_id").annotate(count=Count("pk"))
        self._groups = sorted(sizes)

    def by_campaign(self) -> dict[int, int]:
        """Return how many reports are late in each open campaign."""
        found: Counter[int] = Counter()
        for _day, campaign, count in self._groups:
            found[campaign] += count
        return dict(found)

    def __len__(self) -> int:
        return sum(count for _day, _campaign, count in self._groups)

    @overload
    def __getitem__(self, at: int) -> ExpectedReporter: ...
    @overload
    def __getitem__(self, at: slice) -> list[ExpectedReporter]: ...
    def __getitem__(self, at: int | slice) -> ExpectedReporter | list[ExpectedReporter]:
        if isinstance(at, int):
            return self[at : at + 1 or None][0]
        start, stop, _step = at.indices(len(self))
        found: list[ExpectedReporter] = []
        for day, campaign, count in self._groups:
            if start < count and stop > 0:
                rows = self._rows.filter(campaign=campaign, last_day_on=day).order_by("sort_key", "id")
                found += rows[max(0, start) : stop]
            start, stop = start - count, stop - count
        for each in found:
            each.campaign = self._campaigns[each.campaign_id]
        return found


def campaigns_of_years(by: Actor, years: Collection[int], regimes: Collection[int] | None = None) -> QuerySet[Campaign]:
    """Return the campaigns of years that a person may see, of some regimes or of all; lazy."""
    rows = visible_campaigns(by).filter(span_year__in=list(years)).exclude(state=CampaignState.PREPARING)
    return rows if regimes is None else rows.filter(regime_id__in=list(regimes))


def years_seen(by: Actor) -> list[int]:
    """Return the years that have campaigns, the newest first."""
    return sorted(set(visible_campaigns(by).order_by().values_list("span_year", flat=True)), reverse=True)


def period_of(campaign: Campaign) -> str:
    """Return the period of a campaign as official papers print it, with a capital."""
    name = period_name(Span(campaign.span), campaign.span_year, campaign.span_month)
    return name[:1].upper() + name[1:]


def node_facts(
    by: Actor, campaigns: Collection[Campaign], axis: Axis
) -> tuple[list[Member], dict[tuple[str, str], NodeFacts], str]:
    """Return the members of an axis of places (or of kinds), their figures by place and period, and the key of the top.

    Places of several campaigns are one when they are the same unit, whatever its path was.
    """
    ids = {each.pk: str(each.public_id) for each in campaigns}
    top = tops(by, list(ids))
    members: dict[str, tuple[str, str]] = {}
    facts: dict[tuple[str, str], NodeFacts] = {}
    for node in nodes_seen(by, list(ids)).filter(_wanted(top, axis)).order_by("depth", "sort_key", "id"):
        period = ids[node.campaign_id]
        is_top = top.get(node.campaign_id) is not None and node.pk == top[node.campaign_id].pk
        key = TOP if is_top else (node.path if node.axis == TotalsNode.KIND else node.path[-WIDTH:])
        if not is_top:
            members.setdefault(key, (node.sort_key, node.name))
        facts[key, period] = NodeFacts(node.cells, node.expected, str(node.public_id), period)
    ordered = sorted(members.items(), key=lambda pair: pair[1][0])
    return [Member(key, name) for key, (_sort, name) in ordered], facts, TOP


TOP = "*"
"""Key of the topmost place that a person may see."""


def _wanted(top: dict[int, TotalsNode], axis: Axis) -> Q:
    wanted = Q(pk__in=[node.pk for node in top.values()])
    if axis is Axis.KIND:
        return wanted | Q(axis=TotalsNode.KIND)
    if axis is Axis.PLACE:
        for node in top.values():
            inside = Q(path__gt=node.path, path__lt=node.path + END)
            wanted |= Q(campaign_id=node.campaign_id, axis=TotalsNode.LINE, depth=node.depth + 1) & inside
    return wanted
