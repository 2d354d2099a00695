"""The four requests of a person, walked over what the system really keeps: contacts, accounts, sessions."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.accounts.models import Account, SignIn
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.notifications.models import Notice
from caunoi.foundation.people.models import Holding, Person
from caunoi.foundation.personal_data.models import Breach, Limit, Reveal, SubjectRequest
from caunoi.foundation.personal_data.operations.breaches import Told, report_breach
from caunoi.foundation.personal_data.operations.requests import make_request
from caunoi.foundation.personal_data.operations.retention import erase_expired
from caunoi.foundation.personal_data.operations.telling import tell_clocks
from caunoi.foundation.personal_data.public import load_law, reveal
from caunoi.foundation.personal_data.rules.retention import months_before
from caunoi.foundation.personal_data.rules.states import RequestKind
from caunoi.foundation.personal_data.rules.unusual import Unusual, unusual
from caunoi.kernel.actor import system
from caunoi.kernel.clock import VIETNAM
from caunoi.surfaces.demonstration.office import PASSWORD, Office

OpenClient = Callable[[str], Client]


@pytest.fixture(autouse=True)
def law(office: Office) -> None:
    load_law()


def asks(office: Office, kind: RequestKind, at: dt.datetime) -> SubjectRequest:
    by = office.actor("school_officer", on=at.date())
    return make_request(
        kind=kind, text="Đề nghị thực hiện.", person_id=by.person_id, person_name=by.person_name, unit_id=by.unit_id,
        by=by, at=at,
    )  # fmt: skip


def step(client: Client, request: SubjectRequest, name: str, **data: object) -> int:
    return client.post(reverse("personal_data:request_step", args=[request.public_id, name]), data).status_code


def leave_all(office: Office, name: str, on: dt.date) -> Person:
    person = office.people[name]
    Holding.objects.filter(person=person).update(until_on=on)
    return person


def test_a_wrong_address_or_an_empty_form_changes_nothing_and_a_right_one_is_written(
    office: Office, client_of: OpenClient, now: dt.datetime
) -> None:
    request, client = asks(office, RequestKind.CORRECT, now), client_of("administrator")
    person = office.people["school_officer"]
    record = f"person-contact/{person.public_id}"
    page = client.get(reverse("personal_data:request", args=[request.public_id])).content.decode()
    assert f'name="record" value="{record}"' in page
    assert 'name="f-address"' not in page  # where one signed in is a fact, not a statement
    assert step(client, request, "chinh-sua", record=record, **{"f-email": "khong-phai"}) == 409
    assert step(client, request, "chinh-sua", record=record, **{"f-phone": "09 xx"}) == 409
    assert step(client, request, "chinh-sua", record=record, **{"f-email": " "}) == 409
    assert Person.objects.get(pk=person.pk).email == person.email
    assert step(client, request, "chinh-sua", record=record, **{"f-phone": "0987 654 321"}) == 302
    after = Person.objects.get(pk=person.pk)
    assert (after.email, after.phone) == (person.email, "0987 654 321")
    entry = Entry.objects.filter(verb="personal_data.correct").get()
    assert entry.changes == {"field": [None, "Điện thoại"]}


def shown_again(client: Client) -> Client:
    """Show again who one is, as erasing asks."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def test_contacts_are_kept_while_in_post_and_erased_on_request_after(
    office: Office, client_of: OpenClient, now: dt.datetime, today: dt.date
) -> None:
    request, client = asks(office, RequestKind.ERASE, now), shown_again(client_of("administrator"))
    person = office.people["school_officer"]
    page = reverse("personal_data:request", args=[request.public_id])
    record = f"person-contact/{person.public_id}"
    assert "còn giữ vị trí công tác" in client.get(page).content.decode()
    assert step(client, request, "tra-loi", answer="Đã xóa.", erase=record) == 409
    assert Person.objects.get(pk=person.pk).email == person.email
    box = f'name="erase" value="{record}"'
    assert box not in client.get(page).content.decode()
    leave_all(office, "school_officer", today)
    assert box in client.get(page).content.decode()
    assert step(client, request, "tra-loi", answer="Đã xóa.", erase=record) == 302
    after = Person.objects.get(pk=person.pk)
    assert (after.name, after.email, after.phone) == (person.name, "", "")
    assert SubjectRequest.objects.get().done == [["person-contact", str(person.public_id)]]


def test_an_account_is_erased_only_when_it_is_closed(
    office: Office, client_of: OpenClient, now: dt.datetime, today: dt.date
) -> None:
    client_of("school_officer")
    account = Account.objects.get(person=office.people["school_officer"])
    request, client = asks(office, RequestKind.ERASE, now), shown_again(client_of("administrator"))
    record = f"account/{account.public_id}"
    assert step(client, request, "tra-loi", answer="Đã xóa.", erase=record) == 409
    Account.objects.filter(pk=account.pk).update(is_active=False, email="cu@thanhgiang.example")
    assert step(client, request, "tra-loi", answer="Đã xóa.", erase=record) == 302
    assert Account.objects.get(pk=account.pk).email == ""
    assert not SignIn.objects.filter(account=account).exists()


