"""One rule set: the page, the Excel file and the API judge the same made-up content alike."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caunoi.business.reporting.models import Campaign, Submission
from caunoi.business.reporting.operations.checks import CheckSpec, add_check
from caunoi.business.reporting.operations.workbooks import receive_workbook, template_of
from caunoi.business.reporting.public import put_in_force
from caunoi.business.reporting.queries import content_of, form_of
from caunoi.business.reporting.rules.checks import check
from caunoi.business.reporting.rules.relations import Relation
from caunoi.business.reporting.tests.scenes import OPENED, Scene, draft_regime
from caunoi.surfaces.demonstration.office import Office

KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
ADDRESSES = ["B2", "C2", "B3", "C3", "B4", "C4"]
texts = st.one_of(
    st.sampled_from(
        ["", "-", "KPS", "kad", "Không phát sinh", "N/A", "1.234", "1,234", "1.234,5", "1,234,567", "-3", "12,50", "ba",
         "1e5", "0", "999999999999999999", "1.5", "=1+1", "#REF!", "１２", "1 234", "5 người"]
    ),
    st.integers(-5, 10**18).map(str),
    st.decimals(-100, 100, places=2).map(str),
    st.text(alphabet="0123456789.,- KPSADkpsad", max_size=8),
)  # fmt: skip
Verdict = tuple[frozenset[str], frozenset[tuple[str, str]]]
"""Cells that cannot be read, and findings (severity, key) where all can."""


@pytest.fixture
def here(office: Office) -> Scene:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    spec = CheckSpec(["b1.*.c1"], Relation.AT_MOST, ["b1.*.c2"])
    add_check(regime=regime, spec=spec, by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def found(here: Scene) -> frozenset[tuple[str, str]]:
    content = content_of(Submission.objects.first())
    return frozenset((str(one.severity), one.key) for one in check(form_of(here.regime), content))


def by_page(here: Scene, campaign: Campaign, client: Client, typed: dict[str, str]) -> Verdict:
    address = reverse("reporting:autosave", args=[here.reporter(campaign).public_id])
    answer = client.post(address, {f"cell:{key}": text for key, text in typed.items()}).json()
    unreadable = frozenset(name.removeprefix("cell:") for name in answer["unreadable"])
    return unreadable, frozenset() if unreadable else found(here)


def by_file(here: Scene, campaign: Campaign, typed: dict[str, str]) -> Verdict:
    by, reporter = here.by("thpt_1.officer"), here.reporter(campaign)
    book = openpyxl.load_workbook(io.BytesIO(template_of(reporter, by)))
    for address, text in zip(ADDRESSES, typed.values(), strict=True):
        cell = book.worksheets[0][address]
        cell.value = text
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    received = receive_workbook(reporter=reporter, content=out.getvalue(), name="b.xlsx", by=by, at=OPENED)
    keys = dict(zip(ADDRESSES, KEYS, strict=True))
    unreadable = frozenset(keys[one.address] for one in received.findings)
    return unreadable, frozenset() if unreadable else found(here)


def by_program(here: Scene, campaign: Campaign, client: Client, typed: dict[str, str]) -> Verdict:
    root = f"/api/v1/reports/{here.reporter(campaign).public_id}"
    unreadable = set()
    for key, text in typed.items():
        with transaction.atomic():
            point = transaction.savepoint()
            answer = client.put(f"{root}/draft", json.dumps({"cells": {key: text}}), content_type="application/json")
            transaction.savepoint_rollback(point)
        if answer.status_code == 422:
            assert answer.json()["code"] == "reporting.cells_unreadable"
            unreadable.add(key)
    if unreadable:
        return frozenset(unreadable), frozenset()
    answer = client.put(f"{root}/draft", json.dumps({"cells": typed}), content_type="application/json")
    assert answer.status_code == 200, answer.content
    said = client.get(f"{root}/findings").json()
    return frozenset(), frozenset((one["severity"], one["key"]) for one in said)


def test_page_file_and_program_are_judged_alike(here: Scene) -> None:
    campaign = here.open()
    client = Client()
    client.force_login(here.office.accounts["school_officer"])

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(st.lists(texts, min_size=6, max_size=6))
    def judge(values: list[str]) -> None:
        typed = dict(zip(KEYS, values, strict=True))
        verdicts = []
        for way in (by_page, by_program):
            point = transaction.savepoint()
            verdicts.append(way(here, campaign, client, typed))
            transaction.savepoint_rollback(point)
        point = transaction.savepoint()
        verdicts.append(by_file(here, campaign, typed))
        transaction.savepoint_rollback(point)
        assert verdicts[0] == verdicts[1] == verdicts[2], typed

    with time_machine.travel(OPENED, tick=False):
        judge()


def test_numbers_of_a_program_and_of_a_file_are_exact() -> None:
    from caunoi.business.reporting.operations.entering import measure_of
    from caunoi.kernel.measure import Measure

    for raw, amount in ((3, "3"), (Decimal("0.1"), "0.1"), ("0,1", "0.1"), (Decimal("1E+18"), "1000000000000000000")):
        assert measure_of(raw) == Measure.of(Decimal(amount))
