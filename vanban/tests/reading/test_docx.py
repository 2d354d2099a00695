"""Word documents: two-column head and foot, printed list markers, boxes, notes, headers, what is not printed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from vanban.document import BlockKind, SourceText
from vanban.reading import UnreadableError, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LinesOf = Callable[[SourceText, BlockKind], list[str]]


def package(body: str, **parts: str) -> bytes:
    """A minimal docx: ``body`` inside ``w:body``; further parts by their name in the folder ``word``."""
    names = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name.replace('__', '/')}.xml", content.replace("XMLNS", names))
    return out.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, number: int, level: int) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, shape: str, text: str, more: str = "") -> str:
    """A level of a list."""
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}'
    return f'<w:lvl w:ilvl="{index}">{shape}<w:lvlText w:val="{text}"/></w:lvl>'


def test_a_plan_is_read_with_its_columns_apart(plan_docx: bytes, lines: LinesOf) -> None:
    source = read(plan_docx, name="plan.docx")
    assert lines(source, BlockKind.HEADER_LEFT) == [
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH SÔNG THƯƠNG",
        "TRƯỜNG THPT LÝ CÔNG UẨN",
        "Số: 47/KH-THPTLCU",
    ]
    assert lines(source, BlockKind.HEADER_RIGHT) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Thương, ngày 06 tháng 9 năm 2024",
    ]
    assert lines(source, BlockKind.FOOTER_LEFT) == [
        "Nơi nhận:",
        "- Sở GDĐT (để báo cáo);",
        "- Các tổ chuyên môn;",
        "- Lưu: VT.",
    ]
    assert lines(source, BlockKind.FOOTER_RIGHT) == ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "Trần Thị Bích Hạnh"]
    assert lines(source, BlockKind.PARAGRAPH)[:2] == [
        "KẾ HOẠCH",
        "Giao lưu văn hóa với học sinh quốc tế năm học 2024 - 2025",
    ]
    assert source.pages == ()
    assert source.words == ()


def test_blocks_carry_weight_and_place(plan_docx: bytes) -> None:
    source = read(plan_docx)
    title = next(block for block in source.blocks if source.text[block.span.start : block.span.end] == "KẾ HOẠCH")
    assert (title.bold, title.italic, title.centred, title.page) == (True, False, True, None)


def test_printed_markers_are_restored() -> None:
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)")
        + level(3, "bullet", "-")
    )
    legal = level(0, "upperRoman", "Chương %1") + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
    numbering = (
        f"<w:numbering XMLNS><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='1'>{legal}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/>"
        "<w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
    )
    body = "".join(
        numbered(text, number, at)
        for text, number, at in [
            ("A", 1, 0), ("B", 1, 1), ("C", 1, 1), ("D", 1, 2), ("E", 1, 3), ("F", 1, 0), ("G", 1, 1),
            ("H", 2, 0), ("I", 2, 1), ("J", 2, 1), ("K", 3, 1), ("L", 3, 1),
        ]
    )  # fmt: skip
    assert read(package(body, numbering=numbering)).text.split("\n\n") == [
        "I. A", "1. B", "2. C", "a) D", "- E", "II. F", "1. G", "Chương I H", "1.1. I", "1.2. J", "5. K", "6. L",
    ]  # fmt: skip


def test_a_style_can_number_its_paragraphs() -> None:
    styles = (
        "<w:styles XMLNS><w:style w:type='paragraph' w:styleId='Dieu'>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='DieuHai'><w:basedOn w:val='Dieu'/></w:style></w:styles>"
    )
    numbering = (
        f"<w:numbering XMLNS><w:abstractNum w:abstractNumId='0'>{level(0, 'decimal', 'Điều %1.')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    body = p("Phạm vi", '<w:pStyle w:val="Dieu"/>') + p("Đối tượng", '<w:pStyle w:val="DieuHai"/>')
    assert read(package(body, styles=styles, numbering=numbering)).text == "Điều 1. Phạm vi\n\nĐiều 2. Đối tượng"


def test_bullets_of_symbol_fonts_are_printed_marks() -> None:
    numbering = (
        f"<w:numbering XMLNS><w:abstractNum w:abstractNumId='0'>{level(0, 'bullet', '&#xF0B7;')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    assert read(package(numbered("Một", 1, 0), numbering=numbering)).text == "• Một"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>",
                     "a\nb\tc", id="breaks"),
        pytest.param('<w:p><w:r><w:t>QĐ</w:t><w:noBreakHyphen/><w:t>TTg</w:t></w:r></w:p>', "QĐ-TTg", id="hyphen"),
        pytest.param("<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>",
                     "thêm", id="tracked changes are read as accepted"),
        pytest.param(p("ẩn", run="<w:vanish/>") + p("hiện"), "hiện", id="hidden text"),
        pytest.param(p("kế hoạch", run="<w:caps/>"), "KẾ HOẠCH", id="set in capitals"),
        pytest.param("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
                     "<w:r><w:t>05/5</w:t></w:r></w:p>", "05/5", id="fields show their result"),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>nối</w:t></w:r></w:hyperlink></w:p>", "nối", id="links"),
        pytest.param(f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('khung')}</w:sdtContent></w:sdt>",
                     "khung", id="content controls"),
        pytest.param(p("Céng hßa", run='<w:rFonts w:ascii=".VnTime"/>'), "Cộng hòa", id="TCVN3 by its font"),
        pytest.param(p("céng hßa", run='<w:rFonts w:ascii=".VnTimeH"/>'), "CỘNG HÒA", id="TCVN3 capitals by the font"),
        pytest.param(p("Coäng hoøa", run='<w:rFonts w:ascii="VNI-Times"/>'), "Cộng hòa", id="VNI by its font"),
        pytest.param("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>", "✓", id="symbols"),
    ],
)  # fmt: skip
def test_what_is_printed(body: str, expected: str) -> None:
    assert read(package(body)).text == expected


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('MẬT')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Trước</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + p("Sau")
    )
    assert read(package(body)).text == "Trước\n\nMẬT\n\nSau"


def test_headers_come_first_footers_and_notes_last_page_numbers_not_at_all() -> None:
    note = (
        "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>Theo Luật số 01/2020/QH14.</w:t></w:r></w:p></w:footnote>"
    )
    source = read(
        package(
            "<w:p><w:r><w:t>Thân</w:t><w:footnoteReference w:id='2'/><w:t> bài</w:t></w:r></w:p>",
            header1=f"<w:hdr XMLNS>{p('LƯU HÀNH NỘI BỘ')}{p('2')}</w:hdr>",
            header2=f"<w:hdr XMLNS>{p('LƯU HÀNH NỘI BỘ')}</w:hdr>",
            footer1=f"<w:ftr XMLNS>{p('Trang 1/5')}{p('Điện thoại: 0123')}</w:ftr>",
            footnotes=f"<w:footnotes XMLNS><w:footnote w:type='separator'>{p('x')}</w:footnote>{note}</w:footnotes>",
        )
    )
    assert source.text == "LƯU HÀNH NỘI BỘ\n\nThân bài\n\n[1] Theo Luật số 01/2020/QH14.\n\nĐiện thoại: 0123"


def test_tables_are_rows_of_cells_and_merged_cells_are_printed_once(lines: LinesOf) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        (("TT", "Nội dung", "Thời gian"), ("1", "Hội thảo", "Quý I"), ("2", "Trại hè", "Quý II"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Cả năm"
    out = BytesIO()
    document.save(out)
    assert lines(read(out.getvalue()), BlockKind.TABLE_ROW) == [
        "| TT | Nội dung | Thời gian |",
        "| 1 | Hội thảo | Cả năm |",
        "| 2 | Trại hè |  |",
    ]


def test_a_head_typed_with_tabs_is_split_into_columns(lines: LinesOf) -> None:
    document = docx.Document()
    for line in (
        "UBND TỈNH SÔNG THƯƠNG\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ\t\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 15/SNV-TC\tSông Thương, ngày 02 tháng 3 năm 2024",
        "Kính gửi: Các phòng chuyên môn.",
        "Nơi nhận:\tGIÁM ĐỐC",
        "- Như trên;",
        "- Lưu: VT.\tNguyễn Văn Bình",
    ):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    source = read(out.getvalue())
    assert lines(source, BlockKind.HEADER_LEFT) == ["UBND TỈNH SÔNG THƯƠNG", "SỞ NỘI VỤ", "Số: 15/SNV-TC"]
    assert lines(source, BlockKind.HEADER_RIGHT)[2] == "Sông Thương, ngày 02 tháng 3 năm 2024"
    assert lines(source, BlockKind.PARAGRAPH) == ["Kính gửi: Các phòng chuyên môn."]
    assert lines(source, BlockKind.FOOTER_LEFT) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert lines(source, BlockKind.FOOTER_RIGHT) == ["GIÁM ĐỐC", "Nguyễn Văn Bình"]


def test_a_frame_of_one_cell_is_no_table(lines: LinesOf) -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Chỉ là khung"
    out = BytesIO()
    document.save(out)
    assert lines(read(out.getvalue()), BlockKind.PARAGRAPH) == ["Chỉ là khung"]


def test_macros_are_ignored_and_said() -> None:
    out = BytesIO(package(p("Có macro")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    source = read(out.getvalue(), name="mau.docm")
    assert source.text == "Có macro"
    assert [remark.code for remark in source.diagnostics] == ["macros_ignored"]


def test_pictures_alone_hold_no_text() -> None:
    out = BytesIO(package("<w:p/>"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.png", b"x")
    with pytest.raises(UnreadableError) as refusal:
        read(out.getvalue())
    assert refusal.value.code == "no_text"


def test_centred_comes_from_the_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph("GIỮA").alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = BytesIO()
    document.save(out)
    assert read(out.getvalue()).blocks[0].centred
