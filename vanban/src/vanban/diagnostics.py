"""What was doubtful and where. Parsing reports through these; it never raises on input."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a reader should care."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One doubt: a stable code, where (code points of the text) and facts for a sentence in any language."""

    code: str
    severity: Severity
    start: int | None = None
    end: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


class UnreadableError(Exception):
    """A file that cannot be read. ``code`` is one of a documented list; ``facts`` fill the sentence.

    Codes: ``too_large`` (limit, size), ``empty``, ``wrong_type`` (claimed, found), ``unsupported`` (found),
    ``encrypted``, ``corrupt``, ``zip_bomb``, ``xml_entities``, ``no_text`` (a picture or scan in which nothing could
    be read), ``too_many_pages`` (limit, pages), ``timeout`` (seconds), ``tool_missing`` (tool).
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
