"""Every address × kind of person: what they get, and that a denied visit changes nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection

from tests.access.scene import ANONYMOUS, ASKED, AT, EXPIRED, KINDS, UNGRANTED, Scene
from tests.access.visiting import Visitor, Written, every_name, methods_of, row_counts, undone

DENIED = ("login", "401", "403", "404", "405")
Table = dict[tuple[str, str], dict[str, str]]


def read_table(text: str) -> Table:
    """Return (name, method) → kind of person → outcome."""
    table: Table = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        left, _bar, right = line.partition(" | ")
        name, method = left.split()
        assert (name, method) not in table, f"{left} stands twice"
        table[name, method] = _outcomes(right)
    return table


def _outcomes(text: str) -> dict[str, str]:
    named = {who: outcome for outcome, who in _pairs(text)}
    unknown = set(named) - {*KINDS, "others"}
    assert not unknown, f"nobody is called {unknown}"
    found = {kind: named.get(kind, "login" if kind == ANONYMOUS else named["others"]) for kind in KINDS}
    return found | {UNGRANTED: named.get(UNGRANTED, found[EXPIRED])}


def _pairs(text: str) -> list[tuple[str, str]]:
    return [
        (outcome.strip(), who)
        for outcome, _colon, people in (part.partition(":") for part in text.split(";"))
        for who in people.split()
    ]


TABLE = read_table((Path(__file__).parent / "table.txt").read_text(encoding="utf-8"))


def test_the_table_holds_every_address_and_no_other() -> None:
    assert sorted({name for name, _method in TABLE}) == sorted(every_name())
    assert sorted(TABLE) == sorted((name, method) for name in every_name() for method in methods_of(name))


def test_every_kind_of_person_that_is_asked_for_visits_every_address() -> None:
    assert list(ASKED) == [
        "anonymous", "no grant", "grant elsewhere in the tree", "reader", "right grant", "expired grant",
    ]  # fmt: skip
    for kind, people in ASKED.items():
        assert set(people) <= set(KINDS), f"nobody stands for {kind}"
    assert [pair for pair, outcomes in TABLE.items() if outcomes.keys() != set(KINDS)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_gets_what_the_table_says_and_denied_visits_change_nothing(scene: Scene, kind: str) -> None:
    found: dict[str, tuple[str, str]] = {}
    changed: dict[str, object] = {}
    with time_machine.travel(AT, tick=False), undone():
        visitor = Visitor(scene, kind)
        before = row_counts()
        for (name, method), expected in TABLE.items():
            cache.clear()
            written, sent = Written(), len(mail.outbox)
            with undone(), connection.execute_wrapper(written):
                got = visitor.goes_to(name, method)
                if got in DENIED and (written.statements or row_counts() != before):
                    changed[f"{name} {method}"] = written.statements
                if got in DENIED and len(mail.outbox) != sent:
                    changed[f"{name} {method}"] = "a letter was sent"
            if got != expected[kind]:
                found[f"{name} {method}"] = (got, f"expected {expected[kind]}")
    assert found == {}
    assert changed == {}
