"""What the library found → the rows of a document. Called inside the use case that finishes a reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from caunoi.business.documents.models import (
    Clause,
    Document,
    DocumentCitation,
    DocumentFile,
    Obligation,
    Reading,
    Recipient,
    RecipientKind,
)
from caunoi.business.documents.operations.due import alternatives, due_rule
from caunoi.business.documents.operations.words import limit_of, type_named
from caunoi.business.documents.rules.codes import key
from caunoi.business.documents.rules.names import in_register
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.text import fold
from vanban.diagnostics import Diagnostic
from vanban.document import Citation as ReadCitation
from vanban.document import Deadline, Fact, ParsedDocument, Span
from vanban.document import Obligation as ReadObligation
from vanban.document import Recipient as ReadRecipient

_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as it was read, with what the checker said of it (code, severity, start, end, sentence parts)."""

    file: DocumentFile
    parsed: ParsedDocument
    findings: tuple[dict[str, str | int], ...] = ()


def keep_reading(one: FileReading, at: dt.datetime) -> Reading:
    """Write the reading of one file, replacing an earlier one."""
    source = one.parsed.source
    reading, _ = Reading.objects.update_or_create(
        file=one.file,
        defaults={
            "text": source.text,
            "blocks": [
                [b.kind.value, b.span.start, b.span.end, b.page, b.bold, b.italic, b.centred] for b in source.blocks
            ],
            "pages": [[p.number, p.width, p.height, p.scanned] for p in source.pages],
            "words": [
                [w.page, w.span.start, w.span.end, *_scaled(w.box.left, w.box.top, w.box.right, w.box.bottom),
                 round(w.confidence, 2)]
                for w in source.words
            ],
            "facts": head_facts(one.parsed),
            "diagnostics": [_doubt(d) for d in one.parsed.diagnostics],
            "findings": list(one.findings),
            "read_at": at,
        },
    )  # fmt: skip
    return reading


def _scaled(*fractions: float) -> list[int]:
    return [round(fraction * _SCALE) for fraction in fractions]


def _doubt(one: Diagnostic) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "start": one.start,
        "end": one.end,
        "facts": dict(one.facts),
    }


def head_facts(parsed: ParsedDocument) -> dict[str, dict[str, object]]:
    """Return the head fields with their place, rule and confidence, by the names of the document's columns."""
    head, signer = parsed.header, parsed.signer
    found: dict[str, Fact[str] | Fact[dt.date] | None] = {
        "code_number": head.number,
        "code_notation": head.symbol,
        "issued_on": head.issue_date,
        "type_name": head.doc_type,
        "organ_name": head.issuer,
        "superior_name": head.superior,
        "subject": head.title,
        "place": head.place,
    }
    facts = {name: _fact(fact) for name, fact in found.items() if fact is not None}
    if head.issue_date is None and head.issue_date_partial:
        facts["issued_on"] = {"value": "", "partial": head.issue_date_partial, "confidence": 0.0, "rule": ""}
    if signer is not None:
        place = _span(signer.span)
        values = {
            "signer_name": signer.name,
            "signer_position": signer.position,
            "signing_form": " ".join(signer.sign_form),
        }
        facts |= {
            name: {"value": value, **place, "rule": "signature", "confidence": 1.0}
            for name, value in values.items()
            if value
        }
    return facts


def _fact(fact: Fact[str] | Fact[dt.date]) -> dict[str, object]:
    value = fact.value.isoformat() if isinstance(fact.value, dt.date) else fact.value
    return {"value": value, **_span(fact.span), "rule": fact.rule, "confidence": round(fact.confidence, 3)}


def _span(span: Span | None) -> dict[str, object]:
    return {} if span is None else {"start": span.start, "end": span.end}


def fill_head(document: Document, reading: Reading, day: dt.date) -> None:
    """Take the head fields as read; the lengths are those of NĐ 30/2020/NĐ-CP, Phụ lục VI."""
    for name, fact in reading.facts.items():
        value = str(fact.get("value") or "")
        if name == "issued_on":
            document.issued_on = dt.date.fromisoformat(value) if value else None
        else:
            setattr(document, name, value[: limit_of(name)])
    document.organ_name = _registered_name(document.organ_name)
    document.superior_name = _registered_name(document.superior_name)
    document.document_type = type_named(document.type_name, document.issued_on or day) if document.type_name else None


def _registered_name(name: str) -> str:
    """Return a body's name as the tree has it, when it is one of its units printed in capitals."""
    if not name.isupper():
        return name
    wanted = _bare(name)
    candidates = Unit.objects.filter(folded__contains=fold(name).split()[-1]).values_list("name", flat=True)
    return next((known for known in candidates if _bare(known) == wanted), None) or in_register(name)


def _bare(name: str) -> str:
    """Return a name without accents and blanks: the text of a pdf may hold blanks inside words."""
    return fold(name).replace(" ", "")


