"""Keeping the totals of every place right in the transaction that changes a report."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.rules.cells import Packed
from caunoi.business.reporting.rules.totals import PackedTotals, change, gathered, merged, places_above
from caunoi.foundation.organisations.public import WIDTH, Unit
from caunoi.kernel.text import sort_key

CHUNK = 900
"""Ids in one query; older SQLite allows 999 parameters."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How one report moves the counts of the places above it."""

    expected: int = 0
    sent: int = 0
    accepted: int = 0
    late: int = 0
    cells: Packed | None = None
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Recounted:
    """A sent report of which something else is counted from now on, because another report came or went."""

    reporter: ExpectedReporter
    before: Packed
    after: Packed


def shift_totals(
    reporter: ExpectedReporter, campaign: Campaign, shift: Shift, others: Sequence[Recounted] = ()
) -> None:
    """Apply a change to every place above the reporter and to its kind, and what it means to other reports to theirs.

    All of them are locked at once, from the nearest upward.
    """
    mine = _places(reporter, campaign)
    theirs = [(_places(each.reporter, campaign), each) for each in others]
    nodes = _held(campaign, mine.union(*(places for places, _each in theirs)))
    for node in nodes:
        place = (node.axis, node.path)
        if place in mine:
            node.expected += shift.expected
            node.sent += shift.sent
            node.accepted += shift.accepted
            node.late += shift.late
            if shift.cells:
                node.cells = change(node.cells, shift.cells, shift.sign)
        for places, each in theirs:
            if place in places:
                node.cells = change(change(node.cells, each.before, -1), each.after, 1)
    _write(nodes)


def _held(campaign: Campaign, places: Collection[tuple[str, str]]) -> list[TotalsNode]:
    """Return the totals of places, locked; the order is that of all who lock them."""
    asked = _at(places)
    rows = TotalsNode.objects.filter(asked, campaign=campaign).select_for_update()
    return list(rows.order_by("-depth", "-axis", "id"))


def _at(places: Collection[tuple[str, str]]) -> Q:
    paths = [path for axis, path in places if axis == TotalsNode.LINE]
    kinds = [path for axis, path in places if axis == TotalsNode.KIND]
    return Q(axis=TotalsNode.LINE, path__in=paths) | Q(axis=TotalsNode.KIND, path__in=kinds)


def _places(reporter: ExpectedReporter, campaign: Campaign) -> set[tuple[str, str]]:
    paths = places_above(reporter.path, campaign.root_path, WIDTH)
    return {*((TotalsNode.LINE, path) for path in paths), (TotalsNode.KIND, reporter.kind_code)}


