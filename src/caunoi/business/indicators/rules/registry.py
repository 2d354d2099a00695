"""The registry of sources: which register answers for which indicator. Filled when the program starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from caunoi.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Contributor:
    """One record behind a figure. It counts once, for the unit that owns it; others took part in it."""

    code: str
    unit_id: int
    kind: str
    """"task", "document": what the record is, as the audit names it."""
    public_id: UUID
    label: str
    """What may be read by everybody who may read the figure."""
    amount: Decimal
    on: dt.date | None = None
    participants: tuple[int, ...] = field(default=())
    """Units that took part and do not count it."""


Units = Iterable[int]
"""Ids of units: a lazy list of values that the database joins, or a collection of ids."""
Sums = Callable[[str, Units, Period], Iterable[tuple[int, Decimal]]]
Rows = Callable[[str, Units, Period], Iterable[Contributor]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where indicators come from. ``sums`` and ``rows`` work on sets: one query, however many units are asked."""

    codes: frozenset[str]
    kind: str
    sums: Sums
    """(code, ids of units, period) → (unit, sum of what it owns); units without any record are left out."""
    rows: Rows
    """The records themselves: those that the units own and those in which they only took part."""
    address: Callable[[UUID], str]
    """Record → the page on which it stands."""
    is_complete: bool = True
    """Whether a unit without a record has nothing to report: the register is where such things are done, not a copy."""


_by_code: dict[str, Source] = {}
_by_kind: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let a register answer for its indicators. Raises ValueError when another one answers for the same code."""
    for code in source.codes:
        known = _by_code.get(code)
        if known is not None and known.kind != source.kind:
            raise ValueError(f"{code} has a source already: {known.kind}")
        _by_code[code] = source
    _by_kind[source.kind] = source


def source_of(code: str) -> Source | None:
    """Return the register that answers for an indicator, or ``None`` when units count it themselves."""
    return _by_code.get(code)


def codes_with_source() -> frozenset[str]:
    """Return the indicators that a register answers for."""
    return frozenset(_by_code)


def address_of(kind: str, public_id: UUID) -> str:
    """Return the page of a record behind a figure, "" when its register is not installed any more."""
    source = _by_kind.get(kind)
    return "" if source is None else source.address(public_id)
