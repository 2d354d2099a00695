import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.notifications.models import Notice
from caunoi.foundation.notifications.public import Message, notices_of, notify, take_rung, unread_count
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

MESSAGE = Message("test", "Báo cáo bị trả lại", "/bao-cao/", "Thiếu số liệu bảng 2")


def test_a_unit_is_told_through_the_posts_that_work_there(office: Office, now: dt.datetime, today: dt.date) -> None:
    told = notify(MESSAGE, unit_ids=[office.unit("thpt_1").pk, office.unit("tvdh_1").pk], by=system(), at=now)
    assert told == 2
    assert unread_count(office.actor("school_officer", on=today)) == 1
    assert unread_count(office.actor("reporter", on=today)) == 1
    assert unread_count(office.actor("principal", on=today)) == 0


def test_a_post_named_twice_is_told_once(office: Office, now: dt.datetime) -> None:
    post = office.posts["school_officer"]
    assert notify(MESSAGE, posts=[post, post], unit_ids=[post.unit_id], by=system(), at=now) == 1


def test_opening_marks_as_read_and_leads_to_the_page(
    office: Office, client_of: Callable[[str], Client], now: dt.datetime, today: dt.date
) -> None:
    notify(MESSAGE, posts=[office.posts["school_officer"]], by=system(), at=now)
    notice = Notice.objects.get()
    response = client_of("school_officer").get(f"/thong-bao/{notice.public_id}/")
    assert (response.status_code, response["Location"]) == (302, "/bao-cao/")
    assert unread_count(office.actor("school_officer", on=today)) == 0


def test_nobody_opens_a_notice_of_another_post(
    office: Office, client_of: Callable[[str], Client], now: dt.datetime, today: dt.date
) -> None:
    notify(MESSAGE, posts=[office.posts["school_officer"]], by=system(), at=now)
    notice = Notice.objects.get()
    assert client_of("specialist").get(f"/thong-bao/{notice.public_id}/").status_code == 404
    assert notices_of(office.actor("school_officer", on=today)).get().read_at is None


def test_a_reminder_is_sent_once_however_often_it_is_asked_for(office: Office, now: dt.datetime) -> None:
    units = [office.unit("thpt_1").pk, office.unit("thpt_2").pk]
    assert take_rung(key="campaign:1", unit_ids=units, rung="before_7", at=now) == units
    assert take_rung(key="campaign:1", unit_ids=[*units, 99], rung="before_7", at=now) == [99]


def test_the_inbox_asks_the_database_as_often_for_many_notices_as_for_one(
    office: Office, client_of: Callable[[str], Client], now: dt.datetime
) -> None:
    client = client_of("school_officer")
    counts = []
    for more in (1, 15):
        for _ in range(more):
            notify(MESSAGE, posts=[office.posts["school_officer"]], by=system(), at=now)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/thong-bao/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
