"""A document goes in, the consolidated report comes out, the plan goes to the schools; nobody types anything twice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from conftest import SHARED
from tests.journeys import plan_steps, steps
from tests.journeys.looks import Album
from tests.journeys.papers import Paper, papers
from tests.journeys.people import Person

PAPERS = papers(SHARED / "documents" if (SHARED / "documents").is_dir() else None)
PICTURED = PAPERS[min(2, len(PAPERS) - 1)].name
"""The journey whose pages are pictured; those of all are examined."""


@pytest.fixture
def pictures(paper: Paper, album: Album) -> Iterator[Album]:
    """Examine every page of the journey, and picture those of one; at its end nothing grave was found on any."""
    looked = album if paper.name == PICTURED else Album(None)
    yield looked
    assert looked.faults == []


def opens_in_libreoffice(place: Path) -> None:
    """Fail unless LibreOffice turns the Word file into a pdf without complaint."""
    profile = f"-env:UserInstallation=file://{place.parent}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place.parent), str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert "error" not in done.stderr.lower(), done.stderr
    assert place.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def words_of(place: Path) -> str:
    """Return all words of a Word file, tables included."""
    document = docx.Document(str(place))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("paper", PAPERS, ids=[f"{paper.name}-{paper.form}" for paper in PAPERS])
def test_from_the_document_to_the_consolidated_report_and_the_plan(
    paper: Paper, person: Callable[..., Person], pictures: Album, tmp_path: Path
) -> None:
    specialist = person("specialist", pictures)
    steps.send_in(specialist, paper)
    for name, value in paper.read.items():
        expect(steps.fact(specialist, name).locator(".reviewed-value")).to_have_text(value)
    steps.touch_lights_both_sides(specialist, "subject")
    specialist.look("03-review")
    steps.sees_duties(specialist.page.locator("#obligations > [data-fact-id]"), paper)
    for name, (typed, shown) in paper.corrected.items():
        steps.correct(specialist, name, typed, shown)
    document = steps.accept(specialist)
    steps.sees_duties(specialist.page.locator(".duties li"), paper)
    specialist.look("04-record")

    names = [f"Báo cáo {paper.subject} ({at})" for at, _duty in enumerate(paper.duties, start=1)]
    made = [
        steps.hand_on_as_regime(specialist, document, duty, name)
        for duty, name in zip(paper.duties, names, strict=True)
    ]
    steps.hand_on_as_task(specialist, document)
    specialist.go(document.address)
    expect(specialist.page.locator(".duties li", has_text="Đã giao")).to_have_count(len(made) + 1)

    campaign = steps.open_campaign(specialist, made[0])
    specialist.look("07-campaign-opened")
    officer = person("school_officer", pictures)
    steps.fill_in(officer, names[0], sections="Trường đã tổ chức theo kế hoạch.")
    steps.send(officer)
    steps.send_back(specialist, campaign)
    steps.send_again(officer, names[0])
    steps.take(specialist, campaign)
    expected = steps.sees_totals(specialist, campaign)
    report = steps.consolidate(specialist, campaign, tmp_path, expected=expected)
    words = words_of(report)
    assert "1.330" in words
    assert "Trường đã tổ chức theo kế hoạch. Nội dung 1." in words
    silent = steps.units_that_have_not_sent(specialist, campaign)
    assert len(silent) == expected - 1
    assert steps.SCHOOL not in silent
    assert f"{expected - 1} đơn vị chưa gửi" in words
    assert [unit for unit in silent if unit not in words] == []
    opens_in_libreoffice(report)

    title = f"Triển khai {paper.subject}"
    plan_steps.make_plan(specialist, document, title)
    plan_steps.sign(person("director", pictures), title)
    number, plan = plan_steps.issue(person("clerk", pictures), title, tmp_path)
    assert title in words_of(plan)
    assert f"Số: {number}" in words_of(plan)
    opens_in_libreoffice(plan)
    plan_steps.receives(officer, number, title)
