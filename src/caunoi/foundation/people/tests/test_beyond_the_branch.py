"""Attempts to reach beyond one's branch by way of people who also hold a post elsewhere, and to give oneself more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from caunoi.foundation.accounts.public import AccountsForbidden, Invitation, invite
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.public import covers, dissolve_unit, undo_event, within
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.people import correct_person, register_person
from caunoi.foundation.people.operations.posts import take_up
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.people.operations.rights import grant_role
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.foundation.people.public import (
    PeopleForbidden,
    Permission,
    PostNotHeld,
    Role,
    actor_of,
    only_stands_in,
)
from caunoi.foundation.people.tests.scenes import Scene, counted, refused
from caunoi.kernel.actor import Actor, Line, system

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


def test_an_address_in_use_elsewhere_names_nobody(scene: Scene, keeper: Actor) -> None:
    """The keeper of one school learns of a person of another only that the address is taken."""
    scene.person("specialist").email = "chuyen.vien@so.example"
    scene.person("specialist").save()
    given = {"name": "Ai Đó", "email": "chuyen.vien@so.example", "at": scene.now}
    for by, code in ((keeper, "people.email_used_elsewhere"), (scene.admin, "people.email_used")):
        with counted(Person, Entry), pytest.raises(PeopleRefused) as caught:
            register_person(**given, by=by)  # type: ignore[arg-type]  # of mixed kinds
        assert (caught.value.code, "person" in caught.value.facts) == (code, by is not keeper)


def test_who_administers_nothing_enters_nobody(scene: Scene) -> None:
    with counted(Person, Entry), pytest.raises(PeopleForbidden):
        register_person(name="Ai Đó", by=scene.actor("director"), at=scene.now)


def test_rights_in_one_line_are_not_widened_into_the_other(scene: Scene) -> None:
    """Who keeps a branch of the professional line gives nothing over what only the administrative line puts below."""
    post, unit = scene.free_post("so"), scene.unit("xa_1")
    with counted(Grant, Entry), pytest.raises(PeopleForbidden):
        grant_role(
            post=post, role=Role.LEADER, unit=unit, subtree=True, line=Line.ADMINISTRATIVE, on=scene.today,
            by=scene.admin, at=scene.now,
        )  # fmt: skip


def test_a_post_ends_with_its_unit_wherever_its_rights_reach(scene: Scene) -> None:
    """An officer of a unit that is merged away keeps nothing over the rest of the tree, until the merger is undone."""
    post, person = scene.post("thpt_1.officer"), scene.person("thpt_1.officer")
    grant_role(
        post=post, role=Role.SPECIALIST, unit=scene.unit("so"), subtree=True, on=scene.today, by=system(),
        at=scene.now,
    )  # fmt: skip
    before = actor_of(account_id=1, person=person, post=post, on=scene.today)
    assert Role.SPECIALIST in before.roles
    event = dissolve_unit(
        unit=scene.unit("thpt_1"), on=scene.today, successor=scene.unit("thpt_2"), by=system(), at=scene.now
    )
    with pytest.raises(PostNotHeld):
        actor_of(account_id=1, person=person, post=post, on=scene.today)
    assert actor_of(account_id=1, person=person, on=scene.today).granted == {}
    undo_event(event=event, by=system(), at=scene.now)
    assert actor_of(account_id=1, person=person, post=post, on=scene.today) == before


def test_a_right_over_a_unit_that_has_ended_reaches_nothing(scene: Scene) -> None:
    person = scene.person("thpt_2.principal")
    grant_role(
        post=scene.post("thpt_2.principal"), role=Role.ADMINISTRATOR, unit=scene.unit("thpt_1"), subtree=True,
        on=scene.today, by=system(), at=scene.now,
    )  # fmt: skip
    dissolve_unit(unit=scene.unit("thpt_1"), on=scene.today, successor=scene.unit("thpt_2"), by=system(), at=scene.now)
    by = actor_of(account_id=1, person=person, on=scene.today)
    reached = {unit.pk for unit in within(by.scopes(Permission.ADMINISTER), on=scene.today)}
    assert reached == set()
    assert not covers(by.scopes(Permission.ADMINISTER), scene.unit("thpt_2"), on=scene.today)


def test_who_stands_in_for_an_administrator_or_leader_administers_and_signs_nothing(scene: Scene) -> None:
    stand_in = scene.somebody("Lò Văn Thay")
    for key in ("administrator", "director"):
        take_up(
            person=stand_in, post=scene.post(key), on=scene.today, until=scene.today + DAY,
            capacity=Capacity.SUBSTITUTE, by=system(), at=scene.now,
        )  # fmt: skip
        by = actor_of(account_id=1, person=stand_in, post=scene.post(key), on=scene.today)
        assert (by.scopes(Permission.ADMINISTER), only_stands_in(by, on=scene.today)) == ((), True)
        assert actor_of(account_id=1, person=stand_in, on=scene.today + DAY).granted == {}
