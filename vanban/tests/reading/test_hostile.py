"""Files that lie, bite or are broken: each is refused with its code, costs little and leaves nothing behind."""

from __future__ import annotations

import socket
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from vanban.reading import Limits, UnreadableError, examine, read, render_page
from vanban.reading.children import own_folder, run_limited, without_network

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MEGABYTE = 1024 * 1024


def refusal(data: bytes, name: str | None = None, limits: Limits | None = None) -> tuple[str, dict[str, str | int]]:
    """Code and facts of the refusal of ``data``."""
    with pytest.raises(UnreadableError) as caught:
        read(data, name=name, limits=limits or Limits())
    return caught.value.code, caught.value.facts


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


def word(document: bytes = b"<document><body><p><r><t>x</t></r></p></body></document>", **more: bytes) -> bytes:
    """A docx with this main part."""
    return archive(
        {"word/document.xml": document, **{name.replace("__", "/"): content for name, content in more.items()}}
    )


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises this size and holds almost nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


ENCRYPTED_PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>\nendobj\n"
    b"trailer\n<< /Root 1 0 R /Encrypt 3 0 R /ID [<00><00>] >>\n%%EOF"
)


@pytest.mark.parametrize(
    ("name", "data", "claimed", "found"),
    [
        ("a.pdf", "Đây là văn bản".encode(), "pdf", "txt"),
        ("a.txt", b"%PDF-1.4", "txt", "pdf"),
        ("a.docx", b"%PDF-1.4", "docx", "pdf"),
        ("a.docx", b"\xff\xd8\xff\xe0", "docx", "image"),
        ("a.doc", word(), "doc", "docx"),
        ("a.html", "không có thẻ".encode(), "html", "txt"),
        ("A.PNG", b"{\\rtf1 x}", "png", "rtf"),
        ("a.xlsx", word(), "xlsx", "docx"),
    ],
)
def test_a_lying_extension(name: str, data: bytes, claimed: str, found: str) -> None:
    assert refusal(data, name) == ("wrong_type", {"claimed": claimed, "found": found})


@pytest.mark.parametrize("name", ["KH so 82.KH-SGD", "khongduoi", "a.html.txt", None])
def test_a_name_that_claims_nothing_else_is_fine(name: str | None) -> None:
    assert read("Chào".encode(), name=name).text == "Chào"


def test_a_path_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_text("không phải pdf", encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert caught.value.code == "wrong_type"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (archive({"a.txt": b"x"}), "zip"),
        (archive({"ppt/presentation.xml": b"x"}), "pptx"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.presentation"}), "opendocument"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "ole"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "elf"),
        (b"MZ\x90" + bytes(100), "exe"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (bytes(range(256)) * 9, "binary"),
    ],
)
def test_unsupported_formats_are_named(data: bytes, found: str) -> None:
    assert refusal(data) == ("unsupported", {"found": found})


def test_too_large_by_bytes(tmp_path: Path) -> None:
    limits = Limits(file_bytes=10)
    assert refusal(b"x" * 11, limits=limits) == ("too_large", {"limit": 10, "size": 11})
    path = tmp_path / "to.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UnreadableError) as caught:
        read(path, limits=limits)
    assert caught.value.facts == {"limit": 10, "size": 11}


@pytest.mark.parametrize("data", [b"x" * 200, word(b"<d><body><p><r><t>" + b"x" * 200 + b"</t></r></p></body></d>")])
def test_too_much_text(data: bytes) -> None:
    assert refusal(data, limits=Limits(characters=100)) == ("too_large", {"limit": 100, "size": 200})


def set_flag(data: bytes) -> bytes:
    """Set the bit "encrypted" of every member of a zip file."""
    out = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(magic)
        while start >= 0:
            out[start + at] |= 1
            start = out.find(magic, start + 4)
    return bytes(out)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ENCRYPTED_PDF, id="pdf"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), id="docx with a password"),
        pytest.param(set_flag(word()), id="zip"),
        pytest.param(
            OLE + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(500) + "WordDocument".encode("utf-16-le"), id="doc"
        ),
        pytest.param(
            archive(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": b"<m><encryption-data/></m>",
                    "content.xml": b"<x/>",
                }
            ),
            id="odt",
        ),
    ],
)
def test_encrypted(data: bytes) -> None:
    assert refusal(data) == ("encrypted", {})


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word(media__x=bytes(40 * MEGABYTE)), id="a member that unfolds a thousandfold"),
        pytest.param(archive({f"word/{index}": b"" for index in range(5_001)}), id="too many members"),
        pytest.param(
            archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": bytes(40 * MEGABYTE)}),
            id="odt",
        ),
    ],
)
def test_zip_bombs(data: bytes) -> None:
    assert len(data) < MEGABYTE
    assert refusal(data)[0] == "zip_bomb"


