from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from vanban.writing.docx import write
from vanban.writing.draft import Cell, Column, Draft, IssueDate, Picture, TableNode, paragraph


def opened(draft: Draft) -> Document:
    return docx.Document(io.BytesIO(write(draft)))


def lines(document: Document) -> list[str]:
    """Every printed line in order, tables flattened."""
    out: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            out += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            out.append(block.text)
    return [line.replace("\n", " ") for line in out if line.strip()]


def test_the_same_draft_gives_the_same_bytes(draft: Draft) -> None:
    assert write(draft) == write(draft)


def test_no_time_of_writing_is_kept(draft: Draft) -> None:
    data = write(draft)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    issued = draft.issued
    assert docx.Document(io.BytesIO(data)).core_properties.created is not None
    created = docx.Document(io.BytesIO(data)).core_properties.created
    assert created is not None
    assert (created.year, created.month, created.day) == (issued.year, issued.month, issued.day)


def test_a_draft_without_a_day_has_a_neutral_stamp(drafts: dict[str, Draft]) -> None:
    created = opened(replace(drafts["plan"], issued=IssueDate(2026, 1))).core_properties.created
    assert created is not None
    assert created.year == 2000


def test_page_is_a4_with_the_margins_of_the_decree(draft: Draft) -> None:
    page = opened(draft).sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    margins = [page.top_margin, page.bottom_margin, page.left_margin, page.right_margin]
    assert [round(one.mm) for one in margins if one is not None] == [20, 20, 30, 15]


def test_type_is_times_new_roman_in_vietnamese(draft: Draft) -> None:
    style = opened(draft).styles["Normal"]
    assert style.font.name == "Times New Roman"
    assert style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_page_number_is_at_the_top_in_the_middle_and_not_on_page_one(draft: Draft) -> None:
    page = opened(draft).sections[0]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert "PAGE" not in page.first_page_header._element.xml


def test_head_of_a_plan(drafts: dict[str, Draft]) -> None:
    assert lines(opened(drafts["plan"]))[:9] == [
        "ỦY BAN NHÂN DÂN TỈNH SƠN HÀ",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/KH-SGDĐT",
        "Sơn Hà, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Công tác đối ngoại của ngành Giáo dục năm 2026",
        "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;",
    ]


def test_head_of_a_letter_has_its_subject_and_urgency_under_the_number(drafts: dict[str, Draft]) -> None:
    printed = lines(opened(drafts["letter"]))
    assert printed[4:11] == [
        "Số: 312/SGDĐT-VP",
        "Sơn Hà, ngày 09 tháng 3 năm 2026",
        "V/v thống kê học sinh đi du học năm 2026",
        "KHẨN",
        "Kính gửi:",
        "- Các phòng thuộc Sở;",
        "- Các trường trung học phổ thông.",
    ]


def test_decision_has_authority_bases_and_articles_in_order(drafts: dict[str, Draft]) -> None:
    printed = lines(opened(drafts["decision"]))
    assert printed[6:9] == [
        "QUYẾT ĐỊNH",
        "Về việc cử đoàn cán bộ đi công tác nước ngoài",
        "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    ]
    assert printed[11:14] == [
        "Theo đề nghị của Chánh Văn phòng Sở.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Cử đoàn gồm 02 người đi công tác tại Nhật Bản:",
    ]


def test_foot_of_a_plan(drafts: dict[str, Draft]) -> None:
    printed = lines(opened(drafts["plan"]))
    start = printed.index("Nơi nhận:")
    assert printed[start - 1] == "2. Văn phòng Sở theo dõi, đôn đốc việc thực hiện Kế hoạch này./."
    assert printed[start : start + 7] == [
        "Nơi nhận:",
        "- UBND tỉnh (để báo cáo);",
        "- Các phòng thuộc Sở (để thực hiện);",
        "- Lưu: VT, VP.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Minh An",
    ]


def test_annexes_have_their_own_pages_paper_and_numbers(drafts: dict[str, Draft]) -> None:
    document = opened(drafts["plan"])
    _, wide, tall = document.sections
    assert [round(page.page_width.mm) for page in (wide, tall) if page.page_width is not None] == [297, 210]
    for page in (wide, tall):
        numbers = page._sectPr.find(qn("w:pgNumType"))
        assert numbers is not None
        assert numbers.get(qn("w:start")) == "1"
        assert page.header.is_linked_to_previous
    printed = lines(document)
    start = printed.index("Phụ lục I")
    assert printed[start : start + 3] == [
        "Phụ lục I",
        "DANH MỤC NHIỆM VỤ NĂM 2026",
        "(Kèm theo Kế hoạch số 07/KH-SGDĐT ngày 05 tháng 01 năm 2026 của Sở Giáo dục và Đào tạo)",
    ]


def test_heading_rows_repeat_and_no_row_splits(drafts: dict[str, Draft]) -> None:
    table = opened(drafts["report"]).tables[1]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_merged_headings_take_their_places(drafts: dict[str, Draft]) -> None:
    table = opened(drafts["report"]).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Nội dung", "Số lượng", "Số lượng"]
    assert [cell.text for cell in table.rows[1].cells] == ["TT", "Nội dung", "Kế hoạch", "Thực hiện"]
    assert [cell.text for cell in table.rows[2].cells] == ["1", "Hoạt động 1", "10", "9"]


def test_a_cell_that_does_not_fit_is_refused(drafts: dict[str, Draft]) -> None:
    wrong = TableNode((Column(), Column()), (), ((Cell("A"), Cell("B", columns=2)),))
    with pytest.raises(ValueError, match="does not fit"):
        write(replace(drafts["plan"], body=(wrong,)))


def test_a_picture_has_words_for_those_who_cannot_see_it(drafts: dict[str, Draft]) -> None:
    body = drafts["report"].body
    shapes = opened(drafts["report"]).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["Biểu đồ"]
    assert any(isinstance(node, Picture) for section in body for node in getattr(section, "children", ()))


def test_sources_are_not_printed(drafts: dict[str, Draft]) -> None:
    marked = paragraph("Một câu có nguồn.", source="indicator:42")
    data = write(replace(drafts["plan"], body=(marked,)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(b"indicator:42" not in archive.read(name) for name in archive.namelist())


def test_titles_are_headings_of_the_navigation(drafts: dict[str, Draft]) -> None:
    found = []
    for line in opened(drafts["plan"]).paragraphs:
        level = line._p.pPr.find(qn("w:outlineLvl")) if line._p.pPr is not None else None
        if level is not None:
            found.append((level.get(qn("w:val")), line.text))
    assert found == [
        ("0", "I. MỤC ĐÍCH, YÊU CẦU"),
        ("1", "1. Mục đích"),
        ("1", "2. Yêu cầu"),
        ("0", "II. TỔ CHỨC THỰC HIỆN"),
        ("0", "Phụ lục I"),
        ("0", "Phụ lục II"),
    ]


def test_long_names_break_where_they_fall_evenly(drafts: dict[str, Draft]) -> None:
    table = opened(drafts["plan"]).tables[0]
    assert table.rows[0].cells[0].paragraphs[0].text == "ỦY BAN NHÂN DÂN\nTỈNH SƠN HÀ"
