"""The scene of the table of access: built once for the module, every visit undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from caunoi.conftest import standing_office
from tests.access.scene import AT, Scene, build


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Build the scene in a transaction that is undone after the module."""
    with django_db_blocker.unblock(), time_machine.travel(AT, tick=False), transaction.atomic():
        yield build(standing_office())
        transaction.set_rollback(True)
