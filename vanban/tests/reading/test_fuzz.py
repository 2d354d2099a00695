"""Mutated files: no exception but the documented refusals, each within its time, and what is read can be parsed.

``VANBAN_FUZZ`` is the number of mutations of each format (500 by default); a hundredth of it go through
LibreOffice. Time is that of the processor, children included, so that a busy machine fails nothing. A failing case
prints its format and number, which make it again; every test prints its outcomes (``pytest -rP`` shows them).
"""

from __future__ import annotations

import os
import random
import zipfile
from collections import Counter
from io import BytesIO
from typing import Final

import makers
import openpyxl
import pytest
from PIL import Image

import vanban
from vanban.reading import Limits, UnreadableError, read, render_page

COUNT: Final = int(os.environ.get("VANBAN_FUZZ") or 500)
SECONDS: Final = 5.0
CODES: Final = frozenset(
    ("too_large", "empty", "wrong_type", "unsupported", "encrypted", "corrupt", "zip_bomb", "xml_entities", "no_text",
     "too_many_pages", "timeout", "tool_missing")
)  # fmt: skip
LIMITS: Final = Limits(seconds=60, scanned_pages=0, office_seconds=20)
SPICE: Final = (
    b"\x00", b"\xff" * 8, b"<", b"&#0;", b"-1", b"99999999999999999999", b"%", b"<![CDATA[", b"]]>", b"<!--",
    b"<w:tbl><w:tr><w:tc>", b"</w:p>", b"w:val=\"99999\"", b"<table><tr><td>", b"<ol start=99999 type=I><li>",
    b"obj", b"endstream",
    b"/Kids [2 0 R]", b"/Rotate 45", b"BT", b"ET", b"0 0 0 0 0 0 Tm", b"1e308", "ệ\u0323".encode(),
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """``data`` after one to twelve changes: flipped, cut, doubled, moved or spiced."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out) + 1)
        span = chance.choice((1, 1, 2, 4, 16, 200))
        match chance.randrange(6):
            case 0:
                out[at : at + span] = chance.randbytes(span)
            case 1:
                del out[at : at + span]
            case 2:
                out[at:at] = out[at : at + span] * chance.randint(1, 20)
            case 3:
                other = chance.randrange(len(out) + 1)
                out[at : at + span] = out[other : other + span]
            case 4:
                out[at:at] = chance.choice(SPICE)
            case _:
                if chance.random() < 0.1:
                    del out[at:]
    return bytes(out) or b"x"


def mutated_package(data: bytes, chance: random.Random) -> bytes:
    """A docx of which one part is mutated and packed again, so that the damage reaches the XML."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        parts = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice(
            [name for name in parts if name.endswith(("document.xml", "sheet1.xml")) or chance.random() < 0.2]
        )
        for name in source.namelist():
            content = source.read(name)
            if name == chosen:
                content = mutated(content, chance) if chance.random() < 0.5 else shuffled(content, chance)
            target.writestr(name, content)
    return out.getvalue()


def shuffled(content: bytes, chance: random.Random) -> bytes:
    """XML that stays well formed more often: digits and names inside it change."""
    pieces = content.split(b'"')
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(pieces))
        if at % 2 == 1:
            pieces[at] = chance.choice(
                (b"", b"0", b"-3", b"99999999999", b"x", b"\xc4\x91", pieces[chance.randrange(1, len(pieces), 2)])
            )
    return b'"'.join(pieces)


def check(data: bytes, label: str, seconds: float = SECONDS) -> str:
    """Read and parse ``data``; the outcome, or a failure that names the case."""
    begun = used()
    try:
        source = read(data, limits=LIMITS)
        outcome = "read"
        assert all(0 <= block.span.start < block.span.end <= len(source.text) for block in source.blocks), label
        vanban.parse(source)
    except UnreadableError as refused:
        outcome = refused.code
        assert outcome in CODES, label
    except Exception as error:  # noqa: BLE001 - the point of the test: to name the case
        pytest.fail(f"{label}: {error!r}")
    assert used() - begun < seconds, label
    return outcome


def used() -> float:
    """Processor seconds of this process and of the children it waited for."""
    return sum(os.times()[:4])


def tell(form: str, outcomes: list[str]) -> None:
    """Print how many files ended how."""
    counts = ", ".join(f"{outcome} {count}" for outcome, count in Counter(outcomes).most_common())
    print(f"{form}: {len(outcomes)} files, {counts}")


def test_docx(plan_docx: bytes) -> None:
    outcomes = []
    for number in range(COUNT):
        chance = random.Random(f"docx {number}")
        data = mutated_package(plan_docx, chance) if number % 3 else mutated(plan_docx, chance)
        outcomes.append(check(data, f"docx {number}"))
    tell("docx", outcomes)
    assert outcomes.count("read") > COUNT // 10


def test_pdf(plan_pdf: bytes) -> None:
    outcomes = []
    for number in range(COUNT):
        chance = random.Random(f"pdf {number}")
        outcomes.append(check(mutated(plan_pdf, chance), f"pdf {number}"))
    tell("pdf", outcomes)
    assert outcomes.count("read") > COUNT // 10


def test_html(plan_text: str) -> None:
    rows = "".join(f"<tr><td>{line}<td><ol><li><b>{line}</b></ol>" for line in plan_text.split("\n\n")[:8])
    page = (
        f"<html><head><meta charset=utf-8></head><body><table>{rows}</table><p>{plan_text}</p></body></html>".encode()
    )
    outcomes = [check(mutated(page, random.Random(f"html {number}")), f"html {number}") for number in range(COUNT)]
    tell("html", outcomes)
    assert outcomes.count("read") > COUNT // 2


def test_txt(plan_text: str) -> None:
    data = plan_text.encode()
    tell("txt", [check(mutated(data, random.Random(f"txt {n}")), f"txt {n}") for n in range(COUNT)])


def test_xlsx() -> None:
    book = openpyxl.Workbook()
    for number in range(20):
        book.worksheets[0].append([number, "Hội thảo", 1.5, None, "Quý I"])
    out = BytesIO()
    book.save(out)
    outcomes = []
    for number in range(COUNT):
        chance = random.Random(f"xlsx {number}")
        data = mutated_package(out.getvalue(), chance) if number % 3 else mutated(out.getvalue(), chance)
        outcomes.append(check(data, f"xlsx {number}"))
    tell("xlsx", outcomes)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_pictures(form: str) -> None:
    """Rendering decodes what reading would decode, without OCR of thousands of pictures."""
    out = BytesIO()
    Image.radial_gradient("L").resize((60, 40)).convert("RGB").save(out, form)
    for number in range(COUNT // 25):
        begun = used()
        try:
            render_page(
                mutated(out.getvalue(), random.Random(f"{form} {number}")), 1, dpi=60, limits=Limits(pixels=2_000_000)
            )
        except UnreadableError as refused:
            outcome = refused.code
        except ValueError as error:
            outcome = str(error)
        else:
            outcome = "corrupt"
        assert outcome in CODES or outcome == "page 1 of 0", f"{form} {number}"
        assert used() - begun < SECONDS, f"{form} {number}"


def test_doc(plan_docx: bytes) -> None:
    doc = makers.convert_office(plan_docx, "doc")
    outcomes = [
        check(mutated(doc, random.Random(f"doc {number}")), f"doc {number}", seconds=25.0)
        for number in range(max(1, COUNT // 100))
    ]
    tell("doc", outcomes)
