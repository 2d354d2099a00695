"""Two administrators at the same moment: one act is entered, the other is told; no periods overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from caunoi.foundation.people.models import Grant, Holding, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.posts import Handover, close_post, hand_over, take_up
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.foundation.people.public import Role, grant_role
from caunoi.foundation.people.tests.scenes import Scene
from caunoi.kernel.errors import Refused

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory is one connection; it writes one at a time"
    ),
]
MONTH = dt.timedelta(days=30)


def _at_once(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Do both from connections of their own, begun together; return the codes of the refusals."""
    gate = Barrier(2, timeout=20)

    def work(act: Callable[[], object]) -> str:
        try:
            gate.wait()
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(work, (first, second)))


@pytest.mark.parametrize("months", [None, 2])
def test_of_two_who_are_given_a_post_at_once_one_gets_it(scene: Scene, months: int | None) -> None:
    post, until = scene.free_post(), scene.today + months * MONTH if months else None
    acts = [
        partial(take_up, person=scene.somebody(name), post=post, on=scene.today, until=until, by=scene.admin,
                at=scene.now)
        for name in ("Lê Văn Một", "Lê Văn Hai")
    ]  # fmt: skip
    assert _at_once(*acts) == ["", "people.post_taken"]
    assert Holding.objects.filter(post=post).count() == 1


def test_of_two_handovers_at_once_one_is_entered(scene: Scene) -> None:
    post, old = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    acts = [
        partial(hand_over, handover=Handover(post, old, scene.somebody(name), scene.today), by=scene.admin,
                at=scene.now)
        for name in ("Lê Văn Một", "Lê Văn Hai")
    ]  # fmt: skip
    assert _at_once(*acts) == ["", "people.not_holder"]
    assert Holding.objects.filter(post=post, until_on=None).count() == 1


def test_the_same_role_or_authority_given_twice_at_once_is_given_once(scene: Scene) -> None:
    post = scene.free_post()
    roles = [
        partial(grant_role, post=post, role=Role.CLERK, unit=post.unit, on=scene.today - days * MONTH, by=scene.admin,
                at=scene.now)
        for days in (0, 1)
    ]  # fmt: skip
    assert _at_once(*roles) == ["", "people.grant_twice"]
    signing = partial(authorise_signing, post=post, unit=post.unit, form=SigningForm.TL, head_title="", title="Thư ký",
                      ground="QĐ 1", on=scene.today, by=scene.admin, at=scene.now)  # fmt: skip
    assert _at_once(signing, signing) == ["", "people.signing_twice"]
    assert (Grant.objects.filter(post=post).count(), SigningAuthority.objects.filter(post=post).count()) == (1, 1)


def test_a_post_does_not_end_while_somebody_is_given_it(scene: Scene) -> None:
    post = scene.free_post()
    ends = partial(close_post, post=post, on=scene.today, by=scene.admin, at=scene.now)
    takes = partial(
        take_up, person=scene.somebody("Lê Văn Một"), post=post, on=scene.today, by=scene.admin, at=scene.now
    )
    assert _at_once(ends, takes) in (["", "people.post_closed"], ["", "people.post_held"])
