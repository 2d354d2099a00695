"""Golden cases of citations: invented snippets, each with the reason it exists; and what the scored corpus says."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.document import Citation, Header
from vanban.stages import citations
from vanban.text.normal import NormalText

_FILE = Path(__file__).parents[1] / "golden" / "citations.toml"
CASES = tomllib.loads(_FILE.read_text("utf-8"))["case"]


def _value(citation: Citation, key: str) -> Any:
    value = getattr(citation, key)
    if value is None:
        return "-"
    return value.isoformat() if key == "date" else value


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    assert case["why"]
    text = unicodedata.normalize("NFD", case["text"]) if case.get("nfd") else case["text"]
    document = vanban.parse(text)
    header = (
        document.header if case.get("own") else Header()
    )  # a snippet is no document: its first number is not its own
    found = citations.find(NormalText.of(text), document.clauses, header)
    assert len(found) == len(case["expect"]), [citation.symbol for citation in found]
    for citation, expected in zip(found, case["expect"], strict=True):
        assert {key: _value(citation, key) for key in expected} == expected


def test_spans_are_of_the_text_as_stored() -> None:
    text = unicodedata.normalize("NFD", "Thực hiện **Quyết định** số 12/QĐ-TTg ngày 05/8/2020")
    (found,) = vanban.parse(text).citations
    printed = unicodedata.normalize("NFC", text[found.span.start : found.span.end])
    assert printed == "Quyết định** số 12/QĐ-TTg"


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
