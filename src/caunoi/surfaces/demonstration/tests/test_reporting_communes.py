"""The report of the demonstration that communes gather from their schools, and the one on a journey."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReminderRung, Submission
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.reporting_communes import CELLS, JOURNEY, NAME, SENT, tell_commune_reports


def test_a_commune_has_its_report_from_its_schools_and_last_year_to_compare(office: Office, now: dt.datetime) -> None:
    tell_commune_reports(office, at=now)
    before, campaign = Campaign.objects.filter(regime__name=NAME).order_by("span_year")
    assert campaign.span_year == before.span_year + 1
    reporters = ExpectedReporter.objects.filter(campaign=campaign)
    assert reporters.filter(first_sent_at__isnull=False).count() == len(SENT)
    schools = reporters.filter(kind_code="lower_secondary").values_list("last_day_on", flat=True)
    assert set(schools) != {campaign.last_day_on}
    draft = Submission.objects.get(reporter__campaign=campaign, reporter__unit=office.unit("xa_1"))
    below = Submission.objects.filter(reporter__campaign=campaign, reporter__unit__in=[
        office.unit("thcs_1"), office.unit("thcs_2"),
    ])  # fmt: skip
    sums = {key: sum(int(each.cells[key]) for each in below) for key in CELLS}
    assert {key: int(draft.cells[key]) for key in CELLS} == sums
    assert ReminderRung.objects.filter(regime=campaign.regime).count() == 3
    (journey,) = Campaign.objects.filter(event=JOURNEY)
    assert journey.expected == 1
