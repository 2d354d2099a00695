"""Pages: text pdf, scans and pictures - reading order, boxes, confidence, rendering."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import makers
import pytest
from PIL import Image, ImageDraw

from vanban.document import BlockKind, SourceText
from vanban.reading import Limits, UnreadableError, ocr_page, page_count, read, render_page
from vanban.reading.fold import fold
from vanban.reading.images import skew

LinesOf = Callable[[SourceText, BlockKind], list[str]]


def recall(wanted: str, found: str) -> float:
    """The share of the folded words of ``wanted`` that stand in ``found``."""
    want, have = (Counter(re.findall(r"\w+", fold(text))) for text in (wanted, found))
    return 1 - (want - have).total() / want.total()


def check_places(source: SourceText) -> None:
    """Words, pages and blocks lie in order inside the text, and boxes inside their pages."""
    assert all(before.span.end <= after.span.start for before, after in pairwise(source.words))
    assert all(before.span.end <= after.span.start for before, after in pairwise(source.blocks))
    assert all(before.span.end <= after.span.start for before, after in pairwise(source.pages))
    for word in source.words:
        assert 0 <= word.box.left < word.box.right <= 1
        assert 0 <= word.box.top < word.box.bottom <= 1
        page = source.pages[word.page - 1]
        assert page.span.start <= word.span.start < word.span.end <= page.span.end
        assert not source.text[word.span.start : word.span.end].isspace()


def test_a_text_pdf_is_read_like_the_document_it_was_made_from(
    plan_pdf: bytes, plan_docx: bytes, lines: LinesOf
) -> None:
    source, word = read(plan_pdf, name="plan.pdf"), read(plan_docx)
    assert source.media_type == "application/pdf"
    assert source.text.split() == word.text.split()
    for kind in BlockKind:
        assert " ".join(lines(source, kind)).split() == " ".join(lines(word, kind)).split()
    check_places(source)


def test_lines_are_kept_inside_paragraphs(plan_pdf: bytes, lines: LinesOf) -> None:
    source = read(plan_pdf)
    basis = next(text for text in lines(source, BlockKind.PARAGRAPH) if text.startswith("Căn cứ"))
    assert basis.count("\n") in (1, 2), "printed lines of one basis, whatever edition of the typeface is there"
    assert " ".join(basis.split()).endswith("2024 - 2025;")


def test_boxes_lead_back_to_the_print(plan_pdf: bytes) -> None:
    source = read(plan_pdf)
    start = source.text.index("47/KH-THPTLCU")
    word = next(word for word in source.words if word.span.start == start)
    page = Image.open(BytesIO(render_page(plan_pdf, 1, dpi=100))).convert("L")
    box = word.box
    inked = page.crop(
        (
            round(box.left * page.width),
            round(box.top * page.height),
            round(box.right * page.width),
            round(box.bottom * page.height),
        )
    )
    darkest, _lightest = inked.getextrema()
    assert not isinstance(darkest, tuple)
    assert darkest < 100, "print inside the box"
    beside = page.crop((0, round(box.top * page.height), round(0.05 * page.width), round(box.bottom * page.height)))
    assert beside.getextrema() == (255, 255), "nothing in the margin"


def test_weight_is_known_from_the_font(plan_pdf: bytes) -> None:
    source = read(plan_pdf)
    by_text = {source.text[block.span.start : block.span.end]: block for block in source.blocks}
    assert by_text["KẾ HOẠCH"].bold
    assert by_text["KẾ HOẠCH"].centred
    assert by_text["Sông Thương, ngày 06 tháng 9 năm 2024"].italic
    assert by_text["KẾ HOẠCH"].page == 1


def test_a_scan_is_read_with_doubt_per_word(plan_scan: bytes, plan_text: str, lines: LinesOf) -> None:
    told: list[tuple[int, int]] = []
    source = read(plan_scan, progress=lambda done, pages: told.append((done, pages)))
    count = len(source.pages)
    assert told == [(done, count) for done in range(count + 1)]
    assert recall(plan_text, source.text) > 0.98
    assert all(page.scanned for page in source.pages)
    assert {word.confidence for word in source.words} != {1.0}
    assert lines(source, BlockKind.HEADER_RIGHT)[-1] == "Sông Thương, ngày 06 tháng 9 năm 2024"
    assert "47/KH-THPTLCU" in " ".join(lines(source, BlockKind.HEADER_LEFT))
    assert lines(source, BlockKind.FOOTER_LEFT)[0] == "Nơi nhận:"
    assert fold(lines(source, BlockKind.FOOTER_RIGHT)[-1]) == "tran thi bich hanh"
    assert "1205/KH-SGDĐT ngày 28 tháng 8 năm 2024" in source.text.replace("\n", " ")
    check_places(source)


def test_pages_may_be_read_side_by_side(plan_scan: bytes) -> None:
    assert read(plan_scan, workers=2) == read(plan_scan)


def test_one_page_by_ocr(plan_scan: bytes) -> None:
    page = ocr_page(plan_scan, 1)
    assert (page.number, page.scanned) == (1, True)
    assert (page.width, page.height) == pytest.approx((595.3, 841.9), abs=0.5)
    assert any("47/KH-THPTLCU" in word.text for word in page.words)


def test_the_rendered_scan_is_set_straight(plan_scan: bytes) -> None:
    picture = Image.open(BytesIO(render_page(plan_scan, 1, dpi=150)))
    assert abs(picture.width - 1240) <= 2
    assert abs(skew(picture.convert("L"))) < 0.1


@pytest.mark.parametrize("angle", [-3.0, -0.8, 0.0, 0.5, 2.4])
def test_skew_is_measured(plan_pdf: bytes, angle: float) -> None:
    page = Image.open(BytesIO(render_page(plan_pdf, 1, dpi=150))).convert("L")
    turned = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert abs(skew(turned) + angle) < 0.08


@pytest.mark.parametrize("turn", [90, 270])
def test_a_sheet_on_its_side_is_turned(plan_pdf: bytes, turn: int) -> None:
    page = makers.scan_pages(plan_pdf, makers.Scanner(dpi=200, skew=0.4))[0].rotate(turn, expand=True)
    data = makers.to_jpeg(page, dpi=200)
    source = read(data)
    assert "1205/KH-SGDĐT ngày 28 tháng 8 năm 2024" in source.text.replace("\n", " ")
    assert source.pages[0].width < source.pages[0].height
    picture = Image.open(BytesIO(render_page(data, 1, dpi=60)))
    assert picture.width < picture.height


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_pictures_are_read(plan_pdf: bytes, plan_text: str, form: str) -> None:
    page = makers.scan_pages(plan_pdf, makers.Scanner(dpi=200, skew=0.3))[0]
    out = BytesIO()
    page.save(out, form, dpi=(200, 200))
    source = read(out.getvalue(), name=f"trang.{form.lower()}")
    assert source.media_type == f"image/{form.lower()}"
    assert "1205/KH-SGDĐT" in source.text
    assert round(source.pages[0].width) == 595


def test_a_photograph_without_resolution_is_taken_as_a_sheet(plan_pdf: bytes) -> None:
    page = makers.scan_pages(plan_pdf, makers.Scanner(dpi=150, skew=0))[0]
    out = BytesIO()
    page.save(out, "PNG")
    assert "1205/KH-SGDĐT" in read(out.getvalue()).text


def test_a_tiff_has_several_pages(plan_pdf: bytes) -> None:
    page = makers.scan_pages(plan_pdf, makers.Scanner(dpi=200, skew=0))[0]
    out = BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page], dpi=(200, 200), compression="jpeg")
    assert page_count(out.getvalue()) == 2
    source = read(out.getvalue())
    assert [word.page for word in source.words] == sorted(word.page for word in source.words)
    assert source.text.count("1205/KH-SGDĐT") == 2


def pdf_of(*contents: str, rotate: int = 0) -> bytes:
    """A pdf with one page a content stream, in Helvetica, pages 600 by 800."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(contents)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for index, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate} /Contents {5 + 2 * index} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def put(x: float, y: float, text: str, size: float = 12) -> str:
    """Print ``text`` at a place, origin bottom left."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def test_the_order_of_drawing_does_not_matter() -> None:
    source = read(pdf_of(put(60, 600, "second line of text") + put(60, 620, "first line of text")))
    assert source.text.split() == ["first", "line", "of", "text", "second", "line", "of", "text"]


def test_letters_drawn_twice_to_look_bold_are_one() -> None:
    assert read(pdf_of(put(60, 600, "KHAN") + put(60.3, 600, "KHAN"))).text == "KHAN"


def test_a_turned_page_is_read_as_shown() -> None:
    turned = "BT /F1 12 Tf 0 1 -1 0 100 60 Tm (So: 12) Tj ET\n"
    source = read(pdf_of(turned, rotate=90))
    assert source.text == "So: 12"
    assert (source.pages[0].width, source.pages[0].height) == (800, 600)
    assert source.words[0].box.top < 0.2
    assert source.words[0].box.left < 0.2


def test_page_numbers_are_left_out_and_running_lines_stand_once() -> None:
    pages = [
        put(280, 780, str(number))
        + put(60, 15, f"Ban hanh kem theo QD 12 trang {number}")
        + put(60, 600, f"Noi dung {word}.")
        for number, word in enumerate(("mot", "hai", "ba", "bon", "nam"), 1)
    ]
    text = read(pdf_of(*pages)).text
    assert text.count("Ban hanh kem theo") == 1
    assert [line for line in text.split("\n") if line.strip().isdigit()] == []
    assert [word for word in ("mot.", "hai.", "ba.", "bon.", "nam.") if word not in text] == []


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = put(60, 640, "Mo dau cua van ban nay noi rang " * 2) + put(
        60, 620, "dong thu hai rat dai rat dai rat dai rat dai rat dai va"
    )
    source = read(
        pdf_of(first, put(60, 740, "tiep tuc o trang sau.") + put(95, 690, "Doan moi cua trang hai, co thut dau dong."))
    )
    assert "va\ntiep tuc" in source.text
    assert [block.page for block in source.blocks] == [1, 2]


def test_a_table_in_a_pdf_is_rows_of_cells(lines: LinesOf) -> None:
    rows = (("TT", "Viec", "Han"), ("1", "Hop mat", "05/5"), ("2", "Hoi thao", "05/11"))
    content = "".join(
        put(x, 700 - 20 * row, text)
        for row, texts in enumerate(rows)
        for x, text in zip((60, 150, 400), texts, strict=True)
    )
    assert lines(read(pdf_of(content)), BlockKind.TABLE_ROW) == [
        "| TT | Viec | Han |",
        "| 1 | Hop mat | 05/5 |",
        "| 2 | Hoi thao | 05/11 |",
    ]


def test_a_blank_page_does_not_disturb() -> None:
    source = read(pdf_of(put(60, 600, "Trang mot"), "", put(60, 600, "Trang ba")))
    assert [page.number for page in source.pages] == [1, 2, 3]
    assert [word.page for word in source.words] == [1, 1, 3, 3]
    assert source.pages[1].span.start == source.pages[1].span.end


def test_decomposed_letters_stay_with_their_words(plan_docx: bytes, plan_text: str) -> None:
    pdf = makers.convert_office(makers.make_docx(plan_text), "pdf")
    assert unicodedata.is_normalized("NFC", read(pdf).text)


def test_a_picture_without_print_has_no_text() -> None:
    picture = Image.new("RGB", (1200, 1600), "white")
    ImageDraw.Draw(picture).ellipse((300, 300, 900, 900), fill=(200, 60, 60))
    out = BytesIO()
    picture.save(out, "JPEG")
    with pytest.raises(UnreadableError) as refusal:
        read(out.getvalue())
    assert refusal.value.code == "no_text"


def test_a_pdf_of_blank_pages_has_no_text() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(pdf_of("", ""))
    assert refusal.value.code == "no_text"


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there(number: int) -> None:
    with pytest.raises(ValueError, match=f"page {number} of 1"):
        render_page(pdf_of(put(60, 600, "x")), number)


@pytest.mark.parametrize("act", [lambda data: render_page(data, 1), lambda data: ocr_page(data, 1), page_count])
def test_formats_without_pages_are_not_rendered(plan_docx: bytes, act: Callable[[bytes], object]) -> None:
    with pytest.raises(UnreadableError) as refusal:
        act(plan_docx)
    assert (refusal.value.code, refusal.value.facts) == ("unsupported", {"found": "docx"})


def test_a_huge_page_is_rendered_within_the_limit() -> None:
    page = pdf_of(put(60, 600, "x")).replace(b"[0 0 600 800]", b"[0 0 14400 14400]")
    picture = Image.open(BytesIO(render_page(page, 1, dpi=300, limits=Limits(pixels=1_000_000))))
    assert picture.width * picture.height <= 1_010_000


def test_wrapped_lines_of_the_head_are_joined(lines: LinesOf) -> None:
    head = (
        put(100, 760, "UBND TINH SONG THUONG") + put(310, 760, "CONG HOA XA HOI CHU NGHIA VIET NAM")
        + put(120, 745, "SO NOI VU") + put(340, 745, "Doc lap - Tu do - Hanh phuc")
        + put(120, 715, "So: 15/SNV-TC") + put(300, 715, "Thi xa Song Thuong, ngay 02 thang 3 nam")
        + put(400, 700, "2024")
        + put(80, 698, "V/v bao cao theo Ke hoach 27-") + put(100, 684, "KH/TU ngay 01/02/2024")
        + put(95, 640, "Kinh gui: cac phong, ban thuoc So va cac don vi truc thuoc trong toan tinh.")
    )  # fmt: skip
    source = read(pdf_of(head))
    assert lines(source, BlockKind.HEADER_LEFT)[-1] == "V/v bao cao theo Ke hoach 27-KH/TU ngay 01/02/2024"
    assert lines(source, BlockKind.HEADER_RIGHT)[-1] == "Thi xa Song Thuong, ngay 02 thang 3 nam 2024"
    check_places(source)


def test_columns_that_almost_touch_are_parted_by_what_they_say(lines: LinesOf) -> None:
    head = (
        put(60, 760, "BO GIAO DUC VA DAO TAO TRUONG DAI HOC CONG HOA XA HOI CHU NGHIA VIET NAM")
        + put(110, 745, "DAI HOC SONG THUONG") + put(350, 745, "Doc lap - Tu do - Hanh phuc")
        + put(120, 715, "So: 15/DHST") + put(330, 715, "Song Thuong, ngay 02 thang 3 nam 2024")
    )  # fmt: skip
    source = read(pdf_of(head))
    assert lines(source, BlockKind.HEADER_LEFT) == [
        "BO GIAO DUC VA DAO TAO TRUONG DAI HOC",
        "DAI HOC SONG THUONG",
        "So: 15/DHST",
    ]
    assert lines(source, BlockKind.HEADER_RIGHT)[0] == "CONG HOA XA HOI CHU NGHIA VIET NAM"
