"""Signs that nobody sees are dropped alike on the page, in the Excel file and through the API."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, Submission
from caunoi.business.reporting.operations.questions import ask
from caunoi.business.reporting.operations.regimes import create_regime
from caunoi.business.reporting.operations.submissions import enter_on_behalf
from caunoi.business.reporting.operations.workbooks import template_of
from caunoi.business.reporting.public import CampaignRefused, SubmissionRefused, exempt
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.surfaces.demonstration.office import Office

TYPED = "Đón \u202eđoàn\u202c Lào\u200b, \u2067ký\u2069 thỏa thu\u00adận.\ufeff"
KEPT = "Đón đoàn Lào, ký thỏa thuận."
FIGURE = "\u202a1.2\u200b34\u202c"
"""As it is copied out of some programs: wrapped in turns of direction."""
Way = Callable[[Scene, Campaign, Client], None]


def by_page(here: Scene, campaign: Campaign, client: Client) -> None:
    address = reverse("reporting:autosave", args=[here.reporter(campaign).public_id])
    assert client.post(address, {"section:s1": TYPED, "cell:b1.r1.c1": FIGURE}).status_code == 200


def by_program(here: Scene, campaign: Campaign, client: Client) -> None:
    address = f"/api/v1/reports/{here.reporter(campaign).public_id}/draft"
    content = {"narrative": {"s1": TYPED}, "cells": {"b1.r1.c1": FIGURE}}
    assert client.put(address, content, content_type="application/json").status_code == 200


def by_file(here: Scene, campaign: Campaign, client: Client) -> None:
    reporter = here.reporter(campaign)
    book = openpyxl.load_workbook(io.BytesIO(template_of(reporter, here.by("thpt_1.officer"))))
    book.worksheets[0]["B2"] = FIGURE
    book.worksheets[1]["B2"] = TYPED
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("b.xlsx", out.getvalue())
    client.post(reverse("reporting:upload", args=[reporter.public_id]), {"workbook": file})


@pytest.mark.parametrize("way", [by_page, by_program, by_file])
def test_the_same_words_and_figures_are_kept(office: Office, way: Way) -> None:
    here, client = scene(office), Client()
    client.force_login(office.accounts["school_officer"])
    with time_machine.travel(OPENED, tick=False):
        way(here, here.open(), client)
    kept = Submission.objects.get()
    assert (kept.narrative["s1"], kept.cells["b1.r1.c1"]) == (KEPT, "1234")


def test_a_ground_or_a_question_of_nothing_one_can_see_is_none(office: Office) -> None:
    here, nothing = scene(office), "\u200b\u202e \ufeff"
    report, by = here.reporter(here.open()), here.by("specialist")
    with pytest.raises(CampaignRefused):
        exempt(reporter=report, ground=nothing, by=by, at=OPENED)
    with pytest.raises(CampaignRefused):
        ask(reporter=report, text=nothing, by=by, at=OPENED)
    with pytest.raises(SubmissionRefused):
        enter_on_behalf(reporter=report, ground=nothing, by=by, at=OPENED)


def test_names_that_look_alike_are_alike(office: Office) -> None:
    by = office.actor("specialist", on=OPENED.date())
    regime = create_regime(owner=office.unit("so"), name="Báo cáo\u200b đối\u202e ngoại", by=by, at=OPENED)
    assert regime.name == "Báo cáo đối ngoại"
