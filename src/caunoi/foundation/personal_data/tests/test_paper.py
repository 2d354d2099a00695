"""Requests that came on paper: about somebody chosen within reach; erasing asks again who one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.public import Role, grant_role
from caunoi.foundation.personal_data.models import SubjectRequest
from caunoi.foundation.personal_data.tests.scenes import KIND, Cards, cards
from caunoi.kernel.actor import system
from caunoi.kernel.ids import uuid7
from caunoi.surfaces.demonstration.office import PASSWORD, Office

SignIn = Callable[[str], Client]
NEW = "/du-lieu-ca-nhan/yeu-cau/moi/"


@pytest.fixture
def kept(office: Office) -> Iterator[Cards]:
    with cards() as made:
        yield made


@pytest.fixture
def card(kept: Cards, office: Office) -> UUID:
    return kept.add(office.people["thpt_2.officer"].pk, office.unit("thpt_2").pk)


def entered(client: Client, office: Office, kind: str) -> SubjectRequest:
    person = office.people["thpt_2.officer"]
    client.post(NEW, {"person": str(person.public_id), "kind": kind, "text": "Đơn ngày 01/10."})
    return SubjectRequest.objects.get()


def test_the_person_is_found_by_name_and_chosen(card: UUID, client_of: SignIn, office: Office) -> None:
    client, person = client_of("administrator"), office.people["thpt_2.officer"]
    assert str(person.public_id) in client.get(NEW, {"q": person.name}).content.decode()
    assert "Không tìm thấy ai" in client.get(NEW, {"q": "không có ai tên này"}).content.decode()
    chosen = client.get(NEW, {"person": str(person.public_id)}).content.decode()
    assert person.name in chosen
    assert 'name="person_name"' not in chosen
    wrong = client.post(NEW, {"person": str(person.public_id), "kind": "see", "text": ""})
    assert (wrong.status_code, SubjectRequest.objects.count()) == (422, 0)
    outside = office.people["receiver"]
    assert str(outside.public_id) not in client.get(NEW, {"q": outside.name}).content.decode()
    made = entered(client, office, "see")
    assert (made.person_id, made.person_name) == (person.pk, person.name)


def test_somebody_outside_is_still_entered_by_name_alone(card: UUID, client_of: SignIn) -> None:
    client_of("administrator").post(NEW, {"person_name": "Người Ngoài", "kind": "see", "text": "Xin xem."})
    made = SubjectRequest.objects.get()
    assert (made.person_id, made.person_name) == (None, "Người Ngoài")


def test_what_is_held_is_seen_corrected_and_opened_to_the_person(
    card: UUID, kept: Cards, client_of: SignIn, office: Office
) -> None:
    client = client_of("administrator")
    request = entered(client, office, "correct")
    page = reverse("personal_data:request", args=[request.public_id])
    assert "Thẻ thử" in client.get(page).content.decode()
    step = reverse("personal_data:request_step", args=[request.public_id, "chinh-sua"])
    assert client.post(step, {"record": f"{KIND}/{card}", "f-phone": "0987654321"}).status_code == 302
    assert kept.rows[card].values["phone"] == "0987654321"


def test_an_administrator_of_one_school_chooses_nobody_of_another(
    card: UUID, client_of: SignIn, office: Office, now: dt.datetime, today: dt.date
) -> None:
    grant_role(
        post=office.posts["principal"], role=Role.ADMINISTRATOR, unit=office.unit("thpt_1"), on=today, by=system(),
        at=now,
    )  # fmt: skip
    client, person = client_of("principal"), office.people["thpt_2.officer"]
    entries = Entry.objects.count()
    assert str(person.public_id) not in client.get(NEW, {"q": person.name}).content.decode()
    asked = {"person": str(person.public_id), "kind": "erase", "text": "Xóa."}
    for given in (asked, {**asked, "person": str(uuid7())}, {**asked, "person": "x"}):
        assert client.get(NEW, {"person": given["person"]}).status_code == 404
        assert client.post(NEW, given).status_code == 404
    assert (SubjectRequest.objects.count(), Entry.objects.count()) == (0, entries)


def test_erasing_waits_until_the_person_has_shown_again_who_they_are(
    card: UUID, kept: Cards, client_of: SignIn, office: Office
) -> None:
    client = client_of("administrator")
    request = entered(client, office, "erase")
    step = reverse("personal_data:request_step", args=[request.public_id, "tra-loi"])
    asked = client.post(step, {"answer": "Đã xóa thẻ.", "erase": f"{KIND}/{card}"})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    request.refresh_from_db()
    assert (set(kept.rows), request.state) == ({card}, "received")
    wrong = client.post(asked.headers["Location"], {"password": "không phải"})
    assert (wrong.status_code, set(kept.rows)) == (200, {card})
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": step})
    assert done.headers["Location"] == reverse("personal_data:request", args=[request.public_id])
    request.refresh_from_db()
    assert (set(kept.rows), request.state, request.answer) == (set(), "answered", "Đã xóa thẻ.")


def test_an_answer_that_erases_nothing_asks_for_no_password(card: UUID, client_of: SignIn, office: Office) -> None:
    client = client_of("administrator")
    request = entered(client, office, "erase")
    step = reverse("personal_data:request_step", args=[request.public_id, "tra-loi"])
    assert (
        client.post(step, {"answer": "Phải lưu theo quy định."}).headers["Location"].endswith(f"{request.public_id}/")
    )


def test_who_has_a_second_factor_is_asked_for_that_and_not_for_the_password(
    card: UUID, kept: Cards, client_of: SignIn, office: Office
) -> None:
    client = client_of("administrator")
    request = entered(client, office, "erase")
    Authenticator.objects.create(user=office.accounts["administrator"], type=Authenticator.Type.TOTP, data={})
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    step = reverse("personal_data:request_step", args=[request.public_id, "tra-loi"])
    asked = client.post(step, {"answer": "Đã xóa thẻ.", "erase": f"{KIND}/{card}"})
    assert asked.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert set(kept.rows) == {card}
