"""The reports of the demonstration that go to the bodies above the Sở."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.models import BranchTaken, Consolidation, ExpectedReporter
from caunoi.business.reporting.queries.answers import owed_above
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.reporting import MAIN, tell_reporting
from caunoi.surfaces.demonstration.reporting_above import STATISTICS, YEARLY, tell_reports_above


def test_one_is_handed_in_with_its_document_and_one_waits(office: Office, now: dt.datetime) -> None:
    tell_reporting(office, at=now)
    tell_reports_above(office, at=now)
    handed = ExpectedReporter.objects.get(campaign__regime__name=STATISTICS, unit=office.unit("so"))
    made = Consolidation.objects.get(answers=handed)
    assert (handed.state, made.issued_at, made.held_back) == ("submitted", now, {})
    assert BranchTaken.objects.get(reporter=handed).sealed_at == now
    waiting = ExpectedReporter.objects.get(campaign__regime__name=YEARLY, unit=office.unit("so"))
    assert waiting.state == "not_started"
    newest = Consolidation.objects.filter(campaign__regime__name=MAIN).order_by("-made_at", "-pk")[0]
    assert owed_above(newest) == [waiting]
