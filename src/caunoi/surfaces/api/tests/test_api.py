"""The API as another program sees it: who it speaks for, drafts, sending once, refusals with code and sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from caunoi.business.reporting.models import Campaign, Submission
from caunoi.business.reporting.public import whole
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, scene
from caunoi.foundation.accounts.public import make_key, revoke_key
from caunoi.surfaces.demonstration.office import BY, Office

ClientOf = Callable[[str], Client]
KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
CELLS: dict[str, object] = dict(zip(KEYS, [1, "1.234", 3, "KPS", "KAD", 6], strict=True))
FULL = {"cells": CELLS, "narrative": {FIRST: "Có.", SECOND: "Có."}}


@pytest.fixture(autouse=True)
def moment() -> object:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


class Program:
    """A client that shows a key."""

    def __init__(self, office: Office, who: str = "school_officer") -> None:
        account = office.accounts[who]
        post = office.posts["thpt_1.officer" if who == "school_officer" else who]
        self.key, secret = make_key(
            account=account, post=post, name="Phần mềm của trường", expires_on=OPENED.date() + dt.timedelta(days=30),
            by=BY, at=OPENED,
        )  # fmt: skip
        self.client, self.headers = Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {secret}"}

    def asks(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
        data = body if isinstance(body, str) else ("" if body is None else json.dumps(body))
        answer = self.client.generic(
            method, f"/api/v1/reports/{path}", data, content_type="application/json",
            headers={**self.headers, **headers},
        )  # fmt: skip
        return answer.status_code, answer.json()


@pytest.fixture
def program(office: Office) -> Program:
    return Program(office)


def test_what_is_due_is_filled_in_checked_and_sent_once(here: Scene, campaign: Campaign, program: Program) -> None:
    status, due = program.asks("GET", "due")
    report = here.reporter(campaign)
    assert (status, [one["id"] for one in due]) == (200, [str(report.public_id)])  # type: ignore[index]
    at = str(report.public_id)
    status, form = program.asks("GET", f"{at}/form")
    assert [row["label"] for row in form["tables"][0]["rows"]] == ["Lào", "Nhật Bản", "Nước khác", "Tổng cộng"]  # type: ignore[index]
    status, draft = program.asks("PUT", f"{at}/draft", {"cells": {KEYS[0]: 1.0, KEYS[1]: None}})
    assert (status, draft["cells"], draft["revision"]) == (200, {KEYS[0]: "1"}, 1)
    status, found = program.asks("GET", f"{at}/findings")
    assert [one["code"] for one in found] == ["section_empty", "section_empty", "cells_missing"]  # type: ignore[index]
    for _turn in range(2):
        status, state = program.asks("POST", f"{at}/submission", FULL, **{"Idempotency-Key": "abc"})
        assert (status, state["state"], state["version"]) == (200, "submitted", 1)
    assert (Submission.objects.count(), whole(campaign).sent) == (1, 1)
    kept = Submission.objects.get().cells
    assert [kept[key] for key in KEYS] == ["1", "1234", "3", "Z", "N", "6"]


REFUSED = [
    ("POST", "submission", FULL, {}, 400, "reporting.key_needed"),
    ("PUT", "draft", "{", {}, 400, "api.unreadable"),
    ("PUT", "draft", '{"cells": {"b1.r1.c1": NaN}}', {}, 400, "api.unreadable"),
    ("PUT", "draft", {"cell": {}}, {}, 422, "api.not_as_described"),
    ("PUT", "draft", {"cells": {KEYS[0]: True}}, {}, 422, "api.not_as_described"),
    ("PUT", "draft", {"cells": {"b1.rt.c1": 1}}, {}, 422, "reporting.cell_unknown"),
    ("PUT", "draft", {"cells": {KEYS[0]: "ba"}}, {}, 422, "reporting.cells_unreadable"),
    ("PUT", "draft", {"cells": {KEYS[0]: 2, KEYS[1]: "=1+1"}}, {}, 422, "reporting.cells_unreadable"),
    ("PUT", "draft", {"narrative": {"s9": "x"}}, {}, 422, "reporting.section_unknown"),
    ("POST", "submission", {"cells": {KEYS[0]: -1}}, {"Idempotency-Key": "k"}, 422, "reporting.findings_block"),
    ("POST", "submission", {"cells": {KEYS[0]: 10**18}}, {"Idempotency-Key": "k"}, 422, "reporting.findings_block"),
]


@pytest.mark.parametrize(("method", "path", "body", "headers", "status", "code"), REFUSED)
def test_a_refusal_has_code_and_sentence_and_saves_nothing(
    here: Scene, campaign: Campaign, program: Program, method: str, path: str, body: object, headers: dict[str, str],
    status: int, code: str,
) -> None:  # fmt: skip
    at = here.reporter(campaign).public_id
    got, said = program.asks(method, f"{at}/{path}", body, **headers)
    assert (got, said["code"]) == (status, code)
    assert str(said["sentence"]).endswith(".")
    assert Submission.objects.count() == 0


def test_findings_of_a_refused_sending_name_the_cell(here: Scene, campaign: Campaign, program: Program) -> None:
    body = {**FULL, "cells": {**CELLS, KEYS[0]: "-3"}}
    at = here.reporter(campaign).public_id
    _status, said = program.asks("POST", f"{at}/submission", body, **{"Idempotency-Key": "k"})
    assert [(one["place"], one["sentence"]) for one in said["findings"]] == [  # type: ignore[attr-defined]
        (f"cell:{KEYS[0]}", "Ô B2 (Đoàn ra, dòng “Lào”, cột “Số đoàn”): số không được âm. "
         "Nếu không có, nhập KPS (không phát sinh)."),
    ]  # fmt: skip


def test_somebody_elses_words_are_not_written_over(here: Scene, campaign: Campaign, program: Program) -> None:
    at = here.reporter(campaign).public_id
    program.asks("PUT", f"{at}/draft", {"narrative": {FIRST: "Một"}, "version": 1, "revision": 0})
    status, said = program.asks("PUT", f"{at}/draft", {"narrative": {FIRST: "Hai"}, "version": 1, "revision": 0})
    assert (status, said["code"]) == (409, "reporting.draft_clash")
    assert Submission.objects.get().narrative == {FIRST: "Một"}


def test_keys_that_are_not_accepted_and_reports_of_others(
    here: Scene, campaign: Campaign, program: Program, office: Office
) -> None:
    other = here.reporter(campaign, "thpt_2").public_id
    assert program.asks("PUT", f"{other}/draft", {"cells": {KEYS[0]: 1}})[0] == 404
    revoke_key(key=program.key, by=BY, at=OPENED)
    status, said = program.asks("GET", "due")
    assert (status, said["code"]) == (401, "api.nobody")
    program.headers = {}
    assert program.asks("GET", "due")[0] == 401
    assert program.asks("PUT", f"{other}/draft", {"cells": {KEYS[0]: 1}})[0] == 401
    assert Submission.objects.count() == 0


def test_a_session_needs_its_token_to_write(
    here: Scene, campaign: Campaign, office: Office, client_of: ClientOf
) -> None:
    address = f"/api/v1/reports/{here.reporter(campaign).public_id}/draft"
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.accounts["school_officer"])
    body = {"cells": {KEYS[0]: 1}}
    refused = browser.put(address, json.dumps(body), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "api.csrf")
    assert Submission.objects.count() == 0
    token = browser.get("/bao-cao/cua-toi/").cookies["csrftoken"].value
    done = browser.put(address, json.dumps(body), content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 200


def test_a_locked_campaign_answers_409(here: Scene, campaign: Campaign, program: Program) -> None:
    at = here.reporter(campaign).public_id
    with time_machine.travel(dt.datetime(2026, 11, 14, 8, 0, tzinfo=OPENED.tzinfo), tick=False):
        status, said = program.asks("PUT", f"{at}/draft", {"cells": {KEYS[0]: 1}})
    assert (status, said["code"]) in [(409, "reporting.locked"), (401, "api.nobody")]


def test_the_description_is_openapi_3_1(program: Program) -> None:
    answer = program.client.get("/api/v1/openapi.json")
    described = answer.json()
    assert described["openapi"] == "3.1.0"
    assert sorted(described["paths"]) == [
        "/api/v1/reports/due", "/api/v1/reports/{report_id}", "/api/v1/reports/{report_id}/draft",
        "/api/v1/reports/{report_id}/findings", "/api/v1/reports/{report_id}/form",
        "/api/v1/reports/{report_id}/submission",
    ]  # fmt: skip
    sending = described["paths"]["/api/v1/reports/{report_id}/submission"]["post"]
    assert sorted(sending["responses"]) == ["200", "400", "401", "403", "404", "409", "422"]
