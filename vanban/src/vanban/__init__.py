"""Reads, checks and writes Vietnamese official documents (NĐ 30/2020/NĐ-CP).

import vanban
document = vanban.parse(vanban.read("kế hoạch.docx"))
print(document.header.symbol, [citation.key for citation in document.citations])
"""

from vanban.checks import Finding, Register, check
from vanban.diagnostics import Diagnostic, Severity, UnreadableError
from vanban.document import ParsedDocument, SourceText, Span
from vanban.parsing import parse
from vanban.reading import Limits, read
from vanban.serialize import to_json
from vanban.writing import write

__all__ = [
    "Diagnostic",
    "Finding",
    "Limits",
    "ParsedDocument",
    "Register",
    "Severity",
    "SourceText",
    "Span",
    "UnreadableError",
    "check",
    "parse",
    "read",
    "to_json",
    "write",
]
