"""The consolidated report: figures, words with sources, Word, outgoing document."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word

from caunoi.business.documents.models import Document
from caunoi.business.documents.public import (
    Orientation,
    Paragraph,
    Picture,
    Section,
    TableNode,
    draft_of,
    render,
)
from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import ConsolidatedPaper, ConsolidatedParagraph, Consolidation
from caunoi.business.reporting.operations.papers import charts_to_draw, paper_of, write_paper
from caunoi.business.reporting.public import (
    ConsolidationRefused,
    add_paragraph,
    consolidate,
    draft_for,
    edit_paragraph,
    make_report_document,
    return_submission,
)
from caunoi.business.reporting.tests.scenes import NOT_APPLICABLE, OPENED, Scene, scene
from caunoi.foundation.files.public import content_of
from caunoi.surfaces.demonstration.office import Office

COMMON = "Đơn vị đã ban hành kế hoạch công tác đối ngoại của năm học."


def reported(office: Office) -> tuple[Scene, Consolidation]:
    """Three units have sent: two with the same words, one with its own and a figure that does not apply."""
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6, text=COMMON)
    here.send(campaign, "thpt_2", 10, 20, 30, 40, 50, 60, text=COMMON + "\nĐón 2 giáo viên tình nguyện.")
    here.send(campaign, "thpt_3", NOT_APPLICABLE, 7, 7, 7, 7, None, text="Chưa có hoạt động.")
    return here, consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)


def test_paragraphs_keep_every_source(office: Office) -> None:
    _, made = reported(office)
    rows = ConsolidatedParagraph.objects.filter(consolidation=made, section_code="s1").order_by("position")
    names = [office.unit(f"thpt_{n}").name for n in (1, 2, 3)]
    assert [(row.text, [source["unit"] for source in row.sources]) for row in rows] == [
        (COMMON, names[:2]),
        ("Đón 2 giáo viên tình nguyện.", names[1:2]),
        ("Chưa có hoạt động.", names[2:]),
    ]
    assert rows[1].sources[0]["paragraph"] == 1
    assert (made.sent, made.expected, len(made.absent)) == (3, made.campaign.expected, made.campaign.expected - 3)


def test_figures_stay_as_they_were_when_made(office: Office) -> None:
    here, made = reported(office)
    version = here.reporter(made.campaign).pk
    sent = made.included
    from caunoi.business.reporting.models import Submission

    first = Submission.objects.get(reporter_id=version)
    return_submission(submission=first, reason="Sai", by=here.by("specialist"), at=OPENED)
    made.refresh_from_db()
    assert made.cells["b1.r1.c1"] == ["11", 2, 1]
    assert first.pk in sent


def test_the_word_report_has_all_words_with_units_and_landscape_annexes(office: Office) -> None:
    _, made = reported(office)
    draft = draft_for(made, at=OPENED)
    assert (draft.issuer, draft.symbol, draft.doc_type) == (office.unit("so").name, "BC-SGDĐT", "Báo cáo")
    assert draft.title == "Tổng hợp công tác đối ngoại năm 2026"
    annex = draft.annexes[0]
    assert annex.orientation is Orientation.LANDSCAPE
    table = annex.body[0]
    assert isinstance(table, TableNode)
    expected = made.expected
    assert [cell.text for cell in table.rows[0]] == [
        "Lào",
        f"11 (2/{expected - 1})",
        f"29 (3/{expected})",
        f"40 (3/{expected})",
    ]
    assert table.rows[3][2].text == f"146 (3/{expected}, 1 đơn vị thiếu ô)"
    assert table.rows[0][1].source == f"cell:{made.public_id}:b1.r1.c1"
    sections = [node for node in draft.body if isinstance(node, Section)]
    said = [p for section in sections for p in section.children if isinstance(p, Paragraph)]
    assert all(paragraph.source for paragraph in said)
    text = "\n".join(p.text for p in Word(io.BytesIO(render(draft))).paragraphs)
    assert COMMON in text
    assert f"({office.unit('thpt_1').name}; {office.unit('thpt_2').name})" in text
    assert f"Có 3/{expected} đơn vị đã gửi báo cáo. {expected - 3} đơn vị chưa gửi (danh sách tại phụ lục)." in text
    lateness = draft.annexes[-1]
    assert lateness.title == "Đơn vị chưa gửi, gửi báo cáo quá hạn"
    listed = lateness.body[0]
    assert isinstance(listed, TableNode)
    assert (office.unit("thpt_4").name, "chưa gửi") in [(row[1].text, row[2].text) for row in listed.rows]
    assert len(listed.rows) == expected - 3


def test_edited_words_keep_their_sources_and_survive_a_new_consolidation(office: Office) -> None:
    here, made = reported(office)
    by = here.by("specialist")
    row = ConsolidatedParagraph.objects.get(consolidation=made, text=COMMON)
    edit_paragraph(paragraph=row, text="Các đơn vị đều có kế hoạch.", by=by, at=OPENED)
    other = ConsolidatedParagraph.objects.get(consolidation=made, text="Chưa có hoạt động.")
    edit_paragraph(paragraph=other, left_out=True, by=by, at=OPENED)
    add_paragraph(consolidation=made, section_code="s2", text="Sở sẽ tập huấn.", by=by, at=OPENED)
    here.send(made.campaign, "thpt_4", text=COMMON)
    again = consolidate(campaign=made.campaign, by=by, at=OPENED)
    rows = ConsolidatedParagraph.objects.filter(consolidation=again)
    kept = rows.get(original=COMMON)
    assert (kept.text, len(kept.sources)) == ("Các đơn vị đều có kế hoạch.", 3)
    assert rows.get(original="Chưa có hoạt động.").is_left_out
    assert (rows.get(original="").text, rows.get(original="").sources) == ("Sở sẽ tập huấn.", [])
    text = "\n".join(p.text for p in Word(io.BytesIO(render(draft_for(again, at=OPENED)))).paragraphs)
    assert "Chưa có hoạt động." not in text
    assert "Sở sẽ tập huấn." in text


def test_the_document_is_made_once_and_then_the_report_is_closed(office: Office) -> None:
    here, made = reported(office)
    by = here.by("specialist")
    document = make_report_document(consolidation=made, by=by, at=OPENED)
    assert make_report_document(consolidation=made, by=by, at=OPENED) == document
    assert (Document.objects.count(), document.origin_id, document.unit) == (1, made.public_id, office.unit("so"))
    row = ConsolidatedParagraph.objects.filter(consolidation=made).first()
    assert row is not None
    with pytest.raises(ConsolidationRefused) as refused:
        edit_paragraph(paragraph=row, text="Khác", by=by, at=OPENED)
    assert refused.value.code == "reporting.consolidation_drafted"


def test_word_and_outgoing_draft_have_the_charts_although_no_job_has_run(office: Office) -> None:
    here, made = reported(office)
    assert charts_to_draw(made) == 1
    stored = write_paper(made, ConsolidatedPaper.WORD, at=OPENED)
    assert len(Word(io.BytesIO(content_of(stored))).inline_shapes) == 1
    assert paper_of(made, ConsolidatedPaper.WORD) == stored
    again = consolidate(campaign=made.campaign, by=here.by("specialist"), at=OPENED)
    document = make_report_document(consolidation=again, by=here.by("specialist"), at=OPENED)
    pictures = [node for annex in draft_of(document).annexes for node in annex.body if isinstance(node, Picture)]
    assert [picture.alt for picture in pictures] == [
        "Đoàn ra: số đoàn; nhiều nhất là Nước khác (62 đoàn, chiếm 55%); ô ít đơn vị có số liệu nhất: "
        f"2/{again.expected - 1} đơn vị."
    ]


def test_nothing_sent_is_nothing_to_consolidate(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    with pytest.raises(ConsolidationRefused) as refused:
        consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    assert refused.value.code == "reporting.nothing_sent"
    assert Consolidation.objects.count() == 0


@pytest.mark.parametrize("who", ["director", "school_officer", "commune_officer", "head_of_office"])
def test_nobody_else_consolidates_or_edits(office: Office, who: str) -> None:
    here, made = reported(office)
    row = ConsolidatedParagraph.objects.get(consolidation=made, text=COMMON)
    for attempt in (
        lambda: consolidate(campaign=made.campaign, by=here.by(who), at=OPENED),
        lambda: edit_paragraph(paragraph=row, text="Khác", by=here.by(who), at=OPENED),
        lambda: make_report_document(consolidation=made, by=here.by(who), at=OPENED),
    ):
        with pytest.raises(ReportingForbidden):
            attempt()
    row.refresh_from_db()
    assert (row.text, Consolidation.objects.count(), Document.objects.count()) == (COMMON, 1, 0)
