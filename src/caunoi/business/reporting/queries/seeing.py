"""Seeing across campaigns: completeness and timeliness by place and over time, figures turned as one wishes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from caunoi.business.reporting.access import Permission, gathered_campaigns, reporters_among, visible_campaigns
from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.queries.standing import Standing
from caunoi.business.reporting.queries.today import cells_today, seen_today
from caunoi.business.reporting.rules.pivot import Axis, Member, NodeFacts, share
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.organisations.public import END, WIDTH, Unit, segment
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How a set of reports came: owed, in time, late, still missing."""

    expected: int
    sent: int
    late: int

    def __add__(self, other: Timeliness) -> Timeliness:
        return Timeliness(self.expected + other.expected, self.sent + other.sent, self.late + other.late)

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


def timeliness_of(node: TotalsNode | Standing) -> Timeliness:
    """Return how the reports of one place came."""
    return Timeliness(node.expected, node.sent, node.late)


def over_time_today(by: Actor, campaigns: Iterable[Campaign], *, on: dt.date) -> list[tuple[Campaign, Timeliness]]:
    """Return the same for the units that stand there today, the earliest campaign first."""
    seen = seen_today(by, list(campaigns), on=on, with_places=False)
    made = [(each.campaign, timeliness_of(each.standing)) for each in seen if each.is_top]
    return sorted(made, key=lambda each: (each[0].last_day_on, each[0].pk))


def by_place_today(by: Actor, campaigns: Collection[Campaign], *, on: dt.date) -> list[tuple[str, Timeliness]]:
    """Return for the places directly below today how the reports of the units there came, worst first."""
    places: dict[Unit, Timeliness] = {}
    for each in seen_today(by, campaigns, on=on):
        if not each.is_top:
            places[each.unit] = places.get(each.unit, Timeliness(0, 0, 0)) + timeliness_of(each.standing)
    return _worst_first((unit.sort_key, unit.name, found) for unit, found in places.items())


def by_place(by: Actor, campaigns: Collection[Campaign]) -> list[tuple[str, Timeliness]]:
    """Return for the places one step below the topmost one how their reports came over all campaigns, worst first."""
    nodes = tops(by, [each.pk for each in campaigns])
    below = Q(pk__in=[])
    for node in nodes.values():
        inside = Q(path__gt=node.path, path__lt=node.path + END)
        below |= Q(campaign_id=node.campaign_id, depth=node.depth + 1) & inside
    rows = TotalsNode.objects.filter(below, axis=TotalsNode.LINE).order_by()
    summed = rows.values("name", "sort_key").annotate(owed=Sum("expected"), came=Sum("sent"), behind=Sum("late"))
    return _worst_first(
        (row["sort_key"], row["name"], Timeliness(row["owed"], row["came"], row["behind"])) for row in summed
    )


def _worst_first(found: Iterable[tuple[str, str, Timeliness]]) -> list[tuple[str, Timeliness]]:
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


def facts_today(
    by: Actor, campaigns: Collection[Campaign], axis: Axis, *, on: dt.date
) -> tuple[list[Member], dict[tuple[str, str], NodeFacts], str]:
    """Return the same for the places of today, each opened by its unit; kinds of units are those of the time."""
    seen = seen_today(by, campaigns, on=on, with_cells=True, with_places=axis is Axis.PLACE)
    cells = cells_today([each.standing for each in seen])
    members: dict[str, str] = {}
    facts: dict[tuple[str, str], NodeFacts] = {}
    for each, packed in zip(seen, cells, strict=True):
        key, period = TOP if each.is_top else segment(each.unit.pk), str(each.campaign.public_id)
        facts[key, period] = NodeFacts(packed, each.standing.expected, str(each.unit.public_id), period)
        if not each.is_top:
            members.setdefault(key, each.unit.name)
    return [Member(key, name) for key, name in members.items()], facts, TOP


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """One place directly below the top: how its reports came, and what opens it (a place, or a unit as of today)."""

    name: str
    public_id: UUID
    came: Timeliness


def places_seen(by: Actor, campaign: Campaign) -> list[PlaceSeen]:
    """Return the places one step below the topmost one that a person may see in a campaign, in Vietnamese order."""
    top = tops(by, [campaign.pk])
    rows = nodes_seen(by, [campaign.pk]).filter(_wanted(top, Axis.PLACE)).exclude(pk__in=[n.pk for n in top.values()])
    nodes = rows.defer("cells").order_by("sort_key", "id")
    return [PlaceSeen(node.name, node.public_id, timeliness_of(node)) for node in nodes]


def places_seen_today(by: Actor, campaign: Campaign, *, on: dt.date) -> list[PlaceSeen]:
    """Return the places directly below today, in Vietnamese order."""
    seen = seen_today(by, [campaign], on=on)
    return [
        PlaceSeen(each.unit.name, each.unit.public_id, timeliness_of(each.standing)) for each in seen if not each.is_top
    ]


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
