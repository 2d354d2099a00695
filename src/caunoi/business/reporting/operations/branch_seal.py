"""Sealing what a report took from the units below when it is sent, and what of it is counted in totals.

What came from one unit is counted through one report of a campaign (rules/branch.py: ``claims``). Whenever a report
that holds such parts begins or ceases to count, or one of those units comes to owe the report itself or owes it no
more, the other reports that hold the same parts are counted anew in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from caunoi.business.reporting.models import BranchPart, BranchTaken, Campaign, ExpectedReporter, Submission
from caunoi.business.reporting.operations.totals import Recounted
from caunoi.business.reporting.queries.forms import form_of
from caunoi.business.reporting.queries.parts import claims_in, parts_in, standing_in
from caunoi.business.reporting.queries.taken import counted_cells, standing_of, taken_by
from caunoi.business.reporting.rules.branch import counted
from caunoi.business.reporting.rules.cells import Packed, unpack
from caunoi.business.reporting.rules.form import Form


def seal_taken(version: Submission, form: Form, at: dt.datetime) -> tuple[dict[str, str], list[Recounted]]:
    """Keep what a version was made from as it is sent; return its cells as they are counted in totals.

    A version that went on from an earlier one gets rows of its own; a cell that was emptied since holds nothing of
    anybody, so that another report may count it. The other reports are those that are counted anew.
    Called in the transaction that sends it.
    """
    taken = taken_by(version.reporter_id, version.version)
    if taken is None:
        return dict(version.cells), []
    answered = {key for key, text in version.cells.items() if unpack(text).number is not None}
    parts = {unit: {key: cells[key] for key in cells if key in answered} for unit, cells in parts_in(version).items()}
    write_parts(version, parts)
    facts = {"takes": taken.takes, "cells": taken.cells, "sections": taken.sections}
    held, _new = BranchTaken.objects.update_or_create(
        reporter_id=version.reporter_id, version=version.version, defaults=facts
    )
    others = recounted(version.reporter, parts, but=version) if parts else []
    held.own, held.sealed_at = counted(form, version.cells, standing_in(version)), at
    held.save(update_fields=["own", "sealed_at"])
    return counted_cells(version, held.own), others


def write_parts(version: Submission, parts: Mapping[int, Packed]) -> bool:
    """Write down which part of the figures of a version came from which unit; return whether that is new."""
    rows = BranchPart.objects.filter(submission=version)
    wanted = {unit: cells for unit, cells in parts.items() if cells}
    if dict(rows.values_list("unit_id", "cells")) == wanted:
        return False
    rows.delete()
    made = [BranchPart(submission=version, unit_id=unit, cells=cells) for unit, cells in sorted(wanted.items())]
    BranchPart.objects.bulk_create(made, batch_size=200)
    return True


def cells_in_totals(version: Submission) -> tuple[dict[str, str], list[Recounted]]:
    """Return the cells of a version that ceases to count as they stand in the totals, and what is counted for it."""
    others = recounted(version.reporter, parts_in(version), but=version)
    held = BranchTaken.objects.filter(reporter_id=version.reporter_id, version=version.version).first()
    return counted_cells(version, held.own if held is not None else None), others


def recounted(reporter: ExpectedReporter, units: Collection[int], *, but: Submission | None = None) -> list[Recounted]:
    """Count the reports of a campaign anew that hold parts of units, and return how what they are counted with changed.

    The campaign is held, so that two that hold the same unit's figures are counted one after the other.
    """
    inside = BranchPart.objects.filter(submission__reporter__campaign=reporter.campaign_id, unit__in=units)
    if not units or not inside.exists():
        return []
    Campaign.objects.select_for_update(no_key=True).get(pk=reporter.campaign_id)
    holding = inside.filter(submission__counts=True).exclude(submission=but).order_by()
    ids = sorted(set(holding.values_list("submission_id", flat=True)))
    if not ids:
        return []
    known = BranchPart.objects.filter(submission__in=ids).order_by().values_list("unit_id", flat=True)
    found, form = claims_in(reporter.campaign_id, set(known)), form_of(reporter.campaign.regime)
    rows = Submission.objects.filter(pk__in=ids).select_related("reporter").order_by("pk")
    return [each for row in rows if (each := _count(row, found.standing.get(row.pk, {}), form)) is not None]


def _count(version: Submission, standing: Packed, form: Form) -> Recounted | None:
    taken = BranchTaken.objects.get(reporter_id=version.reporter_id, version=version.version)
    before, own = taken.own, counted(form, version.cells, {**standing_of(taken), **standing})
    if own == before:
        return None
    BranchTaken.objects.filter(pk=taken.pk).update(own=own)
    return Recounted(version.reporter, counted_cells(version, before), counted_cells(version, own))
