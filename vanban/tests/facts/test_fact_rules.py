"""Every rule about citations, deadlines and obligations proves itself, and none explodes."""

from __future__ import annotations

import time

import pytest

from vanban.rules import citations, codes, dates, deadlines, issuers, obligations
from vanban.rules.rule import Rule
from vanban.text.fold import fold

RULES = [
    rule
    for module in (citations, codes, dates, deadlines, issuers, obligations)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
]

HOSTILE = (
    "1" * 4000,
    "1/" * 3000,
    "số " * 2000,
    "12/QĐ-" * 1500,
    "12/QĐ-UBND ngày " * 600,
    "A-" * 3000,
    "QĐ-UBND" * 1000,
    "ngày 1/1 và " * 800,
    "trước ngày " * 900,
    "hàng năm, " * 900,
    "của Ủy ban nhân dân " * 500,
    "điểm a khoản 1 Điều 2 " * 400,
    "báo cáo kết quả như " * 600,
    " " * 6000,
    "\n" * 6000,
    "“" * 4000,
    "(" * 4000,
    "và các đơn vị, " * 700,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_match(rule: Rule) -> None:
    missed = [example for example in rule.matches if not rule.find(fold(example) if rule.folded else example)]
    assert rule.matches
    assert missed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_counter_examples_do_not_match(rule: Rule) -> None:
    assert [example for example in rule.rejects if rule.find(fold(example) if rule.folded else example)] == []


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_input_makes_a_rule_explode(rule: Rule) -> None:
    for hostile in HOSTILE:
        text = fold(hostile) if rule.folded else hostile
        started = time.process_time()
        for _ in rule.pattern.finditer(text):
            pass
        assert time.process_time() - started < 0.5, hostile[:30]
