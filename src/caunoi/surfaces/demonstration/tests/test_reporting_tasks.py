"""The report of the demonstration that is filled from registers."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.models import ExpectedReporter, Snapshot, Submission
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.reporting_tasks import FILLED, NAME, ROWS, tell_task_reports


def test_drafts_are_filled_and_each_figure_has_its_rows(office: Office, now: dt.datetime) -> None:
    tell_task_reports(office, at=now)
    reporters = ExpectedReporter.objects.filter(campaign__regime__name=NAME)
    held = Snapshot.objects.filter(reporter__in=reporters)
    assert held.count() == len(FILLED)
    assert {len(each.cells) for each in held} == {len(ROWS)}
    assert Submission.objects.filter(reporter__in=reporters).count() == len(FILLED)
