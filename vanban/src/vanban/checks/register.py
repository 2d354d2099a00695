"""The register a document is checked against: what is known of cited documents, and other documents as they were read.

What is known (``vanban/data/register.json``) is dated: each row says where it comes from and how sure it is, with
the marks C (read in the text), C2 (second-hand), K (general knowledge), U (unsure). A caller may bring rows of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from vanban.data import Json, load
from vanban.document import Citation, ParsedDocument
from vanban.rules.codes import CODE, key_of, read_code

_FILE = "register.json"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """One document of the register. ``until`` is the first day on which it is no longer in force."""

    code: str
    doc_type: str
    issued: dt.date | None
    effective: dt.date | None
    until: dt.date | None
    replaced_by: str | None
    subject: str
    source: str
    confidence: str
    issuer: str = ""

    @property
    def key(self) -> str:
        """The canonical key its citations carry."""
        match = CODE.pattern.match(self.code)
        return key_of(read_code(match), self.doc_type) if match else self.code


@cache
def built_in() -> tuple[KnownDocument, ...]:
    """The register that comes with the library."""
    return rows_of(load(_FILE))


def rows_of(data: Json) -> tuple[KnownDocument, ...]:
    """The rows of a register file; raises KeyError or ValueError when a row lacks its code or has a bad day."""
    return tuple(_row(row) for row in cast(list[dict[str, str | None]], data["documents"]))


def _row(row: Mapping[str, str | None]) -> KnownDocument:
    code = row["code"]
    if not code:
        raise ValueError("a row of the register has no code")
    return KnownDocument(
        code=code,
        doc_type=row.get("type") or "",
        issued=_day(row.get("issued")),
        effective=_day(row.get("effective")),
        until=_day(row.get("until")),
        replaced_by=row.get("replaced_by"),
        subject=row.get("subject") or "",
        source=row.get("source") or "",
        confidence=row.get("confidence") or "U",
        issuer=row.get("issuer") or "",
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Register:
    """``documents`` are other documents with the name to call them by; ``known`` rows of validity."""

    documents: tuple[tuple[str, ParsedDocument], ...] = ()
    known: tuple[KnownDocument, ...] = field(default_factory=built_in)

    @cached_property
    def by_key(self) -> Mapping[str, KnownDocument]:
        """Rows by the key of their citations; a later row wins."""
        return {row.key: row for row in self.known}

    @cached_property
    def cited(self) -> Mapping[str, tuple[tuple[str, Citation], ...]]:
        """Dated citations in the other documents by key, each with the name of its document."""
        found: dict[str, list[tuple[str, Citation]]] = defaultdict(list)
        for name, document in self.documents:
            for citation in document.citations:
                if citation.date is not None:
                    found[citation.key].append((name, citation))
        return {key: tuple(citations) for key, citations in found.items()}


def rows_from(path: Path) -> tuple[KnownDocument, ...]:
    """The rows of one JSON file in the shape of the built-in register."""
    return rows_of(cast(Json, json.loads(path.read_text("utf-8"))))
