"""ParsedDocument → Akoma Ntoso 3.0 (OASIS LegalDocML), element ``doc``.

The subset used: ``meta`` (identification, references), ``preface``, ``preamble`` (citations), ``mainBody`` (part,
chapter, section, article, clause, point, indent, hcontainer), ``conclusions``; inline ``ref``, ``docType``,
``docNumber``, ``docDate``, ``docTitle``, ``docAuthority``, ``signature``, ``person``, ``role``. Documents of Vietnam
have no naming convention of their own: work addresses are ``/akn/vn/doc/TYPE/DATE/KEY`` with the canonical key of the
library, and a reference points to the same address of what it cites, so that both meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from vanban.document import Citation, Clause, ClauseKind, Fact, ParsedDocument, Span
from vanban.rules.codes import CODE, key_of, read_code
from vanban.text.fold import collapse, fold

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNDATED = "0001-01-01"
_NAMES = {
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chapter",
    ClauseKind.SECTION: "section",
    ClauseKind.ARTICLE: "article",
    ClauseKind.CLAUSE: "clause",
    ClauseKind.POINT: "point",
    ClauseKind.ITEM: "indent",
    ClauseKind.PARAGRAPH: "hcontainer",
}
_TITLED = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ARTICLE})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BASIS = re.compile(r"(?:can cu|thuc hien|theo de nghi|xet de nghi|xet)\b")
_SLUG = re.compile(r"[^a-z0-9]+")

Element = etree._Element


def to_akn(parsed: ParsedDocument) -> bytes:
    """``parsed`` as a UTF-8 Akoma Ntoso document; clauses keep their ids as ``eId``."""
    names: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(_tag("akomaNtoso"), nsmap=names)  # type: ignore[arg-type]  # the stubs know no default namespace
    doc = etree.SubElement(root, _tag("doc"), name=_slug(_value(parsed.header.doc_type)) or "van-ban")
    _meta(doc, parsed)
    _preface(doc, parsed)
    bases = basis_clauses(parsed)
    _preamble(doc, parsed, bases)
    _body(doc, parsed, frozenset(clause.id for clause in bases))
    _conclusions(doc, parsed)
    out: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return out


# --- what it is -------------------------------------------------------------------------------------------------------


def _meta(doc: Element, parsed: ParsedDocument) -> None:
    meta = _sub(doc, "meta")
    identification = _sub(meta, "identification", source="#vanban")
    work = _work_address(parsed)
    date = _issue_date(parsed)
    for level, suffix in (("Work", ""), ("Expression", "/vie@"), ("Manifestation", "/vie@.akn")):
        frbr = _sub(identification, f"FRBR{level}")
        _sub(frbr, "FRBRthis", value=f"{work}{suffix}/!main")
        _sub(frbr, "FRBRuri", value=f"{work}{suffix}")
        _sub(frbr, "FRBRdate", date=date, name="ban-hanh" if date != _UNDATED else "khong-ghi-ngay")
        _sub(frbr, "FRBRauthor", href="#issuer")
        if level == "Work":
            _work_details(frbr, parsed)
        if level == "Expression":
            _sub(frbr, "FRBRlanguage", language="vie")
    references = _sub(meta, "references", source="#vanban")
    issuer = _value(parsed.header.issuer) or "Không ghi cơ quan ban hành"
    _sub(references, "TLCOrganization", eId="vanban", href="/ontology/organization/vanban", showAs="vanban")
    _sub(references, "TLCOrganization", eId="issuer", href=f"/ontology/organization/{_slug(issuer)}", showAs=issuer)
    if parsed.signer and parsed.signer.name:
        name = parsed.signer.name
        _sub(references, "TLCPerson", eId="signer", href=f"/ontology/person/{_slug(name)}", showAs=name)


def _work_details(frbr: Element, parsed: ParsedDocument) -> None:
    _sub(frbr, "FRBRcountry", value="vn")
    number, symbol = _value(parsed.header.number), _value(parsed.header.symbol)
    if number or symbol:
        _sub(frbr, "FRBRnumber", value=f"{number}/{symbol}" if symbol else number)
    title = _value(parsed.header.title)
    if title:
        _sub(frbr, "FRBRname", value=title)


def _work_address(parsed: ParsedDocument) -> str:
    header = parsed.header
    kind = _slug(_value(header.doc_type)) or "van-ban"
    number, symbol = _value(header.number), _value(header.symbol)
    match = CODE.pattern.match(f"{number}/{symbol}") if number and symbol else None
    key = key_of(read_code(match), header.doc_type.value if header.doc_type else None) if match else "khong-so"
    return f"/akn/vn/doc/{kind}/{_issue_date(parsed)}/{key}"


def _issue_date(parsed: ParsedDocument) -> str:
    fact = parsed.header.issue_date
    return fact.value.isoformat() if fact else _UNDATED


# --- what it says -----------------------------------------------------------------------------------------------------


def _preface(doc: Element, parsed: ParsedDocument) -> None:
    header = parsed.header
    preface = _sub(doc, "preface")
    number, symbol = _value(header.number), _value(header.symbol)
    parts = (
        ("docAuthority", _value(header.superior)),
        ("docAuthority", _value(header.issuer)),
        ("docNumber", f"{number}/{symbol}" if symbol else number),
        ("docType", _value(header.doc_type)),
        ("docTitle", _value(header.title)),
    )
    for tag, words in parts:
        if words:
            _text(_sub(_sub(preface, "p"), tag), words)
    if header.issue_date:
        line = _sub(preface, "p")
        _text(line, f"{_value(header.place)}, " if header.place else "")
        date = header.issue_date.value
        _text(_sub(line, "docDate", date=date.isoformat()), f"ngày {date.day:02d} tháng {date.month} năm {date.year}")
    for addressee in parsed.addressees:
        _text(_sub(preface, "p", **{"class": "kinh-gui"}), addressee.value)
    if not len(preface):
        _sub(preface, "p")


def basis_clauses(parsed: ParsedDocument) -> tuple[Clause, ...]:
    """Paragraphs before the first numbered node that state legal bases."""
    found: list[Clause] = []
    for clause in parsed.clauses:
        if clause.kind is not ClauseKind.PARAGRAPH:
            break
        if _BASIS.match(fold(clause.text)):
            found.append(clause)
    return tuple(found)


def _preamble(doc: Element, parsed: ParsedDocument, bases: tuple[Clause, ...]) -> None:
    if not bases:
        return
    block = _sub(_sub(doc, "preamble"), "citations")
    for clause in bases:
        citation = _sub(block, "citation", eId=f"citation_{clause.id}")
        _inline(_sub(citation, "p"), parsed, clause.own_span)


def _body(doc: Element, parsed: ParsedDocument, done: frozenset[str]) -> None:
    body = _sub(doc, "mainBody")
    children: dict[str | None, list[Clause]] = {}
    known = {clause.id for clause in parsed.clauses}
    for clause in parsed.clauses:
        if clause.id in done:
            continue
        children.setdefault(clause.parent_id if clause.parent_id in known else None, []).append(clause)
    stack: list[tuple[Element, Sequence[Clause]]] = [(body, children.get(None, []))]
    while stack:
        parent, clauses = stack.pop()
        for clause in clauses:
            below = children.get(clause.id, [])
            stack.append((_clause(parent, parsed, clause, below), below))
    if not len(body):
        _inline(_sub(body, "p"), parsed, Span(0, len(parsed.text)))


def _clause(parent: Element, parsed: ParsedDocument, clause: Clause, below: Sequence[Clause]) -> Element:
    name = _NAMES[clause.kind]
    attributes = {"eId": f"{name}_{clause.id.replace(' ', '-')}"}
    if name == "hcontainer":
        attributes["name"] = "doan"
    node = _sub(parent, name, **attributes)
    if clause.marker:
        _text(_sub(node, "num"), clause.marker)
    span = _without_marker(parsed.text, clause)
    if clause.kind in _TITLED and clause.is_heading:
        _inline(_sub(node, "heading"), parsed, span)
        if not below:
            _sub(_sub(node, "content"), "p")
    else:
        _inline(_sub(_sub(node, "intro" if below else "content"), "p"), parsed, span)
    return node


def _without_marker(text: str, clause: Clause) -> Span:
    start, end = clause.own_span.start, clause.own_span.end
    if clause.marker and text.startswith(clause.marker, start):
        start += len(clause.marker)
        while start < end and (text[start].isspace() or text[start] in ".):/"):
            start += 1
    return Span(start, end)


def _conclusions(doc: Element, parsed: ParsedDocument) -> None:
    signer = parsed.signer
    if parsed.recipients is None and signer is None:
        return
    block = _sub(doc, "conclusions")
    for recipient in parsed.recipients or ():
        _text(_sub(block, "p", **{"class": "noi-nhan"}), recipient.name)
    if signer and (signer.name or signer.position):
        signature = _sub(_sub(block, "p"), "signature")
        if signer.position:
            position = " ".join([*signer.sign_form[:1], signer.position])
            _text(_sub(signature, "role", refersTo="#signer"), position)
        if signer.name:
            _text(_sub(signature, "person", refersTo="#signer"), signer.name)
    if not len(block):
        _sub(block, "p")


# --- text with its references -----------------------------------------------------------------------------------------


def _inline(node: Element, parsed: ParsedDocument, span: Span) -> None:
    """The text of ``span`` with white space collapsed, every citation in it a ``ref``."""
    done = span.start
    for citation in _inside(parsed.citations, span):
        if citation.span.start < done:
            continue
        _text(node, _collapsed(parsed.text[done : citation.span.start], node))
        _text(
            _sub(node, "ref", href=_address(citation)), collapse(parsed.text[citation.span.start : citation.span.end])
        )
        done = citation.span.end
    _text(node, _collapsed(parsed.text[done : span.end], node).rstrip())


def _inside(citations: Sequence[Citation], span: Span) -> Iterator[Citation]:
    return (one for one in citations if span.contains(one.span))


def _address(citation: Citation) -> str:
    date = citation.date.isoformat() if citation.date else _UNDATED
    return f"/akn/vn/doc/{_slug(citation.type or '') or 'van-ban'}/{date}/{citation.key}"


def _collapsed(text: str, node: Element) -> str:
    """``text`` with single spaces; a leading one is kept only behind something."""
    body = re.sub(r"\s+", " ", text)
    return body if len(node) or node.text else body.lstrip()


def _text(node: Element, text: str) -> None:
    """Append ``text`` behind whatever ``node`` already holds; characters XML cannot carry are dropped."""
    clean = _NOT_XML.sub("", text)
    if len(node):
        node[-1].tail = (node[-1].tail or "") + clean
    else:
        node.text = (node.text or "") + clean


def _sub(parent: Element, tag: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, _tag(tag), {key: _NOT_XML.sub("", value) for key, value in attributes.items()})


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _slug(text: str) -> str:
    return _SLUG.sub("-", fold(text)).strip("-")


def _value(fact: Fact[str] | None) -> str:
    return fact.value if fact else ""
