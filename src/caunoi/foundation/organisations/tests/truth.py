"""The slow and plain way to every derived answer, for tests: walk the placements, day by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from caunoi.foundation.organisations.models import Placement, Succession, Unit, UnitPath
from caunoi.foundation.organisations.rules.paths import segment
from caunoi.kernel.actor import Line

Row = tuple[int, dt.date, dt.date | None]


def placements(line: Line) -> dict[int, list[Row]]:
    """Return unit → (parent or 0, from, until) of rows that ever hold."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in Placement.objects.filter(line=line).order_by("unit_id", "from_on", "id"):
        if row.until_on is None or row.until_on > row.from_on:
            found[row.unit_id].append((row.parent_id or 0, row.from_on, row.until_on))
    return dict(found)


def parents_on(rows: dict[int, list[Row]], unit: int, day: dt.date) -> list[int]:
    """Return every parent (0: the root) a unit has on a day; more than one is a fault."""
    return [parent for parent, start, end in rows.get(unit, []) if start <= day and (end is None or day < end)]


def path_on(rows: dict[int, list[Row]], unit: int, day: dt.date) -> str | None:
    """Return the path on a day by walking up, or None when the unit or one above it is not placed."""
    path, seen, here = "", set(), unit
    while here:
        above = parents_on(rows, here, day)
        if len(above) != 1 or here in seen:
            return None
        seen.add(here)
        path, here = segment(here) + path, above[0]
    return path


def days() -> list[dt.date]:
    """Return each day on which something begins or ends, and the day before it."""
    edges = set(Placement.objects.values_list("from_on", flat=True)) | set(
        Placement.objects.filter(until_on__isnull=False).values_list("until_on", flat=True)
    )
    return sorted({day for edge in edges if edge for day in (edge, edge - dt.timedelta(days=1))})


def assert_derived_paths_equal_the_truth() -> None:
    """Compare every unit on every day that matters, in both lines."""
    for line in Line:
        rows = placements(line)
        derived: defaultdict[int, list[UnitPath]] = defaultdict(list)
        for row in UnitPath.objects.filter(line=line).order_by("unit_id", "from_on"):
            derived[row.unit_id].append(row)
        for day in days():
            for unit in Unit.objects.values_list("pk", flat=True):
                found = [r.path for r in derived[unit] if r.from_on <= day and (r.until_on is None or day < r.until_on)]
                expected = path_on(rows, unit, day)
                assert found == ([] if expected is None else [expected]), (line, day, unit)


def heir_by_walking(unit: int, day: dt.date) -> int:
    """Return who carries a unit on a day, one principal succession after the other."""
    seen = {unit}
    while True:
        link = Succession.objects.filter(predecessor_id=unit, is_principal=True, from_on__lte=day).first()
        if link is None or link.successor_id in seen:
            return unit
        unit = link.successor_id
        seen.add(unit)
