"""What a file is, decided by its content; what its name claims, to catch a lie."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from vanban.diagnostics import UnreadableError


class Kind(StrEnum):
    """The formats that can be read."""

    TXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    IMAGE = "image"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


MEDIA_TYPES = {
    Kind.TXT: "text/plain",
    Kind.HTML: "text/html",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.DOC: "application/msword",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
_CLAIMS = {
    "txt": Kind.TXT,
    "html": Kind.HTML,
    "htm": Kind.HTML,
    "xhtml": Kind.HTML,
    "docx": Kind.DOCX,
    "docm": Kind.DOCX,
    "dotx": Kind.DOCX,
    "pdf": Kind.PDF,
    "doc": Kind.DOC,
    "dot": Kind.DOC,
    "odt": Kind.ODT,
    "rtf": Kind.RTF,
    "xlsx": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "xls": Kind.XLS,
    "ods": Kind.ODS,
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"), Kind.IMAGE),
}
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|title|h[1-6]|center|font)\b", re.I)
_KNOWN_BINARY = (
    (b"\x7fELF", "elf"),
    (b"MZ", "exe"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"ID3", "mp3"),
)


def media_type(kind: Kind, data: bytes) -> str:
    """The media type of ``data``, known to be of ``kind``."""
    if kind is not Kind.IMAGE:
        return MEDIA_TYPES[kind]
    return next((name for magic, name in _IMAGES if data.startswith(magic)), "image/webp")


def sniff(data: bytes) -> Kind:
    """The kind of ``data`` by its content. Raises ``empty``, ``unsupported``, ``encrypted`` or ``corrupt``."""
    if not data:
        raise UnreadableError("empty")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if _is_image(data):
        return Kind.IMAGE
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    return _text_kind(data)


def check_claim(name: str | None, kind: Kind) -> None:
    """Raise ``wrong_type`` when the extension of ``name`` claims another known kind than ``kind``."""
    extension = name.rpartition(".")[2].lower() if name and "." in name else ""
    claimed = _CLAIMS.get(extension)
    if claimed is not None and claimed is not kind:
        raise UnreadableError("wrong_type", claimed=extension, found=str(kind))


def _is_image(data: bytes) -> bool:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return True
    if data.startswith(b"BM"):  # two letters may well begin a text; a bitmap has zero bytes in its header
        return b"\x00" in data[6:10] and len(data) > 26
    return any(data.startswith(magic) for magic, _ in _IMAGES)


def _ole_kind(data: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnreadableError("encrypted")
    if holds("WordDocument"):
        if _is_encrypted_doc(data):
            raise UnreadableError("encrypted")
        return Kind.DOC
    if holds("Workbook"):
        return Kind.XLS
    raise UnreadableError("unsupported", found="ole")


def _is_encrypted_doc(data: bytes) -> bool:
    """Whether the information block of a Word 97 document carries the flag ``fEncrypted`` ([MS-DOC] 2.5.2)."""
    for start in range(512, min(len(data), 4 * 1024 * 1024), 512):
        if data[start : start + 2] == b"\xec\xa5":
            return bool(data[start + 11 : start + 12] and data[start + 11] & 0x01)
    return False


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            mimetype = archive.read("mimetype")[:200] if _is_plain(archive, "mimetype") else b""
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
        OverflowError,
    ) as error:
        raise UnreadableError("corrupt") from error
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableError("encrypted")
    return _office_kind({member.filename for member in members}, mimetype)


def _is_plain(archive: zipfile.ZipFile, name: str) -> bool:
    try:
        member = archive.getinfo(name)
    except KeyError:
        return False
    return member.file_size <= 200 and not member.flag_bits & 0x1


def _office_kind(names: set[str], mimetype: bytes) -> Kind:
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        kind = mimetype.strip().rpartition(b".")[2]
        if kind in (b"text", b"spreadsheet"):
            return Kind.ODT if kind == b"text" else Kind.ODS
        raise UnreadableError("unsupported", found="opendocument")
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("unsupported", found="pptx")
    raise UnreadableError("unsupported", found="zip")


def _text_kind(data: bytes) -> Kind:
    for magic, found in _KNOWN_BINARY:
        if data.startswith(magic) and b"\x00" in data[:1024]:
            raise UnreadableError("unsupported", found=found)
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode("utf-8")
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.match(bare) or (bare.startswith((b"<?xml", b"<!--")) and re.search(rb"<html\b", start, re.I)):
        return Kind.HTML
    if bare.startswith(b"<?xml"):
        raise UnreadableError("unsupported", found="xml")
    return Kind.TXT
