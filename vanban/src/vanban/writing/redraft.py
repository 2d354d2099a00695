"""ParsedDocument → Draft: a document that was read, ready to be written again in the layout of the decree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from vanban.document import Clause, ClauseKind, Fact, ParsedDocument
from vanban.text.fold import collapse, fold
from vanban.writing.draft import (
    OFFICIAL_LETTER,
    Draft,
    IssueDate,
    Item,
    Level,
    Mark,
    Node,
    Paragraph,
    Run,
    Section,
    SentTo,
    SignLine,
    paragraph,
)

_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_ARCHIVE = re.compile(r"[-–\s]*luu\s*:?\s*")
_WORDS = {
    "phan": Level.PART,
    "chuong": Level.CHAPTER,
    "muc": Level.DIVISION,
    "tieu muc": Level.DIVISION,
    "dieu": Level.ARTICLE,
}
_UNSTATED = "………"


def draft_from(parsed: ParsedDocument) -> Draft:
    """The draft that says what ``parsed`` says; what a head lacks is dotted. Tables and pictures are not carried."""
    header = parsed.header
    bases, rest = _bases(parsed.clauses)
    recipients, archive = _recipients(parsed)
    signer = parsed.signer
    return Draft(
        issuer=_value(header.issuer) or _UNSTATED,
        place=_value(header.place) or _UNSTATED,
        symbol=_value(header.symbol) or _UNSTATED,
        title=_value(header.title) or _UNSTATED,
        doc_type=_value(header.doc_type) or OFFICIAL_LETTER,
        superior=_value(header.superior) or None,
        number=_value(header.number) or None,
        issued=_issued(parsed),
        addressees=tuple(fact.value for fact in parsed.addressees),
        bases=tuple(clause.text for clause in bases),
        body=_body(parsed, rest),
        recipients=recipients,
        archive=archive,
        signing=tuple(SignLine(line) for line in _sign_lines(parsed)),
        signer=signer.name if signer else None,
    )


def _issued(parsed: ParsedDocument) -> IssueDate:
    header = parsed.header
    if header.issue_date:
        day = header.issue_date.value
        return IssueDate(day.year, day.month, day.day)
    parts = [int(part) for part in (header.issue_date_partial or "").split("-") if part]
    return IssueDate(*parts[:2])


def _bases(clauses: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Bases before the first numbered node, and everything else in order."""
    bases: list[Clause] = []
    rest: list[Clause] = []
    before = True
    for clause in clauses:
        before = before and clause.kind is ClauseKind.PARAGRAPH
        (bases if before and not rest and _BASIS.match(fold(clause.text)) else rest).append(clause)
    return bases, rest


def _body(parsed: ParsedDocument, clauses: Sequence[Clause]) -> tuple[Node, ...]:
    children: dict[str | None, list[Clause]] = defaultdict(list)
    known = {clause.id for clause in clauses}
    for clause in clauses:
        children[clause.parent_id if clause.parent_id in known else None].append(clause)
    if not clauses:
        return tuple(paragraph(collapse(line)) for line in parsed.text.splitlines() if line.strip())
    return tuple(_node(clause, children) for clause in children[None])


def _node(clause: Clause, children: Mapping[str | None, list[Clause]]) -> Node:
    below = tuple(_node(child, children) for child in children.get(clause.id, ()))
    text = Paragraph((Run(clause.text),), source=clause.id)
    if clause.kind is ClauseKind.PARAGRAPH:
        return text if not below else Section(Level.CLAUSE, "", (text, *below), source=clause.id)
    if clause.kind is ClauseKind.ITEM:
        mark = Mark.PLUS if clause.marker == "+" else Mark.DASH
        return Item(text, mark, tuple(child for child in below if isinstance(child, Item)))
    level, marker = _level(clause.marker)
    titled = level in {Level.PART, Level.CHAPTER, Level.DIVISION, Level.ROMAN} or (
        below and not _is_sentence(clause.text)
    )
    if titled:
        return Section(level, clause.text, below, marker, source=clause.id)
    return Section(level, "", (text, *below), marker, source=clause.id)


def _level(marker: str) -> tuple[Level, str]:
    word, _, _ = fold(marker).rpartition(" ")
    if word in _WORDS:
        return _WORDS[word], marker.split()[-1]
    if re.fullmatch(r"\d+", marker):
        return Level.CLAUSE, marker
    if re.fullmatch(r"\d+(?:\.\d+)+", marker):
        return Level.SUBCLAUSE, marker
    if re.fullmatch(r"[a-zđ]", marker):
        return Level.POINT, marker
    return Level.ROMAN, marker


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ":", ",")) or len(text) > 150


def _recipients(parsed: ParsedDocument) -> tuple[tuple[SentTo, ...], str]:
    listed: list[SentTo] = []
    archive = "VT"
    for one in parsed.recipients or ():
        match = _ARCHIVE.match(fold(one.name))
        if match:
            archive = one.name[match.end() :]
        else:
            listed.append(SentTo(one.name))
    return tuple(listed), archive


def _sign_lines(parsed: ParsedDocument) -> tuple[str, ...]:
    signer = parsed.signer
    if signer is None:
        return ()
    return tuple(line for line in signer.lines if not signer.name or fold(line) != fold(signer.name))


def _value(fact: Fact[str] | None) -> str:
    return fact.value if fact else ""
