"""Golden cases: invented snippets, each with the reason it exists."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import vanban

FOLDER = Path(__file__).parent / "golden"
FILES = ("head.toml", "outline.toml", "foot.toml", "events.toml", "documents.toml")
CASES = [(name, case) for name in FILES for case in tomllib.loads((FOLDER / name).read_text("utf-8"))["case"]]


def _found(document: vanban.ParsedDocument) -> dict[str, Any]:
    data: dict[str, Any] = vanban.to_json(document)
    signer = data["signer"] or {}
    return {
        **data,
        "levels": [heading["level"] for heading in data["headings"]],
        "heading_texts": [heading["text"] for heading in data["headings"]],
        "ids": [clause["id"] for clause in data["clauses"]],
        "kinds": [clause["kind"] for clause in data["clauses"]],
        "clause_texts": [clause["text"] for clause in data["clauses"]],
        "codes": [found["code"] for found in data["diagnostics"]],
        "purposes": [line["purpose"] or "" for line in data["recipient_lines"] or []],
        "signer_name": signer.get("name"),
        "position": signer.get("position"),
        "sign_form": signer.get("sign_form") or [],
        "signer_lines": signer.get("all") or [],
        "whens": [event["when"] for event in data["events"]],
        "event_texts": [event["text"] for event in data["events"]],
        "cited": [f"{cited['symbol']} {cited['date'] or '-'} {cited['issuer'] or '-'}" for cited in data["citations"]],
        "cited_types": [cited["type"] or "-" for cited in data["citations"]],
        "due": [" ".join((due["kind"], *due["dates"])) for due in data["deadlines"]],
        "what": [event["what"] or "" for event in data["events"]],
    }


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{name[:-5]}:{case['id']}" for name, case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    assert case["why"]
    text = case["text"]
    found = _found(vanban.parse(unicodedata.normalize("NFD", text) if case.get("nfd") else text))
    expected = case["expect"]
    assert {key: found[key] if found[key] is not None else "" for key in expected} == expected


def test_ids_are_unique() -> None:
    names = [(name, case["id"]) for name, case in CASES]
    assert len(names) == len(set(names))
