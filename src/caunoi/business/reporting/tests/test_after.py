"""Reports due some days after an event: the day of return decides, each journey is a campaign of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReportRegime
from caunoi.business.reporting.operations.after import Event, open_after
from caunoi.business.reporting.operations.opening import open_due_campaigns
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.regimes import change_regime, put_in_force
from caunoi.business.reporting.operations.shipped import take_over
from caunoi.business.reporting.queries import facts_of
from caunoi.business.reporting.rules.requirements import Item, missing_items
from caunoi.business.reporting.tests.scenes import OPENED
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
JOURNEY = Event("Đoàn công tác tại Viêng Chăn", dt.date(2026, 9, 21), dt.date(2026, 9, 25))


@pytest.fixture
def regime(office: Office) -> ReportRegime:
    """The shipped regime of journeys, ten working days after the return, in force."""
    by = office.actor("specialist", on=OPENED.date())
    made = take_over(code="after_trip", owner=office.unit("so"), by=by, at=OPENED)
    assert Item.DUE in missing_items(facts_of(made))  # the decision on the journey says how many days
    change_regime(regime=made, facts={"days_after": 10, "days_after_working": True}, by=by, at=OPENED)
    return put_in_force(regime=made, on=OPENED.date(), by=by, at=OPENED)


def opened(office: Office, regime: ReportRegime, event: Event = JOURNEY, unit: str = "thpt_1") -> Campaign:
    by = office.actor("specialist", on=OPENED.date())
    return open_after(regime=regime, event=event, units=[office.unit(unit)], by=by, at=OPENED)


def test_one_unit_owes_the_report_by_the_day_counted_from_its_return(office: Office, regime: ReportRegime) -> None:
    campaign = opened(office, regime)
    assert (campaign.due_on, campaign.last_day_on) == (dt.date(2026, 10, 9), dt.date(2026, 10, 9))
    assert (campaign.period_from_on, campaign.period_until_on) == (dt.date(2026, 9, 21), dt.date(2026, 9, 26))
    assert (campaign.cut_off_on, campaign.cut_off_origin) == (dt.date(2026, 9, 25), "text")
    assert campaign.name == f"{regime.name} – Đoàn công tác tại Viêng Chăn"
    assert [row.unit for row in ExpectedReporter.objects.filter(campaign=campaign)] == [office.unit("thpt_1")]


def test_each_journey_is_a_campaign_of_its_own_and_none_opens_by_itself(office: Office, regime: ReportRegime) -> None:
    opened(office, regime)
    opened(office, regime, Event("Đoàn thứ hai", dt.date(2026, 9, 28), dt.date(2026, 9, 30)), "thpt_2")
    with pytest.raises(CampaignRefused) as refused:
        opened(office, regime)
    assert refused.value.code == "reporting.campaign_exists"
    assert open_due_campaigns(by=system(), at=OPENED) == 0
    assert Campaign.objects.count() == 2


def test_days_of_the_calendar_move_off_a_day_without_work(office: Office, regime: ReportRegime) -> None:
    ReportRegime.objects.filter(pk=regime.pk).update(days_after=15, days_after_working=False)
    campaign = opened(office, regime)
    assert campaign.due_on == dt.date(2026, 10, 10)  # a Saturday
    assert campaign.last_day_on == dt.date(2026, 10, 9)


def test_what_is_unclear_or_not_allowed_opens_nothing(office: Office, regime: ReportRegime) -> None:
    told = Notice.objects.count()
    backwards = Event("Đoàn", dt.date(2026, 9, 25), dt.date(2026, 9, 21))
    for event, unit, code in (
        (backwards, "thpt_1", "reporting.event_unclear"),
        (Event(" ", JOURNEY.from_on, JOURNEY.until_on), "thpt_1", "reporting.event_unclear"),
        (JOURNEY, "so_ngoai_vu", "reporting.no_reporters"),
    ):
        with pytest.raises(CampaignRefused) as refused:
            opened(office, regime, event, unit)
        assert refused.value.code == code
    by = office.actor("school_officer", on=OPENED.date())
    with pytest.raises(ReportingForbidden):
        open_after(regime=regime, event=JOURNEY, units=[office.unit("thpt_1")], by=by, at=OPENED)
    assert (Campaign.objects.count(), Notice.objects.count()) == (0, told)


def test_the_page_shows_the_deadline_before_it_opens(office: Office, regime: ReportRegime, client_of: ClientOf) -> None:
    client, page = client_of("specialist"), reverse("reporting:open_event", args=[regime.public_id])
    assert page in client.get(reverse("reporting:regime", args=[regime.public_id])).content.decode()
    said = {
        "name": JOURNEY.name, "from_on": "21/09/2026", "until_on": "25/09/2026",
        "unit": str(office.unit("thpt_1").public_id),
    }  # fmt: skip
    looked = client.post(page, {**said, "act": "look"})
    assert (looked.status_code, looked.context["due"].day) == (200, dt.date(2026, 10, 9))
    assert Campaign.objects.count() == 0
    assert client.post(page, {**said, "act": "open", "until_on": "01/09/2026"}).status_code == 422
    assert client.post(page, {"act": "open"}).status_code == 422
    assert client.post(page, {**said, "act": "open"}).status_code == 302
    (campaign,) = Campaign.objects.all()
    shown = client.get(reverse("reporting:campaign", args=[campaign.public_id])).content.decode()
    assert "Theo vụ việc" in shown
    assert reverse("reporting:open_like", args=[campaign.public_id]) not in shown
