"""Totals as of today's tree: the same reports, counted where their units stand now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, ReportingNotFound, gathers
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission
from caunoi.business.reporting.queries.standing import Standing, standings
from caunoi.business.reporting.queries.taken import counted_versions
from caunoi.business.reporting.rules.states import ReporterState
from caunoi.business.reporting.rules.totals import PackedTotals, change, merged
from caunoi.foundation.organisations.public import END, Unit, children, covers, path_of, with_paths
from caunoi.kernel.actor import Actor, Line


@dataclass(frozen=True, slots=True)
class TotalsToday:
    """The totals of one unit as it stands today, with what differs from the time of the report."""

    unit: Unit
    cells: PackedTotals
    expected: int
    sent: int
    joined: int
    """Units counted here now and elsewhere then."""
    left: int
    """Units counted here then and elsewhere now."""


def place_today(campaign: Campaign, unit: Unit, by: Actor, *, on: dt.date) -> Unit:
    """Return the unit when a person may see its totals as of today. Raises ReportingNotFound."""
    if gathers(campaign, by, Permission.READ):
        return unit
    scopes = [s for s in by.scopes(Permission.READ) if s.subtree and s.line == campaign.line]
    if not covers(scopes, unit, on=on):
        raise ReportingNotFound("reporting.place_not_found")
    return unit


def reporters_today(campaign: Campaign, unit: Unit, *, on: dt.date) -> QuerySet[ExpectedReporter]:
    """Return the reporters of a campaign whose unit, or the one that carries it, stands below ``unit`` today.

    Below the unit that gathers these are all of them, wherever they went. Exempt ones are left out; lazy.
    """
    rows = ExpectedReporter.objects.filter(campaign=campaign).exclude(state=ReporterState.EXEMPT)
    if unit.pk == campaign.owner_id:
        return rows
    standing = _standing(campaign, unit, on)
    inside = Q(pk__in=[])
    for node in standing.nodes:
        inside |= Q(path__gt=node.path, path__lt=node.path + END)
    if standing.left:
        inside &= ~Q(pk__in=[row.reporter_id for row in standing.left])
    return rows.filter(inside | Q(pk__in=[row.reporter_id for row in standing.joined]))


def totals_today(campaign: Campaign, unit: Unit, *, on: dt.date) -> TotalsToday:
    """Return the totals of a unit as of today.

    The frozen totals of the unit and of those it carries are added up and set right by the few reports that are counted
    elsewhere now, so the cost is that of what has changed; the sum is that of the reports themselves, always.
    """
    standing = _standing(campaign, unit, on)
    (cells,) = cells_today([standing])
    return TotalsToday(
        unit, cells, expected=standing.expected, sent=standing.sent, joined=len(standing.joined),
        left=len(standing.left),
    )  # fmt: skip


def _standing(campaign: Campaign, unit: Unit, on: dt.date) -> Standing:
    path = path_of(unit, line=Line(campaign.line), on=on) or ""
    found = standings([campaign], {unit.pk: path}, on=on, with_cells=True)
    return found.get((campaign.pk, unit.pk), Standing())


def cells_today(many: Sequence[Standing]) -> list[PackedTotals]:
    """Return the packed totals of several places as of today; the reports that moved are read in one go."""
    ids = {row.reporter_id for each in many for row in (*each.joined, *each.left) if row.is_sent}
    versions = Submission.objects.filter(counts=True, reporter__in=ids) if ids else Submission.objects.none()
    counted = counted_versions(versions.defer("narrative", "explanations", "touched"))
    given = {version.reporter_id: cells for version, cells in counted}
    found = []
    for each in many:
        cells: PackedTotals = each.nodes[0].cells if len(each.nodes) == 1 else merged(n.cells for n in each.nodes)
        for rows, sign in ((each.joined, 1), (each.left, -1)):
            for row in rows:
                cells = change(cells, given.get(row.reporter_id, {}), sign)
        found.append(cells)
    return found


@dataclass(frozen=True, slots=True)
class PlaceToday:
    """A unit directly below another today, with what stands below it."""

    unit: Unit
    standing: Standing


def places_below_today(campaign: Campaign, unit: Unit, *, on: dt.date) -> list[PlaceToday]:
    """Return the units directly below a unit today below which reports stand, in Vietnamese order."""
    below = children_today(unit, Line(campaign.line), on)
    found = standings([campaign], {each.pk: path for each, path in below}, on=on)
    made = [PlaceToday(each, found[campaign.pk, each.pk]) for each, _p in below if (campaign.pk, each.pk) in found]
    return [each for each in made if each.standing.expected]


def children_today(unit: Unit, line: Line, on: dt.date) -> list[tuple[Unit, str]]:
    """Return the units directly below a unit on a day with their paths, in Vietnamese order."""
    rows = with_paths(children(unit, line=line, on=on), line=line, on=on).order_by("sort_key", "id")
    return [(each, str(getattr(each, "path", None) or "")) for each in rows]


def top_today(campaign: Campaign, by: Actor) -> Unit | None:
    """Return the unit whose part of a campaign a person sees as of today: that which gathers, else their own."""
    if gathers(campaign, by, Permission.READ):
        return campaign.owner
    return own_part(by, Line(campaign.line))


def own_part(by: Actor, line: Line) -> Unit | None:
    """Return the unit whose part of the tree a person oversees in a line; the first where there are several."""
    held = [scope.unit_id for scope in by.scopes(Permission.READ) if scope.subtree and scope.line == line]
    return Unit.objects.filter(pk__in=held).order_by("sort_key", "id").first()


@dataclass(frozen=True, slots=True)
class SeenToday:
    """One place in one campaign as of today; ``is_top`` for the whole of what a person sees."""

    campaign: Campaign
    unit: Unit
    is_top: bool
    standing: Standing


def seen_today(
    by: Actor, campaigns: Collection[Campaign], *, on: dt.date, with_cells: bool = False, with_places: bool = True
) -> list[SeenToday]:
    """Return for campaigns (with their regimes and owners) the top that a person sees and the places directly below.

    Places are those of today, in Vietnamese order; where no report stands below a place, it is left out.
    """
    tops: defaultdict[tuple[Unit, str], list[Campaign]] = defaultdict(list)
    own = {line: own_part(by, line) for line in sorted({Line(each.line) for each in campaigns})}
    for each in campaigns:
        top = each.owner if gathers(each, by, Permission.READ) else own[Line(each.line)]
        if top is not None:
            tops[top, each.line].append(each)
    found = []
    for (top, line), many in tops.items():
        below = children_today(top, Line(line), on) if with_places else []
        units = [(top, path_of(top, line=Line(line), on=on) or ""), *below]
        made = standings(many, {unit.pk: path for unit, path in units}, on=on, with_cells=with_cells)
        found += [
            SeenToday(each, unit, unit == top, made[each.pk, unit.pk])
            for unit, _path in units
            for each in many
            if (each.pk, unit.pk) in made
        ]
    return [each for each in found if each.is_top or each.standing.expected]
