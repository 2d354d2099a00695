"""Where the units of a frozen list stand today: only those that moved are looked at, however long the list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.rules.states import SENT, ReporterState
from caunoi.foundation.organisations.public import WIDTH, UnitHeir, may_have_moved, on_day, paths_ever, paths_of
from caunoi.kernel.actor import Line

CHUNK = 900
"""Ids in one query; older SQLite allows 999 parameters."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A report whose unit, or the one that carries it, stands elsewhere today than when the list was frozen."""

    reporter_id: int
    then: str
    now: str
    """Path today; empty where nothing carries the unit."""
    is_sent: bool
    is_accepted: bool
    is_late: bool


@dataclass(slots=True)
class Standing:
    """One place as it stands today: the frozen totals that it carries, set right by what joined it and what left."""

    nodes: list[TotalsNode] = field(default_factory=list)
    joined: list[Moved] = field(default_factory=list)
    left: list[Moved] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """Units that owe the report and stand here today."""
        return sum(node.expected for node in self.nodes) + len(self.joined) - len(self.left)

    @property
    def sent(self) -> int:
        """Of those, how many have sent."""
        return sum(node.sent for node in self.nodes) + _count(self.joined, "is_sent") - _count(self.left, "is_sent")

    @property
    def accepted(self) -> int:
        """Of those, how many are accepted."""
        added = _count(self.joined, "is_accepted") - _count(self.left, "is_accepted")
        return sum(node.accepted for node in self.nodes) + added

    @property
    def late(self) -> int:
        """Of the sent ones, how many came after their last day."""
        return sum(node.late for node in self.nodes) + _count(self.joined, "is_late") - _count(self.left, "is_late")


def _count(rows: Iterable[Moved], what: str) -> int:
    return sum(getattr(row, what) for row in rows)


def standings(
    campaigns: Collection[Campaign], places: Mapping[int, str], *, on: dt.date, with_cells: bool = False
) -> dict[tuple[int, int], Standing]:
    """Return by campaign and unit how each of ``places`` (unit id → path today) stands on a day, where anything stands.

    Below the unit that gathers stands everything, wherever it went. Reports of units that did not move are never read.
    """
    found: defaultdict[tuple[int, int], Standing] = defaultdict(Standing)
    bases = _bases(campaigns, places, on, with_cells)
    for (campaign, _path), (unit, node) in bases.items():
        found[campaign, unit].nodes.append(node)
    owners, units = {each.pk: each.owner_id for each in campaigns}, {path: unit for unit, path in places.items()}
    partly = [each for each in campaigns if {*places} - {each.owner_id}]
    for campaign, rows in moved(partly, on=on).items():
        for row in rows:
            then = {bases[campaign, path][0] for path in above(row.then) if (campaign, path) in bases}
            now = {units[path] for path in above(row.now) if path in units}
            for unit in (now - then) - {owners[campaign]}:
                found[campaign, unit].joined.append(row)
            for unit in (then - now) - {owners[campaign]}:
                found[campaign, unit].left.append(row)
    return dict(found)


def above(path: str) -> list[str]:
    """Return the paths truly above a path, from the top down."""
    return [path[:end] for end in range(WIDTH, len(path), WIDTH)]


def _bases(
    campaigns: Collection[Campaign], places: Mapping[int, str], on: dt.date, with_cells: bool
) -> dict[tuple[int, str], tuple[int, TotalsNode]]:
    """Return the frozen totals of places and of the units they carry, without those that lie inside one another."""
    carried = dict(UnitHeir.objects.filter(on_day(on), heir_id__in=places).values_list("unit_id", "heir_id"))
    paths = {path: unit for unit, path in places.items()}
    for line in sorted({each.line for each in campaigns}):
        for unit, path in paths_ever([*places, *carried], line=Line(line)):
            paths.setdefault(path, carried.get(unit, unit))
    rows = TotalsNode.objects.filter(
        campaign__in=[each.pk for each in campaigns], axis=TotalsNode.LINE, depth__gt=0, path__in=paths
    ).order_by("campaign_id", "depth")
    found: dict[tuple[int, str], tuple[int, TotalsNode]] = {}
    for node in rows if with_cells else rows.defer("cells"):
        unit, higher = paths[node.path], above(node.path)
        if not any((node.campaign_id, path) in found and found[node.campaign_id, path][0] == unit for path in higher):
            found[node.campaign_id, node.path] = (unit, node)
    owned = [each.pk for each in campaigns if each.owner_id in places]
    tops = TotalsNode.objects.filter(campaign__in=owned, axis=TotalsNode.LINE, depth=0).select_related("campaign")
    for node in tops if with_cells else tops.defer("cells"):
        found[node.campaign_id, node.path] = (node.campaign.owner_id, node)
    return found


def moved(campaigns: Collection[Campaign], *, on: dt.date) -> dict[int, list[Moved]]:
    """Return by campaign the reports that count elsewhere on a day than at the time; exempt ones are left out."""
    found: dict[int, list[Moved]] = {each.pk: [] for each in campaigns}
    for line in sorted({each.line for each in campaigns}):
        ids = [each.pk for each in campaigns if each.line == line]
        since = min(each.opened_at for each in campaigns if each.line == line)
        units = sorted(may_have_moved(line=Line(line), since=since, on=on))
        for start in range(0, len(units), CHUNK):
            part = units[start : start + CHUNK]
            _compare(found, ids, _paths(part, Line(line), on), part)
    return found


def _paths(units: Collection[int], line: Line, on: dt.date) -> Mapping[int, str]:
    """Return the path of each unit on a day, or that of the unit which carries it."""
    carried = dict(UnitHeir.objects.filter(on_day(on), unit_id__in=units).values_list("unit_id", "heir_id"))
    standing = {carried.get(unit, unit) for unit in units}
    paths = paths_of([(unit, line) for unit in standing], on=on)
    return {unit: paths.get((carried.get(unit, unit), line), "") for unit in units}


def _compare(
    found: dict[int, list[Moved]], campaigns: Collection[int], paths: Mapping[int, str], units: Collection[int]
) -> None:
    rows = ExpectedReporter.objects.filter(campaign_id__in=campaigns, unit_id__in=units)
    rows = rows.exclude(state=ReporterState.EXEMPT).order_by()
    for pk, campaign, unit, then, state, late in rows.values_list(
        "pk", "campaign_id", "unit_id", "path", "state", "days_late"
    ):
        if paths[unit] != then:
            is_sent, is_accepted = state in SENT, state == ReporterState.ACCEPTED
            found[campaign].append(Moved(pk, then, paths[unit], is_sent, is_accepted, is_sent and late > 0))
