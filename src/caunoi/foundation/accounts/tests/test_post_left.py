import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from caunoi.foundation.accounts.access import keys_of, sign_ins_of
from caunoi.foundation.accounts.models import SignIn
from caunoi.foundation.accounts.operations.sessions import forget_ended
from caunoi.foundation.accounts.public import make_key
from caunoi.foundation.accounts.tests.steps import SIGN_IN, is_in, sign_in
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.public import (
    Capacity,
    Handover,
    Post,
    close_post,
    create_post,
    hand_over,
    leave,
    register_person,
    take_up,
)
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

DAY = dt.timedelta(days=1)
NONE_LEFT = "Bạn không còn giữ vị trí nào nên phiên làm việc đã kết thúc. Việc đang làm ở lại với vị trí."
UNSAVED = "Nội dung vừa gửi chưa được lưu."


@pytest.fixture
def clock(office: Office, now: dt.datetime) -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


def _hand_over(office: Office, at: dt.datetime, on: dt.date | None = None) -> None:
    person = register_person(name="Trần Thị Mới", by=system(), at=at)
    handover = Handover(office.posts["specialist"], office.people["specialist"], person, on or at.date())
    hand_over(handover=handover, by=system(), at=at)


def _second_post(office: Office, at: dt.datetime) -> Post:
    post = create_post(unit=office.unit("thpt_1"), title="Ủy viên", by=system(), at=at)
    take_up(person=office.people["specialist"], post=post, on=at.date(), by=system(), at=at)
    return post


def test_who_hands_over_the_last_post_is_signed_out_and_told_why(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    client, account = sign_in(), office.accounts["specialist"]
    key, _secret = make_key(
        account=account, post=office.posts["specialist"], name="Kho", expires_on=now.date(), by=system(), at=now
    )
    _hand_over(office, now)
    assert not sign_ins_of(account).exists()
    assert key not in keys_of(account)
    said = Entry.objects.get(verb="accounts.end_sessions", subject_label="chuyenvien")
    assert said.person_name == system().person_name
    answer = client.get("/van-ban/den/")
    assert (answer.status_code, answer["Location"]) == (302, f"{SIGN_IN}?next=%2Fvan-ban%2Fden%2F")
    assert not is_in(client)
    assert NONE_LEFT in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(
    ("headers", "place"), [({"HX-Request": "true"}, "HX-Trigger"), ({"X-Pages-Autosave": "1"}, "")]
)
def test_what_an_open_page_sends_by_itself_is_refused_with_the_sentence(
    office: Office, now: dt.datetime, clock: time_machine.Traveller, headers: dict[str, str], place: str
) -> None:
    client = sign_in()
    _hand_over(office, now)
    answer = client.post("/thong-bao/da-doc/", headers=headers)
    assert answer.status_code == 409
    words = answer[place].encode().decode("unicode_escape") if place else answer.json()["sentence"]
    assert f"{NONE_LEFT} {UNSAVED}" in words


def test_who_can_sign_in_again_has_no_rights(office: Office, now: dt.datetime, clock: time_machine.Traveller) -> None:
    _hand_over(office, now)
    client = sign_in()
    assert is_in(client)
    assert client.get("/van-ban/den/").status_code == 403


def test_with_another_post_left_the_session_goes_on_with_it_and_says_so(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    client = sign_in()
    other = _second_post(office, now)
    _hand_over(office, now)
    page = client.get("/tai-khoan/")
    assert page.status_code == 200
    assert page.context["actor"].post_id == other.pk
    lost = office.posts["specialist"].title
    said = f"Bạn không còn giữ vị trí “{lost}”. Từ đây bạn làm việc với vị trí “Ủy viên, Trường THPT"
    assert said in page.content.decode()
    assert said not in client.get("/tai-khoan/").content.decode()


def test_what_was_sent_for_the_lost_post_is_not_done_for_the_other(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    client = sign_in(client=Client(enforce_csrf_checks=False))
    _second_post(office, now)
    _hand_over(office, now)
    entries = Entry.objects.count()
    refused = client.post("/van-ban/soan/", {"subject": "x"})
    assert (refused.status_code, refused["Location"], Entry.objects.count()) == (302, "/", entries)
    assert UNSAVED in client.get("/tai-khoan/").content.decode()


def test_a_form_opened_for_another_post_is_refused_after_the_switch(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    other = _second_post(office, now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.accounts["specialist"])
    client.get("/tai-khoan/")
    old = client.cookies["csrftoken"].value
    switched = client.post("/tai-khoan/vi-tri/", {"post": str(other.public_id), "csrfmiddlewaretoken": old})
    assert switched.status_code == 302
    assert client.post("/thong-bao/da-doc/", {"csrfmiddlewaretoken": old}).status_code == 403
    fresh = client.cookies["csrftoken"].value
    assert client.post("/thong-bao/da-doc/", {"csrfmiddlewaretoken": fresh}).status_code == 302


def test_a_leave_that_lies_ahead_is_noticed_when_the_day_has_come(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    clock.move_to(now.replace(hour=23, minute=50))
    client = sign_in()
    _hand_over(office, now, now.date() + DAY)
    assert client.get("/van-ban/den/").status_code == 200
    clock.shift(dt.timedelta(minutes=10))
    assert client.get("/van-ban/den/").status_code == 302
    assert not is_in(client)
    assert NONE_LEFT in client.get(SIGN_IN).content.decode()


def test_an_acting_holder_who_is_appointed_keeps_the_session(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    client, person = sign_in(), office.people["specialist"]
    handover = Handover(office.posts["specialist"], person, person, now.date(), Capacity.ACTING)
    hand_over(handover=handover, by=system(), at=now)
    assert client.get("/van-ban/den/").status_code == 200


def test_leaving_and_closing_a_post_end_the_session_too(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    client, post = sign_in(), office.posts["specialist"]
    leave(person=office.people["specialist"], post=post, on=now.date(), by=system(), at=now)
    close_post(post=post, on=now.date(), by=system(), at=now)
    assert client.get("/van-ban/den/")["Location"].startswith(SIGN_IN)


def test_the_row_of_an_ended_session_goes_after_two_days(
    office: Office, now: dt.datetime, clock: time_machine.Traveller
) -> None:
    sign_in()
    kept = sign_in("giamdoc")
    _hand_over(office, now)
    assert forget_ended(at=now + DAY) == 0
    assert forget_ended(at=now + 3 * DAY) == 1
    assert SignIn.objects.get().session_key == kept.session.session_key