def test_a_zip_bomb_in_many_small_pieces() -> None:
    pieces = {f"word/{index}.bin": bytes(900_000) for index in range(20)}
    assert refusal(word(**pieces), limits=Limits(unpacked_bytes=10 * MEGABYTE))[0] == "zip_bomb"


def test_a_zip_that_understates_its_size() -> None:
    honest = word(b"<d><body><p><r><t>" + b"x" * 5_000_000 + b"</t></r></p></body></d>")
    lying = honest.replace(struct.pack("<I", 5_000_043 - 4), struct.pack("<I", 1000))
    assert refusal(lying if lying != honest else honest, limits=Limits(unpacked_bytes=MEGABYTE))[0] in (
        "zip_bomb",
        "corrupt",
    )


BILLION = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word(BILLION + b"<d><body><p><r><t>&c;</t></r></p></body></d>"), id="docx"),
        pytest.param(word((BILLION + b"<d/>").decode().encode("utf-16")), id="docx in UTF-16"),
        pytest.param(
            word(word__styles_xml=b"")
            and archive({"word/document.xml": b"<d><body/></d>", "word/styles.xml": BILLION + b"<s/>"}),
            id="styles",
        ),
        pytest.param(word(b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d><body/></d>'), id="outside file"),
        pytest.param(archive({"xl/workbook.xml": BILLION + b"<w/>", "xl/_rels/workbook.xml.rels": b"<r/>"}), id="xlsx"),
        pytest.param(
            archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": BILLION + b"<x/>"}),
            id="odt",
        ),
        pytest.param(BILLION.replace(b"DOCTYPE a", b"DOCTYPE html") + b"<html><p>&c;</p></html>", id="html"),
    ],
)
def test_xml_entities(data: bytes) -> None:
    assert refusal(data) == ("xml_entities", {})


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word()[:-30], id="docx cut off"),
        pytest.param(archive({"word/x.xml": b"x"}), id="docx without its main part"),
        pytest.param(word(b"<d><body><p>"), id="docx with broken XML"),
        pytest.param(word(b"<d>no body</d>"), id="docx without a body"),
        pytest.param(b"%PDF-1.7\nnothing follows", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), id="png"),
        pytest.param(png_header(1000, 1000), id="png cut off"),
        pytest.param(b"II*\x00" + bytes(20), id="tiff"),
        pytest.param(b"PK\x03\x04" + bytes(40), id="zip"),
        pytest.param(archive({"xl/workbook.xml": b"<w/>"}), id="xlsx"),
        pytest.param("\ufeffvăn".encode("utf-16")[:-1], id="UTF-16 cut in a letter"),
    ],
)
def test_corrupt(data: bytes) -> None:
    assert refusal(data) == ("corrupt", {})


def test_an_empty_docx_is_empty() -> None:
    assert refusal(word(b"<d><body><p/></body></d>")) == ("empty", {})


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000)])
def test_pictures_that_unfold_to_gigabytes(size: tuple[int, int]) -> None:
    assert refusal(png_header(*size))[0] == "too_large"


def test_a_speck_holds_no_text() -> None:
    out = BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG")
    assert refusal(out.getvalue()) == ("no_text", {})


def test_too_many_pages(plan_pdf: bytes, plan_scan: bytes) -> None:
    assert refusal(plan_pdf, limits=Limits(pages=0))[0] == "too_many_pages"
    assert refusal(plan_scan, limits=Limits(scanned_pages=0))[0] == "too_many_pages"
    out = BytesIO()
    sheet = Image.new("1", (100, 100))
    sheet.save(out, "TIFF", save_all=True, append_images=[sheet] * 3)
    assert refusal(out.getvalue(), limits=Limits(scanned_pages=3)) == ("too_many_pages", {"limit": 3, "pages": 4})


