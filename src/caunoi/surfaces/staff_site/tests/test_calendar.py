import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Component, Event

from caunoi.business.plans.tests import scenes as plans
from caunoi.business.reporting.public import Campaign, ExpectedReporter, ReporterState
from caunoi.business.reporting.tests import scenes as reporting
from caunoi.foundation.accounts.public import close_account
from caunoi.foundation.people.public import leave
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

Maker = Callable[[str], Client]


def address_of(client: Client) -> str:
    response = client.post("/lich-viec/", {"act": "make"})
    return str(response.context["address"])


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def events(client: Client, path: str) -> list[Event]:
    response = client.get(path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return [part for part in Calendar.from_ical(response.content).walk("VEVENT") if isinstance(part, Event)]


def value(part: Component, name: str) -> object:
    """Return the day or the span that a property says."""
    return getattr(part[name], "dt")  # noqa: B009 - the types of icalendar do not tell one property from another


def test_the_feed_holds_the_reports_and_tasks_of_ones_posts_as_whole_days(
    office: Office, client_of: Maker, settings: LazySettings
) -> None:
    settings.PUBLIC_ADDRESS = "https://caunoi.example"
    campaign = reporting.scene(office).open()
    scene = plans.scene(office)
    task = scene.assign()
    scene.issue()
    address = address_of(client_of("school_officer"))
    assert address.startswith("https://caunoi.example/lich-viec/caunoi_")
    found = {str(event["SUMMARY"]): event for event in events(Client(), path_of(address))}
    report, work = found[f"Hạn báo cáo: {campaign.name}"], found[f"Hạn nhiệm vụ: {task.title}"]
    assert value(report, "DTSTART") == campaign.last_day_on
    assert value(report, "DTEND") == campaign.last_day_on + dt.timedelta(days=1)
    assert b"DTSTART;VALUE=DATE:" in report.to_ical()
    assert value(work, "DTSTART") == task.last_day
    assert str(work["UID"]) == f"task-{task.public_id}@caunoi.example"
    officer = office.actor("school_officer", on=campaign.last_day_on)
    for event in (report, work):
        assert f"Vị trí: {officer.post_title}, {officer.unit_name}" in str(event["DESCRIPTION"])
    (alarm,) = work.walk("VALARM")
    assert value(alarm, "TRIGGER") == dt.timedelta(hours=-16)


def test_a_thing_keeps_its_uid_and_lines_are_folded_between_letters(office: Office, client_of: Maker) -> None:
    reporting.scene(office).open()
    path = path_of(address_of(client_of("school_officer")))
    first, second = Client().get(path), Client().get(path)
    assert [e["UID"] for e in Calendar.from_ical(first.content).walk("VEVENT")] == [
        e["UID"] for e in Calendar.from_ical(second.content).walk("VEVENT")
    ]
    lines = first.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)


def test_the_address_is_shown_once_and_a_new_one_ends_the_old(office: Office, client_of: Maker) -> None:
    client = client_of("school_officer")
    first = path_of(address_of(client))
    assert first.encode() not in client.get("/lich-viec/").content
    second = path_of(address_of(client))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    client.post("/lich-viec/", {"act": "end"})
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("spoil", ["tampered", "closed"])
def test_any_other_address_leads_nowhere(office: Office, client_of: Maker, now: dt.datetime, spoil: str) -> None:
    path = path_of(address_of(client_of("school_officer")))
    if spoil == "tampered":
        path = path.replace(".ics", "x.ics")
    else:
        close_account(account=office.accounts["school_officer"], by=system(), at=now)
    assert Client().get(path).status_code == 404


def test_who_has_left_the_post_no_longer_sees_what_it_owes(office: Office, client_of: Maker, now: dt.datetime) -> None:
    reporting.scene(office).open()
    path = path_of(address_of(client_of("school_officer")))
    assert len(events(Client(), path)) == 1
    person, post = office.people["school_officer"], office.posts["school_officer"]
    leave(person=person, post=post, on=now.date(), by=system(), at=now)
    assert events(Client(), path) == []


def test_the_feed_of_nothing_is_a_calendar_all_the_same(office: Office, client_of: Maker) -> None:
    path = path_of(address_of(client_of("administrator")))
    whole = Calendar.from_ical(Client().get(path).content)
    assert (whole["VERSION"], whole.walk("VEVENT")) == ("2.0", [])
    assert b"\r\nX-PUBLISHED-TTL:PT4H\r\n" in whole.to_ical()


def test_a_report_that_was_sent_leaves_the_calendar(office: Office, client_of: Maker) -> None:
    campaign = reporting.scene(office).open()
    path = path_of(address_of(client_of("school_officer")))
    assert len(events(Client(), path)) == 1
    ExpectedReporter.objects.filter(campaign=campaign).update(state=ReporterState.SUBMITTED)
    assert events(Client(), path) == []


def test_signs_of_the_format_in_a_title_are_only_words(office: Office, client_of: Maker) -> None:
    campaign = reporting.scene(office).open()
    odd = 'Báo cáo; quý, III\\n "a":\nBEGIN:VEVENT'
    Campaign.objects.filter(pk=campaign.pk).update(name=odd)
    (event,) = events(Client(), path_of(address_of(client_of("school_officer"))))
    assert str(event["SUMMARY"]) == f"Hạn báo cáo: {odd}"


def test_the_feed_asks_the_database_as_often_for_many_things_as_for_one(office: Office, client_of: Maker) -> None:
    scene = plans.scene(office)
    scene.assign()
    scene.issue()
    path = path_of(address_of(client_of("school_officer")))
    Client().get(path)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200
        counts.append(len(asked))
        reporting.scene(office).open()
    assert counts[0] == counts[1]
