"""Everything a unit owns, as one workbook: of all modules, for who asked, with what they may see."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.jobs.public import Run
from caunoi.foundation.people.jobs import export
from caunoi.foundation.people.models import ExportRun, Person, Post
from caunoi.foundation.people.operations.exporting import forget_exports
from caunoi.foundation.people.operations.posts import create_post, leave, take_up
from caunoi.foundation.people.public import workbook
from caunoi.foundation.spreadsheets.public import read
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

Clients = Callable[[str], Client]
PAGE = "staff_site:exports"
SHEETS = [
    "Đơn vị", "Người và vị trí", "Phân quyền", "Thẩm quyền ký", "Văn bản", "Tệp văn bản", "Nhiệm vụ trong văn bản",
    "Kế hoạch", "Nhiệm vụ", "Báo cáo", "Số liệu báo cáo", "Lời báo cáo", "Nhật ký thay đổi", "Trong tệp này",
]  # fmt: skip


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path)


def made(client: Client, office: Office, unit: str, at: dt.datetime) -> ExportRun:
    assert client.post(reverse(PAGE), {"unit": str(office.unit(unit).public_id)}).status_code == 302
    run = ExportRun.objects.latest("id")
    export(Run(job_id=0, at=at, attempt=1), run=run.pk)
    run.refresh_from_db()
    return run


def texts(content: bytes) -> dict[str, str]:
    sheets = read(content, "a.xlsx").sheets
    return {one.name: " ".join(cell.printed for row in one.rows for cell in row) for one in sheets}


def test_the_workbook_has_a_sheet_of_every_module_and_masks_contacts(
    office: Office, client_of: Clients, now: dt.datetime
) -> None:
    client = client_of("administrator")
    run = made(client, office, "so", now)
    assert [name for name, _count in run.sheets] == SHEETS[:-1]
    content = client.get(reverse("staff_site:export_file", args=[run.public_id])).content
    sheets = texts(content)
    assert list(sheets) == SHEETS
    assert "Hiệu trưởng" in sheets["Người và vị trí"]
    everything = " ".join(sheets.values())
    assert not any(email in everything for email in Person.objects.exclude(email="").values_list("email", flat=True))
    verbs = set(Entry.objects.filter(subject_id=str(run.public_id)).values_list("verb", flat=True))
    assert verbs == {"people.ask_export", "people.export", "people.fetch_export"}


def test_one_gets_ones_own_unit_with_what_one_may_see(office: Office, client_of: Clients, now: dt.datetime) -> None:
    client = client_of("school_officer")
    run = made(client, office, "thpt_1", now)
    assert run.unit == office.unit("thpt_1")
    counts = dict(map(tuple, run.sheets))
    assert (counts["Đơn vị"], counts["Nhật ký thay đổi"]) == (1, 0)
    assert client.post(reverse(PAGE), {"unit": str(office.unit("so").public_id)}).status_code == 403
    assert ExportRun.objects.count() == 1


def test_nobody_fetches_what_another_asked_for(office: Office, client_of: Clients, now: dt.datetime) -> None:
    run = made(client_of("administrator"), office, "so", now)
    address = reverse("staff_site:export_file", args=[run.public_id])
    assert client_of("director").get(address).status_code == 404
    assert not Entry.objects.filter(verb="people.fetch_export").exists()


def test_after_a_week_it_is_thrown_away(office: Office, client_of: Clients, now: dt.datetime) -> None:
    run = made(client_of("administrator"), office, "so", now)
    assert run.file is not None
    assert forget_exports(by=system(), at=now + dt.timedelta(days=7)) == 0
    assert forget_exports(by=system(), at=now + dt.timedelta(days=7, minutes=1)) == 1
    assert ExportRun.objects.get(pk=run.pk).file is None
    client = client_of("administrator")
    assert client.get(reverse("staff_site:export_file", args=[run.public_id])).status_code == 404
    assert "Đã hết hạn tải" in client.get(reverse(PAGE)).content.decode()


def test_the_page_shows_how_far_it_is_and_costs_the_same_for_many(
    office: Office, client_of: Clients, now: dt.datetime
) -> None:
    client = client_of("administrator")
    assert "Chưa lập tệp nào" in client.get(reverse(PAGE)).content.decode()
    counts = []
    for more in (1, 3):
        for _ in range(more):
            client.post(reverse(PAGE), {"unit": str(office.unit("so").public_id)})
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("staff_site:export_progress")).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Đang lập" in page
    assert "hx-get" in page


def test_each_sheet_that_is_done_is_told(office: Office, today: dt.date) -> None:
    heard: list[tuple[int, int]] = []
    workbook(office.unit("thpt_1"), by=system(), on=today, say=lambda done, total: heard.append((done, total)))
    assert heard == [(number, 13) for number in range(1, 14)]


def test_a_workbook_stays_with_the_post_in_which_it_was_asked_for(
    office: Office, client_of: Clients, now: dt.datetime
) -> None:
    client, by = client_of("school_officer"), office.actor("administrator", on=now.date())
    run = made(client, office, "thpt_1", now)
    person, post = office.accounts["school_officer"].person, Post.objects.get(pk=run.post_id or 0)
    other = create_post(unit=office.unit("thpt_2"), title="Giáo viên", by=by, at=now)
    take_up(person=person, post=other, on=now.date(), by=by, at=now)
    leave(person=person, post=post, on=now.date(), by=by, at=now)
    client.get("/")  # tells that the post is no longer held
    assert client.get(reverse("staff_site:export_file", args=[run.public_id])).status_code == 404
    assert not Entry.objects.filter(verb="people.fetch_export").exists()
