"""Editing a consolidated report: split, order, leave out, own words; lateness, comparison, charts, files."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from docx import Document as Word
from PIL import Image

from caunoi.business.documents.public import Paragraph, Picture, Section, TableNode, render
from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedChart,
    ConsolidatedPaper,
    ConsolidatedParagraph,
    Consolidation,
)
from caunoi.business.reporting.operations.papers import draw_charts, paper_of, write_paper
from caunoi.business.reporting.public import (
    ConsolidationRefused,
    ReportingForbidden,
    Span,
    add_paragraph,
    consolidate,
    draft_for,
    edit_paragraph,
    move_paragraph,
    split_paragraph,
)
from caunoi.business.reporting.queries.comparison import earlier_pair
from caunoi.business.reporting.rules.comparison import PeriodKey, change_from
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, scene
from caunoi.foundation.jobs.public import Job
from caunoi.kernel.measure import Total
from caunoi.surfaces.demonstration.office import Office

ONE, TWO, THREE = "Một việc chung của trường.", "Đón hai khách.", "Thiếu giáo viên."


def reported(office: Office) -> tuple[Scene, Campaign, Consolidation]:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6, text=f"{ONE} {TWO}")
    here.send(campaign, "thpt_2", 2, 2, 2, 2, 2, 2, text=f"{ONE}\n{THREE}")
    return here, campaign, consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)


def told(made: Consolidation, section: str = FIRST) -> list[tuple[str, int, bool]]:
    rows = ConsolidatedParagraph.objects.filter(consolidation=made, section_code=section).order_by("position", "id")
    return [(row.text, len(row.sources), row.is_left_out) for row in rows]


def row_of(made: Consolidation, text: str) -> ConsolidatedParagraph:
    return ConsolidatedParagraph.objects.select_related("consolidation").get(consolidation=made, text=text)


def test_a_paragraph_is_split_and_both_halves_keep_its_sources(office: Office) -> None:
    here, _campaign, made = reported(office)
    by = here.by("specialist")
    split_paragraph(paragraph=row_of(made, ONE), parts=["Một việc chung", "", "của trường."], by=by, at=OPENED)
    assert told(made) == [("Một việc chung", 2, False), ("của trường.", 2, False), (TWO, 1, False), (THREE, 1, False)]
    with pytest.raises(ConsolidationRefused):
        split_paragraph(paragraph=row_of(made, TWO), parts=["Đón hai khách.", " "], by=by, at=OPENED)


def test_words_that_somebody_changed_meanwhile_are_not_replaced_unseen(office: Office) -> None:
    here, _campaign, made = reported(office)
    by, row = here.by("specialist"), row_of(made, ONE)
    edit_paragraph(paragraph=row, text="Lời của người thứ nhất.", seen=ONE, by=by, at=OPENED)
    before = told(made)
    steps: dict[str, Callable[[], object]] = {
        "Lời khác.": lambda: edit_paragraph(paragraph=row, text="Lời khác.", seen=ONE, by=by, at=OPENED),
        "Một. Hai.": lambda: split_paragraph(paragraph=row, parts=["Một.", "Hai."], seen=ONE, by=by, at=OPENED),
    }
    for typed, step in steps.items():
        with pytest.raises(ConsolidationRefused) as refused:
            step()
        assert refused.value.code == "reporting.paragraph_changed"
        assert refused.value.facts == {"who": by.person_name, "text": "Lời của người thứ nhất.", "typed": typed}
        assert told(made) == before


def test_paragraphs_move_within_their_section_only(office: Office) -> None:
    here, _campaign, made = reported(office)
    by = here.by("specialist")
    assert move_paragraph(paragraph=row_of(made, THREE), up=True, by=by, at=OPENED)
    assert [text for text, _, _ in told(made)] == [ONE, THREE, TWO]
    assert not move_paragraph(paragraph=row_of(made, ONE), up=True, by=by, at=OPENED)
    assert not move_paragraph(paragraph=row_of(made, TWO), up=False, by=by, at=OPENED)
    assert [text for text, _, _ in told(made, SECOND)] == ["Tiếp tục."]


def test_everything_the_editor_did_survives_a_new_consolidation(office: Office) -> None:
    here, campaign, made = reported(office)
    by = here.by("specialist")
    split_paragraph(paragraph=row_of(made, ONE), parts=["Một việc chung", "của trường."], by=by, at=OPENED)
    move_paragraph(paragraph=row_of(made, THREE), up=True, by=by, at=OPENED)
    edit_paragraph(paragraph=row_of(made, TWO), left_out=True, reason="Trùng mục III", by=by, at=OPENED)
    add_paragraph(consolidation=made, section_code=FIRST, text="Sở sẽ tập huấn.", by=by, at=OPENED)
    here.send(campaign, "thpt_3", text=f"{ONE}\nViệc mới.")
    again = consolidate(campaign=campaign, by=by, at=OPENED)
    assert told(again) == [
        ("Một việc chung", 3, False), ("của trường.", 3, False), (THREE, 1, False), (TWO, 1, True),
        ("Sở sẽ tập huấn.", 0, False), ("Việc mới.", 1, False),
    ]  # fmt: skip
    assert row_of(again, TWO).left_out_reason == "Trùng mục III"


def test_every_sentence_of_the_draft_names_its_unit_and_own_words_are_the_sos(office: Office) -> None:
    here, _campaign, made = reported(office)
    add_paragraph(consolidation=made, section_code=SECOND, text="Sở sẽ tập huấn.", by=here.by("specialist"), at=OPENED)
    sections = [node for node in draft_for(made, at=OPENED).body if isinstance(node, Section)]
    said = [p for section in sections for p in section.children if isinstance(p, Paragraph)]
    own = office.unit("so").name
    assert [p.text for p in said if "Sở sẽ" in p.text] == [f"Sở sẽ tập huấn. ({own})"]
    names = [office.unit(key).name for key in ("thpt_1", "thpt_2")]
    assert all(p.source and any(name in p.text for name in (*names, own)) for p in said)


def test_only_the_gathering_specialist_edits(office: Office) -> None:
    here, _campaign, made = reported(office)
    row, before = row_of(made, ONE), told(made)
    for who in ("director", "school_officer", "commune_officer"):
        with pytest.raises(ReportingForbidden):
            split_paragraph(paragraph=row, parts=["Một", "hai"], by=here.by(who), at=OPENED)
        with pytest.raises(ReportingForbidden):
            move_paragraph(paragraph=row, up=False, by=here.by(who), at=OPENED)
    made.refresh_from_db()
    assert (told(made), made.revision) == (before, 0)


def test_units_beyond_their_day_are_named_with_their_days(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    late = dt.datetime.combine(campaign.last_day_on + dt.timedelta(days=3), OPENED.timetz())
    here.send(campaign, "thpt_1")
    here.send(campaign, "thpt_2", at=late)
    made = consolidate(campaign=campaign, by=here.by("specialist", late.date()), at=late)
    came = [row for row in made.overdue if row["sent"]]
    assert came == [{"unit": office.unit("thpt_2").name, "days": 3, "sent": True}]
    silent = [row for row in made.overdue if not row["sent"]]
    assert {row["days"] for row in silent} == {3}
    assert [row["unit"] for row in silent] == made.absent
    text = "\n".join(p.text for p in Word(io.BytesIO(render(draft_for(made, at=late)))).paragraphs)
    assert f"Gửi quá hạn: {office.unit('thpt_2').name} (3 ngày)." in text


@pytest.mark.parametrize(
    ("key", "before"),
    [
        (PeriodKey(Span.MONTH, 2026, 1), PeriodKey(Span.MONTH, 2025, 12)),
        (PeriodKey(Span.MONTH, 2026, 7), PeriodKey(Span.MONTH, 2026, 6)),
        (PeriodKey(Span.FIRST_QUARTER, 2026), PeriodKey(Span.FOURTH_QUARTER, 2025)),
        (PeriodKey(Span.THIRD_QUARTER, 2026), PeriodKey(Span.SECOND_QUARTER, 2026)),
        (PeriodKey(Span.FIRST_HALF, 2026), PeriodKey(Span.SECOND_HALF, 2025)),
        (PeriodKey(Span.SECOND_HALF, 2026), PeriodKey(Span.FIRST_HALF, 2026)),
        (PeriodKey(Span.YEAR, 2026), PeriodKey(Span.YEAR, 2025)),
        (PeriodKey(Span.NINE_MONTHS, 2026), PeriodKey(Span.NINE_MONTHS, 2025)),
        (PeriodKey(Span.SECOND_SEMESTER, 2026), PeriodKey(Span.FIRST_SEMESTER, 2026)),
        (PeriodKey(Span.FIRST_SEMESTER, 2026), PeriodKey(Span.SECOND_SEMESTER, 2025)),
    ],
)
def test_a_period_has_one_before_it(key: PeriodKey, before: PeriodKey) -> None:
    assert key.before == before
    assert key.year_before == PeriodKey(key.span, key.year - 1, key.month)


def test_a_change_says_when_coverage_differs() -> None:
    full, part, none = Total(Decimal(12), 3, 3), Total(Decimal(8), 2, 3), Total(None, 0, 3)
    assert (change_from(full, part).difference, change_from(full, part).percent) == (Decimal(-4), Decimal("-33.3"))
    assert not change_from(full, part).is_comparable
    assert change_from(full, full).is_comparable
    assert change_from(none, full).difference is None
    assert change_from(Total(Decimal(0), 3, 3), full).percent is None


def test_the_report_compares_with_the_year_before(office: Office) -> None:
    here, campaign, _made = reported(office)
    Campaign.objects.filter(pk=campaign.pk).update(span_year=2025)
    now = here.open()
    here.send(now, "thpt_1", 4, 4, 4, 4, 4, 4)
    made = consolidate(campaign=now, by=here.by("specialist"), at=OPENED)
    before, year = earlier_pair(now)
    assert before is not None
    assert (before.campaign, year) == (campaign, None)
    annex = next(a for a in draft_for(made, at=OPENED).annexes if a.title == "So sánh với kỳ trước")
    table = annex.body[0]
    assert isinstance(table, TableNode)
    expected = now.expected
    assert table.header[0][2].text == "Kỳ trước (năm 2025)"
    assert [cell.text for cell in table.rows[0]] == [
        "Tổng cộng, Số đoàn", f"12 (1/{expected})", f"15 (2/{expected})", "−3*", "−20*",
    ]  # fmt: skip


def test_charts_are_drawn_once_in_grey_and_stand_in_the_annex(office: Office) -> None:
    _here, _campaign, made = reported(office)
    assert Job.objects.filter(handler="reporting.draw_charts").count() == 1
    assert draw_charts(made, at=OPENED) == 1
    assert draw_charts(made, at=OPENED) == 1
    chart = ConsolidatedChart.objects.get(consolidation=made)
    with Image.open(chart.picture.path) as image:
        colours = image.convert("RGB").getcolors(maxcolors=1 << 20)
    assert colours is not None
    assert all(max(c) - min(c) <= 2 for _count, c in colours if isinstance(c, tuple))
    assert chart.sentence.startswith("Đoàn ra: số đoàn; nhiều nhất là Nước khác (7 đoàn, chiếm 47%)")
    pictures = [node for node in draft_for(made, at=OPENED).annexes[0].body if isinstance(node, Picture)]
    assert [picture.caption for picture in pictures] == [chart.sentence]


def test_a_file_is_made_once_for_each_revision(office: Office) -> None:
    here, _campaign, made = reported(office)
    first = write_paper(made, ConsolidatedPaper.WORD, at=OPENED)
    assert write_paper(made, ConsolidatedPaper.WORD, at=OPENED) == first
    edit_paragraph(paragraph=row_of(made, ONE), text="Khác.", by=here.by("specialist"), at=OPENED)
    made.refresh_from_db()
    assert paper_of(made, ConsolidatedPaper.WORD) is None
    assert write_paper(made, ConsolidatedPaper.WORD, at=OPENED) != first