def shift_many(campaign: Campaign, rows: Sequence[tuple[ExpectedReporter, Packed]]) -> None:
    """Add many sent reports to every place above them at once, each place locked and written once."""
    lines: defaultdict[tuple[str, ...], list[tuple[ExpectedReporter, Packed]]] = defaultdict(list)
    kinds: defaultdict[str, list[tuple[ExpectedReporter, Packed]]] = defaultdict(list)
    for row in rows:
        lines[tuple(places_above(row[0].path, campaign.root_path, WIDTH))].append(row)
        kinds[row[0].kind_code].append(row)
    parts: defaultdict[tuple[str, str], list[_Part]] = defaultdict(list)
    for paths, group in lines.items():
        part = _Part.of(group)
        for path in paths:
            parts[TotalsNode.LINE, path].append(part)
    for kind, group in kinds.items():
        parts[TotalsNode.KIND, kind].append(_Part.of(group))
    depths = {place: len(place[1]) - len(campaign.root_path) for place in parts}
    order = sorted(parts, key=lambda place: (-depths[place] // WIDTH, 0) if place[0] == TotalsNode.LINE else (-1, 1))
    for start in range(0, len(order), CHUNK // 2):
        _shift_places(campaign, {place: parts[place] for place in order[start : start + CHUNK // 2]})


@dataclass(frozen=True, slots=True)
class _Part:
    """What a group of reports adds to a place."""

    sent: int
    late: int
    cells: PackedTotals

    @classmethod
    def of(cls, rows: Sequence[tuple[ExpectedReporter, Packed]]) -> _Part:
        late = sum(reporter.days_late > 0 for reporter, _cells in rows)
        return cls(len(rows), late, gathered(cells for _reporter, cells in rows))


def _shift_places(campaign: Campaign, parts: Mapping[tuple[str, str], list[_Part]]) -> None:
    nodes = _held(campaign, parts)
    for node in nodes:
        added = parts[node.axis, node.path]
        node.sent += sum(part.sent for part in added)
        node.late += sum(part.late for part in added)
        node.cells = merged([node.cells, *(part.cells for part in added)])
    _write(nodes)


def _write(nodes: list[TotalsNode]) -> None:
    """Save the counts and cells of a few locked rows by one prepared statement: the lock is held the shortest time."""
    json_type = "::jsonb" if connection.vendor == "postgresql" else ""
    statement = (
        "UPDATE reporting_totalsnode SET expected = %s, sent = %s, accepted = %s, late = %s, "  # noqa: S608 - constants
        f"cells = %s{json_type} WHERE id = %s"
    )
    rows = [(n.expected, n.sent, n.accepted, n.late, json.dumps(n.cells), n.pk) for n in nodes]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def create_nodes(campaign: Campaign) -> int:
    """Create the places of a campaign from its frozen list; return how many units are expected."""
    rows = ExpectedReporter.objects.filter(campaign=campaign).values_list("path", "kind_code", "kind_name")
    places: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for path, code, name in rows.iterator():
        places.update(places_above(path, campaign.root_path, WIDTH))
        kinds[code, name] += 1
    places[campaign.root_path] += 0
    names = _names(path for path in places if path)
    TotalsNode.objects.bulk_create(
        (_node(campaign, path, count, names) for path, count in sorted(places.items())), batch_size=500
    )
    TotalsNode.objects.bulk_create(
        TotalsNode(
            campaign=campaign,
            axis=TotalsNode.KIND,
            path=code,
            depth=1,
            name=name,
            sort_key=sort_key(name),
            expected=count,
        )
        for (code, name), count in sorted(kinds.items())
    )
    return places[campaign.root_path]


def add_places(reporter: ExpectedReporter, campaign: Campaign) -> None:
    """Create the places above a unit that joins the list late, where it is the first one there."""
    paths = places_above(reporter.path, campaign.root_path, WIDTH)
    rows = TotalsNode.objects.filter(_at(_places(reporter, campaign)), campaign=campaign)
    held = set(rows.values_list("axis", "path"))
    names = _names(path for path in paths if path)
    made = [_node(campaign, path, 0, names) for path in paths if (TotalsNode.LINE, path) not in held]
    if (TotalsNode.KIND, reporter.kind_code) not in held:
        name = reporter.kind_name
        made.append(TotalsNode(campaign=campaign, axis=TotalsNode.KIND, path=reporter.kind_code, depth=1, name=name,
                               sort_key=sort_key(name), expected=0))  # fmt: skip
    TotalsNode.objects.bulk_create(made)


def _node(campaign: Campaign, path: str, count: int, names: dict[int, tuple[str, str]]) -> TotalsNode:
    name, key = names.get(_unit_of(path), (campaign.owner.name, campaign.owner.sort_key))
    depth = max(0, (len(path) - len(campaign.root_path)) // WIDTH)
    return TotalsNode(
        campaign=campaign, axis=TotalsNode.LINE, path=path, depth=depth, name=name, sort_key=key, expected=count
    )


def _unit_of(path: str) -> int:
    return int(path[-WIDTH:], 36) if path else 0


def _names(paths: Iterable[str]) -> dict[int, tuple[str, str]]:
    ids = [_unit_of(path) for path in paths]
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = Unit.objects.filter(pk__in=ids[start : start + CHUNK]).values_list("pk", "name", "sort_key")
        found.update({pk: (name, key) for pk, name, key in rows})
    return found
