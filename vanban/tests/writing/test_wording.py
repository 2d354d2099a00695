from __future__ import annotations

from dataclasses import replace

import pytest

from vanban.writing.draft import (
    Annex,
    Draft,
    IssueDate,
    Level,
    Picture,
    Section,
    SentTo,
    SignForm,
    SignLine,
    item,
    paragraph,
)
from vanban.writing.measure import balanced_lines, width_mm
from vanban.writing.wording import (
    BLANK,
    addressee_lines,
    annex_heading,
    annex_note,
    base_lines,
    closed,
    date_line,
    marker_words,
    number_line,
    numbered,
    recipient_lines,
    roman,
    sign_lines,
    subject_line,
)

DRAFT = Draft(issuer="Sở Nội vụ", place="Sơn Hà", symbol="SNV-VP", title="rà soát hồ sơ")


@pytest.mark.parametrize(
    ("number", "line"),
    [("5", "Số: 05/SNV-VP"), ("112", "Số: 112/SNV-VP"), (None, f"Số: {BLANK}/SNV-VP"), ("07", "Số: 07/SNV-VP")],
)
def test_number_under_ten_takes_a_zero_and_a_missing_one_leaves_room(number: str | None, line: str) -> None:
    assert number_line(replace(DRAFT, number=number)) == line


@pytest.mark.parametrize(
    ("issued", "line"),
    [
        (IssueDate(2026, 1, 5), "Sơn Hà, ngày 05 tháng 01 năm 2026"),
        (IssueDate(2026, 2, 15), "Sơn Hà, ngày 15 tháng 02 năm 2026"),
        (IssueDate(2026, 3, 9), "Sơn Hà, ngày 09 tháng 3 năm 2026"),
        (IssueDate(2026, 12), f"Sơn Hà, ngày {BLANK} tháng 12 năm 2026"),
        (IssueDate(), f"Sơn Hà, ngày {BLANK} tháng {BLANK} năm {BLANK}"),
    ],
)
def test_zero_stands_before_days_under_ten_and_months_one_and_two_only(issued: IssueDate, line: str) -> None:
    assert date_line(replace(DRAFT, issued=issued)) == line


def test_subject_of_a_letter_is_not_marked_twice() -> None:
    assert subject_line(DRAFT) == "V/v rà soát hồ sơ"
    assert subject_line(replace(DRAFT, title="V/v rà soát hồ sơ")) == "V/v rà soát hồ sơ"


def test_bases_end_in_semicolons_and_the_last_in_a_full_stop_whatever_the_caller_wrote() -> None:
    assert base_lines(("Căn cứ Luật A;", "Căn cứ Luật B.", "Xét đề nghị của C")) == (
        "Căn cứ Luật A;",
        "Căn cứ Luật B;",
        "Xét đề nghị của C.",
    )
    assert base_lines(()) == ()


def test_one_addressee_stands_on_the_line_and_several_on_dashes() -> None:
    assert addressee_lines(("Sở Y tế",)) == ("Sở Y tế.",)
    assert addressee_lines(("Sở Y tế", "Sở Nội vụ")) == ("- Sở Y tế;", "- Sở Nội vụ.")


def test_recipients_of_an_addressed_document_begin_with_as_above_and_end_with_the_archive() -> None:
    draft = replace(
        DRAFT, addressees=("Sở Y tế",), recipients=(SentTo("Lãnh đạo Sở", "để báo cáo"),), archive="VT, VP.NL.(05)"
    )
    assert recipient_lines(draft) == ("- Như trên;", "- Lãnh đạo Sở (để báo cáo);", "- Lưu: VT, VP.NL.(05).")
    assert recipient_lines(replace(draft, recipients=(SentTo("Như trên"),)))[0] == "- Như trên;"
    assert recipient_lines(replace(DRAFT, archive="Lưu: VT.")) == ("- Lưu: VT.",)


def test_signing_lines_are_capitals_behind_their_form() -> None:
    lines = (SignLine("Giám đốc", SignForm.FOR_HEAD), SignLine("Phó Giám đốc"))
    assert sign_lines(lines) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def test_one_annex_has_no_number_and_several_have_roman_ones() -> None:
    assert annex_heading(0, 1) == "Phụ lục"
    assert [annex_heading(place, 4) for place in range(4)] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]


