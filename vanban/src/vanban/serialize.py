"""``to_json``: a parsed document as plain data, in the shape that ``data/schema.json`` publishes."""

from __future__ import annotations

from dataclasses import fields

from vanban.diagnostics import Diagnostic
from vanban.document import (
    Citation,
    Clause,
    Deadline,
    Event,
    Fact,
    Header,
    Heading,
    Obligation,
    ParsedDocument,
    Signer,
    Span,
)

Json = dict[str, object]
SCHEMA_VERSION = "1.0"


def to_json(document: ParsedDocument) -> Json:
    """``document`` as JSON data.

    ``start`` and ``end`` count Unicode code points of ``text``, the text as stored or extracted. ``null`` = not
    printed or unreadable, ``[]`` = looked for and not there. The first keys are those of an annotation guide for
    Vietnamese official documents; the others carry confidence, rules, clauses and obligations.
    """
    header, text = document.header, document.text
    recipients = document.recipients
    return {
        "schema": SCHEMA_VERSION,
        "media_type": document.source.media_type,
        "doc_type": _value(header.doc_type),
        "number": _value(header.number),
        "symbol": _value(header.symbol),
        "issue_date": header.issue_date.value.isoformat() if header.issue_date else None,
        "issue_date_partial": header.issue_date_partial,
        "place": _value(header.place),
        "issuer": _value(header.issuer),
        "superior": _value(header.superior),
        "title": _value(header.title),
        "addressees": [fact.value for fact in document.addressees],
        "recipients": None if recipients is None else [line.name for line in recipients],
        "recipient_lines": None
        if recipients is None
        else [{"name": line.name, "purpose": line.purpose, **_place(line.span)} for line in recipients],
        "signer": _signer(document.signer),
        "report_to": [fact.value for fact in document.report_to],
        "secrecy": _value(document.secrecy),
        "events": [_event(event) for event in document.events],
        "citations": [_citation(citation, text) for citation in document.citations],
        "deadlines": [_deadline(deadline) for deadline in document.deadlines],
        "headings": [_heading(heading) for heading in document.headings],
        "obligations": [_obligation(obligation) for obligation in document.obligations],
        "clauses": [_clause(clause) for clause in document.clauses],
        "facts": _facts(header, document),
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in document.diagnostics],
        "extra": dict(document.extra),
        "text": text,
    }


def _value(fact: Fact[str] | None) -> str | None:
    return fact.value if fact else None


def _place(span: Span | None) -> Json:
    return {"start": span.start if span else None, "end": span.end if span else None}


def _fact(fact: Fact[object]) -> Json:
    return {"rule": fact.rule, "confidence": fact.confidence, **_place(fact.span)}


def _facts(header: Header, document: ParsedDocument) -> Json:
    """Rule, confidence and place of every single-valued field that was found."""
    found = {entry.name: getattr(header, entry.name) for entry in fields(Header)}
    found["secrecy"] = document.secrecy
    return {name: _fact(fact) for name, fact in found.items() if isinstance(fact, Fact)} | {
        "addressees": [_fact(Fact(fact.value, fact.span, fact.rule, fact.confidence)) for fact in document.addressees],
        "report_to": [_fact(Fact(fact.value, fact.span, fact.rule, fact.confidence)) for fact in document.report_to],
    }


def _signer(signer: Signer | None) -> Json | None:
    if signer is None:
        return None
    return {
        "name": signer.name,
        "position": signer.position,
        "sign_form": list(signer.sign_form) or None,
        "all": list(signer.lines),
        **_place(signer.span),
    }


def _event(event: Event) -> Json:
    return {"text": event.text, "when": event.when, "what": event.what, **_place(event.span)}


def _citation(citation: Citation, text: str) -> Json:
    return {
        "type": citation.type,
        "number": citation.number,
        "symbol": citation.symbol,
        "norm": citation.norm,
        "key": citation.key,
        "date": citation.date.isoformat() if citation.date else None,
        "issuer": citation.issuer,
        "about": citation.about,
        "provision": citation.provision,
        "start_text": text[citation.span.start : citation.span.end],
        "refers_to": citation.refers_to,
        "is_basis": citation.is_basis,
        "self": citation.is_self,
        "clause_id": citation.clause_id,
        "rule": citation.rule,
        "confidence": citation.confidence,
        **_place(citation.span),
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "dates": list(deadline.dates),
        "due": deadline.due,
        "bound": deadline.bound.value,
        "open": deadline.is_open,
        "alt": [{"kind": kind.value, "dates": list(dates)} for kind, dates in deadline.alternatives],
        "clause_id": deadline.clause_id,
        "rule": deadline.rule,
        "confidence": deadline.confidence,
        **_place(deadline.span),
    }


def _heading(heading: Heading) -> Json:
    return {"level": heading.level, "text": heading.text, **_place(heading.span)}


def _obligation(obligation: Obligation) -> Json:
    return {
        "kind": obligation.kind.value,
        "who": list(obligation.who),
        "what": obligation.what,
        "to_whom": list(obligation.to_whom),
        "desk": obligation.desk,
        "onward_to": list(obligation.onward_to),
        "deadlines": list(obligation.deadlines),
        "clause_id": obligation.clause_id,
        "open_questions": list(obligation.open_questions),
        "rule": obligation.rule,
        "confidence": obligation.confidence,
        **_place(obligation.span),
    }


def _clause(clause: Clause) -> Json:
    return {
        "id": clause.id,
        "parent_id": clause.parent_id,
        "kind": clause.kind.value,
        "marker": clause.marker,
        "text": clause.text,
        "is_heading": clause.is_heading,
        **_place(clause.span),
        "own_start": clause.own_span.start,
        "own_end": clause.own_span.end,
    }


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "start": diagnostic.start,
        "end": diagnostic.end,
        "facts": dict(diagnostic.facts),
    }
