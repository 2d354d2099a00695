"""Makes test files from a plain text: docx in the layout of NĐ 30/2020/NĐ-CP, text pdf, scanned pdf, doc, odt.

The makers hold no text of any document: what they print is what they are given, apart from the national title and motto
that every official document carries. For the same arguments all output is the same, time stamps of docx and pdf aside.

    docx = make_docx(text)                 # bytes
    pdf = convert_office(docx, "pdf")      # through LibreOffice, about a second
    scan = make_scan(pdf, skew=0.6)        # pictures only, as a scanner hands them over
"""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from PIL import Image, ImageChops, ImageDraw, ImageFilter

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONT = "Liberation Serif"

_NUMBER = re.compile(r"^\s*Số\s*:", re.I)
_DATE = re.compile(r"^\s*[^.;:]{2,40},\s*ngày\b.{0,20}\btháng\b.{0,12}\bnăm\b\s*[\d…. ]*$")
_SUBJECT = re.compile(r"^\s*V/v\b", re.I)
_RECIPIENTS = re.compile(r"^\s*Nơi nhận\s*:", re.I)
_ITEM = re.compile(r"^\s*(?:[-–+•]|\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]|[IVX]+\.)\s")
_EMPHASIS = re.compile(r"\*+")


@dataclass(slots=True)
class Parts:
    """A plain text taken apart by the places its paragraphs have on paper."""

    superior: list[str] = field(default_factory=list)
    """Lines of the left head above the number."""
    number: str | None = None
    subject: str | None = None
    place_date: str | None = None
    body: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)


# --- taking a text apart ------------------------------------------------------------------------


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of ``text``: lines broken in mid-sentence are joined again, as its author typed them."""
    lines = [_EMPHASIS.sub("", line).replace("\xa0", " ") for line in unicodedata.normalize("NFC", text).split("\n")]
    lines = [line for line in lines if line.strip()]
    is_wrapped = max((len(line) for line in lines), default=0) < 110
    out: list[str] = []
    for line in lines:
        if out and _continues(out[-1], line, is_wrapped=is_wrapped):
            out[-1] = f"{out[-1]} {line.strip()}"
        else:
            out.append(line.strip())
    return out


def _continues(before: str, line: str, *, is_wrapped: bool) -> bool:
    """Whether ``line`` goes on with the sentence of ``before``; in a text wrapped to lines a capital may, too."""
    if line[0].isspace() or _ITEM.match(line) or len(before) < 50 or before.isupper():
        return False
    if before.endswith((".", ";", ":", "!", "?", "/")):
        return False
    return is_wrapped or line[0].islower() or line[0].isdigit()


def take_apart(text: str) -> Parts:
    """``text`` by parts; what is not recognised stays in the body, nothing is lost but the national title and motto."""
    parts = Parts()
    lines = paragraphs_of(text)
    lines = _take_foot(lines, parts)
    head_end = next((index for index, line in enumerate(lines[:12]) if _DATE.match(line)), None)
    if head_end is None:
        parts.body = lines
        return parts
    for line in lines[: head_end + 1]:
        _take_head(line, parts)
    rest = lines[head_end + 1 :]
    if rest and _SUBJECT.match(rest[0]) and parts.subject is None:
        parts.subject = rest.pop(0)
    parts.body = rest
    return parts


def _take_head(line: str, parts: Parts) -> None:
    folded = line.casefold().replace("hoà", "hòa")
    if folded.startswith(("cộng hòa xã hội", "độc lập")):
        return
    if _DATE.match(line):
        parts.place_date = line
    elif _NUMBER.match(line):
        parts.number = line
    elif _SUBJECT.match(line):
        parts.subject = line
    elif parts.number is None:
        parts.superior.append(line)
    else:
        parts.body.append(line)


def _take_foot(lines: list[str], parts: Parts) -> list[str]:
    start = next((index for index in range(len(lines) - 1, -1, -1) if _RECIPIENTS.match(lines[index])), None)
    if start is None:
        return lines
    end = start + 1
    while end < len(lines) and lines[end].lstrip().startswith(("-", "–")):
        end += 1
    if any(len(line) > 60 for line in lines[end:]) or len(lines) - end > 8:
        return lines
    parts.recipients, parts.signature = lines[start:end], lines[end:]
    return lines[:start]


# --- docx ---------------------------------------------------------------------------------------


def make_docx(text: str, *, size: float = 14.0) -> bytes:
    """A Word document of ``text``: head and foot as tables without borders when the text has them, body justified."""
    parts = take_apart(text)
    document = docx.Document()
    _set_page(document, size)
    if parts.place_date is not None:
        _head(document, parts)
    for paragraph in parts.body:
        _body_paragraph(document, paragraph, size)
    if parts.recipients:
        _foot(document, parts)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: WordDocument, size: float) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(document: WordDocument, parts: Parts) -> None:
    table = document.add_table(rows=2, cols=2)
    _set_widths(table, 6.4, 9.8)
    for index, line in enumerate(parts.superior):
        _cell_line(table.cell(0, 0), line, 12.5, bold=index == len(parts.superior) - 1)
    _cell_line(table.cell(0, 1), NATION, 12.5, bold=True)
    _cell_line(table.cell(0, 1), MOTTO, 13.5, bold=True)
    if parts.number is not None:
        _cell_line(table.cell(1, 0), parts.number, 13)
    if parts.subject is not None:
        _cell_line(table.cell(1, 0), parts.subject, 12)
    _cell_line(table.cell(1, 1), parts.place_date or "", 13, italic=True)
    document.add_paragraph()


def _set_widths(table: Table, *widths: float) -> None:
    """Widths in centimetres; LibreOffice heeds the grid, Word the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _cell_line(
    cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, centred: bool = True
) -> None:
    first = cell.paragraphs[0]
    paragraph = first if not first.runs else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _body_paragraph(document: WordDocument, text: str, size: float) -> None:
    paragraph = document.add_paragraph()
    letters = [letter for letter in text if letter.isalpha()]
    is_title = (
        len(text) < 90 and bool(letters) and all(letter.isupper() for letter in letters) and not _ITEM.match(text)
    )
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    paragraph.paragraph_format.space_before = Pt(6)
    if is_title:
        run.bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        run.bold = len(text) < 90 and _ITEM.match(text) is not None and text[0] not in "-–+•"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _foot(document: WordDocument, parts: Parts) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, 8.2, 8.0)
    left, right = table.rows[0].cells
    for index, line in enumerate(parts.recipients):
        _cell_line(left, line, 12 if index == 0 else 11, bold=index == 0, italic=index == 0, centred=False)
    for index, line in enumerate(parts.signature):
        if index == len(parts.signature) - 1 and index:
            for _ in range(3):
                right.add_paragraph()
        _cell_line(right, line, 14, bold=True)
    document.add_paragraph()  # Word closes every table with a paragraph


