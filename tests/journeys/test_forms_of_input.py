"""The same document as text, Word and scan: the same duties come out. Files that cannot be taken in are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import steps
from tests.journeys.papers import Paper
from tests.journeys.people import Person
from tests.journeys.test_main_journey import PAPERS

SHORT: Final = sorted(PAPERS, key=lambda paper: len(paper.text))[:2]
"""The scans of these are read here; a long scan takes its time and shows nothing new."""
CASES: Final = [
    (paper, form)
    for paper in PAPERS
    for form in ("txt", "docx", "scan")
    if form != paper.form and (form != "scan" or paper in SHORT)
]


@pytest.mark.parametrize(("paper", "form"), CASES, ids=[f"{paper.name}-{form}" for paper, form in CASES])
def test_every_form_gives_the_same_duties(paper: Paper, form: str, person: Callable[..., Person]) -> None:
    specialist = person("specialist")
    steps.send_in(specialist, paper, form)
    steps.sees_duties(specialist.page.locator("#obligations > [data-fact-id]"), paper)


BAD: Final[tuple[tuple[FilePayload, str], ...]] = (
    ({"name": "trong.docx", "mimeType": "application/octet-stream", "buffer": b""}, "trong.docx"),
    ({"name": "may.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00" * 64}, "may.exe"),
    ({"name": "gia.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04" + b"\x00" * 200}, "gia.pdf"),
)


@pytest.mark.parametrize(("file", "name"), BAD, ids=[name for _file, name in BAD])
def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_kept(
    file: FilePayload, name: str, person: Callable[..., Person]
) -> None:
    specialist = person("specialist")
    page = specialist.page
    specialist.go("/van-ban/cho-xu-ly/")
    before = page.locator(".plain-rows li").count()
    specialist.go("/van-ban/tiep-nhan/")
    page.set_input_files("input[type=file][name=files]", file)
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.locator("main").get_by_text("Không tiếp nhận được").first).to_be_visible(timeout=20_000)
    if page.get_by_role("button", name="Đã biết").count():
        specialist.press("Đã biết")
    specialist.go("/van-ban/cho-xu-ly/")
    expect(page.locator(".plain-rows li")).to_have_count(before)
    specialist.complaints[:] = [said for said in specialist.complaints if "422" not in said]
