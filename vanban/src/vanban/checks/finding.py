"""What the checker says: a finding, its class and how it is written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vanban.diagnostics import Severity
from vanban.document import Span


class Klass(StrEnum):
    """Kind of defect; one word for each, so that lists of defects can be compared."""

    HEADER = "HEADER"
    """Missing or malformed part of the head or of the signature."""
    CITE_DATE = "CITE-DATE"
    CITE_CODE = "CITE-CODE"
    CITE_ISSUER = "CITE-ISSUER"
    CITE_NODATE = "CITE-NODATE"
    CITE_ORDER = "CITE-ORDER"
    """A document older than the one it implements."""
    CITE_MISSING = "CITE-MISSING"
    CITE_REPEAT = "CITE-REPEAT"
    CITE_STALE = "CITE-STALE"
    CITE_PLACE = "CITE-PLACE"
    CITE_PUNCT = "CITE-PUNCT"
    NUMBERING = "NUMBERING"
    REPEAT = "REPEAT"
    PARA = "PARA"
    """A sentence broken into two paragraphs."""
    PUNCT = "PUNCT"
    SPELL = "SPELL"
    WORD = "WORD"
    NAME = "NAME"
    COPY = "COPY"
    """Left over from another body's document."""
    DEADLINE = "DEADLINE"
    STRUCT = "STRUCT"
    ENCODING = "ENCODING"
    STYLE = "STYLE"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``span`` counts code points of the text as stored; ``text`` is what stands there.

    ``severity``: error = certain, must be mended before signing; warning = probable or slight; note = style or advice.
    ``why`` says what is wrong, ``mend`` what to do, both in Vietnamese. ``rank`` (from 1) orders the findings of the
    comparison with other documents, the most suspicious first; other findings have none.
    """

    rule: str
    klass: Klass
    severity: Severity
    span: Span
    text: str
    why: str
    mend: str
    rank: int | None = None


def finding_to_json(finding: Finding) -> dict[str, str | int]:
    """``finding`` as the command line prints it."""
    out: dict[str, str | int] = {
        "rule": finding.rule,
        "class": finding.klass.value,
        "severity": finding.severity.value,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.text,
        "why": finding.why,
        "mend": finding.mend,
    }
    if finding.rank is not None:
        out["rank"] = finding.rank
    return out
