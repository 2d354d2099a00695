"""What a page costs does not depend on how many posts and rights one has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.accounts.tests.steps import sign_in
from caunoi.foundation.organisations.public import covers
from caunoi.foundation.people.models import Grant, Holding, Post
from caunoi.foundation.people.public import Permission, Role, actor_of
from caunoi.surfaces.demonstration.office import Office

MANY = 50


@pytest.fixture
def client(office: Office, now: dt.datetime) -> Iterator[Client]:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield sign_in()


def _more(office: Office, now: dt.datetime) -> None:
    """Give the specialist 50 posts more, and each of these and the present one 50 rights."""
    unit, start = office.unit("thpt_1"), now.date()
    made = Post.objects.bulk_create(Post(unit=unit, title=f"Ủy viên {n}") for n in range(MANY))
    Holding.objects.bulk_create(Holding(person=office.people["specialist"], post=one, from_on=start) for one in made)
    Grant.objects.bulk_create(
        Grant(post=post, role=Role.LEADER, unit=unit, from_on=start - dt.timedelta(days=n))
        for post in (office.posts["specialist"], *made)
        for n in range(MANY)
    )


@pytest.mark.parametrize("path", ["/tai-khoan/", "/nhan-su/", "/don-vi/"])
def test_a_page_costs_the_same_with_one_post_and_with_fifty(
    office: Office, now: dt.datetime, client: Client, path: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    cost()
    before = cost()
    _more(office, now)
    assert cost() == before


def test_asking_for_a_permission_costs_one_query_with_one_right_and_with_fifty(
    office: Office, now: dt.datetime
) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as made:
            by = actor_of(
                account_id=1, person=office.people["specialist"], post=office.posts["specialist"], on=now.date()
            )
        with CaptureQueriesContext(connection) as asked:
            assert covers(by.scopes(Permission.READ), office.unit("thpt_2"), on=now.date())
        return len(made), len(asked)

    assert cost() == (3, 1)
    _more(office, now)
    assert cost() == (3, 1)