def replace_rows(document: Document, parsed: ParsedDocument) -> None:
    """Write outline, citations, obligations and recipients anew; what an earlier attempt wrote is gone."""
    for rows in (Obligation, DocumentCitation, Recipient, Clause):
        rows.objects.filter(document=document).delete()
    clauses = _write_clauses(document, parsed)
    DocumentCitation.objects.bulk_create(_citations(document, parsed))
    Obligation.objects.bulk_create(_obligations(document, parsed, clauses))
    Recipient.objects.bulk_create(_recipients(document, parsed))


def _write_clauses(document: Document, parsed: ParsedDocument) -> dict[str, Clause]:
    """Write the outline level by level, so that every node knows the row of its parent."""
    made: dict[str, Clause] = {}
    waiting = list(enumerate(parsed.clauses))
    depth = 0
    while waiting:
        level = [(at, one) for at, one in waiting if one.parent_id is None or one.parent_id in made]
        if not level:
            break
        rows = [
            Clause(
                document=document, clause_id=one.id[:120], parent=made[one.parent_id] if one.parent_id else None,
                depth=depth, position=at, kind=one.kind.value, marker=one.marker[:40], text=one.text,
                is_heading=one.is_heading, span_start=one.span.start, span_end=one.span.end,
                own_start=one.own_span.start,
                own_end=one.own_span.end,
            )
            for at, one in level
        ]  # fmt: skip
        made |= {row.clause_id: row for row in Clause.objects.bulk_create(rows)}
        waiting = [(at, one) for at, one in waiting if one.id[:120] not in made]
        depth += 1
    return made


def _citations(document: Document, parsed: ParsedDocument) -> Iterator[DocumentCitation]:
    """One row a cited document, at its first full mention."""
    by_key: dict[str, list[ReadCitation]] = {}
    for one in parsed.citations:
        if not one.is_self:
            by_key.setdefault(one.key or one.norm, []).append(one)
    for position, (name, mentions) in enumerate(by_key.items()):
        first = max(mentions, key=lambda m: (m.is_basis, m.date is not None, m.about is not None, -m.span.start))
        yield DocumentCitation(
            document=document, position=position, key=name[:160], code_key=key(first.norm or first.symbol)[:100],
            type_name=(first.type or "")[:100], code=(first.norm or first.symbol)[:80], issued_on=first.date,
            issuer=(first.issuer or "")[:200], about=first.about or "", provision=(first.provision or "")[:200],
            is_basis=any(m.is_basis for m in mentions), mentions=len(mentions), span_start=first.span.start,
            span_end=first.span.end, rule=first.rule[:80], confidence=first.confidence,
        )  # fmt: skip


def _obligations(document: Document, parsed: ParsedDocument, clauses: dict[str, Clause]) -> Iterator[Obligation]:
    """One row for each deadline of a duty: "quý, 6 tháng, năm" are three duties."""
    position = 0
    for one in parsed.obligations:
        deadlines: list[Deadline | None] = [parsed.deadlines[at] for at in one.deadlines]
        for deadline in deadlines or [None]:
            row = _duty(one)
            row.document, row.position = document, position
            row.clause = clauses.get((one.clause_id or "")[:120])
            if deadline is not None:
                row.due_rule = due_rule(deadline).to_data()
                row.alternatives = [rule.to_data() for rule in alternatives(deadline)]
                row.due_start, row.due_end = deadline.span.start, deadline.span.end
                row.open_questions = _questions(one, is_open=due_rule(deadline).is_open, several=bool(row.alternatives))
            position += 1
            yield row


def _duty(one: ReadObligation) -> Obligation:
    return Obligation(
        kind=one.kind.value, who=list(one.who), what=one.what, to_whom=list(one.to_whom), desk=(one.desk or "")[:200],
        onward_to=list(one.onward_to), open_questions=list(one.open_questions), span_start=one.span.start,
        span_end=one.span.end, rule=one.rule[:80], confidence=one.confidence,
    )  # fmt: skip


def _questions(one: ReadObligation, *, is_open: bool, several: bool) -> list[str]:
    """Questions about the day belong to the deadline they are about, the others to every duty of the order."""
    asked = [code for code in one.open_questions if code not in ("day", "yearly_or_once")]
    if is_open:
        asked.append("day")
    if several:
        asked.append("yearly_or_once")
    return asked


def _named(line: ReadRecipient) -> str:
    """Return the name without the purpose in brackets, which has a column of its own."""
    return line.name.removesuffix(f"({line.purpose})").rstrip() if line.purpose else line.name


def _recipients(document: Document, parsed: ParsedDocument) -> Iterator[Recipient]:
    lines = [(RecipientKind.ADDRESSEE, fact.value, "", fact.span) for fact in parsed.addressees]
    lines += [(RecipientKind.RECIPIENT, _named(r), r.purpose or "", r.span) for r in parsed.recipients or ()]
    units = {unit.name: unit for unit in Unit.objects.filter(name__in={name for _, name, _, _ in lines})}
    for position, (kind, name, purpose, span) in enumerate(lines):
        yield Recipient(
            document=document, kind=kind, position=position, name=name[:500], purpose=purpose[:120],
            unit=units.get(name), span_start=span.start if span else None, span_end=span.end if span else None,
        )  # fmt: skip
