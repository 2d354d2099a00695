"""A consolidated report is made by a job: once however often it is asked for, or not at all, with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting import jobs as handlers
from caunoi.business.reporting.models import Campaign, ConsolidatedParagraph, Consolidation, ConsolidationRun
from caunoi.business.reporting.operations import consolidation as merging
from caunoi.business.reporting.operations.consolidating import carry_out, request_consolidation
from caunoi.business.reporting.public import CampaignRefused, ConsolidationRefused, ReportingForbidden
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.audit.public import Entry, faults
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.jobs.public import JobState, Run
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def asked(here: Scene, campaign: Campaign, who: str = "specialist") -> ConsolidationRun:
    return request_consolidation(campaign=campaign, by=here.by(who), at=OPENED)


def work(at: dt.datetime = OPENED) -> None:
    """Do what the worker does with the newest job."""
    job = Job.objects.filter(handler="reporting.consolidate").order_by("-pk")[0]
    handlers.gather(Run(job.pk, at, 1), **job.arguments)


def test_pressing_twice_starts_one_and_the_page_leads_to_the_report(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    here.send(campaign)
    client, press = client_of("specialist"), reverse("reporting:consolidate", args=[campaign.public_id])
    with time_machine.travel(OPENED, tick=False):
        waiting = client.post(press)["Location"]
        assert client.post(press)["Location"] == waiting
    assert (ConsolidationRun.objects.count(), Job.objects.filter(handler="reporting.consolidate").count()) == (1, 1)
    assert "Đang cộng số liệu" in client.get(waiting).content.decode()
    gathered = reverse("reporting:gathered", args=[campaign.public_id])
    assert waiting in client.get(gathered).content.decode()
    work()
    made = Consolidation.objects.get()
    there = reverse("reporting:consolidation", args=[made.public_id])
    assert client.get(waiting)["Location"] == there
    assert client.get(waiting, headers={"HX-Request": "true"}).headers["HX-Redirect"] == there
    assert waiting not in client.get(gathered).content.decode()
    assert (made.made_by_name, made.made_at, made.sent) == (here.by("specialist").person_name, OPENED, 1)
    assert list(faults()) == []
    with time_machine.travel(OPENED, tick=False):
        assert client.post(press)["Location"] != waiting


def test_another_who_asks_meanwhile_is_told_who_began(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    here.send(campaign)
    run = asked(here, campaign)
    ConsolidationRun.objects.filter(pk=run.pk).update(person=here.by("director").person_id)
    address = reverse("reporting:gathering", args=[campaign.public_id, run.public_id])
    words = client_of("specialist").get(address).content.decode()
    assert f"{here.by('director').person_name} đã bắt đầu lúc" in words


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_makes_one(here: Scene, campaign: Campaign) -> None:
    here.send(campaign)
    run = asked(here, campaign)
    with patch.object(merging, "enqueue", side_effect=SystemExit), pytest.raises(SystemExit):
        work()
    assert (Consolidation.objects.count(), ConsolidatedParagraph.objects.count()) == (0, 0)
    for _again in range(2):
        work()
    run.refresh_from_db()
    made = Consolidation.objects.get()
    assert (run.state, run.made) == ("done", made)
    assert Entry.objects.filter(verb="reporting.consolidate").count() == 1
    job = Job.objects.get(handler="reporting.consolidate")
    assert (job.done, job.total) == (1, 2)


def test_two_workers_at_the_same_run_make_one_report(here: Scene, campaign: Campaign) -> None:
    here.send(campaign)
    run, by = asked(here, campaign), here.by("specialist")
    as_read_by_the_other = ConsolidationRun.objects.select_related("campaign").get(pk=run.pk)
    carry_out(run=run, by=by, at=OPENED)
    carry_out(run=as_read_by_the_other, by=by, at=OPENED)
    assert as_read_by_the_other.made == run.made == Consolidation.objects.get()


def test_a_report_taken_back_before_the_job_runs_is_said_on_the_page(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    sent = here.send(campaign)
    run = asked(here, campaign)
    type(sent).objects.filter(pk=sent.pk).update(counts=False)
    work()
    run.refresh_from_db()
    assert (run.state, run.reason["code"], Consolidation.objects.count()) == ("refused", "reporting.nothing_sent", 0)
    for name, arguments in (("gathering", [campaign.public_id, run.public_id]), ("gathered", [campaign.public_id])):
        words = client_of("specialist").get(reverse(f"reporting:{name}", args=arguments)).content.decode()
        assert f"Chưa đơn vị nào gửi báo cáo trong đợt “{campaign.name}”" in words


def test_who_has_lost_the_right_meanwhile_makes_nothing(here: Scene, campaign: Campaign) -> None:
    here.send(campaign)
    run = asked(here, campaign)
    carry_out(run=run, by=here.by("clerk"), at=OPENED)
    assert (run.state, run.reason["code"]) == ("refused", "reporting.not_permitted")
    assert Consolidation.objects.count() == 0


def test_who_has_left_the_post_before_the_job_runs_makes_nothing(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    here.send(campaign)
    run = asked(here, campaign)
    ConsolidationRun.objects.filter(pk=run.pk).update(post=here.office.posts["clerk"])
    work()
    run.refresh_from_db()
    assert (run.state, run.reason["code"], Consolidation.objects.count()) == ("refused", "post_not_held", 0)
    address = reverse("reporting:gathering", args=[campaign.public_id, run.public_id])
    assert "Bạn không giữ vị trí" in client_of("specialist").get(address).content.decode()


def test_a_run_that_was_given_up_says_so_and_is_taken_up_by_who_presses(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    here.send(campaign)
    run = asked(here, campaign)
    Job.objects.filter(handler="reporting.consolidate").update(state=JobState.FAILED)
    client = client_of("specialist")
    address = reverse("reporting:gathering", args=[campaign.public_id, run.public_id])
    assert "Hệ thống gặp lỗi và đã thử lại nhiều lần" in client.get(address).content.decode()
    with time_machine.travel(OPENED, tick=False):
        assert client.post(reverse("reporting:consolidate", args=[campaign.public_id]))["Location"] == address
    work()
    assert client.get(address).status_code == 302


def test_what_cannot_be_consolidated_is_refused_at_once(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    with pytest.raises(ConsolidationRefused) as refused:
        asked(here, campaign)
    assert refused.value.code == "reporting.nothing_sent"
    answer = client_of("specialist").post(reverse("reporting:consolidate", args=[campaign.public_id]), follow=True)
    assert "Chưa đơn vị nào gửi báo cáo" in answer.content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(state="preparing")
    with pytest.raises(CampaignRefused) as early:
        asked(here, campaign)
    assert early.value.code == "reporting.campaign_not_open"
    Campaign.objects.filter(pk=campaign.pk).update(state="open")
    here.send(campaign)
    with pytest.raises(ReportingForbidden):
        asked(here, campaign, "clerk")
    assert (ConsolidationRun.objects.count(), Job.objects.filter(handler="reporting.consolidate").count()) == (0, 0)
