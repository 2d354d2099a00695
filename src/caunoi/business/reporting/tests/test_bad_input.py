"""What may never come in: by each of the three ways refused with its place and reason, and nothing half-saved."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission
from caunoi.business.reporting.operations.workbooks import template_of
from caunoi.business.reporting.public import close_campaign, whole
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.surfaces.demonstration.office import Office

KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
PLACE = "Ô B2 (Đoàn ra, dòng “Lào”, cột “Số đoàn”)"
Answer = tuple[int, str]


@dataclass
class Desk:
    """A school officer before the report of the school, by page, file and program."""

    here: Scene
    campaign: Campaign
    client: Client

    @property
    def report(self) -> ExpectedReporter:
        """The report of the school."""
        return self.here.reporter(self.campaign)

    def page(self, first: str) -> Answer:
        """Fill in the form and press send."""
        cells = {f"cell:{key}": "1" for key in KEYS} | {f"cell:{KEYS[0]}": first}
        words = {f"section:{FIRST}": "Có.", f"section:{SECOND}": "Có.", "act": "submit", "key": "k"}
        answer = self.client.post(reverse("reporting:entry", args=[self.report.public_id]), {**cells, **words})
        return answer.status_code, answer.content.decode()

    def file(self, first: str) -> Answer:
        """Fill in the template, send it in."""
        book = openpyxl.load_workbook(io.BytesIO(template_of(self.report, self.here.by("thpt_1.officer"))))
        for at in ("C2", "B3", "C3", "B4", "C4"):
            book.worksheets[0][at] = "1"
        book.worksheets[0]["B2"] = first
        for at in ("B2", "B3"):
            book.worksheets[1][at] = "Có."
        out = io.BytesIO()
        book.save(out)
        return self.upload(out.getvalue())

    def upload(self, content: bytes, name: str = "b.xlsx") -> Answer:
        """Send a file in."""
        address = reverse("reporting:upload", args=[self.report.public_id])
        answer = self.client.post(address, {"workbook": SimpleUploadedFile(name, content)}, follow=True)
        return answer.status_code, answer.content.decode()

    def program(self, first: str) -> Answer:
        """Put the content and send in one request."""
        content = {
            "cells": dict.fromkeys(KEYS, 1) | {KEYS[0]: first},
            "narrative": {FIRST: "Có.", SECOND: "Có."},
        }
        answer = self.client.post(
            f"/api/v1/reports/{self.report.public_id}/submission", json.dumps(content),
            content_type="application/json", headers={"Idempotency-Key": "k"},
        )  # fmt: skip
        said = answer.json()
        words = " ".join([said["sentence"], *(each["sentence"] for each in said.get("findings", []))])
        return answer.status_code, words


@pytest.fixture
def desk(office: Office, client_of: Callable[[str], Client]) -> Desk:
    here = scene(office)
    return Desk(here, here.open(), client_of("school_officer"))


@pytest.mark.parametrize("way", ["page", "file", "program"])
@pytest.mark.parametrize(
    ("first", "why"),
    [
        ("-3", "số không được âm"),
        ("1,5", "1,5 không phải số nguyên"),
        ("1000000000000000000", "1.000.000.000.000.000.000 lớn bất thường"),
        ("năm người", "phải là số, KPS hoặc KAD"),
        ("=1+1", "phải là số, KPS hoặc KAD"),
    ],
)
def test_a_wrong_figure_is_never_sent(desk: Desk, way: str, first: str, why: str) -> None:
    with time_machine.travel(OPENED, tick=False):
        status, words = getattr(desk, way)(first)
    if way == "file":
        why = {"=1+1": "Ô có công thức", "năm người": "“năm người” không phải số"}.get(first, why)
        assert "ô B2 (" in words or "ô B2 " in words
    else:
        assert PLACE in words
    assert why in words
    assert status == (200 if way == "file" and first[0] in "-1" else 422)
    kept = [version.state for version in Submission.objects.all()]
    assert kept == ([] if way == "program" or (way == "file" and first[0] not in "-1") else ["draft"])
    unread = first[0] not in "-1"
    assert way != "page" or not unread or KEYS[0] not in Submission.objects.get().cells, "what is not read is not kept"
    assert (whole(desk.campaign).sent, desk.report.first_sent_at) == (0, None)


@pytest.mark.parametrize("way", ["page", "file", "program"])
@pytest.mark.parametrize("how", ["closed", "late"])
def test_a_locked_campaign_takes_nothing(desk: Desk, way: str, how: str) -> None:
    at = OPENED if how == "closed" else OPENED + dt.timedelta(days=60)
    if how == "closed":
        close_campaign(campaign=desk.campaign, by=desk.here.by("specialist"), at=OPENED)
    told = Notice.objects.count()
    with time_machine.travel(at, tick=False):
        desk.client.force_login(desk.here.office.accounts["school_officer"])
        status, words = getattr(desk, way)("5")
    assert "đã khóa từ ngày" in words
    assert status == {"page": 422, "file": 200, "program": 409}[way]
    assert (Submission.objects.count(), desk.report.state, Notice.objects.count()) == (0, "not_started", told)


@pytest.mark.parametrize("way", ["page", "program"])
def test_a_clock_set_back_is_noticed_by_either_way(desk: Desk, way: str) -> None:
    with time_machine.travel(OPENED - dt.timedelta(days=2), tick=False):
        status, words = getattr(desk, way)("5")
    assert (status, "Đồng hồ máy chủ đang chỉ 03/10/2026" in words) == (422 if way == "page" else 409, True)
    assert whole(desk.campaign).sent == 0


def test_a_file_with_macros_is_not_opened(desk: Desk) -> None:
    template = template_of(desk.report, desk.here.by("thpt_1.officer"))
    out = io.BytesIO(template)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    _status, words = desk.upload(out.getvalue(), "b.xlsm")
    assert "macro" in words
    assert Submission.objects.count() == 0


def test_the_file_of_another_unit_and_of_another_form_are_named(desk: Desk) -> None:
    office = desk.here.office
    other = template_of(desk.here.reporter(desk.campaign, "thpt_2"), desk.here.by("thpt_2.officer"))
    _status, words = desk.upload(other)
    assert f"Tệp này lập cho “{office.unit('thpt_2').name}”" in words
    book = openpyxl.load_workbook(io.BytesIO(template_of(desk.report, desk.here.by("thpt_1.officer"))))
    stamp = next(sheet for sheet in book.worksheets if sheet["A1"].value == "report")
    for row in stamp.iter_rows():
        if row[0].value == "form":
            row[1].value = "0" * 16
    out = io.BytesIO()
    book.save(out)
    _status, words = desk.upload(out.getvalue())
    assert "Mẫu trong tệp đã cũ hoặc bị sửa" in words
    address = f"/api/v1/reports/{desk.here.reporter(desk.campaign, 'thpt_2').public_id}/draft"
    answer = desk.client.put(address, json.dumps({"cells": {KEYS[0]: 1}}), content_type="application/json")
    assert answer.status_code == 404
    unknown = {"cells": {"b9.r1.c1": 1}}
    own = f"/api/v1/reports/{desk.report.public_id}/draft"
    answer = desk.client.put(own, json.dumps(unknown), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "reporting.cell_unknown")
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_a_day_in_a_year_far_off_is_no_day(office: Office, client_of: Callable[[str], Client], day: str) -> None:
    here = scene(office)
    campaign, client = here.open(), client_of("specialist")
    sent, report = here.send(campaign), here.reporter(campaign, "thpt_2")
    returned = reverse("reporting:return", args=[sent.reporter.public_id])
    asked = [
        client.post(returned, {"version": str(sent.public_id), "reason": "Sai.", "until": day}),
        client.post(reverse("reporting:extend", args=[report.public_id]), {"ground": "Bão", "until": day}, follow=True),
    ]
    assert all(f"“{day}”" in answer.content.decode() for answer in asked)
    wrong = client.post(reverse("reporting:open_like", args=[campaign.public_id]), {"act": "look", "due_on": day})
    assert wrong.status_code == 422
    sent.refresh_from_db()
    assert (sent.state, here.reporter(campaign, "thpt_2").last_day_on) == ("submitted", report.last_day_on)
