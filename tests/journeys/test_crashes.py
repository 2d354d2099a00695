"""The power goes: what was acknowledged is there, and what was being done is done again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.papers import Paper
from tests.journeys.people import Person
from tests.journeys.site import Site, started
from tests.journeys.test_main_journey import PAPERS

SCANNED: Paper = next(paper for paper in PAPERS if paper.form == "scan")


@pytest.fixture(scope="module")
def shaken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start a system of its own (SQLite), so that nobody else is hit."""
    with started(tmp_path_factory.mktemp("shaken"), None) as running:
        yield running


@pytest.fixture
def person(browser: Browser, shaken: Site) -> Iterator[Callable[[str], Person]]:
    """Return a maker of signed-in people; what a browser says while the server is away is not held against it."""
    people: list[Person] = []

    def sign_in(kind: str) -> Person:
        people.append(Person(browser, shaken.address, kind))
        return people[-1]

    yield sign_in
    for one in people:
        one.context.close()


def shorten_the_lease(site: Site) -> None:
    """Let the lease of the running job run out now, as it would by itself half a minute after the worker died."""
    with sqlite3.connect(site.data / "caunoi.sqlite3", timeout=20) as connection:
        connection.execute("UPDATE jobs_job SET leased_until = '2000-01-01 00:00:00' WHERE state = 'running'")


def attempts(site: Site) -> int:
    """Return how often the last document to be read was begun."""
    with sqlite3.connect(site.data / "caunoi.sqlite3", timeout=20) as connection:
        query = "SELECT attempts FROM jobs_job WHERE handler = 'documents.read' ORDER BY id DESC LIMIT 1"
        begun: int = connection.execute(query).fetchone()[0]
    return begun


def stored_files(site: Site) -> list[bytes]:
    """Return the content of all kept originals."""
    return [place.read_bytes() for place in Path(site.data / "files").rglob("*") if place.is_file()]


def test_a_document_is_read_again_when_the_worker_died_in_the_middle(
    shaken: Site, person: Callable[[str], Person]
) -> None:
    specialist = person("specialist")
    page = specialist.page
    specialist.go("/van-ban/tiep-nhan/")
    file = SCANNED.as_file()
    page.set_input_files("input[type=file][name=files]", file)
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.locator("#progress")).to_contain_text("Đang đọc trang", timeout=30_000)
    first = shaken.children("caunoi worker")
    shaken.kill("caunoi worker")
    assert file["buffer"] in stored_files(shaken)
    shorten_the_lease(shaken)
    page.wait_for_selector("[data-review]", timeout=120_000)
    page.wait_for_selector("html[data-ready]")
    assert attempts(shaken) == 2
    assert not set(first) & set(shaken.children("caunoi worker"))
    steps.sees_duties(page.locator("#obligations > [data-fact-id]"), SCANNED)


def test_nothing_acknowledged_is_lost_when_the_web_server_dies(shaken: Site, person: Callable[[str], Person]) -> None:
    specialist = person("specialist")
    title = "Chế độ báo cáo lập ngay trước khi mất điện"
    specialist.go("/bao-cao/che-do/moi/")
    specialist.page.get_by_label("Tên báo cáo").fill(title)
    specialist.press("Lập dự thảo")
    address = specialist.page.url
    shaken.kill("granian")
    shaken.wait_until_it_answers()
    specialist.go(address)
    expect(specialist.page.locator("main")).to_contain_text(title)
    specialist.go("/quan-tri/nhat-ky/")
    expect(specialist.page.locator("main")).to_contain_text(title)


def ask(site: Site, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in the database of the system."""
    with sqlite3.connect(site.data / "caunoi.sqlite3", timeout=20) as connection:
        return connection.execute(query).fetchall()


VERSIONS = """
    SELECT v.version, v.state, json_extract(v.narrative, '$.s1'), v.counts FROM reporting_submission v
    JOIN reporting_expectedreporter r ON r.id = v.reporter_id WHERE hex(r.public_id) = '{key}' OR r.public_id = '{key}'
    ORDER BY v.version
"""
DRIFT = """
    SELECT n.sent, (SELECT count(*) FROM reporting_submission v
                    JOIN reporting_expectedreporter r ON r.id = v.reporter_id
                    WHERE v.counts AND r.campaign_id = n.campaign_id)
    FROM reporting_totalsnode n WHERE n.axis = 'line' AND n.depth = 0
"""


def test_a_submission_that_was_acknowledged_outlives_the_server_and_is_sent_once(
    shaken: Site, person: Callable[[str], Person]
) -> None:
    officer = person("school_officer")
    page = officer.page
    officer.go("/bao-cao/cua-toi/?show=returned")
    officer.page.locator("[data-row-link]").first.click()
    page.wait_for_selector("#report-form")
    address, key = page.url, page.url.rstrip("/").rpartition("/")[2].replace("-", "")
    names = page.evaluate("[...document.getElementById('report-form').elements].map((one) => one.name)")
    sending: dict[str, str | float | bool] = {name: "7" for name in names if name.startswith("cell:")}
    sending |= {name: "Gửi ngay trước khi mất điện." for name in names if name.startswith("section:")}
    for name in ("key", "csrfmiddlewaretoken", "base-version", "base-revision"):
        sending[name] = page.locator(f"#report-form [name={name}]").input_value()
    sending["act"] = "submit"

    answer = officer.context.request.post(address, form=sending, max_redirects=0, headers={"Referer": address})
    shaken.kill("granian")
    assert answer.status == 302, answer.text()[:500]
    assert answer.headers["location"].endswith("/cua-toi/")
    shaken.wait_until_it_answers()

    sent = ask(shaken, VERSIONS.format(key=key))[-1]
    assert sent == (2, "submitted", "Gửi ngay trước khi mất điện.", 1)
    assert all(kept == counted for kept, counted in ask(shaken, DRIFT))
    assert ask(shaken, "PRAGMA integrity_check") == [("ok",)]
    again = officer.context.request.post(address, form=sending, max_redirects=0, headers={"Referer": address})
    assert again.status == 302
    assert len(ask(shaken, VERSIONS.format(key=key))) == 2
    assert all(kept == counted for kept, counted in ask(shaken, DRIFT))
    officer.go("/bao-cao/cua-toi/?show=sent")
    officer.sees("Đã gửi, chờ tiếp nhận")
