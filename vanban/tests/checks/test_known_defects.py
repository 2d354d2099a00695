"""The defects listed for two real documents: the certain ones are errors, and nothing unlisted is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import vanban
from vanban.checks import Finding, Register
from vanban.diagnostics import Severity
from vanban.document import ParsedDocument, Span

NAMES = ("seed1", "seed2", "seed3", "seed4")


class Defect(NamedTuple):
    document: str
    id: str
    klass: str
    severity: str
    needs: frozenset[str]
    quote: str


def defects(corpus: Path) -> Iterator[Defect]:
    document = ""
    for line in (corpus / "defects.md").read_text("utf-8").splitlines():
        heading = re.match(r"## Document (\d)", line)
        document = f"seed{heading.group(1)}" if heading else document
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 7 and re.match(r"S\d-\d+", cells[0]):
            yield Defect(document, cells[0], cells[2], cells[3], frozenset(cells[4].split("+")), cells[5].strip("“”"))


def places(defect: Defect, text: str) -> list[Span]:
    if defect.quote.startswith("(whole"):
        return [Span(0, len(text))]
    pattern = r"\s+".join(re.escape(word) for word in defect.quote.split())
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def matches(finding: Finding, defect: Defect, text: str) -> bool:
    return finding.klass.value == defect.klass and any(finding.span.overlaps(place) for place in places(defect, text))


@pytest.fixture(scope="module")
def parsed(shared_documents: Path) -> dict[str, ParsedDocument]:
    return {name: vanban.parse(vanban.read(shared_documents / f"{name}.txt")) for name in NAMES}


def found(parsed: dict[str, ParsedDocument], name: str) -> tuple[Finding, ...]:
    others = tuple((other, parsed[other]) for other in NAMES if other != name)
    return vanban.check(parsed[name], register=Register(documents=others))


@pytest.mark.parametrize("name", ["seed1", "seed3"])
def test_certain_defects_of_the_document_alone_are_errors(
    name: str, parsed: dict[str, ParsedDocument], shared_corpus: Path
) -> None:
    text = parsed[name].text
    findings = [one for one in vanban.check(parsed[name]) if one.severity is Severity.ERROR]
    wanted = [
        one
        for one in defects(shared_corpus)
        if one.document == name and one.severity == "A" and one.needs <= {"doc", "calendar", "lex"}
    ]
    assert len(wanted) >= 13
    assert [one.id for one in wanted if not any(matches(finding, one, text) for finding in findings)] == []


@pytest.mark.parametrize("name", ["seed1", "seed3"])
def test_certain_defects_against_other_documents_are_errors_or_among_the_first_twenty(
    name: str, parsed: dict[str, ParsedDocument], shared_corpus: Path
) -> None:
    text = parsed[name].text
    findings = [one for one in found(parsed, name) if one.severity is Severity.ERROR or (one.rank or 99) <= 20]
    wanted = [
        one for one in defects(shared_corpus) if one.document == name and one.severity == "A" and "cross" in one.needs
    ]
    assert wanted
    assert [one.id for one in wanted if not any(matches(finding, one, text) for finding in findings)] == []


@pytest.mark.parametrize("name", ["seed1", "seed3"])
def test_no_error_stands_outside_the_list(name: str, parsed: dict[str, ParsedDocument], shared_corpus: Path) -> None:
    text = parsed[name].text
    listed = [one for one in defects(shared_corpus) if one.document == name]
    outside = [
        (one.rule, one.text)
        for one in found(parsed, name)
        if one.severity is Severity.ERROR and not any(matches(one, defect, text) for defect in listed)
    ]
    assert outside == []
