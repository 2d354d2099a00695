import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.tests.steps import is_in, sign_in
from caunoi.surfaces.demonstration.office import PASSWORD, Office

MINUTE = dt.timedelta(minutes=1)
UNLOCK = "/tai-khoan/mo-khoa/"


@pytest.fixture
def clock(office: Office, now: dt.datetime) -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


def test_who_works_is_not_locked_out(clock: time_machine.Traveller) -> None:
    client = sign_in()
    for _ in range(3):
        clock.shift(14 * MINUTE)
        assert client.get("/tai-khoan/").status_code == 200


def test_after_fifteen_idle_minutes_every_request_is_refused_until_the_password(
    clock: time_machine.Traveller,
) -> None:
    client = sign_in()
    clock.shift(15 * MINUTE)
    page = client.get("/tai-khoan/?a=1")
    assert (page.status_code, page["Location"]) == (302, f"{UNLOCK}?next=%2Ftai-khoan%2F%3Fa%3D1")
    part = client.get("/thong-bao/", headers={"HX-Request": "true"})
    assert (part.status_code, part["X-Session-Locked"], part.content) == (401, "1", b"")
    sent = client.post("/tai-khoan/ngon-ngu/", {"language": "vi"})
    assert sent.status_code == 302  # the choice of a language shows nothing and changes no record of the office
    assert client.post("/thong-bao/da-doc/").status_code == 401
    wrong = client.post(UNLOCK, {"password": "sai"}, headers={"X-Pages-Lock": "1"})
    assert (wrong.status_code, wrong.json()) == (422, {"text": "Mật khẩu chưa đúng."})
    assert client.get("/tai-khoan/").status_code == 302
    right = client.post(UNLOCK, {"password": PASSWORD}, headers={"X-Pages-Lock": "1"})
    assert right.status_code == 204
    assert client.get("/tai-khoan/").status_code == 200


def test_what_was_typed_can_be_sent_after_unlocking_because_the_session_stays(clock: time_machine.Traveller) -> None:
    client = sign_in(client=Client(enforce_csrf_checks=False))
    token = client.get("/tai-khoan/").cookies.get("csrftoken") or client.cookies["csrftoken"]
    key = client.session.session_key
    clock.shift(20 * MINUTE)
    client.post(UNLOCK, {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert (client.session.session_key, client.cookies["csrftoken"].value) == (key, token.value)


def test_unlocking_leads_nowhere_else(clock: time_machine.Traveller) -> None:
    client = sign_in()
    clock.shift(20 * MINUTE)
    answer = client.post(UNLOCK, {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_what_a_page_asks_by_itself_is_no_work(clock: time_machine.Traveller) -> None:
    client = sign_in()
    for minutes in (5, 10):
        clock.shift(5 * MINUTE)
        asked = client.get("/tai-khoan/", headers={"X-Idle": str(minutes * 60), "HX-Request": "true"})
        assert asked.status_code == 200
    clock.shift(5 * MINUTE)
    asked = client.get("/tai-khoan/", headers={"X-Idle": "900", "HX-Request": "true"})
    assert asked.status_code == 401


def test_typing_alone_keeps_the_session_open(clock: time_machine.Traveller) -> None:
    client = sign_in()
    clock.shift(10 * MINUTE)
    assert client.post("/tai-khoan/con-lam-viec/", headers={"X-Idle": "0"}).status_code == 204
    clock.shift(10 * MINUTE)
    assert client.get("/tai-khoan/").status_code == 200


def test_one_locks_the_screen_oneself(clock: time_machine.Traveller) -> None:
    client = sign_in()
    assert client.post("/tai-khoan/khoa/", headers={"X-Idle": "0"}).status_code == 204
    assert client.get("/tai-khoan/").status_code == 302


def test_the_lock_can_be_left_only_by_the_password_or_by_signing_out(clock: time_machine.Traveller) -> None:
    client = sign_in()
    client.post("/tai-khoan/khoa/")
    assert client.get("/tai-khoan/phien/").status_code == 302
    assert client.post("/tai-khoan/mat-khau/").status_code == 401
    client.post("/tai-khoan/dang-xuat/")
    assert not is_in(client)


def test_guessing_at_the_lock_locks_the_account(office: Office, clock: time_machine.Traveller) -> None:
    client = sign_in()
    client.post("/tai-khoan/khoa/")
    for _ in range(5):
        cache.clear()
        client.post(UNLOCK, {"password": "sai"}, headers={"X-Pages-Lock": "1"})
    cache.clear()
    shut = client.post(UNLOCK, {"password": PASSWORD}, headers={"X-Pages-Lock": "1"})
    assert shut.status_code == 422
    assert "bị khóa đến 21:30, 05/10/2026" in shut.json()["text"]


def test_a_session_ends_after_twelve_hours_however_busy(clock: time_machine.Traveller) -> None:
    client = sign_in()
    for _ in range(51):
        clock.shift(14 * MINUTE)
        client.get("/tai-khoan/")
    assert is_in(client)
    clock.shift(6 * MINUTE)
    assert client.get("/tai-khoan/")["Location"].startswith("/tai-khoan/dang-nhap/")
    assert not is_in(client)


def test_a_forged_idle_time_cannot_unlock(clock: time_machine.Traveller) -> None:
    client = sign_in()
    clock.shift(16 * MINUTE)
    for said in ("0", "-99999", "abc", "99999999999999999999"):
        assert client.get("/tai-khoan/", headers={"X-Idle": said, "HX-Request": "true"}).status_code == 401
    assert Account.objects.filter(username="chuyenvien").exists()
