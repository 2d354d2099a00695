"""One rule set: the page, the Excel file and the API judge the same made-up content alike and name the same places."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caunoi.business.reporting.models import Campaign, Submission
from caunoi.business.reporting.operations.checks import CheckSpec, add_check
from caunoi.business.reporting.operations.entering import measure_of
from caunoi.business.reporting.operations.workbooks import template_of
from caunoi.business.reporting.public import put_in_force
from caunoi.business.reporting.rules.relations import Relation
from caunoi.business.reporting.tests.scenes import OPENED, Scene, draft_regime
from caunoi.foundation.pages.public import cell_text
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
ADDRESSES = dict(zip(KEYS, ["B2", "C2", "B3", "C3", "B4", "C4"], strict=True))
Raw = str | int | Decimal
texts = st.sampled_from(
    ["", " ", "-", "–", "KPS", "kps ", "kad", "KAD", "Không phát sinh", "không áp dụng", "N/A",
     "KAD 5", "5 KAD", "KPS 0", "KPS KAD", "1.234", "1,234", "1.234,5", "1,234,567", "1.234.567", "1,234.5", "0,125",
     "0.125", "1,5", "1.5", "12,50", "-3", "\N{MINUS SIGN}3", "- 3", "+3", "--3", "-0", "00", "007", "1.23.4", "1,23,4",
     "ba", "5 người", "1e5", "0x10", "1/2", "50%", "∞", "NaN", "Infinity", "1_000", "999999999999999999",
     "1000000000000000", "1000000000000001", "1000000000000000000", "9" * 41, "=1+1", "=SUM(B2:B3)", "+1", "@A1",
     "#REF!", "#DIV/0!", "１２", "٣", "²", "१२", "½", "Ⅻ", "1 234", "1\u00a0234", "1\u202f234", "1\u2009234", "1\t2",
     "31/12/2026", "true", "None", "null", "…"]
)  # fmt: skip
typed = st.one_of(
    texts,
    texts,
    st.integers(-5, 40),
    st.integers(-5, 10**18),
    st.decimals(-100, 100, places=2),
    st.integers(-5, 10**18).map(str),
    st.text(alphabet="0123456789.,- KPSADkpsad", max_size=8),
    st.text(max_size=4).filter(lambda text: all(sign.isprintable() for sign in text)),
)
Verdict = frozenset[tuple[str, str, str]]
"""What is found: severity, place, sentence; text that cannot be read is an error as well."""


@pytest.fixture
def here(office: Office) -> Scene:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    spec = CheckSpec(["b1.*.c1"], Relation.AT_MOST, ["b1.*.c2"])
    add_check(regime=regime, spec=spec, by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def on_paper(raw: Raw) -> str:
    """Return how a person types it."""
    return raw if isinstance(raw, str) else cell_text(Measure.of(raw))


def by_page(here: Scene, campaign: Campaign, client: Client, content: dict[str, Raw]) -> Verdict:
    address = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    fields = {f"cell:{key}": on_paper(raw) for key, raw in content.items()}
    client.post(reverse("reporting:autosave", args=[here.reporter(campaign).public_id]), fields)
    answer = client.post(address, {**fields, "act": "check"})
    if answer.status_code == 422:
        cells = [cell for table in answer.context["report"].tables for _row, row in table.rows for cell in row]
        return frozenset(
            ("error", cell.name, text) for cell in cells for text in cell.errors if "chưa được lưu" in text
        )
    said = client.get(answer["Location"]).context["findings"]
    return frozenset((str(each.finding.severity), each.finding.target, each.text) for each in said)


def by_program(here: Scene, campaign: Campaign, client: Client, content: dict[str, Raw]) -> Verdict:
    root = f"/api/v1/reports/{here.reporter(campaign).public_id}"
    cells = ", ".join(f'"{key}": {json.dumps(raw) if isinstance(raw, str) else raw}' for key, raw in content.items())
    answer = client.put(f"{root}/draft", f'{{"cells": {{{cells}}}}}', content_type="application/json")
    said = answer.json()["findings"] if answer.status_code == 422 else client.get(f"{root}/findings").json()
    assert (answer.status_code == 200) == Submission.objects.exists()
    return frozenset((each["severity"], each["place"], each["sentence"]) for each in said)


def by_file(
    here: Scene, campaign: Campaign, client: Client, content: dict[str, Raw], template: bytes
) -> list[tuple[str, str]]:
    """Return what the page of the file says: place and sentence, one after the other."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for key, raw in content.items():
        cell = book.worksheets[0][ADDRESSES[key]]
        cell.value = None if raw == "" else raw
        if isinstance(raw, str) and raw and not raw.startswith("="):
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("b.xlsx", out.getvalue())
    answer = client.post(reverse("reporting:upload", args=[here.reporter(campaign).public_id]), {"workbook": file})
    assert (answer.status_code == 422) == (not Submission.objects.exists())
    return list(answer.context["said"])


def same(verdict: Verdict, said: list[tuple[str, str]], *, is_read: bool) -> bool:
    """Whether a file is judged as the page judged: the same places, and where all is read the same sentences."""
    if len(verdict) != len(said):
        return False
    for _severity, target, text in verdict:
        kind, _colon, key = target.partition(":")
        address = ADDRESSES[key] if kind == "cell" else ""
        there = [words for place, words in said if f"ô {address} " in place or not address]
        if not there or (is_read and not any(text in words for words in there)):
            return False
    return True


def test_page_file_and_program_are_judged_alike(here: Scene) -> None:
    campaign = here.open()
    client = Client()
    client.force_login(here.office.accounts["school_officer"])
    template = template_of(here.reporter(campaign), here.by("thpt_1.officer"))
    read, unread = 0, 0

    @settings(
        max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None,
        phases=[Phase.generate],
    )  # fmt: skip
    @given(st.lists(typed, min_size=6, max_size=6), st.integers(0, 2))
    def judge(values: list[Raw], tame: int) -> None:
        nonlocal read, unread
        content = dict(zip(KEYS, values, strict=True))
        if tame:  # two contents of three keep what can be read, so that the rules behind the reading are met too
            content = {key: raw if _is_read(raw) else "KPS" for key, raw in content.items()}
        verdicts = []
        for way in (by_page, by_program):
            point = transaction.savepoint()
            verdicts.append(way(here, campaign, client, content))
            transaction.savepoint_rollback(point)
        point = transaction.savepoint()
        said = by_file(here, campaign, client, content, template)
        transaction.savepoint_rollback(point)
        is_read = all(map(_is_read, content.values()))
        read, unread = read + is_read, unread + (not is_read)
        assert verdicts[0] == verdicts[1], content
        assert same(verdicts[0], said, is_read=is_read), (content, verdicts[0], said)

    with time_machine.travel(OPENED, tick=False):
        judge()
    assert min(read, unread) > 10, (read, unread)


def _is_read(raw: Raw) -> bool:
    try:
        measure_of(raw)
    except Exception:  # noqa: BLE001 - whatever it is, the reader has not read it
        return False
    return True


def test_numbers_of_a_program_and_of_a_file_are_exact() -> None:
    for raw, amount in ((3, "3"), (Decimal("0.1"), "0.1"), ("0,1", "0.1"), (Decimal("1E+18"), "1000000000000000000")):
        assert measure_of(raw) == Measure.of(Decimal(amount))
