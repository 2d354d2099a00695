"""The demonstration office for every test of the web system: built once a session, the same in each test."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

import pytest
import time_machine
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.clock import VIETNAM
from caunoi.surfaces.demonstration.office import Office, build_office

FOUNDING: Final = dt.datetime(2024, 1, 2, 8, 0, tzinfo=VIETNAM)
NOW: Final = dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM)
"""A Monday. Tests that need another moment pass or travel to their own."""

_built: list[Office] = []


def standing_office() -> Office:
    """Return the office that stands in the test database, built if there is none; a copy that a test may change."""
    if not _built or not Unit.objects.filter(public_id=_built[-1].unit("so").public_id).exists():
        _built.append(build_office(at=FOUNDING))
    return copy.deepcopy(_built[-1])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Build the office once, before the first test; every test sees it and its changes are undone."""
    with django_db_blocker.unblock():
        standing_office()


@pytest.fixture
def office(db: None) -> Office:
    """Return the demonstration office; built again when a test with real commits has emptied the database."""
    return standing_office()


@pytest.fixture
def now() -> dt.datetime:
    """Return the moment at which tests happen."""
    return NOW


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    """Return the day on which tests happen."""
    return now.date()


@pytest.fixture
def client_of(office: Office, now: dt.datetime) -> Iterator[Callable[[str], Client]]:
    """Return a maker of signed-in clients by kind of person ("specialist"); the clock stands at ``now``."""

    def sign_in(kind: str) -> Client:
        client = Client()
        client.force_login(office.accounts[kind])
        return client

    with time_machine.travel(now, tick=False):
        yield sign_in
