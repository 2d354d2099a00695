"""Filling forms from registers: figures are proposed, frozen at the cut-off, and corrected only with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from caunoi.business.reporting.access import Permission, require_writing
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Snapshot
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import held, open_version, save_draft
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.registers import answered_cells, read_registers
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.states import CampaignState, ReporterState
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

CHUNK: Final = 500


@use_case
def fill_from_registers(*, reporter: ExpectedReporter, by: Actor, at: dt.datetime) -> int:
    """Put what the registers know into the draft of a unit; return how many cells were filled.

    Only cells that are empty, or still hold what the registers said before, are touched: what somebody typed stays.
    Before the cut-off the registers are asked anew; once frozen, their figures no longer move. Raises SubmissionRefused
    ``no_registers``, and what ``save_draft`` raises.
    """
    row = held(reporter)
    require_writing(row, by, Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)
    form = form_of(row.campaign.regime)
    before = Snapshot.objects.filter(reporter=row).first()
    said_before = dict(before.cells) if before is not None else {}
    taken = _taken(row, form, at)
    if taken is None:
        raise SubmissionRefused("reporting.no_registers", unit=row.name)
    version = open_version(row)
    typed = version.cells if version is not None else {}
    free = [key for key in taken.cells if key not in typed or typed[key] == said_before.get(key)]
    changed = {key: unpack(taken.cells[key]) for key in free if typed.get(key) != taken.cells[key]}
    if changed:
        save_draft(reporter=row, cells=changed, by=by, at=at)
    record(by=by, at=at, verb="reporting.fill", subject=reporter_subject(row), changes={"cells": (None, len(changed))})
    return len(changed)


def _taken(reporter: ExpectedReporter, form: Form, at: dt.datetime) -> Snapshot | None:
    """Return the snapshot of a report: the frozen one, or one taken now; ``None`` where no register answers."""
    held = Snapshot.objects.filter(reporter=reporter).first()
    if held is not None and held.frozen_at is not None:
        return held
    cells = answered_cells(form)
    if not cells:
        return None
    figures, rows = read_registers(reporter.campaign, cells, [reporter.unit_id])[reporter.unit_id]
    frozen = at if clock.day_of(at) > reporter.campaign.cut_off_on else None
    values = {"taken_at": at, "frozen_at": frozen, "cells": figures, "codes": cells, "rows": rows}
    return Snapshot.objects.update_or_create(reporter=reporter, defaults=values)[0]


def freeze_snapshot(reporter: ExpectedReporter, form: Form, at: dt.datetime) -> None:
    """Freeze what the registers said when a report is sent; called in the transaction that sends it."""
    if answered_cells(form):
        Snapshot.objects.filter(reporter=reporter, frozen_at__isnull=True).update(frozen_at=at)


def freeze_figures(campaign: Campaign, *, at: dt.datetime) -> int:
    """Freeze the figures of every unit of a campaign whose cut-off is over; return how many were frozen.

    Set-based, in chunks of units that are each saved whole, so that it goes on where it stopped.
    """
    if clock.day_of(at) <= campaign.cut_off_on:
        return 0
    cells = answered_cells(form_of(campaign.regime))
    if not cells:
        return 0
    frozen = Snapshot.objects.filter(frozen_at__isnull=False).values("reporter_id")
    open_rows = ExpectedReporter.objects.filter(campaign=campaign).exclude(state=ReporterState.EXEMPT)
    pairs = list(open_rows.exclude(pk__in=frozen).order_by("id").values_list("pk", "unit_id"))
    for start in range(0, len(pairs), CHUNK):
        _freeze_chunk(campaign, cells, pairs[start : start + CHUNK], at)
    return len(pairs)


def _freeze_chunk(campaign: Campaign, cells: dict[str, str], pairs: list[tuple[int, int]], at: dt.datetime) -> None:
    known = read_registers(campaign, cells, [unit_id for _pk, unit_id in pairs])
    rows = [
        Snapshot(
            reporter_id=pk, taken_at=at, frozen_at=at, cells=known[unit_id][0], codes=cells, rows=known[unit_id][1]
        )
        for pk, unit_id in pairs
    ]
    with transaction.atomic():
        Snapshot.objects.filter(reporter_id__in=[pk for pk, _unit in pairs], frozen_at__isnull=True).delete()
        Snapshot.objects.bulk_create(rows, batch_size=200)


def freeze_due(*, at: dt.datetime) -> int:
    """Freeze the figures of every open campaign whose cut-off is over; return how many units were frozen."""
    due = Campaign.objects.filter(state=CampaignState.OPEN, cut_off_on__lt=clock.day_of(at)).order_by("id")
    return sum(freeze_figures(campaign, at=at) for campaign in due.select_related("regime"))
