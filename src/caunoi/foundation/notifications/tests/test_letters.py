import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from caunoi.foundation.accounts.models import Invitation
from caunoi.foundation.accounts.operations.letters import ask_password_link
from caunoi.foundation.accounts.public import close_account, invite, withdraw_invitation
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.jobs.operations import Run, handler_named
from caunoi.foundation.notifications.models import Delivery, DeliveryState, Enclosure, Notice
from caunoi.foundation.notifications.operations.letters import set_preference, want_digests, want_urgent
from caunoi.foundation.notifications.operations.notices import mark_all_read, mark_read
from caunoi.foundation.notifications.operations.sending import sweep
from caunoi.foundation.notifications.public import Message, notify, register_urgent
from caunoi.foundation.notifications.rules.mail import PAUSES
from caunoi.foundation.notifications.tests.smtp import Postman, free_port, running
from caunoi.foundation.people.public import leave
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
DELIVER = "notifications.deliver"
register_urgent(["test.urgent"])


@pytest.fixture
def port(settings: LazySettings) -> int:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    settings.PUBLIC_ADDRESS = "https://caunoi.thanhgiang.example"
    settings.DEFAULT_FROM_EMAIL = "Cầu Nối <cau-noi@thanhgiang.example>"
    return int(settings.EMAIL_PORT)


@pytest.fixture
def postman(port: int) -> Iterator[Postman]:
    man = Postman()
    with running(man, port):
        yield man


def tell(office: Office, at: dt.datetime, kind: str = "test", title: str = "Báo cáo quý III bị trả lại") -> Notice:
    notify(Message(kind, title, "/bao-cao/", "chi tiết"), posts=[office.posts["school_officer"]], by=system(), at=at)
    return Notice.objects.latest("pk")


def work(at: dt.datetime) -> None:
    """Run every letter's job that is due, as the worker does."""
    handle = handler_named(DELIVER)
    assert handle is not None
    for job in Job.objects.filter(handler=DELIVER, state="ready", run_after__lte=at).order_by("pk"):
        Job.objects.filter(pk=job.pk).update(state="done")
        handle(Run(job.pk, at, 1), **job.arguments)


def the_letter() -> Delivery:
    return Delivery.objects.get()


