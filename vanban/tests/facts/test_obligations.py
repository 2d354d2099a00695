"""Golden cases of obligations: invented snippets, each with the reason it exists."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.document import Header, Obligation, ParsedDocument
from vanban.stages import deadlines, obligations
from vanban.text.normal import NormalText

_FILE = Path(__file__).parents[1] / "golden" / "obligations.toml"
CASES = tomllib.loads(_FILE.read_text("utf-8"))["case"]


def _read(text: str) -> tuple[ParsedDocument, tuple[Obligation, ...], list[str], list[str]]:
    document = vanban.parse(text)
    normal = NormalText.of(text)
    bound = deadlines.find(normal, document.clauses, Header())
    owed, receivers = obligations.find(normal, document.clauses, Header(), bound, document.recipients)
    return document, owed, [fact.value for fact in receivers], [" ".join(one.dates) for one in bound]


def _value(obligation: Obligation, key: str, dates: list[str]) -> Any:
    if key == "due":
        return [dates[at] for at in obligation.deadlines]
    value = getattr(obligation, key)
    if isinstance(value, tuple):
        return list(value)
    return value.value if key == "kind" else value


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    assert case["why"]
    _, owed, receivers, dates = _read(case["text"])
    assert receivers == case["report_to"]
    if "expect" not in case:
        return
    assert len(owed) == len(case["expect"]), [(one.kind.value, one.who, one.what) for one in owed]
    for obligation, expected in zip(owed, case["expect"], strict=True):
        assert {key: _value(obligation, key, dates) for key in expected} == expected


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
