"""What is wrong in a sheet, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from caunoi.foundation.spreadsheets.rules.cells import letters_of


class Words(Protocol):
    """A text, or one that is translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``code`` names it, ``facts`` fill its words. A warning does not stop the import."""

    code: str
    sheet: str
    row: int | None = None
    column: int | None = None
    label: str = ""
    """Head of the column."""
    value: str = ""
    """What stands there."""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    is_warning: bool = False

    @property
    def address(self) -> str:
        """Address of the cell: "C7"; of a whole row "7"; empty for the sheet."""
        column = letters_of(self.column) if self.column else ""
        return f"{column}{self.row or ''}"


_words: dict[str, tuple[Words, Words]] = {}


def register_findings(words: Mapping[str, tuple[Words, Words]]) -> None:
    """Register for each code what is wrong and how to mend it, with named placeholders for the facts."""
    _words.update(words)


def _filled(finding: Finding, which: int) -> str:
    pair = _words.get(finding.code)
    if pair is None:
        return finding.code
    return str(pair[which]) % {"value": finding.value, "label": finding.label, **finding.facts}


def what(finding: Finding) -> str:
    """Return what is wrong, in the reader's language."""
    return _filled(finding, 0)


def mend(finding: Finding) -> str:
    """Return how to mend it."""
    return _filled(finding, 1)
