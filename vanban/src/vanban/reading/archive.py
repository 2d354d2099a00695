"""Zip containers opened with suspicion: members, declared and real size, compression, XML without entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from types import TracebackType

from lxml import etree

from vanban.diagnostics import UnreadableError
from vanban.reading.limits import Limits

_MEGABYTE = 1024 * 1024
_CHUNK = 256 * 1024
_DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.I)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OverflowError,
)


class Archive:
    """An office container (docx, xlsx, odt). Raises ``corrupt``, ``encrypted`` and ``zip_bomb``."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise UnreadableError("corrupt") from error
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._check_declared()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> frozenset[str]:
        """Names of all members."""
        return frozenset(self._members)

    def _check_declared(self) -> None:
        members = self._zip.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise UnreadableError("encrypted")
        if len(members) > self._limits.members:
            raise UnreadableError("zip_bomb")
        if sum(member.file_size for member in members) > self._limits.unpacked_bytes:
            raise UnreadableError("zip_bomb")
        for member in members:
            if member.file_size > _MEGABYTE and member.file_size > self._limits.ratio * max(member.compress_size, 1):
                raise UnreadableError("zip_bomb")

    def read(self, name: str) -> bytes | None:
        """The member ``name``, counted against the limit as it really unpacks; ``None`` when there is none."""
        member = self._members.get(name)
        if member is None:
            return None
        pieces: list[bytes] = []
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.unpacked_bytes:
                        raise UnreadableError("zip_bomb")
                    pieces.append(piece)
        except _BROKEN as error:
            raise UnreadableError("corrupt") from error
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element | None:
        """The root of the XML member ``name``; ``None`` when there is none. Raises ``xml_entities``."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def check_all_xml(self) -> None:
        """Refuse declarations in any XML member, before a foreign program opens the container."""
        for name in self._members:
            if name.endswith((".xml", ".rels")):
                _refuse_declarations(self.read(name) or b"")


def parse_xml(data: bytes) -> etree._Element:
    """The root of ``data``. A document type or an entity is refused (``xml_entities``), broken XML is ``corrupt``."""
    _refuse_declarations(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt") from error
    if root is None:
        raise UnreadableError("corrupt")
    return root


def _refuse_declarations(data: bytes) -> None:
    plain = data.replace(b"\x00", b"") if data[:4].count(0) else data  # UTF-16 and UTF-32 spell it with zero bytes
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = data.replace(b"\x00", b"")
    if _DECLARATION.search(plain):
        raise UnreadableError("xml_entities")
