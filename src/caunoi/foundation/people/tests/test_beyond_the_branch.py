"""Attempts to reach beyond one's branch by way of people who also hold a post elsewhere, and to give oneself more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from caunoi.foundation.accounts.public import AccountsForbidden, Invitation, invite
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.people import correct_person
from caunoi.foundation.people.operations.posts import take_up
from caunoi.foundation.people.operations.rights import grant_role
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.foundation.people.public import PeopleForbidden, Role
from caunoi.foundation.people.tests.scenes import Scene, counted, refused
from caunoi.kernel.actor import Actor, system

DAY = dt.timedelta(days=1)


@pytest.fixture
def keeper(scene: Scene) -> Actor:
    """The principal, who administers the own school and nothing else."""
    grant_role(
        post=scene.post("principal"), role=Role.ADMINISTRATOR, unit=scene.unit("thpt_1"), on=scene.today,
        by=system(), at=scene.now,
    )  # fmt: skip
    return scene.actor("principal")


@pytest.fixture
def lent(scene: Scene) -> Person:
    """Somebody new at the Sở who also stands in at the school for a while."""
    person = scene.somebody("Lò Thị Mới", "moi@so.example")
    take_up(person=person, post=scene.free_post("so"), on=scene.today, by=system(), at=scene.now)
    take_up(
        person=person, post=scene.post("school_officer"), on=scene.today, until=scene.today + 5 * DAY,
        capacity=Capacity.SUBSTITUTE, by=system(), at=scene.now,
    )  # fmt: skip
    return person


def test_the_address_of_somebody_who_also_works_elsewhere_is_not_changed(
    scene: Scene, keeper: Actor, lent: Person
) -> None:
    with counted(Entry), pytest.raises(PeopleForbidden):
        correct_person(person=lent, name=lent.name, email="toi@truong.example", phone="", by=keeper, at=scene.now)
    assert Person.objects.get(pk=lent.pk).email == "moi@so.example"
    correct_person(person=lent, name=lent.name, email="dung@so.example", phone="", by=scene.admin, at=scene.now)
    assert Person.objects.get(pk=lent.pk).email == "dung@so.example"


def test_nobody_is_invited_into_an_office_by_the_keeper_of_another(scene: Scene, keeper: Actor, lent: Person) -> None:
    with counted(Entry, Invitation), pytest.raises(AccountsForbidden):
        invite(person=lent, email="toi@truong.example", by=keeper, at=scene.now)
    assert invite(person=lent, email=lent.email, by=scene.admin, at=scene.now).email == "moi@so.example"


def test_who_has_moved_on_is_answered_for_where_they_are_now(
    scene: Scene, keeper: Actor, client_of: Callable[[str], Client]
) -> None:
    Holding.objects.create(
        person=scene.person("specialist"), post=scene.post("school_officer"), from_on=scene.today - 900 * DAY,
        until_on=scene.today - 800 * DAY,
    )  # fmt: skip
    account = scene.office.accounts["specialist"]
    client = client_of("principal")
    assert client.post(f"/tai-khoan/quan-ly/{account.public_id}/dong/").status_code == 404
    account.refresh_from_db()
    assert account.is_active


def test_nobody_gives_rights_to_another_post_of_their_own(scene: Scene) -> None:
    second = scene.free_post("so")
    take_up(person=scene.person("administrator"), post=second, on=scene.today, by=system(), at=scene.now)
    with counted(Grant, Entry):
        code = refused(
            grant_role, post=second, role=Role.LEADER, unit=scene.unit("so"), subtree=True, on=scene.today,
            by=scene.admin, at=scene.now,
        )  # fmt: skip
    assert code == "people.own_rights"


def test_nobody_takes_up_a_post_by_their_own_hand(scene: Scene) -> None:
    free = scene.free_post("so")
    with counted(Holding, Entry):
        code = refused(
            take_up, person=scene.person("administrator"), post=free, on=scene.today, by=scene.admin, at=scene.now
        )
    assert code == "people.own_post"


def test_nobody_gives_themselves_authority_to_sign(scene: Scene) -> None:
    own = scene.post("administrator")
    with counted(SigningAuthority, Entry):
        code = refused(
            authorise_signing, post=own, unit=own.unit, form=SigningForm.HEAD, head_title="", title="GIÁM ĐỐC",
            on=scene.today, by=scene.admin, at=scene.now,
        )  # fmt: skip
    assert code == "people.own_rights"
