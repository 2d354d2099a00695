"""The calendar of the year, and the guide that a regime makes for those who report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.business.reporting.models import ReporterGroup
from caunoi.business.reporting.tests.scenes import OPENED, scene
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]


def test_the_year_shows_every_due_day_with_its_campaign(office: Office, client_of: ClientOf) -> None:
    campaign = scene(office).open()
    client = client_of("specialist")
    page = client.get(reverse("reporting:year"), {"nam": "2026"})
    days = [(line.day.isoformat(), line.campaign) for line in page.context["lines"]]
    assert days == [("2026-05-19", None), ("2026-10-31", campaign)]
    marked = [day for _, weeks in page.context["months"] for week in weeks for day in week if day.lines]
    assert [day.day.isoformat() for day in marked] == ["2026-05-19", "2026-10-31"]
    off = next(day for _, weeks in page.context["months"] for w in weeks for day in w if day.holiday == "Nghỉ hoán đổi")
    assert off.is_off
    later = client.get(reverse("reporting:year"), {"nam": "2040"}).context["lines"]
    assert [line.day.isoformat() for line in later] == ["2040-05-19", "2040-10-31"]
    assert client.get(reverse("reporting:year"), {"nam": "99999"}).context["year"] == 2040


def test_a_school_sees_the_campaigns_it_reports_in(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    campaign = here.open()
    page = client_of("school_officer").get(reverse("reporting:year"), {"nam": str(OPENED.year)})
    own = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    assert [(line.campaign, line.url) for line in page.context["lines"]] == [(None, ""), (campaign, own)]
    assert own in page.content.decode()
    assert reverse("reporting:year") in page.content.decode()


def test_a_school_sees_what_it_will_owe_before_it_opens_and_by_its_own_day(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    ReporterGroup.objects.filter(regime=here.regime, kind__code="upper_secondary").update(days_earlier=3)
    school, page = client_of("school_officer"), reverse("reporting:year")
    lines = school.get(page, {"nam": "2027"}).context["lines"]
    assert [(line.day.isoformat(), line.url, line.state) for line in lines] == [
        ("2027-05-14", "", None),
        ("2027-10-26", "", None),
    ]
    ReporterGroup.objects.filter(regime=here.regime, kind__code="upper_secondary").delete()
    assert school.get(page, {"nam": "2027"}).context["lines"] == []


@pytest.mark.parametrize("who", ["specialist", "school_officer"])
def test_the_year_asks_no_more_of_the_database_for_more_campaigns(
    office: Office, client_of: ClientOf, who: str
) -> None:
    page, client = reverse("reporting:year"), client_of(who)
    scene(office).open()
    client.get(page, {"nam": "2026"})
    with CaptureQueriesContext(connection) as few:
        client.get(page, {"nam": "2026"})
    for _ in range(4):
        scene(office).open()
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(page, {"nam": "2026"}).context["lines"]) == 10
    assert len(many) == len(few)


def test_the_guide_is_a_page_and_a_word_document(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    reporter = here.reporter(here.open())
    page = client_of("specialist").get(reverse("reporting:guide", args=[here.regime.public_id])).content.decode()
    assert "Đã làm gì?" in page
    school = client_of("school_officer")
    own = reverse("reporting:guide_of_report", args=[reporter.public_id])
    assert "Kết quả công tác đối ngoại" in school.get(own).content.decode()
    answer = school.get(own, {"tep": "docx"})
    words = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    for said in ("HƯỚNG DẪN", "trước ngày 01/11/2026", "Đã làm gì?", "Nhật Bản", "Số lượt người"):
        assert said in words
