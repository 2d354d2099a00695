"""Looking into a file before anything is read from it: what it really is, and whether it is safe to open."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

from caunoi.kernel.errors import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|ctrlprops/.*\.bin|customui/", re.IGNORECASE)
_OUTSIDE = re.compile(r"externallinks/|connections\.xml|querytables/|/model/|webextensions/", re.IGNORECASE)
_EMBEDDED = re.compile(r"embeddings/|\.exe$|\.dll$|\.js$|\.vbs$", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class SpreadsheetRefused(Refused):
    """A file that is not opened or not read to its end; the code says why."""


class FileKind(StrEnum):
    """What a file is, whatever its name says."""

    WORKBOOK = "workbook"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken from one file."""

    size: int = 20 * 1024 * 1024
    """Bytes as sent."""
    unpacked: int = 150 * 1024 * 1024
    """Bytes of all parts, unpacked."""
    parts: int = 500
    sheets: int = 30
    rows: int = 20_000
    columns: int = 200


def kind_of(content: bytes, name: str, limits: Limits) -> FileKind:
    """Return what the file is. Raises SpreadsheetRefused when it is none of ours, lies, or is unsafe."""
    if len(content) > limits.size:
        raise SpreadsheetRefused("spreadsheet_too_large", limit=limits.size // (1024 * 1024))
    if not content.strip():
        raise SpreadsheetRefused("spreadsheet_empty")
    if content.startswith(_OLE):
        raise SpreadsheetRefused("spreadsheet_encrypted" if _ENCRYPTED in content else "spreadsheet_old_format")
    if content.startswith(_ZIP):
        _inspect(content, limits)
        return FileKind.WORKBOOK
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise SpreadsheetRefused("spreadsheet_not_a_workbook")
    return FileKind.TEXT


def _inspect(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _look_at_names(entries, limits)
            if _MAIN not in package.read("[Content_Types].xml"):
                raise SpreadsheetRefused(_of_types(package.read("[Content_Types].xml")))
            for entry in entries:
                _look_at_part(package, entry)
    except SpreadsheetRefused:
        raise
    except KeyError:
        raise SpreadsheetRefused("spreadsheet_not_a_workbook") from None
    except _BROKEN:
        raise SpreadsheetRefused("spreadsheet_broken") from None


def _of_types(types: bytes) -> str:
    return "spreadsheet_macros" if b"macroEnabled" in types else "spreadsheet_not_a_workbook"


def _look_at_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > limits.parts or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise SpreadsheetRefused("spreadsheet_bomb")
    if len({name.lower() for name in names}) != len(names):
        raise SpreadsheetRefused("spreadsheet_broken")
    for pattern, code in ((_MACROS, "macros"), (_OUTSIDE, "outside"), (_EMBEDDED, "embedded")):
        if any(pattern.search(name) for name in names):
            raise SpreadsheetRefused(f"spreadsheet_{code}")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise SpreadsheetRefused("spreadsheet_encrypted")


def _look_at_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part to its end: a size that lies or a check sum that is wrong is found here, and entities too."""
    with package.open(entry) as part:
        first, tail = True, b""
        while piece := part.read(1 << 20):
            if first and entry.filename.lower().endswith((".xml", ".rels", ".vml")) and piece.startswith(_WIDE):
                raise SpreadsheetRefused("spreadsheet_broken")
            if _DOCTYPE.search(tail + piece):
                raise SpreadsheetRefused("spreadsheet_bomb")
            first, tail = False, piece[-16:]
