import datetime as dt
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.personal_data.models import Breach, BreachTask, SubjectRequest
from caunoi.foundation.personal_data.operations.breaches import (
    BreachRefused,
    Told,
    close_breach,
    do_task,
    notify_breach,
    report_breach,
)
from caunoi.foundation.personal_data.operations.requests import (
    RequestRefused,
    acknowledge_request,
    answer_request,
    correct_record,
    make_request,
    refuse_request,
)
from caunoi.foundation.personal_data.rules.states import RequestKind
from caunoi.foundation.personal_data.tests.scenes import KIND, Cards, cards
from caunoi.foundation.spreadsheets.public import read
from caunoi.kernel.clock import VIETNAM
from caunoi.kernel.errors import NotFound
from caunoi.surfaces.demonstration.office import Office

SignIn = Callable[[str], Client]


@pytest.fixture
def kept(office: Office) -> Iterator[Cards]:
    with cards() as made:
        yield made


@pytest.fixture
def card(kept: Cards, office: Office) -> UUID:
    return kept.add(office.people["school_officer"].pk, office.unit("thpt_1").pk)


def asked(office: Office, at: dt.datetime, kind: RequestKind) -> SubjectRequest:
    by = office.actor("school_officer", on=at.date())
    return make_request(
        kind=kind, text="Xin thực hiện.", person_id=by.person_id, person_name=by.person_name, unit_id=by.unit_id,
        by=by, at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (RequestKind.SEE, (10, 15)),
        (RequestKind.CORRECT, (10, 15)),
        (RequestKind.ERASE, (10, 25)),
        (RequestKind.WITHDRAW, (10, 20)),
    ],
)
def test_both_clocks_begin_when_a_request_is_received(
    kind: RequestKind, due: tuple[int, int], kept: Cards, office: Office, now: dt.datetime
) -> None:
    friday = now - dt.timedelta(days=3)
    assert asked(office, friday, kind).acknowledge_by == dt.datetime(2026, 10, 6, 23, 59, 59, tzinfo=VIETNAM)
    assert asked(office, now, kind).due_at == dt.datetime(2026, *due, 23, 59, 59, tzinfo=VIETNAM)


def test_an_answer_lists_what_is_held_and_closes_the_request(
    card: UUID, office: Office, now: dt.datetime, today: dt.date
) -> None:
    request, by = asked(office, now, RequestKind.SEE), office.actor("administrator", on=today)
    acknowledge_request(request=request, by=by, at=now)
    held = answer_request(request=request, answer="Xem trang Dữ liệu về tôi.", by=by, at=now)
    assert held.state == "answered"
    assert [KIND, str(card)] in held.done
    assert "person-contact" in {kind for kind, _record in held.done}
    with pytest.raises(RequestRefused, match="personal_request_closed"):
        refuse_request(request=request, reason="Không", by=by, at=now)
    verbs = Entry.objects.filter(subject_kind="personal-request", subject_id=str(request.public_id))
    assert set(verbs.values_list("verb", flat=True)) == {
        "personal_data.request", "personal_data.acknowledge", "personal_data.answer",
    }  # fmt: skip


def test_erasing_is_done_by_the_module_that_holds_the_record(
    card: UUID, kept: Cards, office: Office, now: dt.datetime, today: dt.date
) -> None:
    request, by = asked(office, now, RequestKind.ERASE), office.actor("administrator", on=today)
    other = kept.add(office.people["director"].pk, None)
    with pytest.raises(NotFound):
        answer_request(request=request, answer="Đã xóa.", erase=[(KIND, other)], by=by, at=now)
    assert set(kept.rows) == {card, other}
    contact = office.people["school_officer"].public_id
    answer_request(request=request, answer="Đã xóa.", erase=[(KIND, card)], by=by, at=now)
    assert set(kept.rows) == {other}
    assert contact is not None


def test_correcting_is_done_by_the_module_that_holds_the_record(
    card: UUID, kept: Cards, office: Office, now: dt.datetime, today: dt.date
) -> None:
    by = office.actor("administrator", on=today)
    request = asked(office, now, RequestKind.CORRECT)
    values = {"phone": "0987654321", "strange": "x"}
    correct_record(request=request, kind=KIND, record_id=card, values=values, by=by, at=now)
    assert kept.rows[card].values == {"email": "the@thanhgiang.example", "phone": "0987654321"}
    seen = asked(office, now, RequestKind.SEE)
    with pytest.raises(RequestRefused, match="not_correctable"):
        correct_record(request=seen, kind=KIND, record_id=card, values=values, by=by, at=now)


def test_without_words_nothing_is_answered(kept: Cards, office: Office, now: dt.datetime, today: dt.date) -> None:
    request, by = asked(office, now, RequestKind.SEE), office.actor("administrator", on=today)
    with pytest.raises(RequestRefused, match="answer_missing"):
        answer_request(request=request, answer="  ", by=by, at=now)
    request.refresh_from_db()
    assert request.state == "received"


