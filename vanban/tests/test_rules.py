"""Every declarative rule proves itself: what must match matches, what must not does not."""

from __future__ import annotations

import re
import time

import pytest

from vanban.rules import anchors, events, markers
from vanban.rules.rule import Rule
from vanban.text.fold import fold

RULES = (*anchors.ALL, *markers.ALL, *events.ALL)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_match(rule: Rule) -> None:
    assert rule.matches
    missed = [example for example in rule.matches if not rule.find(fold(example) if rule.folded else example)]
    assert missed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_counter_examples_do_not_match(rule: Rule) -> None:
    wrong = [example for example in rule.rejects if rule.find(fold(example) if rule.folded else example)]
    assert wrong == []


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


_HOSTILE = (
    "a" * 20_000,
    " " * 20_000,
    "1." * 10_000,
    "ngay " * 4_000,
    "so: " * 5_000,
    "- " * 10_000,
    "IVX" * 7_000,
    "/" * 20_000,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_input_makes_a_rule_explode(rule: Rule) -> None:
    started = time.process_time()
    for hostile in _HOSTILE:
        for _ in re.finditer(rule.pattern, hostile):
            pass
    assert time.process_time() - started < 2.0