def test_annex_note_names_its_document_unless_told_otherwise() -> None:
    draft = replace(DRAFT, doc_type="Kế hoạch", symbol="KH-SNV", number="5", issued=IssueDate(2026, 3, 9))
    assert (
        annex_note(draft, Annex("A", ())) == "(Kèm theo Kế hoạch số 05/KH-SNV ngày 09 tháng 3 năm 2026 của Sở Nội vụ)"
    )
    assert annex_note(draft, Annex("A", (), note="")) is None
    assert annex_note(draft, Annex("A", (), note="(Kèm theo)")) == "(Kèm theo)"


def test_empty_markers_are_numbered_by_level_and_articles_run_through_chapters() -> None:
    body = (
        Section(Level.CHAPTER, "Một", (Section(Level.ARTICLE, "A"), Section(Level.ARTICLE, "B"))),
        Section(Level.CHAPTER, "Hai", (Section(Level.ARTICLE, "C"),)),
    )
    done = numbered(body)
    markers = [
        marker_words(s) for c in done if isinstance(c, Section) for s in (c, *c.children) if isinstance(s, Section)
    ]
    assert markers == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_subclauses_carry_the_number_of_their_clause_and_points_the_vietnamese_alphabet() -> None:
    points = tuple(Section(Level.POINT, f"Điểm {n}") for n in range(6))
    (first, second) = numbered(
        (Section(Level.CLAUSE, "A", (Section(Level.SUBCLAUSE, "B"),)), Section(Level.CLAUSE, "C", points))
    )
    assert isinstance(first, Section)
    assert isinstance(second, Section)
    assert [marker_words(s) for s in first.children if isinstance(s, Section)] == ["1.1."]
    assert [marker_words(s) for s in second.children if isinstance(s, Section)] == ["a)", "b)", "c)", "d)", "đ)", "e)"]


def test_a_marker_given_by_the_caller_stays() -> None:
    (only,) = numbered((Section(Level.ROMAN, "A", marker="IV"),))
    assert isinstance(only, Section)
    assert only.marker == "IV"


@pytest.mark.parametrize(
    ("before", "after"),
    [("Hết.", "Hết./."), ("Hết", "Hết./."), ("Hết./.", "Hết./."), ("Hết;", "Hết./."), ("Hết...", "Hết...")],
)
def test_body_ends_in_the_closing_mark_once(before: str, after: str) -> None:
    (only,) = closed((paragraph(before),))
    assert getattr(only, "text", None) == (after if before != "Hết..." else "Hết..../.")


def test_closing_mark_goes_to_the_innermost_last_text() -> None:
    (section,) = closed((Section(Level.ROMAN, "A", (item("Một:", item("Hai")),)),))
    assert isinstance(section, Section)
    last = section.children[0]
    assert getattr(last, "children")[0].content.text == "Hai./."  # noqa: B009 - narrows the union for the reader


def test_after_a_picture_the_closing_mark_takes_its_own_paragraph() -> None:
    done = closed((Picture(b"", "x"),))
    assert len(done) == 2
    assert getattr(done[1], "text", None) == "./."


@pytest.mark.parametrize(
    ("number", "sign"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX")]
)
def test_roman(number: int, sign: str) -> None:
    assert roman(number) == sign


def test_width_counts_letters_and_not_their_accents() -> None:
    assert width_mm("Độc lập", 14) == pytest.approx(width_mm("Doc lap", 14))
    assert width_mm("SO GIAO DUC", 12, bold=True) == pytest.approx(28.22, abs=0.01)


def test_long_names_break_evenly_and_committees_before_their_province() -> None:
    assert balanced_lines("ỦY BAN NHÂN DÂN THÀNH PHỐ SƠN HÀ", 12, 60) == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ SƠN HÀ")
    lines = balanced_lines("TRƯỜNG TRUNG HỌC PHỔ THÔNG BÌNH MINH", 12, 60, bold=True)
    assert len(lines) == 2
    assert abs(width_mm(lines[0], 12, bold=True) - width_mm(lines[1], 12, bold=True)) < 20
