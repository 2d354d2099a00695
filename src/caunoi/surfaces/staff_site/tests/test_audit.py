import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.audit.public import Entry, Subject, record, use_case
from caunoi.foundation.spreadsheets.public import read
from caunoi.kernel.actor import Actor
from caunoi.surfaces.demonstration.office import Office

SignIn = Callable[[str], Client]
PAGE, EXPORT = "/quan-tri/nhat-ky/", "/quan-tri/nhat-ky/xuat/"


@use_case
def note(*, by: Actor, at: dt.datetime, label: str, verb: str = "test.noted", kind: str = "document") -> None:
    record(by=by, at=at, verb=verb, subject=Subject(kind, label, label), changes={"state": ("draft", "issued")})


@pytest.fixture
def noted(office: Office, now: dt.datetime, today: dt.date) -> None:
    """What two people of the department did on two days."""
    specialist, director = office.actor("specialist", on=today), office.actor("director", on=today)
    note(by=specialist, at=now - dt.timedelta(days=3), label="Công văn mời họp")
    note(by=director, at=now, label="Kế hoạch hội nhập", verb="people.grant", kind="plan")


def labels(client: Client, query: str) -> set[str]:
    page = client.get(f"{PAGE}?{query}").content.decode()
    return {label for label in ("Công văn mời họp", "Kế hoạch hội nhập") if label in page}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("first=01/10/2026", {"Công văn mời họp", "Kế hoạch hội nhập"}),
        ("first=03/10/2026", {"Kế hoạch hội nhập"}),
        ("first=01/10/2026&last=04/10/2026", {"Công văn mời họp"}),
        ("first=01/10/2026&subject=plan", {"Kế hoạch hội nhập"}),
        ("first=01/10/2026&verb=people.grant", {"Kế hoạch hội nhập"}),
        ("first=01/10/2026&post=giam doc", {"Kế hoạch hội nhập"}),
        ("first=01/10/2026&post=Chuyên viên phụ trách", {"Công văn mời họp"}),
        ("first=01/10/2026&q=cong van", {"Công văn mời họp"}),
        ("first=01/10/2026&unit=so giao duc", {"Công văn mời họp", "Kế hoạch hội nhập"}),
        ("first=01/10/2026&unit=chu van an", set()),
        ("first=01/01/0001&last=31/12/9999&q=moi hop", {"Công văn mời họp"}),
        ("first=hôm qua&q=moi hop", {"Công văn mời họp"}),
    ],
)
def test_the_audit_is_filtered(query: str, found: set[str], noted: None, client_of: SignIn) -> None:
    assert labels(client_of("director"), query) == found


def test_the_audit_is_filtered_by_who_did_it(noted: None, client_of: SignIn, office: Office) -> None:
    name = office.people["specialist"].name
    assert labels(client_of("director"), f"first=01/10/2026&person={name}") == {"Công văn mời họp"}


def test_an_export_holds_what_the_filter_shows_and_is_noted(noted: None, client_of: SignIn, office: Office) -> None:
    client = client_of("director")
    answer = client.post(EXPORT, {"format": "csv", "first": "01/10/2026", "q": "cong van"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 2
    assert lines[1][1] == office.people["specialist"].name
    assert lines[1][7:9] == ["Công văn mời họp", "Trạng thái: draft → issued"]
    entry = Entry.objects.get(verb="audit.export")
    assert entry.person_name == office.people["director"].name
    assert entry.changes["count"] == [None, 1]
    assert "cong van" in entry.changes["filters"][1]


def test_an_export_is_a_workbook_that_opens(noted: None, client_of: SignIn) -> None:
    answer = client_of("director").post(EXPORT, {"format": "xlsx", "first": "01/10/2026"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    (sheet,) = read(content=answer.content, name="nhat-ky.xlsx").sheets
    assert "Kế hoạch hội nhập" in str(sheet)


def test_who_may_not_read_the_audit_gets_no_export_and_nothing_is_noted(noted: None, client_of: SignIn) -> None:
    entries = Entry.objects.count()
    assert client_of("school_officer").post(EXPORT, {"format": "csv"}).status_code == 403
    assert Entry.objects.count() == entries


def test_the_audit_costs_the_same_however_long_it_is(client_of: SignIn, office: Office, now: dt.datetime) -> None:
    client = client_of("director")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(f"{PAGE}?first=01/10/2026")
    for number in range(30):
        note(by=office.actor("specialist", on=now.date()), at=now, label=f"Văn bản {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PAGE}?first=01/10/2026")
    assert len(many) <= len(few) + 1


def test_a_sign_in_stands_in_the_audit_with_the_address_of_the_machine(office: Office, now: dt.datetime) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3")
    client.post("/tai-khoan/dang-nhap/", {"login": "giamdoc", "password": "cau-noi-thu-nghiem"})
    entry = Entry.objects.filter(verb="accounts.sign_in").latest("id")
    assert (entry.subject_label, entry.address) == ("giamdoc", "10.1.2.3")
