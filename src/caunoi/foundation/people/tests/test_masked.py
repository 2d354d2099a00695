"""Ways round the mask: the page source, the search, the audit, the lists of accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from caunoi.foundation.accounts.public import invite
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.models import Person
from caunoi.foundation.people.operations.people import correct_person
from caunoi.foundation.people.operations.posts import leave
from caunoi.foundation.people.tests.scenes import Scene

Clients = Callable[[str], Client]


def _reachable(scene: Scene) -> Person:
    person = scene.person("thpt_1.principal")
    correct_person(
        person=person, name=person.name, email="hiem.thay@truong.example", phone="0912345678", by=scene.admin,
        at=scene.now,
    )  # fmt: skip
    return person


def test_the_form_of_a_correction_holds_nothing_that_is_masked(scene: Scene, client_of: Clients) -> None:
    person, client = _reachable(scene), client_of("administrator")
    address = reverse("people:person", args=[person.public_id])
    page = client.get(address).content.decode()
    assert "Sửa thông tin" in page
    assert "hiem.thay" not in page
    assert "0912345678" not in page
    client.post(reverse("people:correct", args=[person.public_id]), {"name": "Tên Đã Sửa", "email": "", "phone": ""})
    person.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("Tên Đã Sửa", "hiem.thay@truong.example", "0912345678")


def test_an_address_is_not_guessed_by_searching(scene: Scene, client_of: Clients) -> None:
    person, client = _reachable(scene), client_of("specialist")
    assert person.name in client.get(reverse("people:people"), {"q": person.name}).content.decode()
    assert person.name not in client.get(reverse("people:people"), {"q": "hiem.t"}).content.decode()


def test_an_invitation_leaves_no_address_in_the_audit_and_on_the_lists(scene: Scene, client_of: Clients) -> None:
    person = scene.person("thpt_2.principal")
    made = invite(person=person, email="rat.kin@truong.example", by=scene.admin, at=scene.now)
    assert not Entry.objects.filter(changes__icontains="rat.kin").exists()
    client = client_of("administrator")
    for name in ("account_manage", "account_invitations", "account_invite"):
        assert "rat.kin" not in client.get(reverse(name)).content.decode()
    assert "rat.kin" not in client.get(reverse("account_manage_one", args=[made.account.public_id])).content.decode()


def test_who_has_left_stays_out_of_the_reach_of_another_branch(scene: Scene, client_of: Clients) -> None:
    person = _reachable(scene)
    leave(person=person, post=scene.post("thpt_1.principal"), on=scene.today, by=scene.admin, at=scene.now)
    address = reverse("personal_data:reveal", args=["person-contact", person.public_id, "email"])
    answer = client_of("commune_officer").post(address, {"reason": "Cần liên hệ gấp"})
    assert answer.status_code == 404
    assert "hiem.thay" not in answer.content.decode()
    assert "hiem.thay" in client_of("administrator").post(address, {"reason": "Cần liên hệ gấp"}).content.decode()
