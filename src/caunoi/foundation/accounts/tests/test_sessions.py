import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from caunoi.foundation.accounts.access import sign_ins_of
from caunoi.foundation.accounts.models import SignIn
from caunoi.foundation.accounts.operations.rules import change_rule
from caunoi.foundation.accounts.public import close_account
from caunoi.foundation.accounts.rules.devices import device_name
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.accounts.tests.steps import is_in, sign_in
from caunoi.foundation.audit.public import Entry
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Safari/537.36 "
    "Edg/139.0"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def _moment(office: Office, now: dt.datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize(
    ("user_agent", "name"), [(EDGE, "Microsoft Edge, Windows"), (PHONE, "Safari, iPhone"), ("curl/8", ""), ("", "")]
)
def test_a_browser_is_named_in_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_the_list_names_device_address_and_way(now: dt.datetime) -> None:
    here = sign_in(HTTP_USER_AGENT=EDGE, REMOTE_ADDR="10.0.0.5")
    sign_in(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="10.0.0.6")
    rows = {row["device"]: row for row in here.get("/tai-khoan/phien/").context["rows"]}
    assert set(rows) == {"Microsoft Edge, Windows", "Safari, iPhone"}
    assert rows["Microsoft Edge, Windows"]["current"]
    assert not rows["Safari, iPhone"]["current"]
    kept: SignIn = rows["Safari, iPhone"]["row"]
    assert (kept.address, kept.way, kept.began_at) == ("10.0.0.6", "password", now)
    assert Entry.objects.filter(verb="accounts.sign_in", subject_label="chuyenvien").count() == 2


def test_one_session_is_ended_from_another(now: dt.datetime) -> None:
    here, there = sign_in(), sign_in()
    other = SignIn.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"/tai-khoan/phien/{other.public_id}/ket-thuc/")
    assert there.get("/tai-khoan/").status_code == 302
    assert here.get("/tai-khoan/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else() -> None:
    mine, theirs = sign_in(), sign_in("giamdoc")
    row = SignIn.objects.get(session_key=theirs.session.session_key)
    assert mine.post(f"/tai-khoan/phien/{row.public_id}/ket-thuc/").status_code == 404
    assert theirs.get("/tai-khoan/").status_code == 200


def test_all_others_end_at_once() -> None:
    here, others = sign_in(), [sign_in(), sign_in()]
    here.post("/tai-khoan/phien/ket-thuc-khac/")
    assert [is_open(client) for client in (here, *others)] == [True, False, False]


def is_open(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_closing_an_account_ends_its_sessions_in_the_same_moment(office: Office, now: dt.datetime) -> None:
    client = sign_in()
    close_account(account=office.accounts["specialist"], by=system(), at=now)
    assert not is_open(client)
    assert not sign_ins_of(office.accounts["specialist"]).exists()
    assert "Tài khoản này đã đóng." in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_signing_out_leaves_the_list() -> None:
    client = sign_in()
    client.post("/tai-khoan/dang-xuat/")
    assert not SignIn.objects.exists()


def test_the_session_gets_a_new_key_at_sign_in() -> None:
    client = Client()
    client.get("/tai-khoan/dang-nhap/")
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    sign_in(client=client)
    assert is_in(client)
    assert client.session.session_key != planted


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(office: Office) -> None:
    here, there = sign_in(), sign_in()
    fields = {
        "oldpassword": "cau-noi-thu-nghiem",
        "password1": "mot cau khac han 2026",
        "password2": "mot cau khac han 2026",
    }
    assert here.post("/tai-khoan/mat-khau/", fields).status_code == 302
    assert (is_open(here), is_open(there)) == (True, False)
    assert [row.session_key for row in sign_ins_of(office.accounts["specialist"])] == [here.session.session_key]


def test_more_sessions_than_the_rules_allow_end_the_one_not_used_for_longest(now: dt.datetime) -> None:
    change_rule(code=RuleCode.SESSIONS, value=2, source="QĐ 1", confidence="I", by=system(), at=now)
    clients = []
    for minute in range(3):
        with time_machine.travel(now + dt.timedelta(minutes=minute), tick=False):
            clients.append(sign_in())
    assert [is_open(client) for client in clients] == [False, True, True]
    assert "ở quá nhiều nơi" in clients[0].get("/tai-khoan/dang-nhap/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(target: str) -> None:
    fields = {"login": "chuyenvien", "password": "cau-noi-thu-nghiem", "next": target}
    answer = Client().post("/tai-khoan/dang-nhap/", fields)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_needs_the_token_of_the_page() -> None:
    client = Client(enforce_csrf_checks=True)
    fields = {"login": "chuyenvien", "password": "cau-noi-thu-nghiem"}
    assert client.post("/tai-khoan/dang-nhap/", fields).status_code == 403
    assert not is_in(client)
