"""A letter that the mail server refused, sent again by the administrator."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.accounts.public import Account
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.notifications.models import Delivery, DeliveryKind, DeliveryState
from caunoi.foundation.notifications.operations.letters import want
from caunoi.foundation.notifications.operations.sending import end
from caunoi.surfaces.demonstration.office import Office

Clients = Callable[[str], Client]


@pytest.fixture
def letter(office: Office, now: dt.datetime) -> Delivery:
    account = office.accounts["school_officer"]
    made = want(key="digest:1", kind=DeliveryKind.DIGEST, account=account, at=now)
    assert made is not None
    end(made, DeliveryState.REFUSED, words="550 no such user here", at=now)
    Job.objects.all().delete()
    return made


def again(client: Client, letter: Delivery) -> str:
    address = reverse("notifications:send_again", args=[letter.public_id])
    return client.post(address, follow=True).content.decode()


def test_it_goes_to_the_address_that_the_person_has_now(letter: Delivery, client_of: Clients) -> None:
    Account.objects.filter(pk=letter.account_id).update(email="moi@thanhgiang.example")
    client = client_of("administrator")
    page = client.get(reverse("notifications:deliveries")).content.decode()
    assert "Gửi lại" in page
    assert "550 no such user here" in page
    assert "gửi lại ngay" in again(client, letter)
    letter.refresh_from_db()
    assert (letter.state, letter.to, letter.words) == ("queued", "moi@thanhgiang.example", "")
    assert Job.objects.get(handler="notifications.deliver").arguments == {"delivery": letter.pk}
    assert Entry.objects.get(verb="notifications.send_again").changes == {"state": ["refused", "queued"]}
    assert "không cần gửi lại" in again(client, letter)
    assert Job.objects.filter(handler="notifications.deliver").count() == 1


def test_without_an_address_nothing_is_queued(letter: Delivery, client_of: Clients) -> None:
    Account.objects.filter(pk=letter.account_id).update(email="")
    assert "chưa có địa chỉ thư" in again(client_of("administrator"), letter)
    assert Delivery.objects.get().state == DeliveryState.REFUSED


@pytest.mark.parametrize("who", ["specialist", "school_officer", "director"])
def test_who_does_not_look_after_letters_sends_none(who: str, letter: Delivery, client_of: Clients) -> None:
    address = reverse("notifications:send_again", args=[letter.public_id])
    assert client_of(who).post(address).status_code == 403
    assert Delivery.objects.get().state == DeliveryState.REFUSED
    assert not Job.objects.filter(handler="notifications.deliver").exists()