def test_a_person_asks_sees_the_answer_and_takes_a_copy(card: UUID, client_of: SignIn) -> None:
    own, handler = client_of("school_officer"), client_of("administrator")
    mine = reverse("personal_data:mine")
    assert "0912345678" in own.get(mine).content.decode()
    own.post(mine, {"kind": "export", "text": "Xin bản sao dữ liệu của tôi."})
    request = SubjectRequest.objects.get()
    page = reverse("personal_data:request", args=[request.public_id])
    assert "Xin bản sao" in handler.get(page).content.decode()
    assert "0912345678" not in handler.get(page).content.decode()
    step = reverse("personal_data:request_step", args=[request.public_id, "tra-loi"])
    assert handler.post(step, {"answer": "Bản sao ở trang của ông bà."}).status_code == 302
    again = handler.post(step, {"answer": "Lần nữa"})
    assert again.status_code == 409
    assert "đã được trả lời" in again.content.decode()
    assert "Bản sao ở trang của ông bà." in own.get(mine).content.decode()
    assert "TRẢ LỜI" in handler.get(reverse("personal_data:request_print", args=[request.public_id])).content.decode()
    copy = own.post(reverse("personal_data:mine_export"))
    (sheet,) = read(content=copy.content, name="x.xlsx").sheets
    assert "0912345678" in str(sheet)
    assert Entry.objects.filter(verb="personal_data.own_export").count() == 1


def test_somebody_without_the_right_sees_no_request(
    card: UUID, client_of: SignIn, office: Office, now: dt.datetime
) -> None:
    request = asked(office, now, RequestKind.ERASE)
    step = reverse("personal_data:request_step", args=[request.public_id, "tu-choi"])
    assert client_of("specialist").post(step, {"answer": "Không"}).status_code == 403
    request.refresh_from_db()
    assert request.state == "received"


def broken(office: Office, now: dt.datetime) -> Breach:
    told = Told(title="Lộ danh sách", what="Gửi nhầm thư.", found_at=now - dt.timedelta(hours=2), kinds=[KIND])
    return report_breach(told=told, by=office.actor("administrator", on=now.date()), at=now)


def test_the_clock_of_a_breach_runs_from_its_discovery(kept: Cards, office: Office, now: dt.datetime) -> None:
    breach = broken(office, now)
    assert breach.notify_by == breach.found_at + dt.timedelta(hours=72)
    assert BreachTask.objects.filter(breach=breach).count() == 6


def test_a_late_notice_needs_a_reason_and_a_conclusion_needs_every_task(
    kept: Cards, office: Office, now: dt.datetime
) -> None:
    breach, by = broken(office, now), office.actor("administrator", on=now.date())
    later = now + dt.timedelta(days=4)
    facts = {"breach": breach, "notified_at": later, "notice_code": "12/SGDĐT-VP"}
    with pytest.raises(BreachRefused, match="late_without_reason"):
        notify_breach(**facts, late_reason="", by=by, at=later)  # type: ignore[arg-type]
    notify_breach(**facts, late_reason="Mất mạng", by=by, at=later)  # type: ignore[arg-type]
    with pytest.raises(BreachRefused, match="breach_notified"):
        notify_breach(**facts, late_reason="Mất mạng", by=by, at=later)  # type: ignore[arg-type]
    with pytest.raises(BreachRefused, match="tasks_left"):
        close_breach(breach=breach, conclusion="Đã xong", by=by, at=later)
    for task in BreachTask.objects.filter(breach=breach):
        do_task(task=task, by=by, at=later)
        do_task(task=task, by=by, at=later + dt.timedelta(hours=1))
    assert set(BreachTask.objects.values_list("done_at", flat=True)) == {later}
    close_breach(breach=breach, conclusion="Đã xong", by=by, at=later)
    breach.refresh_from_db()
    assert (breach.state, breach.notice_code) == ("closed", "12/SGDĐT-VP")


def test_a_breach_on_its_pages(kept: Cards, client_of: SignIn, now: dt.datetime) -> None:
    client = client_of("administrator")
    facts = {"title": "Lộ danh sách", "found_at": "05/10/2026 08:00", "what": "Gửi nhầm.", "kinds": [KIND]}
    assert (
        client.post(reverse("personal_data:breach_new"), {**facts, "found_at": "06/10/2026 08:00"}).status_code == 422
    )
    assert not Breach.objects.exists()
    for wrong in ({"happened_at": "01/01/0001 00:00"}, {"people_count": "99999999999999999999"}):
        assert client.post(reverse("personal_data:breach_new"), {**facts, **wrong}).status_code == 422
    client.post(reverse("personal_data:breach_new"), facts)
    breach = Breach.objects.get()
    page = client.get(reverse("personal_data:breach", args=[breach.public_id])).content.decode()
    assert "Thẻ thử" in page
    assert "còn 2 ngày" in page
    client.post(reverse("personal_data:breach_step", args=[breach.public_id, "viec"]), {"task": "1"})
    assert BreachTask.objects.filter(breach=breach, done_at__isnull=False).count() == 1
    assert "Lộ danh sách" in client.get(reverse("personal_data:breaches")).content.decode()
    assert "THÔNG BÁO" in client.get(reverse("personal_data:breach_print", args=[breach.public_id])).content.decode()


def test_the_inventory_names_ground_retention_and_number(card: UUID, client_of: SignIn) -> None:
    page = client_of("administrator").get(reverse("personal_data:inventory")).content.decode()
    assert "Thẻ thử" in page
    assert "Luật 91/2025/QH15, Điều 19" in page
    assert "cần kiểm tra lại" in page


def test_reveals_are_listed_for_who_may_read_and_for_the_person(
    card: UUID, client_of: SignIn, now: dt.datetime
) -> None:
    address = reverse("personal_data:reveal", args=[KIND, card, "phone"])
    client_of("specialist").post(address, {"reason": "Gọi nhắc nộp báo cáo"})
    for client, page in (
        (client_of("director"), reverse("personal_data:reveals")),
        (client_of("school_officer"), reverse("personal_data:mine")),
    ):
        assert "Gọi nhắc nộp báo cáo" in client.get(page).content.decode()
    assert "Gọi nhắc" not in client_of("principal").get(reverse("personal_data:mine")).content.decode()
