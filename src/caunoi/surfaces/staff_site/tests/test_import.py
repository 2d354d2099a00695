from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.foundation.accounts.public import Invitation
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.public import ImportRun, ImportState, Person
from caunoi.foundation.people.tests.test_intake import school, sheet
from caunoi.foundation.spreadsheets.public import XLSX, read

Clients = Callable[[str], Client]


def sent(client: Client, content: bytes, name: str = "danh-sach.xlsx") -> ImportRun:
    file = SimpleUploadedFile(name, content, XLSX)
    response = client.post(reverse("staff_site:import"), {"files": file})
    run = ImportRun.objects.order_by("-pk")[0]
    assert response.headers["Location"] == reverse("staff_site:import_run", args=[run.public_id])
    assert "Đang đọc và kiểm tra" in client.get(response.headers["Location"]).content.decode()
    call_command("worker", drain=True)
    return ImportRun.objects.get(pk=run.pk)


def test_a_branch_comes_in_and_is_invited(client_of: Clients, now: dt.datetime) -> None:
    client = client_of("administrator")
    run = sent(client, sheet(school(1), school(2)))
    page = reverse("staff_site:import_run", args=[run.public_id])
    waiting = client.get(reverse("staff_site:import_progress", args=[run.public_id]))
    assert waiting.headers["HX-Redirect"] == page
    assert run.state == ImportState.READY
    shown = client.get(page).content.decode()
    assert "Trường THPT Mới 2" in shown
    assert "Nhập vào hệ thống" in shown
    assert client.post(reverse("staff_site:import_confirm", args=[run.public_id])).status_code == 302
    call_command("worker", drain=True)
    assert Unit.objects.filter(code__startswith="MOI").count() == 2
    assert "Mời các đơn vị" in client.get(page).content.decode()
    assert client.post(reverse("staff_site:import_invite", args=[run.public_id])).status_code == 302
    call_command("worker", drain=True)
    invited = set(Invitation.objects.values_list("email", flat=True))
    assert invited == {f"{who}{n}@moi.example" for who in ("hieutruong", "vanthu") for n in (1, 2)}
    after = client.get(page).content.decode()
    assert ("Mời các đơn vị" in after, "Xem các lời mời" in after) == (False, True)
    assert "mọi người có thư điện tử đã được mời" in after
    twice = client.post(reverse("staff_site:import_invite", args=[run.public_id]))
    assert "không còn ai có thư điện tử mà chưa được mời" in twice.content.decode()
    assert Invitation.objects.count() == 4
    again = client.post(reverse("staff_site:import_confirm", args=[run.public_id]))
    assert again.status_code == 409
    assert "đã được nhập" in again.content.decode()


def test_a_wrong_sheet_is_shown_cell_by_cell_and_handed_back(client_of: Clients) -> None:
    client = client_of("administrator")
    before = (Unit.objects.count(), Person.objects.count(), Entry.objects.count())
    run = sent(client, sheet(school(1, parent="SAI"), school(2)))
    shown = client.get(reverse("staff_site:import_run", args=[run.public_id])).content.decode()
    assert "Trang “Đơn vị”, ô D2 (Mã đơn vị quản lý)" in shown
    assert "Sửa mã, hoặc thêm một dòng cho đơn vị đó." in shown
    assert "Nhập vào hệ thống" not in shown
    handed = client.get(reverse("staff_site:import_marked", args=[run.public_id]))
    assert read(handed.content, "a.xlsx").sheets[0].rows[0][-1].value == "Lỗi cần sửa"
    entries = Entry.objects.exclude(verb="people.receive_import").count()
    assert (Unit.objects.count(), Person.objects.count(), entries) == before


def test_a_file_that_cannot_be_read_is_refused_in_words(client_of: Clients) -> None:
    client = client_of("administrator")
    run = sent(client, b"%PDF-1.7", "mau.xlsx")
    shown = client.get(reverse("staff_site:import_run", args=[run.public_id])).content.decode()
    assert "Tệp không phải bảng tính .xlsx hoặc .csv" in shown
    assert client.post(reverse("staff_site:import")).status_code == 422


def test_the_template_is_handed_out_empty_and_filled(client_of: Clients) -> None:
    client = client_of("administrator")
    empty = read(client.get(reverse("staff_site:import_template")).content, "a.xlsx")
    assert (empty.stamp["unit"], len(empty.sheets[0].rows)) == ("TG.SO", 1)
    filled = client.get(reverse("staff_site:import_template"), {"filled": "1"}).content
    assert len(read(filled, "a.xlsx").sheets[0].rows) > 30
    run = sent(client, filled, "mau.xlsx")
    held = len(read(filled, "a.xlsx").sheets[0].rows) - 1
    assert (run.state, run.counts["unchanged"], run.outcome) == (ImportState.READY, held, [])


def test_the_page_costs_the_same_for_any_number_of_imports(client_of: Clients) -> None:
    client = client_of("administrator")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("staff_site:import")).status_code == 200
        return len(queries)

    sent(client, sheet(school(1)))
    first = cost()
    for number in range(2, 5):
        sent(client, sheet(school(number)))
    assert cost() == first
