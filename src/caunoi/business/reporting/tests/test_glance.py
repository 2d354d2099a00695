"""The quarter in a few figures, and what waits for a decision."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.business.reporting.models import ExpectedReporter
from caunoi.business.reporting.public import accept, quarter_figures, waiting_to_accept
from caunoi.business.reporting.queries import quarter_of
from caunoi.business.reporting.tests.scenes import OPENED, scene
from caunoi.kernel.periods import Period
from caunoi.surfaces.demonstration.office import Office

AFTER = dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
        (dt.date(2026, 9, 30), dt.date(2026, 7, 1), dt.date(2026, 10, 1)),
        (dt.date(2026, 12, 31), dt.date(2026, 10, 1), dt.date(2027, 1, 1)),
    ],
)
def test_a_day_lies_in_its_quarter(day: dt.date, first: dt.date, after: dt.date) -> None:
    assert quarter_of(day) == Period(first, after)


def test_reports_of_the_quarter_are_counted_in_time_and_late(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1")
    in_time, late = quarter_figures(here.by("director"), on=AFTER)[:2]
    assert (in_time.value, in_time.of) == (1, campaign.expected)
    assert (late.value, str(late.tone)) == (campaign.expected - 1, "late")
    before = quarter_figures(here.by("director"), on=OPENED.date())[:2]
    assert [(each.value, each.of) for each in before] == [(0, 0), (0, None)]


def test_a_branch_counts_only_itself(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1")
    seen = quarter_figures(here.by("commune_officer"), on=AFTER)[0]
    below = ExpectedReporter.objects.filter(campaign=campaign, path__startswith=_path(office, "xa_1"))
    assert (seen.value, seen.of) == (0, below.count())
    assert below.count() < campaign.expected


def _path(office: Office, key: str) -> str:
    from caunoi.foundation.organisations.public import path_of

    return path_of(office.unit(key), on=OPENED.date()) or "none"


def test_only_who_decides_sees_what_waits(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    sent = here.send(campaign, "thpt_1")
    here.send(campaign, "thpt_2")
    waiting = waiting_to_accept(here.by("specialist"), on=AFTER)
    assert [row.name for row in waiting] == [office.unit("thpt_1").name, office.unit("thpt_2").name]
    for other in ("director", "commune_officer", "school_officer"):
        assert not waiting_to_accept(here.by(other), on=AFTER).exists()
    accept(submission=sent, by=here.by("specialist"), at=OPENED)
    assert [row.name for row in waiting_to_accept(here.by("specialist"), on=AFTER)] == [office.unit("thpt_2").name]
