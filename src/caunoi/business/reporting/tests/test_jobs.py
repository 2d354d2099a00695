"""Long lists are frozen by a job that can be taken up again; campaigns open and lock by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting import jobs as handlers
from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.operations import opening
from caunoi.business.reporting.public import close_locked_campaigns, extend, open_due_campaigns, whole
from caunoi.business.reporting.tests.scenes import OPENED, scene
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.jobs.public import Run
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office


def test_a_long_list_is_frozen_by_a_job_with_progress(
    office: Office, monkeypatch: pytest.MonkeyPatch, client_of: Callable[[str], Client]
) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 3)
    monkeypatch.setattr(opening, "CHUNK", 10)
    here = scene(office)
    campaign = here.open()
    assert (campaign.state, ExpectedReporter.objects.count(), TotalsNode.objects.count()) == ("preparing", 0, 0)
    job = Job.objects.get(handler="reporting.freeze")
    assert opening.opening_of(campaign) == job
    page = client_of("specialist").get(reverse("reporting:campaign", args=[campaign.public_id])).content.decode()
    assert "Đang lập danh sách đơn vị" in page
    handlers.freeze_list(Run(job.pk, OPENED, 1), **job.arguments)
    campaign.refresh_from_db()
    job.refresh_from_db()
    assert opening.opening_of(campaign) is None
    assert (campaign.state, job.done, job.total) == ("open", campaign.expected, campaign.expected)
    assert ExpectedReporter.objects.filter(campaign=campaign).count() == campaign.expected == whole(campaign).expected


def test_a_job_killed_half_way_is_taken_up_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 3)
    here = scene(office)
    campaign = here.open()
    units = opening.expected_units(here.regime, OPENED.date())
    opening.freeze(campaign, units.filter(kind__code="lower_secondary"))
    half = ExpectedReporter.objects.count()
    job = Job.objects.get(handler="reporting.freeze")
    handlers.freeze_list(Run(job.pk, OPENED, 2), **job.arguments)
    handlers.freeze_list(Run(job.pk, OPENED, 3), **job.arguments)
    campaign.refresh_from_db()
    assert 0 < half < ExpectedReporter.objects.count() == campaign.expected
    assert TotalsNode.objects.filter(campaign=campaign, depth=0).count() == 1


def test_the_turn_of_the_hour_opens_what_is_due_and_locks_what_is_over(office: Office) -> None:
    here = scene(office)
    handlers.turn_of_the_hour(Run(0, OPENED, 1))
    campaign = Campaign.objects.get()
    late = here.reporter(campaign, "thpt_2")
    extend(reporter=late, until=dt.date(2026, 11, 27), ground="Bão", by=here.by("specialist"), at=OPENED)
    locked = dt.datetime(2026, 11, 14, 1, 0, tzinfo=OPENED.tzinfo)
    assert close_locked_campaigns(by=system(), at=locked) == 0, "one unit may still send"
    assert close_locked_campaigns(by=system(), at=dt.datetime(2026, 12, 20, 1, 0, tzinfo=OPENED.tzinfo)) == 1
    campaign.refresh_from_db()
    assert campaign.state == "closed"


def test_after_a_long_stop_each_period_is_opened_once(office: Office) -> None:
    scene(office)
    for days in (0, 1, 40, 41, 200, 400):
        open_due_campaigns(by=system(), at=OPENED + dt.timedelta(days=days))
    found = Campaign.objects.order_by("due_on").values_list("due_on", flat=True)
    assert list(found) == [dt.date(2026, 11, 1), dt.date(2027, 5, 20), dt.date(2027, 11, 1)]
