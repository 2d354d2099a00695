"""Why a change of the tree is refused."""

from __future__ import annotations

import datetime as dt

from caunoi.kernel.clock import VIETNAM
from caunoi.kernel.errors import Refused


class _Day(dt.date):
    """A day that prints as people write it."""

    def __str__(self) -> str:
        return f"{self:%d/%m/%Y}"


class TreeRefused(Refused):
    """A change the tree does not allow; the code says why (``under_itself``, ``in_the_past``, ``has_children`` …).

    Days among the facts print as dd/mm/yyyy, moments as HH:MM dd/mm/yyyy.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, **{name: _printed(fact) for name, fact in facts.items()})


def _printed(fact: object) -> object:
    if isinstance(fact, dt.datetime):
        return f"{fact.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if isinstance(fact, dt.date):
        return _Day(fact.year, fact.month, fact.day)
    return "" if fact is None else fact
