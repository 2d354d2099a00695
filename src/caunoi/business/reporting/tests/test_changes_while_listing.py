"""Units that begin or end while the list of a large campaign is still being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.jobs import freeze_list
from caunoi.business.reporting.models import Campaign, CampaignChange, ExpectedReporter, TotalsNode
from caunoi.business.reporting.operations import opening
from caunoi.business.reporting.operations.changes import settle_waiting
from caunoi.business.reporting.rules.changes import role_in
from caunoi.business.reporting.rules.states import CampaignState, ChangeState, ReporterState
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.jobs.public import Run
from caunoi.foundation.organisations.public import (
    Naming,
    UnitEvent,
    UnitKind,
    dissolve_unit,
    establish_unit,
    merge_units,
    undo_event,
)
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
DAY = dt.timedelta(days=1)
AT, ON = OPENED + DAY, OPENED.date() + DAY


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(opening, "AT_ONCE", 0)
    return scene(office)


def frozen(campaign: Campaign) -> None:
    freeze_list(Run(job_id=0, at=AT + DAY, attempt=1), campaign=campaign.pk)
    campaign.refresh_from_db()


def line(campaign: Campaign, office: Office, unit: str) -> CampaignChange:
    return CampaignChange.objects.get(campaign=campaign, unit=office.unit(unit))


def whole(campaign: Campaign) -> int:
    return TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0).expected


def test_what_an_event_did_to_a_unit() -> None:
    assert [role_in(began=b, ended=e) for b, e in ((True, False), (False, True), (True, True), (False, False))] == [
        "begun", "ended", "ended", "moved",
    ]  # fmt: skip


def test_events_wait_and_are_decided_by_rule_when_the_list_is_frozen(
    here: Scene, office: Office, client_of: ClientOf
) -> None:
    campaign = here.open()
    assert campaign.state == CampaignState.PREPARING
    merge_units(units=[office.unit("thpt_2")], into=office.unit("thpt_1"), on=ON, by=system(), at=AT)
    dissolve_unit(unit=office.unit("thpt_3"), on=ON, by=system(), at=AT)
    kind = UnitKind.objects.get(code="upper_secondary")
    so = office.unit("so")
    new = establish_unit(
        kind=kind, code="TG.MOI", naming=Naming("Trường THPT Mới"), on=ON,
        parents={Line.PROFESSIONAL: so, Line.ADMINISTRATIVE: so}, by=system(), at=AT,
    )  # fmt: skip
    states = {row.unit_id: row.state for row in CampaignChange.objects.filter(campaign=campaign)}
    assert states == dict.fromkeys([office.unit("thpt_2").pk, office.unit("thpt_3").pk, new.pk], ChangeState.WAITING)
    page = client_of("specialist").get(reverse("reporting:changes", args=[campaign.public_id])).content.decode()
    assert "Xử lý khi chốt xong danh sách" in page
    frozen(campaign)
    assert line(campaign, office, "thpt_2").state == ChangeState.HEIR_BOTH
    assert here.reporter(campaign, "thpt_2").heir_id == office.unit("thpt_1").pk
    assert line(campaign, office, "thpt_3").state == ChangeState.RELEASED
    assert here.reporter(campaign, "thpt_3").state == ReporterState.EXEMPT
    assert CampaignChange.objects.get(campaign=campaign, unit=new).state == ChangeState.OFFERED
    assert whole(campaign) == ExpectedReporter.objects.filter(campaign=campaign).count() - 1


def test_freezing_again_after_a_crash_settles_once(here: Scene, office: Office) -> None:
    campaign = here.open()
    dissolve_unit(unit=office.unit("thpt_3"), on=ON, by=system(), at=AT)
    opening.freeze(campaign, opening.units_for(campaign, OPENED.date()))
    opening.finish_opening(campaign=campaign, by=system(), at=AT)
    assert line(campaign, office, "thpt_3").state == ChangeState.WAITING  # stopped here
    frozen(campaign)
    assert line(campaign, office, "thpt_3").state == ChangeState.RELEASED
    before = whole(campaign)
    assert settle_waiting(campaign=campaign, by=system(), at=AT) == 0
    assert whole(campaign) == before


def test_an_event_taken_back_before_the_list_is_frozen_leaves_no_trace_in_it(here: Scene, office: Office) -> None:
    campaign = here.open()
    dissolve_unit(unit=office.unit("thpt_3"), on=ON, by=system(), at=AT)
    undo_event(event=UnitEvent.objects.latest("pk"), by=system(), at=AT + dt.timedelta(hours=1))
    frozen(campaign)
    assert line(campaign, office, "thpt_3").state == ChangeState.UNDONE
    assert here.reporter(campaign, "thpt_3").state == ReporterState.NOT_STARTED


def test_a_unit_that_owes_nothing_there_leaves_no_line(here: Scene, office: Office) -> None:
    campaign = here.open()
    dissolve_unit(unit=office.unit("ttnn_1"), on=ON, by=system(), at=AT)
    frozen(campaign)
    held = ExpectedReporter.objects.filter(campaign=campaign, unit=office.unit("ttnn_1")).exists()
    assert CampaignChange.objects.filter(campaign=campaign).exists() is held
