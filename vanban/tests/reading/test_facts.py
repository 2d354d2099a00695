"""The same facts come out of a document whatever file it comes in."""

from __future__ import annotations

from pathlib import Path

import makers
import pytest

import vanban
from vanban.document import ParsedDocument, SourceText
from vanban.reading.fold import fold


def facts(document: ParsedDocument) -> dict[str, object]:
    """What a register and a plan need of a document; texts folded, for OCR mixes up accents and capitals."""
    head = document.header
    names = ("doc_type", "number", "symbol", "issue_date", "place", "issuer", "superior", "title")
    found: dict[str, object] = {name: fold(str(getattr(getattr(head, name), "value", None))) for name in names}
    found["citations"] = [(citation.key, citation.date) for citation in document.citations]
    found["deadlines"] = [(deadline.kind, deadline.dates) for deadline in document.deadlines]
    found["headings"] = [heading.level for heading in document.headings]
    found["recipients"] = [fold(recipient.name) for recipient in document.recipients or ()]
    found["signer"] = fold(document.signer.name or "") if document.signer else None
    found["report_to"] = [fold(fact.value) for fact in document.report_to]
    return found


def test_the_plan_in_every_form(plan_text: str, plan_docx: bytes, plan_pdf: bytes, plan_scan: bytes) -> None:
    expected = facts(vanban.parse(plan_text))
    assert expected["citations"]
    assert expected["deadlines"]
    for data in (plan_docx, plan_pdf):
        assert facts(vanban.parse(vanban.read(data))) == expected
    scanned = facts(vanban.parse(vanban.read(plan_scan)))
    # Print of 11 points at the foot is where OCR slips by a letter; the review page shows those words as doubtful.
    assert {name for name, value in scanned.items() if value != expected[name]} <= {"recipients"}


def test_a_wrapped_line_that_begins_with_a_body_is_not_the_issuer() -> None:
    text = (
        "KẾ HOẠCH\nCông tác pháp chế năm 2024\n\n"
        "Căn cứ Công văn số 12/BTP-VP ngày 05 tháng 01 năm 2024 của\n"
        "Bộ Tư pháp về việc hướng dẫn xây dựng kế hoạch;\n\n"
        "Trường THPT Lý Công Uẩn xây dựng kế hoạch như sau:\n"
    )
    issuer = vanban.parse(text).header.issuer
    assert issuer is not None
    assert issuer.value == "Trường THPT Lý Công Uẩn"


@pytest.fixture(params=["seed1", "seed2", "seed3", "seed4"])
def real_text(request: pytest.FixtureRequest, shared_documents: Path) -> str:
    """A real document, where the folder of real documents is present."""
    return (shared_documents / f"{request.param}.txt").read_bytes().decode()


@pytest.mark.slow
def test_real_documents_as_docx_and_pdf(real_text: str) -> None:
    expected = facts(vanban.parse(real_text))
    document = makers.make_docx(real_text)
    assert facts(vanban.parse(vanban.read(document))) == expected
    assert facts(vanban.parse(vanban.read(makers.convert_office(document, "pdf")))) == expected


@pytest.mark.slow
def test_citations_of_a_real_document_as_a_scan(shared_documents: Path) -> None:
    """Key and date are those of the text; what differs is doubtful (all four: ``benchmarks/scans.py``)."""
    text = (shared_documents / "seed2.txt").read_bytes().decode()
    expected = [(citation.key, citation.date) for citation in vanban.parse(text).citations]
    source = vanban.read(makers.make_scan(makers.make_text_pdf(text)), workers=2)
    citations = vanban.parse(source).citations
    assert len(citations) == len(expected)
    for citation, fact in zip(citations, expected, strict=True):
        doubtful = least_sure(source, citation.span.start, citation.span.end + 40) < 0.7
        assert doubtful or (citation.key, citation.date) == fact


def least_sure(source: SourceText, start: int, end: int) -> float:
    """The confidence of the least certain word between two places."""
    return min(word.confidence for word in source.words if word.span.start < end and start < word.span.end)
