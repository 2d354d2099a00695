import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.public import close_account
from caunoi.foundation.people.public import Role, create_post, grant_role, take_up
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import PASSWORD, Office


@pytest.mark.parametrize("name", ["chuyenvien", "ChuyenVien"])
def test_one_signs_in_by_name_whatever_its_case(office: Office, name: str) -> None:
    response = Client().post("/tai-khoan/dang-nhap/", {"login": name, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_wrong_password_is_answered_without_saying_what_was_wrong(office: Office) -> None:
    known = Client().post("/tai-khoan/dang-nhap/", {"login": "chuyenvien", "password": "sai"})
    unknown = Client().post("/tai-khoan/dang-nhap/", {"login": "khongco", "password": "sai"})
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_a_closed_account_cannot_sign_in(office: Office, now: dt.datetime) -> None:
    close_account(account=office.accounts["specialist"], by=system(), at=now)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "chuyenvien", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_themselves(office: Office) -> None:
    before = Account.objects.count()
    fields = {"username": "moi", "password1": "mot-cau-rat-dai", "password2": "mot-cau-rat-dai"}
    Client().post("/tai-khoan/dang-ky/", fields)
    assert Account.objects.count() == before


def test_a_person_with_two_posts_switches_between_them(
    office: Office, client_of: Callable[[str], Client], now: dt.datetime
) -> None:
    unit = office.unit("thpt_2")
    post = create_post(unit=unit, title="Biệt phái", by=system(), at=now)
    grant_role(post=post, role=Role.CLERK, unit=unit, on=now.date(), by=system(), at=now)
    take_up(person=office.people["specialist"], post=post, on=now.date(), by=system(), at=now)
    client = client_of("specialist")
    assert client.get("/tai-khoan/").context["actor"].unit_id == office.unit("so").pk
    client.post("/tai-khoan/vi-tri/", {"post": str(post.public_id)})
    assert client.get("/tai-khoan/").context["actor"].unit_id == unit.pk


def test_nobody_acts_in_a_post_they_do_not_hold(office: Office, client_of: Callable[[str], Client]) -> None:
    client = client_of("specialist")
    response = client.post("/tai-khoan/vi-tri/", {"post": str(office.posts["director"].public_id)})
    assert response.status_code == 404
    assert client.get("/tai-khoan/").context["actor"].post_id == office.posts["specialist"].pk


def test_the_language_is_kept_and_leads_nowhere_else(office: Office, client_of: Callable[[str], Client]) -> None:
    client = client_of("specialist")
    response = client.post("/tai-khoan/ngon-ngu/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
    assert Account.objects.get(username="chuyenvien").language == "en"
    assert client.cookies["django_language"].value == "en"


def test_an_account_of_the_demonstration_is_no_account_in_a_real_installation(
    office: Office, client_of: Callable[[str], Client], settings: LazySettings
) -> None:
    signed_in = client_of("administrator")
    settings.DEMONSTRATION = False
    assert signed_in.get("/tai-khoan/")["Location"].startswith("/tai-khoan/dang-nhap/")
    fresh = Client()
    fresh.post("/tai-khoan/dang-nhap/", {"login": "quantri", "password": PASSWORD})
    assert "_auth_user_id" not in fresh.session
