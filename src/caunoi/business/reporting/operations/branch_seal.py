"""Sealing what a report took from the units below when it is sent, and what of it is counted in totals."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.models import BranchTaken, Submission
from caunoi.business.reporting.queries.taken import counted_cells, standing_of, taken_by
from caunoi.business.reporting.rules.branch import counted
from caunoi.business.reporting.rules.form import Form


def seal_taken(version: Submission, form: Form, at: dt.datetime) -> dict[str, str]:
    """Keep what a version was made from as it is sent; return its cells as they are counted in totals.

    A version that went on from an earlier one gets a row of its own. Called in the transaction that sends it.
    """
    taken = taken_by(version.reporter_id, version.version)
    if taken is None:
        return dict(version.cells)
    own = counted(form, version.cells, standing_of(taken))
    facts = {"takes": taken.takes, "cells": taken.cells, "sections": taken.sections, "own": own, "sealed_at": at}
    BranchTaken.objects.update_or_create(reporter_id=version.reporter_id, version=version.version, defaults=facts)
    return counted_cells(version, own)


def cells_in_totals(version: Submission) -> dict[str, str]:
    """Return the cells of a version that was sent as they stand in the totals."""
    held = BranchTaken.objects.filter(reporter_id=version.reporter_id, version=version.version).first()
    return counted_cells(version, held.own if held is not None else None)
