"""The file with reports of several schools that stands ready in the demonstration."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.models import SheetRow, UnitSheet
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.reporting import tell_reporting
from caunoi.surfaces.demonstration.reporting_sheets import UNITS, tell_sheets


def test_a_file_with_slips_and_the_mended_one(office: Office, now: dt.datetime) -> None:
    tell_reporting(office, at=now)
    tell_sheets(office, at=now)
    wrong, ready = UnitSheet.objects.order_by("begun_at")
    assert (wrong.state, wrong.units, wrong.faults) == ("wrong", UNITS - 2, 2)
    assert (ready.state, ready.units, ready.faults) == ("ready", UNITS, 0)
    outcomes = list(SheetRow.objects.filter(sheet=wrong).values_list("outcome", flat=True))
    assert outcomes == ["1-wrong", "1-wrong", "2-mends", *["3-enters"] * (UNITS - 3)]
