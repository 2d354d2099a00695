"""Reads, checks and writes Vietnamese official documents (NĐ 30/2020/NĐ-CP)."""

from vanban.document import ParsedDocument, SourceText, Span
from vanban.parsing import parse

__all__ = ["ParsedDocument", "SourceText", "Span", "parse"]
