import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from caunoi.business.documents.models import Document, DocumentState, NumberSeries, Obligation, ObligationState
from caunoi.business.plans.models import Task
from caunoi.business.reporting.models import ReportRegime
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from caunoi.foundation.notifications.models import Notice
from caunoi.kernel.text import fold
from caunoi.surfaces.demonstration.office import DEMO_ACCOUNTS, Office
from caunoi.surfaces.demonstration.reporting import tell_reporting

SignIn = Callable[[str], Client]
RULE = DueRule(Rhythm.YEARLY, ((12, 10),), bound=Bound.STRICTLY_BEFORE, printed="trước ngày 10/12 hằng năm")


@pytest.fixture
def duty(office: Office, now: dt.datetime) -> Obligation:
    """One open reporting duty of a registered document of the department."""
    unit = office.unit("so")
    series = NumberSeries.objects.create(unit=unit, year=2026, direction="incoming", last_number=1)
    document = Document.objects.create(
        unit=unit, direction="incoming", state=DocumentState.REGISTERED, series=series, arrival_number=1,
        arrival_on=now.date(), type_name="Kế hoạch", code_number="15", code_notation="KH-UBND",
        subject="công tác hội nhập", entered_at=now, changed_at=now,
    )  # fmt: skip
    return Obligation.objects.create(
        document=document, position=0, kind="report", who=["Các trường THPT"], what="báo cáo kết quả thực hiện",
        to_whom=["Sở Giáo dục và Đào tạo"], desk="Văn phòng Sở", due_rule=RULE.to_data(),
    )  # fmt: skip


@pytest.mark.parametrize("kind", DEMO_ACCOUNTS)
def test_everyone_has_a_home_page(client_of: SignIn, kind: str) -> None:
    assert client_of(kind).get("/").status_code == 200


def test_an_open_duty_waits_on_the_home_page_of_the_specialist_and_not_of_a_school(
    client_of: SignIn, duty: Obligation
) -> None:
    address = f"/giao-viec/{duty.public_id}/"
    assert address in client_of("specialist").get("/").content.decode()
    assert address not in client_of("school_officer").get("/").content.decode()


def test_a_duty_becomes_a_reporting_regime_with_its_clause_and_deadline(client_of: SignIn, duty: Obligation) -> None:
    response = client_of("specialist").post(f"/giao-viec/{duty.public_id}/", {"step": "regime"})
    regime = ReportRegime.objects.get()
    assert response["Location"] == f"/bao-cao/che-do/{regime.public_id}/"
    assert (regime.obligation_id, regime.due_rule.days, regime.due_rule.bound) == (duty.pk, ((12, 10),), RULE.bound)
    duty.refresh_from_db()
    assert (duty.state, duty.handed_on_id) == (ObligationState.HANDED_ON, regime.public_id)


def test_a_duty_becomes_a_task_once(office: Office, client_of: SignIn, duty: Obligation) -> None:
    client, address = client_of("specialist"), f"/giao-viec/{duty.public_id}/"
    fields = {
        "step": "task",
        "task-title": "Tổng hợp kết quả",
        "task-lead_unit": str(office.unit("van_phong").public_id),
        "task-bound": "strictly_before",
        "task-due_on": "10/12/2026",
    }
    assert client.post(address, fields).status_code == 302
    task = Task.objects.get()
    assert (task.due_on, task.last_day) == (dt.date(2026, 12, 10), dt.date(2026, 12, 9))
    again = client.post(address, fields)
    assert again.status_code == 409
    assert Task.objects.count() == 1


def test_nobody_of_another_unit_hands_a_duty_on(client_of: SignIn, duty: Obligation) -> None:
    for kind in ("school_officer", "principal", "reporter", "receiver", "commune_officer"):
        assert client_of(kind).get(f"/giao-viec/{duty.public_id}/").status_code == 404
        assert client_of(kind).post(f"/giao-viec/{duty.public_id}/", {"step": "regime"}).status_code == 404
    duty.refresh_from_db()
    assert (duty.state, ReportRegime.objects.count(), Notice.objects.count()) == (ObligationState.OPEN, 0, 0)


def test_setting_a_duty_aside_needs_a_reason(client_of: SignIn, duty: Obligation) -> None:
    client, address = client_of("specialist"), f"/giao-viec/{duty.public_id}/"
    assert client.post(address, {"step": "dismiss", "reason": " "}).status_code == 200
    duty.refresh_from_db()
    assert duty.state == ObligationState.OPEN
    client.post(address, {"step": "dismiss", "reason": "Việc của đơn vị khác"})
    duty.refresh_from_db()
    assert (duty.state, duty.dismissed_reason) == (ObligationState.DISMISSED, "Việc của đơn vị khác")


def test_the_audit_list_shows_only_the_units_one_answers_for(client_of: SignIn, office: Office) -> None:
    rows = client_of("director").get("/quan-tri/nhat-ky/?subject=unit&q=chu+van+an").content.decode()
    assert "Trường THPT Chu Văn An" in rows
    assert client_of("school_officer").get("/quan-tri/nhat-ky/").status_code == 403
    principal = client_of("principal").get("/quan-tri/nhat-ky/?subject=unit").content.decode()
    assert office.unit("thpt_1").name in principal
    assert "Trường THPT Chu Văn An" not in principal


def test_the_search_page_answers_without_accents(client_of: SignIn, duty: Obligation) -> None:
    assert client_of("specialist").get("/tim-kiem/?q=khong+co+gi").status_code == 200


def test_a_task_of_the_outline_without_time_or_doer_does_not_press(client_of: SignIn, duty: Obligation) -> None:
    plain = Obligation.objects.create(document=duty.document, position=1, kind="task", what="đẩy mạnh tuyên truyền")
    page = client_of("specialist").get("/").content.decode()
    assert f"/giao-viec/{duty.public_id}/" in page
    assert f"/giao-viec/{plain.public_id}/" not in page


def test_a_leader_sees_the_quarter_in_figures_that_open(client_of: SignIn) -> None:
    leader, worker = (client_of(kind).get("/").content.decode() for kind in ("director", "specialist"))
    assert "Báo cáo đúng hạn trong quý" in leader
    assert 'href="/bao-cao/tien-do/' in leader
    assert "Báo cáo đúng hạn trong quý" not in worker


def test_a_sent_report_waits_on_the_home_page_of_who_collects(office: Office, client_of: SignIn) -> None:
    assert "Báo cáo chờ tiếp nhận" not in client_of("specialist").get("/").content.decode()
    tell_reporting(office, at=timezone.localtime())
    assert "Báo cáo chờ tiếp nhận" in client_of("specialist").get("/").content.decode()
    assert "Báo cáo chờ tiếp nhận" not in client_of("school_officer").get("/").content.decode()


@pytest.mark.parametrize("accents", [True, False])
def test_the_search_finds_units_by_name_with_and_without_accents_and_by_code(
    client_of: SignIn, accents: bool, office: Office
) -> None:
    unit, client = office.unit("thpt_1"), client_of("school_officer")
    for query in (unit.name if accents else fold(unit.name), unit.code.lower()):
        page = client.get("/tim-kiem/", {"q": query}).content.decode()
        assert f"/don-vi/{unit.public_id}/" in page


def test_the_search_finds_people_only_within_ones_branch(client_of: SignIn, office: Office) -> None:
    person = office.people["thpt_3.officer"]
    address = f"{person.public_id}/"
    assert address in client_of("director").get("/tim-kiem/", {"q": person.name}).content.decode()
    assert address not in client_of("principal").get("/tim-kiem/", {"q": person.name}).content.decode()