# --- other formats ------------------------------------------------------------------------------


def convert_office(data: bytes, target: str, *, source: str = "docx") -> bytes:
    """``data`` converted by LibreOffice: ``target`` is pdf, doc, odt, rtf, html …"""
    with tempfile.TemporaryDirectory(prefix="vanban-maker-") as name:
        folder = Path(name)
        (folder / f"source.{source}").write_bytes(data)
        profile = (folder / "profile").as_uri()
        subprocess.run(
            ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, f"source.{source}"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (folder / f"source.{target.partition(':')[0]}").read_bytes()


def make_text_pdf(text: str) -> bytes:
    """A pdf with text of its own."""
    return convert_office(make_docx(text), "pdf")


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a scan is spoilt."""

    dpi: int = 300
    skew: float = 0.6
    """Degrees; pages are turned by it to both sides in turn."""
    noise: float = 12.0
    """Strength of the grain, in grey levels."""
    blur: float = 0.5
    jpeg_quality: int = 70
    seed: int = 1
    paper: int = 243
    """Grey level of the paper; towards the lower edge it darkens by a tenth."""
    stamp: bool = False
    """Whether a round stamp lies over the end of the last page, where the signature is."""


def make_scan(pdf: bytes, scanner: Scanner = Scanner()) -> bytes:
    """``pdf`` as pictures only: rasterised, turned a little, blurred, grained, JPEG; one pdf again."""
    pages = scan_pages(pdf, scanner)
    out = BytesIO()
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=float(scanner.dpi), quality=scanner.jpeg_quality
    )
    return out.getvalue()


def scan_pages(pdf: bytes, scanner: Scanner = Scanner()) -> list[Image.Image]:
    """The pages of ``pdf`` as a scanner sees them, in grey."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_scanned(_rendered(document, index, scanner), index, scanner) for index in range(len(document))]
    finally:
        document.close()


def _rendered(document: pdfium.PdfDocument, index: int, scanner: Scanner) -> Image.Image:
    page: Image.Image = document[index].render(scale=scanner.dpi / 72, grayscale=True).to_pil().convert("L")
    if not scanner.stamp or index + 1 < len(document):
        return page
    ink = page.point([255 if value < 128 else 0 for value in range(256)]).getbbox() or (0, 0, *page.size)
    size, line = round(1.4 * scanner.dpi), max(scanner.dpi // 40, 3)
    left, top = round(page.width * 0.55), max(ink[3] - size, 0)
    seal = Image.new("L", page.size, 255)
    pen = ImageDraw.Draw(seal)
    for inset in (0, 4 * line):
        box = (left + inset, top + inset, left + size - inset, top + size - inset)
        pen.ellipse(box, outline=150, width=line)
    pen.line((left, top + size // 2, left + size, top + size // 3), fill=120, width=line)
    return ImageChops.darker(page, seal)


def _scanned(page: Image.Image, index: int, scanner: Scanner) -> Image.Image:
    angle = scanner.skew if index % 2 == 0 else -0.7 * scanner.skew
    page = page.convert("L").rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(scanner.blur))
    grain = Image.frombytes("L", page.size, random.Random(scanner.seed + index).randbytes(page.width * page.height))
    # Uniform grain of 0-255 becomes a shift of -noise … +noise around the page's own grey.
    shift = grain.point([round(value / 255 * 2 * scanner.noise) for value in range(256)])
    paper = page.point([min(value, scanner.paper) for value in range(256)])
    if scanner.paper < 240:  # light falls off towards the lower edge
        shade = Image.linear_gradient("L").resize(page.size).point([value // 10 for value in range(256)])
        paper = ImageChops.subtract(paper, shade)
    return ImageChops.add(paper, shift, scale=1, offset=-round(scanner.noise))


def to_jpeg(page: Image.Image, *, quality: int = 80, dpi: int = 300) -> bytes:
    """``page`` as a JPEG file that states its resolution."""
    out = BytesIO()
    page.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def join_lines(lines: Sequence[str]) -> str:
    """Lines as a plain text file stores paragraphs: parted by an empty line."""
    return "\n\n".join(lines) + "\n"
