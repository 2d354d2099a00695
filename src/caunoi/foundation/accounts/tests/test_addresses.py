"""An address is one person's: kept by the table, and told in words to who comes second."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from types import SimpleNamespace
from typing import cast

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caunoi.foundation.accounts.models import Account, Invitation
from caunoi.foundation.accounts.operations import addresses
from caunoi.foundation.accounts.operations.accounts import open_account
from caunoi.foundation.accounts.operations.addresses import InvitationRefused
from caunoi.foundation.accounts.operations.invitations import invite
from caunoi.foundation.accounts.operations.personal import correct_address
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.public import Person
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.kernel.actor import system
from caunoi.kernel.errors import Refused
from caunoi.surfaces.demonstration.office import Office

migration = importlib.import_module("caunoi.foundation.accounts.migrations.0008_an_address_is_one_persons")
AT_ONCE = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
SHARED = "chung@thanhgiang.example"


@pytest.fixture
def scene(office: Office, now: dt.datetime) -> Scene:
    return Scene(office, now)


def people(scene: Scene) -> tuple[Person, Person]:
    """Two people who hold posts and have no account yet."""
    return scene.person("thpt_2.officer"), scene.person("thpt_3.officer")


def test_the_table_keeps_an_address_to_one_account_however_it_is_written(scene: Scene) -> None:
    first, second = scene.office.accounts["clerk"], scene.office.accounts["specialist"]
    Account.objects.filter(pk=first.pk).update(email=SHARED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=second.pk).update(email=SHARED.upper())
    Account.objects.filter(pk__in=[first.pk, second.pk]).update(email="")
    assert Account.objects.filter(email="").count() == 2


def test_who_comes_second_between_look_and_write_is_refused_in_words(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = people(scene)
    invite(person=first, email=SHARED, by=scene.admin, at=scene.now)
    real, looks = addresses._is_taken, iter([False])
    monkeypatch.setattr(addresses, "_is_taken", lambda *given: next(looks, None) is not False and real(*given))
    with counted(Account, Invitation, Entry), pytest.raises(InvitationRefused, match="email_taken"):
        invite(person=second, email=SHARED.title(), by=scene.admin, at=scene.now)


def test_an_account_is_not_opened_at_the_address_of_another(scene: Scene) -> None:
    first, second = people(scene)
    invite(person=first, email=SHARED, by=scene.admin, at=scene.now)
    Person.objects.filter(pk=second.pk).update(email=SHARED)
    second.refresh_from_db()
    with counted(Account, Entry), pytest.raises(InvitationRefused, match="email_taken"):
        open_account(person=second, username="thuhai", password=None, by=system(), at=scene.now)


def test_doubles_of_former_times_stop_the_migration_with_their_names(scene: Scene) -> None:
    editor = cast(BaseDatabaseSchemaEditor, SimpleNamespace(connection=connection))
    migration.refuse_doubles(apps, editor)
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("DROP INDEX accounts_account_address")
    Account.objects.filter(username="vanthu").update(email=SHARED)
    Account.objects.filter(username="giamdoc").update(email=SHARED.upper())
    with pytest.raises(RuntimeError, match="điện tử: giamdoc, vanthu"):
        migration.refuse_doubles(apps, editor)
    Account.objects.filter(username="giamdoc").update(email="")
    migration.refuse_doubles(apps, editor)


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all from connections of their own, begun together; return the codes of the refusals."""
    gate = Barrier(len(acts), timeout=20)

    def work(act: Callable[[], object]) -> str:
        try:
            gate.wait()
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(work, acts))


class TestAtOnce:
    pytestmark = AT_ONCE

    def test_of_two_invitations_to_one_address_one_goes_out(self, scene: Scene) -> None:
        acts = [
            partial(invite, person=person, email=email, by=scene.admin, at=scene.now)
            for person, email in zip(people(scene), (SHARED, SHARED.upper()), strict=True)
        ]
        assert _at_once(*acts) == ["", "invitation.email_taken"]
        assert Account.objects.filter(email__iexact=SHARED).count() == 1
        assert Invitation.objects.count() == 1

    def test_of_two_corrections_to_one_address_one_is_entered(self, scene: Scene) -> None:
        acts = [
            partial(correct_address, scene.office.accounts[key].public_id, {"email": SHARED}, scene.admin, scene.now)
            for key in ("clerk", "specialist")
        ]
        assert _at_once(*acts) == ["", "invitation.email_taken"]
        assert Account.objects.filter(email=SHARED).count() == 1

    def test_one_person_invited_twice_at_once_has_one_account_and_one_open_link(self, scene: Scene) -> None:
        person, _other = people(scene)
        act = partial(invite, person=person, email=SHARED, by=scene.admin, at=scene.now)
        assert _at_once(act, act) == ["", ""]
        assert Account.objects.filter(person=person).count() == 1
        assert Invitation.objects.filter(account__person=person, withdrawn_at__isnull=True).count() == 1

    def test_namesakes_invited_at_once_get_names_of_their_own(self, scene: Scene) -> None:
        first, second = people(scene)
        Person.objects.filter(pk__in=[first.pk, second.pk]).update(name="Lê Văn Trùng")
        acts = [
            partial(invite, person=Person.objects.get(pk=person.pk), email=f"{person.pk}@so.example", by=scene.admin,
                    at=scene.now)
            for person in (first, second)
        ]  # fmt: skip
        assert _at_once(*acts) == ["", ""]
        assert Account.objects.filter(person__in=[first, second]).values("username").distinct().count() == 2
