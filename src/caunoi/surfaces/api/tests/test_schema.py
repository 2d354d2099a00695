"""Every route answers only what its description says, whatever is sent to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from django.db import connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from caunoi.business.reporting.tests.scenes import OPENED, scene
from caunoi.foundation.accounts.public import make_key
from caunoi.settings.wsgi import application
from caunoi.surfaces.demonstration.office import BY, Office

Case = schemathesis.Case[Any]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the connection of the test over its requests, as Django's own test client does."""
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def described(office: Office, one_connection: None) -> Iterator[object]:
    with time_machine.travel(OPENED, tick=False):
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def allowed(office: Office) -> dict[str, str]:
    """Return a key of the school whose report is asked for, and the report."""
    here = scene(office)
    report = here.reporter(here.open())
    _key, secret = make_key(
        account=office.accounts["school_officer"], post=office.posts["thpt_1.officer"], name="Thử",
        expires_on=OPENED.date() + dt.timedelta(days=30), by=BY, at=OPENED,
    )  # fmt: skip
    return {"secret": secret, "report": str(report.public_id)}


def ask_everything(described: schemathesis.schemas.BaseSchema, examples: int, ask: Callable[[Case], None]) -> int:
    """Send made-up requests to every route; return to how many."""
    found: list[Any] = list(described.get_all_operations())
    routes = [each.ok() for each in found]
    for route in routes:
        bounded = settings(
            max_examples=examples,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        )
        bounded(given(case=route.as_strategy())(ask))()
    return len(routes)


def test_answers_are_as_described(described: schemathesis.schemas.BaseSchema, allowed: dict[str, str]) -> None:
    def ask(case: Case) -> None:
        if case.path_parameters:
            case.path_parameters["report_id"] = allowed["report"]
        case.call_and_validate(headers={"Authorization": f"Bearer {allowed['secret']}"}, checks=CHECKS)

    assert ask_everything(described, 8, ask) == 7


def test_nobody_gets_anything(described: schemathesis.schemas.BaseSchema) -> None:
    def ask(case: Case) -> None:
        assert case.call_and_validate(checks=CHECKS).status_code in (401, 403, 404)  # 403: a made-up session

    assert ask_everything(described, 3, ask) == 7