def test_time_runs_out(plan_docx: bytes, plan_pdf: bytes) -> None:
    for data in (plan_docx, plan_pdf, b"<html><p>x"):
        assert refusal(data, limits=Limits(seconds=-1)) == ("timeout", {"seconds": -1})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands in for the temporary folder, to see what is left in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_ocr_and_conversion_end_in_time_and_leave_nothing(plan_scan: bytes, temporary: Path) -> None:
    begun = time.monotonic()
    assert refusal(plan_scan, limits=Limits(page_seconds=0.05))[0] == "timeout"
    assert refusal(b"{\\rtf1 x}", limits=Limits(office_seconds=0.05))[0] == "timeout"
    assert time.monotonic() - begun < 10
    assert list(temporary.iterdir()) == []


def test_a_converter_without_memory_is_a_refusal_that_leaves_nothing(temporary: Path) -> None:
    assert refusal(b"{\\rtf1 x}", limits=Limits(child_memory=50 * MEGABYTE)) == ("corrupt", {})
    assert list(temporary.iterdir()) == []


def test_nothing_is_left_after_success(plan_scan: bytes, temporary: Path) -> None:
    read(plan_scan)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("data", "tool"), [(b"{\\rtf1 x}", "soffice"), (None, "tesseract")])
def test_a_missing_tool_is_named(
    data: bytes | None, tool: str, plan_scan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(plan_scan if data is None else data) == ("tool_missing", {"tool": tool})


def child(code: str, *, seconds: float = 20, memory: int = 400 * MEGABYTE) -> bytes | None:
    """What a Python program prints as a limited child."""
    with own_folder() as folder:
        return run_limited([sys.executable, "-I", "-S", "-c", code], folder=folder, seconds=seconds, memory=memory)


def test_a_child_has_a_folder_and_a_home_of_its_own() -> None:
    printed = child("import os; print(os.getcwd() == os.environ['HOME'] == os.environ['TMPDIR'], len(os.environ) < 12)")
    assert printed == b"True True\n"


def test_a_child_has_no_more_memory_than_allowed() -> None:
    assert child("x = bytearray(600 * 1024 * 1024)") is None
    assert child("x = bytearray(60 * 1024 * 1024); print(1)") == b"1\n"


def test_a_child_has_no_more_time_than_allowed() -> None:
    with pytest.raises(UnreadableError) as caught:
        child("while True: pass", seconds=0.5)
    assert (caught.value.code, caught.value.facts) == ("timeout", {"seconds": 0})


def test_the_children_of_a_child_end_with_it(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    code = f"import subprocess; subprocess.Popen(['sh', '-c', 'sleep 1; touch {mark}'])"
    child(code)
    time.sleep(1.3)
    assert not mark.exists()


def test_a_child_has_no_network_where_the_system_permits() -> None:
    if not without_network():
        pytest.skip("this machine forbids network namespaces")
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert child(f"import socket; socket.create_connection(('127.0.0.1', {port}), 2); print(1)") is None


@pytest.mark.parametrize("act", [lambda data: render_page(data, 1)])
def test_rendering_refuses_as_reading_does(act: Callable[[bytes], object]) -> None:
    for data, code in (
        (ENCRYPTED_PDF, "encrypted"),
        (b"%PDF-1.4", "corrupt"),
        (png_header(60_000, 60_000), "too_large"),
    ):
        with pytest.raises(UnreadableError) as caught:
            act(data)
        assert caught.value.code == code


def test_examining_refuses_early(plan_docx: bytes, plan_pdf: bytes, plan_scan: bytes) -> None:
    assert examine(plan_pdf, name="a.pdf") == "application/pdf"
    assert examine(plan_scan) == "application/pdf"
    assert examine(plan_docx).endswith("wordprocessingml.document")
    assert examine("chữ".encode()) == "text/plain"
    for data, name, code in (
        (ENCRYPTED_PDF, None, "encrypted"),
        (plan_pdf, "a.docx", "wrong_type"),
        (word(BILLION + b"<d/>"), None, "xml_entities"),
        (png_header(60_000, 60_000), None, "too_large"),
        (png_header(12_000, 12_000), None, "too_large"),
        (b"", None, "empty"),
        (b"%PDF-1.4", None, "corrupt"),
    ):
        with pytest.raises(UnreadableError) as caught:
            examine(data, name=name)
        assert caught.value.code == code
