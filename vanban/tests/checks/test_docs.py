from __future__ import annotations

import re
from pathlib import Path

import vanban.checks

SOURCE = Path(vanban.checks.__file__).parent
DOCS = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
RULE = re.compile(
    r'"((?:header|cite|register|outline|para|punct|encoding|struct|repeat|word|name|deadline|copy|style)\.[a-z-]+)"'
)


def test_every_rule_is_described() -> None:
    used = {rule for path in SOURCE.glob("*.py") for rule in RULE.findall(path.read_text("utf-8"))} - {"register.json"}
    described = set(re.findall(r"`((?:[a-z]+)\.[a-z-]+)`", DOCS.read_text("utf-8")))
    assert len(used) > 60
    assert used - described == set()
    assert {rule for rule in described if not rule.endswith((".json", ".py"))} - used == set()
