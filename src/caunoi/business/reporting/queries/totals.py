"""Totals by place and the units behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from caunoi.business.reporting.access import (
    nodes_of,
    reporters_of,
)
from caunoi.business.reporting.models import (
    Campaign,
    ExpectedReporter,
    Submission,
    TotalsNode,
)
from caunoi.business.reporting.queries.taken import own_rows
from caunoi.business.reporting.rules.cells import NOT_APPLICABLE, unpack
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure, MeasureState


def whole(campaign: Campaign) -> TotalsNode:
    """Return the totals of the whole campaign."""
    return TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0)


def places(campaign: Campaign, by: Actor) -> QuerySet[TotalsNode]:
    """Return the places with totals that a person may see, without the packed figures of each."""
    return nodes_of(campaign, by).defer("cells")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit has in a total."""

    reporter: ExpectedReporter
    measure: Measure


def reporters_below(campaign: Campaign, node: TotalsNode, by: Actor) -> QuerySet[ExpectedReporter]:
    """Return the units that owe a report within a place of the totals, in name order."""
    rows = reporters_of(campaign, by).exclude(state="exempt")
    if node.axis == TotalsNode.KIND:
        return rows.filter(kind_code=node.path)
    if node.depth == 0:
        return rows
    return rows.filter(path__gt=node.path, path__lt=node.path + "~")


def contributors(rows: Collection[ExpectedReporter], key: str) -> list[Contribution]:
    """Return for each unit what it gave for a cell; units without a counting version count as missing."""
    given = dict(
        Submission.objects.filter(counts=True, reporter__in=list(rows))
        .annotate(cell=_cell(key))
        .values_list("reporter_id", "cell")
    )
    return [Contribution(reporter, unpack(given.get(reporter.pk))) for reporter in rows]


def with_figures(rows: QuerySet[ExpectedReporter], key: str) -> QuerySet[ExpectedReporter]:
    """Return only the units that stand in the sum of a cell: those that answered it with a figure or a zero.

    Asked unit by unit, so that one page of a long list reads only as many reports as it shows.
    """
    answered = answering(Submission.objects.filter(counts=True, reporter=OuterRef("pk")), key)
    return rows.filter(Exists(answered))


def answering(versions: QuerySet[Submission], key: str) -> QuerySet[Submission]:
    """Return the versions that answer a cell with a figure or a confirmed zero."""
    return versions.annotate(cell=_cell(key)).filter(cell__isnull=False).exclude(cell=NOT_APPLICABLE)


def _cell(key: str) -> Coalesce:
    """Return the packed text of a cell, as it is counted, as an expression of the database."""
    text = Cast(KeyTextTransform(key, "own"), TextField())
    own = own_rows().annotate(counted=text).values("counted")[:1]
    return Coalesce(Subquery(own, output_field=TextField()), Cast(KeyTextTransform(key, "cells"), TextField()))


def is_known(contribution: Contribution) -> bool:
    """Whether the unit stands in the sum."""
    return contribution.measure.state in (MeasureState.VALUE, MeasureState.ZERO)
