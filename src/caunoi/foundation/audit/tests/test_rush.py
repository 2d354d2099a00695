"""Use cases that end at the same moment do not wait for each other, and their links hold."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from caunoi.foundation.audit.access import faults
from caunoi.foundation.audit.models import Entry
from caunoi.foundation.audit.operations import LANES
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.kernel.actor import system

WAIT = 20
"""Seconds after which a writer counts as stuck; none comes near."""
pytestmark = pytest.mark.django_db(transaction=True)


@use_case
def note(*, label: str, at: dt.datetime) -> None:
    record(by=system(), at=at, verb="test.rush", subject=Subject("note", label, label))


def beside(work: Callable[[], None]) -> threading.Thread:
    """Run ``work`` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def only_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time by itself")


def test_a_use_case_does_not_wait_for_one_that_has_linked_and_not_committed(now: dt.datetime) -> None:
    only_on_postgresql()
    with transaction.atomic():
        note(label="mở", at=now)
        other = beside(lambda: note(label="khác", at=now))
        other.join(WAIT)
        assert not other.is_alive()
    assert list(Entry.objects.filter(verb="test.rush").order_by("link__lane").values_list("link__lane", flat=True)) == [
        0,
        1,
    ]
    assert list(faults()) == []


def test_when_every_lane_is_held_one_waits_and_then_goes_on(now: dt.datetime) -> None:
    only_on_postgresql()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(1130460494, lane) FROM generate_series(0, %s) lane", [LANES - 1]
            )
        other = beside(lambda: note(label="chờ", at=now))
        other.join(0.3)
        assert other.is_alive()
    other.join(WAIT)
    assert not other.is_alive()
    assert Entry.objects.filter(verb="test.rush").count() == 1


def test_a_rush_leaves_chains_without_a_fault(now: dt.datetime) -> None:
    only_on_postgresql()

    def many(who: int) -> None:
        for number in range(15):
            note(label=f"{who}.{number}", at=now)

    writers = [beside(lambda who=who: many(who)) for who in range(6)]  # type: ignore[misc]  # a default binds the number
    for writer in writers:
        writer.join(60)
    assert Entry.objects.filter(verb="test.rush").count() == 90
    assert list(faults()) == []