def test_the_digest_tells_once_what_is_unread_and_is_taken_by_the_server(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    notice = tell(office, now - DAY)
    assert want_digests(at=now) == 1
    assert want_digests(at=now + MINUTE) == 0
    work(now)
    letter = the_letter()
    assert (letter.state, letter.words, letter.ended_at) == (DeliveryState.TAKEN, "250 taken as 7A1", now)
    (mail,) = postman.taken
    assert mail["To"] == office.accounts["school_officer"].email
    assert str(mail["Subject"]).strip() == "Cầu Nối: 1 thông báo chưa đọc, ngày 05/10/2026"
    assert mail["Message-ID"] == f"<{letter.public_id}@caunoi.thanhgiang.example>"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    link = f"https://caunoi.thanhgiang.example/thong-bao/{notice.public_id}/"
    assert f"- {notice.title}" in plain.get_content()
    assert link in plain.get_content()
    assert f'href="{link}"' in page.get_content()
    assert "chi tiết" not in plain.get_content() + page.get_content()
    work(now + DAY)
    assert len(postman.taken) == 1


def test_a_day_without_news_has_no_letter(office: Office, now: dt.datetime) -> None:
    assert want_digests(at=now) == 0
    notice = tell(office, now - DAY)
    mark_read(notice=notice, at=now)
    assert want_digests(at=now) == 0
    tell(office, now - 15 * DAY)
    assert want_digests(at=now) == 0
    assert Delivery.objects.count() == 0


def test_what_a_letter_has_told_the_next_one_does_not(office: Office, now: dt.datetime, postman: Postman) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    assert want_digests(at=now + DAY) == 0
    later = tell(office, now + DAY)
    assert want_digests(at=now + DAY + MINUTE) == 1
    assert list(Enclosure.objects.filter(notice=later).values_list("delivery__key", flat=True)) == [
        f"digest:{office.accounts['school_officer'].pk}:2026-10-06"
    ]


@pytest.mark.parametrize(
    ("day", "hour", "wanted"), [(5, 6, 0), (5, 7, 1), (4, 9, 0)], ids=["too early", "at seven", "a Sunday"]
)
def test_the_digest_comes_on_working_days_at_its_hour(
    office: Office, now: dt.datetime, day: int, hour: int, wanted: int
) -> None:
    tell(office, now - 3 * DAY)
    assert want_digests(at=now.replace(day=day, hour=hour, minute=0)) == wanted


def test_a_person_chooses_when_and_whether(office: Office, now: dt.datetime) -> None:
    tell(office, now - 3 * DAY)
    account = office.accounts["school_officer"]
    sunday = now.replace(day=4, hour=16, minute=0)
    set_preference(
        account=account, has_digest=True, digest_at=dt.time(16), on_working_days_only=False, has_urgent=False
    )
    assert want_digests(at=sunday - MINUTE) == 0
    assert want_digests(at=sunday) == 1
    set_preference(account=account, has_digest=False, digest_at=dt.time(7), on_working_days_only=True, has_urgent=False)
    tell(office, now, "test.urgent")
    assert want_digests(at=now + MINUTE) == 0
    assert want_urgent(at=now + MINUTE) == 0


def test_what_is_urgent_is_told_at_once_and_not_again_in_the_digest(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    tell(office, now, "test.urgent")
    assert Job.objects.filter(handler="notifications.urgent").count() == 1
    assert want_urgent(at=now) == 1
    assert want_urgent(at=now) == 0
    assert want_digests(at=now) == 0
    work(now)
    assert [str(mail["Subject"]).strip() for mail in postman.taken] == ["Cầu Nối: việc cần xem ngay"]


def test_a_refused_address_is_not_tried_again_and_the_servers_words_are_kept(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    postman.refuse = "550 5.1.1 khong co hop thu nay"
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    letter = the_letter()
    assert (letter.state, letter.words) == (DeliveryState.REFUSED, "550 5.1.1 khong co hop thu nay")
    assert not Job.objects.filter(handler=DELIVER, state="ready").exists()


@pytest.mark.parametrize("how", ["recipient", "text"])
def test_a_server_that_is_busy_is_tried_again_later(
    office: Office, now: dt.datetime, postman: Postman, how: str
) -> None:
    if how == "recipient":
        postman.refuse = "450 4.2.0 ban thu lai"
    else:
        postman.refuse_text = "451 4.3.0 ban thu lai"
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    letter = the_letter()
    assert (letter.state, letter.attempts, letter.next_at) == (DeliveryState.QUEUED, 1, now + MINUTE)
    assert letter.words.endswith("ban thu lai")
    postman.refuse = postman.refuse_text = ""
    work(now + MINUTE)
    assert (the_letter().state, len(postman.taken)) == (DeliveryState.TAKEN, 1)


def test_a_server_that_is_away_is_waited_for(office: Office, now: dt.datetime, port: int) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    assert (the_letter().state, the_letter().next_at) == (DeliveryState.QUEUED, now + PAUSES[0])
    assert the_letter().words.startswith("ConnectionRefusedError")
    work(now + PAUSES[0])
    assert the_letter().next_at == now + PAUSES[0] + PAUSES[1]
    back = Postman()
    with running(back, port):
        work(now + PAUSES[0] + PAUSES[1])
    assert (the_letter().state, the_letter().attempts, len(back.taken)) == (DeliveryState.TAKEN, 3, 1)


def test_after_two_days_a_letter_is_given_up(office: Office, now: dt.datetime, port: int) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    at = now
    for pause in (dt.timedelta(), *PAUSES):
        at += pause
        work(at)
    letter = the_letter()
    assert (letter.state, letter.attempts) == (DeliveryState.REFUSED, len(PAUSES) + 1)
    assert letter.words.startswith("ConnectionRefusedError")


def test_when_the_line_breaks_after_the_text_it_is_not_sent_twice(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    postman.break_off = True
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    assert the_letter().state == DeliveryState.UNCERTAIN
    work(now + DAY)
    sweep(at=now + DAY)
    work(now + DAY)
    assert len(postman.taken) == 1


def test_a_worker_killed_while_the_server_took_the_text_sends_no_second_letter(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    Delivery.objects.update(state=DeliveryState.HANDING, handed_at=now)  # as the killed worker left it
    work(now + MINUTE)
    assert (the_letter().state, postman.taken) == (DeliveryState.UNCERTAIN, [])


def test_a_worker_killed_before_that_loses_no_letter(office: Office, now: dt.datetime, postman: Postman) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    Job.objects.filter(handler=DELIVER).delete()  # failed for good, or lost
    assert sweep(at=now + 29 * MINUTE) == 0
    assert sweep(at=now + 31 * MINUTE) == 1
    work(now + 31 * MINUTE)
    assert (the_letter().state, len(postman.taken)) == (DeliveryState.TAKEN, 1)


def test_what_is_read_before_the_letter_goes_out_is_not_told(
    office: Office, now: dt.datetime, today: dt.date, postman: Postman
) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    mark_all_read(by=office.actor("school_officer", on=today), at=now)
    work(now)
    assert (the_letter().state, postman.taken) == (DeliveryState.DROPPED, [])


def test_who_left_the_post_before_the_letter_goes_out_hears_nothing_of_it(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    tell(office, now - DAY)
    want_digests(at=now)
    person, post = office.people["school_officer"], office.posts["school_officer"]
    leave(person=person, post=post, on=now.date(), by=system(), at=now)
    work(now + MINUTE)
    assert (the_letter().state, postman.taken) == (DeliveryState.DROPPED, [])


def test_the_digest_begins_with_what_is_urgent_and_says_so(office: Office, now: dt.datetime, postman: Postman) -> None:
    account = office.accounts["school_officer"]
    set_preference(account=account, has_digest=True, digest_at=dt.time(7), on_working_days_only=True, has_urgent=False)
    tell(office, now - 2 * DAY, kind="test.urgent", title="Quá hạn báo cáo năm")
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    plain = postman.taken[0].get_body(("plain",))
    assert plain is not None
    titles = [line for line in plain.get_content().splitlines() if line.startswith("- ")]
    assert titles == ["- Cần xem ngay: Quá hạn báo cáo năm", "- Báo cáo quý III bị trả lại"]


def test_a_letter_is_read_when_all_it_tells_was_read_in_the_system(
    office: Office, now: dt.datetime, postman: Postman
) -> None:
    first, second = tell(office, now - DAY), tell(office, now - DAY, title="Việc khác")
    want_digests(at=now)
    work(now)
    mark_read(notice=first, at=now + MINUTE)
    assert the_letter().read_at is None
    mark_read(notice=second, at=now + 2 * MINUTE)
    assert the_letter().read_at == now + 2 * MINUTE


def test_who_has_left_the_post_or_whose_account_is_closed_hears_nothing(office: Office, now: dt.datetime) -> None:
    tell(office, now - DAY)
    post, person = office.posts["school_officer"], office.people["school_officer"]
    leave(person=person, post=post, on=now.date(), by=system(), at=now)
    assert want_digests(at=now) == 0
    notify(Message("test", "Việc", "/"), posts=[office.posts["principal"]], by=system(), at=now)
    close_account(account=office.accounts["principal"], by=system(), at=now)
    assert want_digests(at=now) == 0


def test_an_invitation_goes_out_with_its_link_and_says_how_far_it_is(
    office: Office, now: dt.datetime, today: dt.date, postman: Postman
) -> None:
    by = office.actor("administrator", on=today)
    invitation = invite(person=office.people["thpt_2.principal"], email="moi@truong.example", by=by, at=now)
    assert the_letter().key == f"invitation:{invitation.public_id}"
    work(now)
    (mail,) = postman.taken
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "https://caunoi.thanhgiang.example/tai-khoan/loi-moi/" in plain.get_content()
    assert f"Tên đăng nhập: {invitation.account.username}." in plain.get_content()
    invitation.refresh_from_db()
    assert invitation.mail_state == "taken"


def test_a_refused_invitation_shows_the_servers_words_to_who_invited(
    office: Office, now: dt.datetime, today: dt.date, postman: Postman
) -> None:
    postman.refuse = "550 no such user here"
    by = office.actor("administrator", on=today)
    invite(person=office.people["thpt_2.principal"], email="sai@truong.example", by=by, at=now)
    work(now)
    row = Invitation.objects.get()
    assert (row.mail_state, row.mail_words) == ("refused", "550 no such user here")


def test_a_withdrawn_invitation_is_not_sent(office: Office, now: dt.datetime, postman: Postman) -> None:
    invitation = invite(person=office.people["thpt_2.principal"], email="moi@truong.example", by=system(), at=now)
    withdraw_invitation(invitation=invitation, by=system(), at=now)
    work(now)
    assert (the_letter().state, postman.taken) == (DeliveryState.DROPPED, [])


def test_a_link_to_set_a_password_is_sent_once_a_minute(office: Office, now: dt.datetime, postman: Postman) -> None:
    account = office.accounts["specialist"]
    for _ in range(3):
        ask_password_link(account=account, by=system(), at=now)
    work(now)
    (mail,) = postman.taken
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "/tai-khoan/mat-khau/quen/" in plain.get_content()


def test_a_reader_of_english_gets_english(office: Office, now: dt.datetime, postman: Postman) -> None:
    account = office.accounts["school_officer"]
    account.language = "en"
    account.save()
    tell(office, now - DAY)
    want_digests(at=now)
    work(now)
    plain = postman.taken[0].get_body(("html",))
    assert plain is not None
    assert '<html lang="en">' in plain.get_content()