def test_the_inventory_has_accounts_and_sessions_and_one_sees_ones_own(client_of: OpenClient) -> None:
    page = client_of("administrator").get(reverse("personal_data:inventory")).content.decode()
    for words in ("Tài khoản", "Phiên đăng nhập", "Thông tin liên hệ của cán bộ".lower()):
        assert words in page or words in page.lower()
    assert "canbotruong" in client_of("school_officer").get(reverse("personal_data:mine")).content.decode()


def test_what_nobody_needs_any_more_is_erased_by_itself(office: Office, now: dt.datetime, today: dt.date) -> None:
    gone = leave_all(office, "school_officer", months_before(today, 24) - dt.timedelta(days=1))
    lately = leave_all(office, "principal", months_before(today, 24))
    assert erase_expired(by=system(), at=now) == 1
    assert Person.objects.get(pk=gone.pk).email == ""
    assert Person.objects.get(pk=lately.pk).email == lately.email != ""
    assert Entry.objects.filter(verb="people.erase_contact").count() == 1


def test_months_are_counted_back_to_the_end_of_a_short_month() -> None:
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert months_before(dt.date(2026, 1, 15), 24) == dt.date(2024, 1, 15)


@pytest.mark.parametrize(
    ("before", "hour", "is_working_day", "is_near", "why"),
    [
        (0, 9, True, True, []),
        (19, 9, True, True, []),
        (20, 9, True, True, [Unusual.RATE]),
        (0, 5, True, True, [Unusual.HOURS]),
        (0, 6, True, True, []),
        (0, 20, True, True, [Unusual.HOURS]),
        (0, 9, False, True, [Unusual.HOURS]),
        (0, 9, True, False, [Unusual.ELSEWHERE]),
        (20, 23, False, False, [Unusual.RATE, Unusual.HOURS, Unusual.ELSEWHERE]),
    ],
)
def test_what_is_unusual(before: int, hour: int, is_working_day: bool, is_near: bool, why: list[Unusual]) -> None:
    moment = dt.datetime(2026, 10, 5, hour, 30, tzinfo=VIETNAM)
    assert (
        unusual(
            before=before, rate=20, moment=moment, first_hour=6, end_hour=20, is_working_day=is_working_day,
            is_near=is_near,
        )
        == why
    )  # fmt: skip


def shown(office: Office, at: dt.datetime) -> None:
    person = office.people["school_officer"]
    by = office.actor("specialist", on=at.date())
    reveal(kind="person-contact", record_id=person.public_id, field="phone", reason="Gọi nhắc", by=by, at=at)


def test_who_is_in_charge_hears_of_an_unusual_reveal_once_a_day(
    office: Office, client_of: OpenClient, now: dt.datetime
) -> None:
    Limit.objects.filter(code="reveal.rate").update(amount=1)
    shown(office, now)
    assert not Notice.objects.exists()
    shown(office, now + dt.timedelta(minutes=1))
    shown(office, now + dt.timedelta(minutes=2))
    told = Notice.objects.get()
    assert told.post_id == office.posts["administrator"].pk
    assert "nhiều bất thường" in told.title
    shown(office, now.replace(hour=22))
    assert Reveal.objects.latest("at").unusual_for == ["hours"]
    assert Notice.objects.count() == 2
    page = client_of("administrator").get(told.address).content.decode()
    assert "ngoài giờ làm việc" in page


def test_a_request_reaches_who_handles_it_and_its_answer_who_asked(
    office: Office, client_of: OpenClient, now: dt.datetime
) -> None:
    request = asks(office, RequestKind.SEE, now)
    told = Notice.objects.get()
    assert told.post_id == office.posts["administrator"].pk
    assert "07/10/2026" in told.text
    step(client_of("administrator"), request, "tra-loi", answer="Xem trang Dữ liệu về tôi.")
    assert Notice.objects.filter(post=office.posts["school_officer"], kind="personal_data.answer").count() == 1


def test_a_clock_that_runs_out_is_told_once(office: Office, now: dt.datetime, today: dt.date) -> None:
    told = Told(title="Lộ danh sách", what="Gửi nhầm thư.", found_at=now)
    breach = report_breach(told=told, by=office.actor("administrator", on=today), at=now)
    assert tell_clocks(at=now + dt.timedelta(hours=47)) == 0
    assert tell_clocks(at=now + dt.timedelta(hours=48)) == 1
    assert tell_clocks(at=now + dt.timedelta(hours=80)) == 1
    notice = Notice.objects.get()
    assert (notice.title, notice.is_urgent) == ("Sắp hết hạn thông báo vi phạm: Lộ danh sách", True)
    assert str(breach.public_id) in notice.address
    Breach.objects.update(state="notified", notified_at=now)
    assert tell_clocks(at=now + dt.timedelta(hours=90)) == 0
