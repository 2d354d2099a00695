"""When a document is in the book already (NĐ 30/2020/NĐ-CP, Phụ lục VI: number, notation and issuing body equal)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caunoi.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Registered:
    """A document of the book, as far as the comparison needs it."""

    id: int
    code_key: str
    organ_name: str
    issued_on: dt.date | None


def duplicates_of(one: Registered, others: Iterable[Registered]) -> list[int]:
    """Return the ids of ``others`` with the same number, notation and issuing body in the same year.

    Numbers begin anew every year, so two different known years make two documents.
    """
    if not one.code_key or not one.organ_name:
        return []
    return [
        other.id
        for other in others
        if other.id != one.id
        and other.code_key == one.code_key
        and fold(other.organ_name) == fold(one.organ_name)
        and _same_year(one.issued_on, other.issued_on)
    ]


def _same_year(a: dt.date | None, b: dt.date | None) -> bool:
    return a is None or b is None or a.year == b.year
