"""Keeping units in the search: found by every name they ever had, by symbol and by code."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from caunoi.foundation.organisations.models import Unit, UnitName
from caunoi.foundation.search.public import Item, put_many, remove
from caunoi.kernel.clock import VIETNAM

KIND = "unit"
MANY = 1000


def enter_in_search(unit_ids: Collection[int]) -> None:
    """Enter units, or renew them after a change of name."""
    put_many(kind=KIND, items=_items(Unit.objects.filter(pk__in=unit_ids).order_by("id")))


def take_from_search(unit_ids: Collection[int]) -> None:
    """Take units out that an undone event had opened; call before they go."""
    for public_id in Unit.objects.filter(pk__in=unit_ids).values_list("public_id", flat=True):
        remove(kind=KIND, public_id=public_id)


def every_item() -> Iterator[Item]:
    """Yield every unit as the search holds it."""
    last = 0
    while units := list(Unit.objects.filter(pk__gt=last).order_by("id")[:MANY]):
        yield from _items(units)
        last = units[-1].pk


def _items(units: Iterable[Unit]) -> Iterator[Item]:
    held = list(units)
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = UnitName.objects.filter(unit_id__in=[unit.pk for unit in held])
    for unit_id, name, english in rows.values_list("unit_id", "name", "name_en"):
        names[unit_id] += [name, english]
    for unit in held:
        begun = dt.datetime.combine(unit.established_on, dt.time(), tzinfo=VIETNAM)
        text = " ".join([unit.name_en, unit.symbol, unit.seat, *names[unit.pk]])
        yield Item(unit.public_id, unit.name, begun, text, unit.code, unit.pk)
