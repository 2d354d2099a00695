"""Clean invented documents of several kinds: nothing is found in them, and what is planted is found as an error.

Every class of certain defects is planted several ways: in a school's plan, a department's letter, a decision.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.diagnostics import Severity

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "golden" / "planted.toml").read_text("utf-8"))
CLEAN: dict[str, str] = CASES["clean"]
PLANTED: list[dict[str, str]] = CASES["planted"]


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_document_gives_no_finding(name: str) -> None:
    assert vanban.check(vanban.parse(CLEAN[name])) == ()


@pytest.mark.parametrize("case", PLANTED, ids=[f"{case['class']}-{at}" for at, case in enumerate(PLANTED)])
def test_a_planted_defect_is_an_error_and_no_other_is(case: dict[str, str]) -> None:
    clean = CLEAN[case["in"]]
    assert clean.count(case["of"]) == 1
    text = clean.replace(case["of"], case["to"])
    errors = [one for one in vanban.check(vanban.parse(text)) if one.severity is Severity.ERROR]
    words = case.get("at", "")
    places = [(at, at + len(words)) for at in range(len(text)) if text.startswith(words, at)]
    own = [one for one in errors if one.klass == case["class"]]
    assert any(not words or (one.span.start < end and start < one.span.end) for one in own for start, end in places)
    assert [one.rule for one in errors if one.klass != case["class"]] == []


def test_every_class_is_planted_several_ways() -> None:
    counted = {klass: sum(case["class"] == klass for case in PLANTED) for klass in {c["class"] for c in PLANTED}}
    assert len(PLANTED) >= 85
    assert len(counted) >= 15
