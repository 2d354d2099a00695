"""Same as last year: the turn a year on, also for a report that its ground dates for one year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, CutOffWindow, ExpectedReporter, ReportRegime
from caunoi.business.reporting.operations.again import dates_again
from caunoi.business.reporting.operations.opening import open_due_campaigns, open_like
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.rules.turns import a_year_on
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
NEXT = OPENED.replace(year=2027)


@pytest.fixture
def here(office: Office) -> Scene:
    """A regime that its ground dates for 2026 only."""
    made = scene(office)
    ReportRegime.objects.filter(pk=made.regime.pk).update(rhythm="once", year=2026, repeats=False)
    return Scene(office, ReportRegime.objects.select_related("owner").get(pk=made.regime.pk))


def test_a_day_a_year_on() -> None:
    assert a_year_on(dt.date(2026, 11, 1)) == dt.date(2027, 11, 1)
    assert a_year_on(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_dates_of_one_year_are_proposed_for_the_next_and_wait_for_a_person(here: Scene) -> None:
    campaign, by = here.open(), here.by("specialist")
    proposed = dates_again(campaign)
    assert (proposed.due.day, proposed.due.last_day) == (dt.date(2027, 11, 1), dt.date(2027, 10, 31))
    assert (proposed.covered.first, proposed.covered.last) == (dt.date(2026, 12, 15), dt.date(2027, 12, 14))
    assert (proposed.end.on, proposed.end.origin) == (dt.date(2027, 10, 20), "own")
    with pytest.raises(CampaignRefused) as refused:
        open_like(campaign=campaign, by=by, at=NEXT)
    assert refused.value.code == "reporting.dates_unchecked"
    assert open_due_campaigns(by=system(), at=NEXT) == 0
    assert Campaign.objects.count() == 1


def test_the_checked_day_decides_every_other_date(here: Scene) -> None:
    campaign = here.open()
    made = open_like(campaign=campaign, due_on=dt.date(2027, 10, 25), by=here.by("specialist"), at=NEXT)
    assert (made.due_on, made.last_day_on) == (dt.date(2027, 10, 25), dt.date(2027, 10, 24))
    assert (made.span, made.span_year, made.previous) == (campaign.span, 2027, campaign)
    assert made.cut_off_on == dt.date(2027, 10, 20)
    assert made.lock_on == dt.date(2027, 11, 6)
    units = [set(ExpectedReporter.objects.filter(campaign=c).values_list("unit", flat=True)) for c in (campaign, made)]
    assert units[0] == units[1]
    here.regime.refresh_from_db()
    assert (here.regime.year, here.regime.rhythm) == (2026, "once")  # what the ground says stays


@pytest.mark.parametrize("day", [dt.date(2026, 11, 1), dt.date(2030, 11, 1), dt.date(2007, 11, 1)])
def test_a_day_of_another_period_is_refused(here: Scene, day: dt.date) -> None:
    campaign = here.open()
    told = Notice.objects.count()
    with pytest.raises(CampaignRefused) as refused:
        open_like(campaign=campaign, due_on=day, by=here.by("specialist"), at=NEXT)
    assert refused.value.code == "reporting.no_turn"
    assert (Campaign.objects.count(), Notice.objects.count()) == (1, told)


def test_the_page_shows_the_dates_calculates_again_and_opens_once(here: Scene, client_of: ClientOf) -> None:
    campaign, client = here.open(), client_of("specialist")
    page = reverse("reporting:open_like", args=[campaign.public_id])
    assert "01/11/2027" in client.get(page).content.decode()
    looked = client.post(page, {"act": "look", "due_on": "25/10/2027"})
    assert (looked.status_code, looked.context["dates"].due.last_day) == (200, dt.date(2027, 10, 24))
    for wrong in ({"act": "open"}, {"act": "open", "due_on": "31/02/2027"}, {"act": "open", "due_on": "01/11/2031"}):
        assert client.post(page, wrong).status_code == 422
    assert Campaign.objects.count() == 1
    assert client.post(page, {"act": "open", "due_on": "25/10/2027"}).status_code == 302
    assert client.post(page, {"act": "open", "due_on": "25/10/2027"}).status_code == 422
    assert Campaign.objects.count() == 2


def test_a_yearly_report_needs_no_day(office: Office, client_of: ClientOf) -> None:
    campaign, client = scene(office).open(), client_of("specialist")
    page = reverse("reporting:open_like", args=[campaign.public_id])
    shown = client.get(page)
    assert (shown.context["once"], shown.context["dates"].due.day) == (False, dt.date(2027, 11, 1))
    assert client.post(page, {"act": "open"}).status_code == 302
    assert Campaign.objects.get(previous=campaign).last_day_on == dt.date(2027, 10, 31)


def test_the_law_of_the_coming_year_gives_the_dates(office: Office) -> None:
    campaign, change = scene(office).open(), dt.date(2027, 1, 1)
    CutOffWindow.objects.filter(span="year").update(until_on=change)
    CutOffWindow.objects.create(
        span="year", first_month=1, first_day=1, last_month=12, last_day=31, source="Nghị định mới", confidence="U",
        from_on=change,
    )  # fmt: skip
    covered = dates_again(campaign).covered
    assert (covered.first, covered.last) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
