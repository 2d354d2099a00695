"""The pages: who gets which, how many queries they cost, and the way of a report from page to database."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import TypeAlias
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word

from caunoi.business.reporting.jobs import gather
from caunoi.business.reporting.models import Campaign, Consolidation, ConsolidationRun, ReportRegime, Submission
from caunoi.business.reporting.public import accept, consolidate, make_report_document, return_submission, whole
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.business.reporting.web import views_consolidation, views_papers
from caunoi.foundation.jobs.public import Run
from caunoi.surfaces.demonstration.office import Office

ClientOf: TypeAlias = Callable[[str], Client]
LIST_PAGES = ["campaigns", "mine", "consolidations", "regimes", "new_regime"]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def place(campaign: Campaign) -> str:
    return str(whole(campaign).public_id)


def addresses(here: Scene, campaign: Campaign) -> dict[str, str]:
    """Return an address of each kind, with a report sent and consolidated."""
    sent = here.send(campaign, "thpt_1")
    made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    report, regime = here.reporter(campaign).public_id, here.regime.public_id
    cell = "?o=b1.r1.c1"
    assert sent.version == 1
    return {
        **{name: reverse(f"reporting:{name}") for name in LIST_PAGES},
        "campaign": reverse("reporting:campaign", args=[campaign.public_id]),
        "totals": reverse("reporting:totals", args=[campaign.public_id]),
        "gathered": reverse("reporting:gathered", args=[campaign.public_id]),
        "contributors": reverse("reporting:contributors", args=[campaign.public_id, place(campaign)]) + cell,
        "report": reverse("reporting:report", args=[report]),
        "consolidation": reverse("reporting:consolidation", args=[made.public_id]),
        "consolidated_cell": reverse("reporting:consolidated_cell", args=[made.public_id]) + cell,
        "word": reverse("reporting:word", args=[made.public_id]),
        "regime": reverse("reporting:regime", args=[regime]),
        "designer": reverse("reporting:designer", args=[regime]),
    }


READERS = {
    "specialist": dict.fromkeys(
        [*LIST_PAGES, "campaign", "totals", "gathered", "contributors", "report", "consolidation", "consolidated_cell",
         "word", "regime", "designer"], 200,
    ),
    "director": {
        "campaigns": 200, "campaign": 200, "totals": 200, "report": 200, "consolidation": 200, "word": 200,
        "regime": 200, "regimes": 200, "mine": 200, "new_regime": 403, "designer": 403, "consolidations": 403,
    },
    "commune_officer": {
        "campaigns": 200, "campaign": 200, "totals": 200, "report": 404, "consolidation": 404, "word": 404,
        "regime": 404, "contributors": 404, "mine": 200, "new_regime": 403,
    },
    "school_officer": {
        "campaigns": 403, "campaign": 403, "totals": 403, "mine": 200, "report": 200, "consolidation": 403, "word": 403,
        "regime": 403, "designer": 403,
    },
    "reporter": {"campaigns": 403, "mine": 200, "report": 404, "consolidation": 403, "regimes": 403},
    "clerk": {"campaigns": 403, "mine": 403, "report": 403, "word": 403, "regimes": 403},
    "receiver": {"campaigns": 403, "mine": 403, "report": 403, "word": 403, "regimes": 403},
    "administrator": {"campaigns": 403, "report": 403, "regimes": 403},
}  # fmt: skip


@pytest.mark.parametrize("who", READERS)
def test_each_kind_of_person_gets_only_what_is_theirs(
    here: Scene, campaign: Campaign, client_of: ClientOf, who: str
) -> None:
    where = addresses(here, campaign)
    client = client_of(who)
    found = {name: client.get(where[name]).status_code for name in READERS[who]}
    assert found == READERS[who]


def test_nobody_is_let_in_without_signing_in(here: Scene, campaign: Campaign) -> None:
    for address in addresses(here, campaign).values():
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/tai-khoan/dang-nhap/")


STEPS = ["chase", "decide_units", "lock", "consolidate"]


@pytest.mark.parametrize("who", ["school_officer", "principal", "reporter", "clerk", "receiver", "administrator"])
def test_steps_are_denied_and_change_nothing(here: Scene, campaign: Campaign, client_of: ClientOf, who: str) -> None:
    sent = here.send(campaign)
    client = client_of(who)
    steps = [reverse(f"reporting:{name}", args=[campaign.public_id]) for name in STEPS if name != "chase"]
    report = here.reporter(campaign).public_id
    steps += [reverse(f"reporting:{name}", args=[report]) for name in ("accept", "return", "reopen", "extend")]
    steps += [reverse("reporting:step_regime", args=[here.regime.public_id])]
    for address in steps:
        response = client.post(address, {"version": str(sent.public_id), "reason": "x", "ground": "x", "act": "end"})
        assert response.status_code in (403, 404), address
    sent.refresh_from_db()
    campaign.refresh_from_db()
    assert (sent.state, campaign.state, Consolidation.objects.count()) == ("submitted", "open", 0)
    assert ReportRegime.objects.get(pk=here.regime.pk).state == "in_force"


def test_a_get_changes_nothing(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    client = client_of("specialist")
    for name in ("lock", "consolidate", "chase"):
        assert client.get(reverse(f"reporting:{name}", args=[campaign.public_id])).status_code == 405
    assert client.get(reverse("reporting:entry", args=[here.reporter(campaign).public_id])).status_code == 403
    assert Submission.objects.count() == 0


def entry(here: Scene, campaign: Campaign, unit: str = "thpt_1") -> str:
    return reverse("reporting:entry", args=[here.reporter(campaign, unit).public_id])


FILLED = {
    "section:s1": "Đã triển khai.\nHai hội nghị.", "section:s2": "Tiếp tục.",
    "cell:b1.r1.c1": "1.234", "cell:b1.r1.c2": "kps", "cell:b1.r2.c1": "KAD", "cell:b1.r2.c2": "2",
    "cell:b1.r3.c1": "3", "cell:b1.r3.c2": "4", "key": "page-1",
}  # fmt: skip


def test_what_is_typed_is_saved_while_typing_and_survives(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    client = client_of("school_officer")
    address = reverse("reporting:autosave", args=[here.reporter(campaign).public_id])
    assert client.post(address, {"cell:b1.r1.c1": "5", "section:s1": "Đang viết"}).status_code == 200
    assert client.post(address, {"cell:b1.r1.c2": "abc", "cell:b1.r1.c1": "6"}).status_code == 200
    draft = Submission.objects.get()
    assert (draft.cells, draft.narrative, draft.revision) == ({"b1.r1.c1": "6"}, {"s1": "Đang viết"}, 2)
    page = client_of("school_officer").get(entry(here, campaign)).content.decode()
    assert "Đang viết" in page
    assert 'value="6"' in page


def test_a_report_is_filled_in_checked_and_sent_from_the_page(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    client = client_of("school_officer")
    address = entry(here, campaign)
    faulty = client.post(address, {**FILLED, "cell:b1.r1.c1": "-3", "section:s2": "", "act": "submit"})
    assert faulty.status_code == 422
    words = faulty.content.decode()
    assert "Ô B2 (Đoàn ra, dòng “Lào”, cột “Số đoàn”): số không được âm" in words
    assert "Mục “II. Phương hướng” chưa có nội dung" in words
    assert Submission.objects.get().state == "draft"
    sent = client.post(address, {**FILLED, "act": "submit"})
    assert (sent.status_code, sent["Location"]) == (302, reverse("reporting:mine"))
    version = Submission.objects.get()
    assert version.state == "submitted"
    assert version.cells["b1.r1.c1"] == "1234"
    assert version.cells["b1.r1.c2"] == "Z"
    assert version.cells["b1.r2.c1"] == "N"
    again = client.post(address, {**FILLED, "act": "submit"})
    assert again["Location"] == reverse("reporting:report", args=[here.reporter(campaign).public_id])
    assert (Submission.objects.count(), whole(campaign).sent) == (1, 1)


def test_text_in_a_number_is_said_beside_the_cell(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    client = client_of("school_officer")
    response = client.post(entry(here, campaign), {**FILLED, "cell:b1.r1.c1": "ba", "act": "submit"})
    assert response.status_code == 422
    assert "Ô B2 (Đoàn ra, dòng “Lào”, cột “Số đoàn”) ghi “ba”" in response.content.decode()
    assert Submission.objects.get().state == "draft"


def test_a_returned_report_shows_reason_and_notes_on_card_and_form(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    sent = here.send(campaign)
    notes = {"section:s1": "Nêu rõ số buổi", "cell:b1.r1.c1": "Thiếu tháng 9"}
    client = client_of("specialist")
    address = reverse("reporting:return", args=[here.reporter(campaign).public_id])
    response = client.post(
        address,
        {"version": str(sent.public_id), "reason": "Chưa khớp", "section:s1": notes["section:s1"],
         "cell:b1.r1.c1": notes["cell:b1.r1.c1"]},
    )  # fmt: skip
    assert response.status_code == 302
    school = client_of("school_officer")
    assert "Lý do trả lại: Chưa khớp" in school.get(reverse("reporting:mine")).content.decode()
    page = school.get(entry(here, campaign)).content.decode()
    assert all(words in page for words in ("Chưa khớp", "Nêu rõ số buổi", "Thiếu tháng 9", "Trả lại lần gửi 1"))


def test_a_resubmitted_report_shows_what_changed(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    sent = here.send(campaign)
    return_submission(submission=sent, reason="Sai", by=here.by("specialist"), at=OPENED)
    client_of("school_officer").post(entry(here, campaign), {**FILLED, "act": "submit", "key": "second"})
    page = client_of("specialist").get(reverse("reporting:report", args=[here.reporter(campaign).public_id]))
    words = page.content.decode()
    assert "Thay đổi so với lần gửi trước" in words
    assert "<del>1</del> → <ins>1.234</ins>" in words


def test_a_returned_report_is_sent_again_from_its_page(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    """Also without a change in between: the page offers a new key for each sending."""
    client, address = client_of("school_officer"), entry(here, campaign)
    for number in (1, 2):
        page = client.get(address)
        client.post(address, {**FILLED, "act": "submit", "key": page.context["key"]})
        sent = Submission.objects.get(version=number)
        assert sent.state == "submitted"
        return_submission(submission=sent, reason="Sai", by=here.by("specialist"), at=OPENED)
    assert Submission.objects.count() == 2


def test_the_head_sends_where_approval_is_asked(office: Office, client_of: ClientOf) -> None:
    here = scene(office, needs_approval=True)
    campaign = here.open()
    address = entry(here, campaign)
    officer = client_of("school_officer")
    page = officer.post(address, {**FILLED, "act": "check"})
    assert page.status_code == 302
    words = officer.get(address).content.decode()
    assert "Trình lãnh đạo duyệt" in words
    assert "Gửi báo cáo" not in words
    officer.post(address, {**FILLED, "act": "present"})
    assert here.reporter(campaign).state == "in_approval"
    assert client_of("principal").post(address, {**FILLED, "act": "submit"}).status_code == 302
    assert here.reporter(campaign).state == "submitted"


def test_a_draft_is_nobody_elses_business(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    address = reverse("reporting:autosave", args=[here.reporter(campaign).public_id])
    client_of("school_officer").post(address, {"section:s1": "Chưa xong, chưa cho ai xem"})
    page = client_of("specialist").get(reverse("reporting:report", args=[here.reporter(campaign).public_id]))
    assert "Chưa xong" not in page.content.decode()


def test_units_are_chased_and_accepted_from_the_list(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    here.send(campaign)
    client = client_of("specialist")
    address = reverse("reporting:decide_units", args=[campaign.public_id])
    chosen = [str(here.reporter(campaign, unit).public_id) for unit in ("thpt_1", "thpt_2")]
    client.post(address, {"act": "accept", "chosen": chosen})
    client.post(address, {"act": "chase", "chosen": chosen})
    assert here.reporter(campaign, "thpt_1").state == "accepted"
    assert [here.reporter(campaign, unit).chased for unit in ("thpt_1", "thpt_2")] == [0, 1]


def test_a_figure_opens_to_exactly_its_units(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    for number, unit in enumerate(("thpt_1", "thpt_2", "thcs_1"), start=1):
        here.send(campaign, unit, number, 1, 1, 1, 1, 1)
    address = reverse("reporting:contributors", args=[campaign.public_id, place(campaign)]) + "?o=b1.r1.c1"
    response = client_of("specialist").get(address)
    given = response.context["given"]
    assert [(c.reporter.unit.name, c.measure.number) for c in given] == [
        (here.office.unit(unit).name, number) for number, unit in ((3, "thcs_1"), (1, "thpt_1"), (2, "thpt_2"))
    ]
    assert sum(c.measure.number for c in given) == response.context["total"].amount
    everyone = client_of("specialist").get(address + "&xem=all")
    assert everyone.context["page"].paginator.count == campaign.expected


def test_the_consolidated_report_is_made_edited_and_downloaded(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    here.send(campaign, "thpt_1", text="Một câu chung của nhiều trường trong kỳ này.")
    here.send(campaign, "thpt_2", text="Một câu chung của nhiều trường trong kỳ này.")
    client = client_of("specialist")
    waiting = client.post(reverse("reporting:consolidate", args=[campaign.public_id]))["Location"]
    gather(Run(0, OPENED, 1), run=ConsolidationRun.objects.get().pk)
    made = client.get(waiting, follow=True)
    words = made.content.decode()
    assert "2 đơn vị cùng nêu" in words
    report = Consolidation.objects.get()
    row = made.context["parts"][0].paragraphs[0].row
    address = reverse("reporting:edit_paragraph", args=[report.public_id, row.public_id])
    assert client.post(address, {"act": "save", "text": "Lời đã sửa."}).status_code == 302
    word_url = reverse("reporting:word", args=[report.public_id])
    with patch.object(views_papers, "charts_to_draw", return_value=2):
        assert "Đang tạo tệp" in client.get(word_url).content.decode()
    word = client.get(word_url)
    assert len(Word(io.BytesIO(word.content)).inline_shapes) == 1
    assert word.content.startswith(b"PK")
    assert word["Content-Disposition"] == 'attachment; filename="tong-hop-cong-tac-doi-ngoai-nam-2026.docx"'
    document = client.post(reverse("reporting:make_document", args=[report.public_id]), follow=True)
    assert "Đã lập dự thảo báo cáo trong văn bản đi." in document.content.decode()
    report.refresh_from_db()
    assert report.document is not None


@pytest.mark.parametrize("which", ["campaign", "totals", "consolidation", "campaigns", "contributors"])
def test_pages_cost_the_same_with_more_rows(here: Scene, campaign: Campaign, client_of: ClientOf, which: str) -> None:
    here.send(campaign, "thpt_1")
    client = client_of("specialist")

    def cost() -> int:
        made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
        where = {
            "campaigns": reverse("reporting:campaigns"),
            "campaign": reverse("reporting:campaign", args=[campaign.public_id]),
            "totals": reverse("reporting:totals", args=[campaign.public_id]),
            "contributors": reverse("reporting:contributors", args=[campaign.public_id, place(campaign)])
            + "?o=b1.r1.c1",
            "consolidation": reverse("reporting:consolidation", args=[made.public_id]),
        }[which]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        return len(queries)

    few = cost()
    for number in range(2, 9):
        sent = here.send(campaign, f"thpt_{number}", text=f"Đoạn riêng của trường số {number} trong năm.")
        accept(submission=sent, by=here.by("specialist"), at=OPENED)
    assert cost() == few
    assert few <= 26


def test_my_reports_cost_the_same_with_more_campaigns(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    here.open()
    client = client_of("school_officer")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("reporting:mine")).status_code == 200
        return len(queries)

    few = cost()
    with time_machine.travel(OPENED + dt.timedelta(days=200), tick=False):
        here.open(OPENED + dt.timedelta(days=200))
    assert (cost(), Campaign.objects.count()) == (few, 2)


def test_a_long_section_opens_on_pages_of_its_own(
    here: Scene, campaign: Campaign, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_consolidation, "FEW", 2)
    for number in range(1, 5):
        here.send(campaign, f"thpt_{number}", text=f"Đoạn riêng của trường số {number}.")
    made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    client, address = client_of("specialist"), reverse("reporting:consolidation", args=[made.public_id])
    whole_page = client.get(address)
    part = whole_page.context["parts"][0]
    assert (len(part.paragraphs), part.count) == (2, 4)
    assert "Xem cả 4 đoạn của mục này" in whole_page.content.decode()
    section = client.get(f"{address}?muc=s1")
    assert [p.row.text for p in section.context["parts"][0].paragraphs] == [
        f"Đoạn riêng của trường số {number}." for number in range(1, 5)
    ]
    row = section.context["parts"][0].paragraphs[3].row
    edited = client.post(
        reverse("reporting:edit_paragraph", args=[made.public_id, row.public_id]),
        {"act": "save", "text": "Khác.", "muc": "s1", "page": "1"},
    )
    assert edited["Location"] == f"{address}?muc=s1&page=1#doan-{row.public_id}"


def test_a_document_shows_the_regimes_and_reports_that_came_of_it(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    here.send(campaign)
    by = here.by("specialist")
    made = consolidate(campaign=campaign, by=by, at=OPENED)
    document = make_report_document(consolidation=made, by=by, at=OPENED)
    ReportRegime.objects.filter(pk=here.regime.pk).update(ground_document=document)
    page = client_of("specialist").get(reverse("documents:record", args=[document.public_id])).content.decode()
    assert reverse("reporting:consolidation", args=[made.public_id]) in page
    assert reverse("reporting:regime", args=[here.regime.public_id]) in page
