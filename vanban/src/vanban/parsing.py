"""``parse``: one text through every stage, in order; doubts become diagnostics, never exceptions."""

from __future__ import annotations

from vanban.document import ParsedDocument, SourceText
from vanban.stages import (
    addressees,
    citations,
    deadlines,
    events,
    foot,
    header,
    obligations,
    recipients,
    signature,
    structure,
)
from vanban.text.lines import split_lines
from vanban.text.normal import NormalText


def parse(source: SourceText | str) -> ParsedDocument:
    """Read everything ``source`` says; a ``str`` is taken as plain text.

    Spans count code points of ``source.text`` as stored. Never raises on input: what is doubtful is in
    ``ParsedDocument.diagnostics``.
    """
    source = SourceText(source, "text/plain") if isinstance(source, str) else source
    normal = NormalText.of(source.text)
    lines = split_lines(normal, source)
    doubled = structure.is_doubled(lines, normal.text)
    head = header.find(normal, lines, doubled)
    addressed, body_line = addressees.find(normal, lines, head.body_line)
    ends = foot.find(normal, lines, body_line)
    outline = structure.find(normal, lines, (body_line, ends.body_end), ends.end, doubled)
    cited = citations.find(normal, outline.clauses, head.header)
    due = deadlines.find(normal, outline.clauses, head.header)
    to = recipients.find(normal, lines, ends)
    owed, report_to = obligations.find(normal, outline.clauses, head.header, due, to)
    return ParsedDocument(
        source=source,
        header=head.header,
        clauses=outline.clauses,
        headings=outline.headings,
        citations=cited,
        deadlines=due,
        obligations=owed,
        addressees=addressed,
        recipients=to,
        signer=signature.find(normal, lines, ends),
        report_to=report_to,
        events=events.find(normal, head.header),
        secrecy=head.secrecy,
        extra={"marks": "; ".join(head.marks)} if head.marks else {},
        diagnostics=(*source.diagnostics, *head.diagnostics, *outline.diagnostics),
    )
