"""Totals as of today's tree: the same reports, counted where their units stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, ReportingNotFound, gathers
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.queries.taken import counted_versions
from caunoi.business.reporting.rules.states import SENT, ReporterState
from caunoi.business.reporting.rules.totals import PackedTotals, change, merged
from caunoi.foundation.organisations.public import (
    END,
    WIDTH,
    Unit,
    UnitHeir,
    children,
    covers,
    ids_within,
    on_day,
    path_of,
    predecessors_of,
    segment,
)
from caunoi.kernel.actor import Actor, Line, Scope


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
    path = path_of(unit, line=Line(campaign.line), on=on)
    if path is None:
        return rows.none()
    standing = ids_within([Scope(unit.pk, path, Line(campaign.line))], on=on).exclude(unit_id=unit.pk)
    carried = UnitHeir.objects.filter(on_day(on), heir_id__in=standing).values("unit_id")
    return rows.filter(Q(unit_id__in=standing) | Q(unit_id__in=carried))


def totals_today(campaign: Campaign, unit: Unit, *, on: dt.date) -> TotalsToday:
    """Return the totals of a unit as of today.

    The frozen totals of the unit and of those it carries are added up and set right by the few reports that are counted
    elsewhere now, so the cost is that of what has changed; the sum is that of the reports themselves, always.
    """
    bases = list(_bases(campaign, unit, on))
    now = reporters_today(campaign, unit, on=on)
    then = Q(pk__in=[])
    for node in bases:
        then |= Q(path__gt=node.path, path__lt=node.path + END) if node.depth else Q()
    joined, left = (now.exclude(then) if bases else now), _of(campaign).filter(then).exclude(pk__in=now.values("pk"))
    if any(node.depth == 0 for node in bases):
        joined, left = now.none(), now.none()
    joined, left = _if_any(joined), _if_any(left)
    cells: PackedTotals = merged(node.cells for node in bases)
    for rows, sign in ((joined, 1), (left, -1)):
        for packed in _counted(rows):
            cells = change(cells, packed, sign)
    more, fewer = _sizes(joined), _sizes(left)
    return TotalsToday(
        unit, cells,
        expected=sum(node.expected for node in bases) + more[0] - fewer[0],
        sent=sum(node.sent for node in bases) + more[1] - fewer[1],
        joined=more[0], left=fewer[0],
    )  # fmt: skip


def _if_any(rows: QuerySet[ExpectedReporter]) -> QuerySet[ExpectedReporter]:
    """Return the rows, or nothing that is known to be nothing: mostly no unit has moved, and one look settles it."""
    return rows if rows.order_by().exists() else rows.none()


def _of(campaign: Campaign) -> QuerySet[ExpectedReporter]:
    return ExpectedReporter.objects.filter(campaign=campaign).exclude(state=ReporterState.EXEMPT)


def _bases(campaign: Campaign, unit: Unit, on: dt.date) -> QuerySet[TotalsNode]:
    """Return the frozen totals of a unit and of the units it carries, without those that lie inside one another."""
    rows = TotalsNode.objects.filter(campaign=campaign, axis=TotalsNode.LINE)
    if unit.pk == campaign.owner_id:
        return rows.filter(depth=0)
    ids = [unit.pk, *predecessors_of([unit.pk], on=on).values_list("pk", flat=True)]
    steps = [segment(each) for each in ids]
    ended = Q(pk__in=[])
    for step in steps:
        ended |= Q(path__endswith=step)
    found = list(rows.filter(ended, depth__gt=0).values_list("pk", "path"))
    outermost = [pk for pk, path in found if not any(path != p and path.startswith(p) for _pk, p in found)]
    return rows.filter(pk__in=outermost)


def _counted(rows: QuerySet[ExpectedReporter]) -> Iterator[dict[str, str]]:
    versions = Submission.objects.filter(counts=True, reporter__in=rows).defer("narrative", "explanations", "touched")
    return (cells for _version, cells in counted_versions(versions))


def _sizes(rows: QuerySet[ExpectedReporter]) -> tuple[int, int]:
    """Return how many reporters there are and how many of them have sent."""
    return rows.count(), rows.filter(state__in=SENT).count()


def places_below_today(campaign: Campaign, unit: Unit, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units directly below a unit today that had reports below them, or carry one that had."""
    nodes = TotalsNode.objects.filter(campaign=campaign, axis=TotalsNode.LINE, depth__gt=0)
    known = {path[-WIDTH:] for path in nodes.values_list("path", flat=True)}
    below = list(children(unit, line=Line(campaign.line), on=on).values_list("pk", flat=True))
    heirs = UnitHeir.objects.filter(on_day(on), heir_id__in=below).values_list("heir_id", "unit_id")
    carried = {heir for heir, ended in heirs if segment(ended) in known}
    return Unit.objects.filter(pk__in=[pk for pk in below if segment(pk) in known or pk in carried])
