"""Derived rows: paths from placements, carriers from principal successions. Written set by set, never row by row."""

# ruff: noqa: S608 - every statement is fixed text; what varies is passed as parameters

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from caunoi.foundation.organisations.models import Succession, UnitHeir, UnitPath
from caunoi.foundation.organisations.rules.lineage import Link, carriers
from caunoi.foundation.organisations.rules.spans import spans
from caunoi.kernel.actor import Line

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CONCERNED = "SELECT unit_id FROM organisations_placement WHERE line = %(line)s AND (opened_by_id = %(event)s OR closed_by_id = %(event)s)"  # noqa: E501 - one statement
"""Units whose own place an event changes in a line."""


def _segment(column: str) -> str:
    """Return SQL for ``rules.paths.segment`` of an integer column."""
    places = [36**power for power in range(5, -1, -1)]
    digits = [f"substr('{_DIGITS}', CAST(({column} / {place}) %% 36 AS integer) + 1, 1)" for place in places]
    return " || ".join(digits)


def _later(a: str, b: str) -> str:
    return f"CASE WHEN {a} > {b} THEN {a} ELSE {b} END"


def _sooner(a: str, b: str) -> str:
    return f"CASE WHEN {a} IS NULL THEN {b} WHEN {b} IS NULL THEN {a} WHEN {a} < {b} THEN {a} ELSE {b} END"


def _overlap(a: str, b: str) -> str:
    return (
        f"({a}.until_on IS NULL OR {a}.until_on > {a}.from_on)"
        f" AND ({a}.until_on IS NULL OR {a}.until_on > {b}.from_on)"
        f" AND ({b}.until_on IS NULL OR {b}.until_on > {a}.from_on)"
    )


_DOWN = f"""
    SELECT c.unit_id, d.path || {_segment("c.unit_id")}, d.depth + 1, {_later("c.from_on", "d.from_on")},
           {_sooner("c.until_on", "d.until_on")}
    FROM derived d JOIN organisations_placement c ON c.parent_id = d.unit_id AND c.line = %(line)s
    WHERE {_overlap("c", "d")}
"""
_INSERT = """
INSERT INTO organisations_unitpath (unit_id, line, path, depth, from_on, until_on)
SELECT unit_id, %(line)s, path, depth, from_on, until_on FROM derived
"""
_ROOTS = f"""
    SELECT p.unit_id, CAST({_segment("p.unit_id")} AS text), 1, p.from_on, p.until_on
    FROM organisations_placement p
    WHERE p.line = %(line)s AND p.parent_id IS NULL AND (p.until_on IS NULL OR p.until_on > p.from_on)
"""

_MOVED_ROOTS = f"""
    SELECT p.unit_id, CAST({_segment("p.unit_id")} AS text), 1, {_later("p.from_on", "s.since")}, p.until_on
    FROM organisations_placement p, since s
    WHERE p.line = %(line)s AND p.parent_id IS NULL AND p.unit_id IN ({_CONCERNED})
      AND (p.until_on IS NULL OR (p.until_on > p.from_on AND p.until_on > s.since))
"""
_MOVED = f"""
    SELECT p.unit_id, CAST(a.path || {_segment("p.unit_id")} AS text), a.depth + 1,
           {_later("p.from_on", _later("a.from_on", "s.since"))}, {_sooner("p.until_on", "a.until_on")}
    FROM organisations_placement p CROSS JOIN since s
    JOIN organisations_unitpath a ON a.unit_id = p.parent_id AND a.line = p.line
    WHERE p.line = %(line)s AND p.unit_id IN ({_CONCERNED}) AND {_overlap("p", "a")}
      AND (p.until_on IS NULL OR p.until_on > s.since) AND (a.until_on IS NULL OR a.until_on > s.since)
"""
_BELOW = f"""
    SELECT d.id FROM organisations_unitpath t
    JOIN organisations_unitpath d ON d.line = t.line AND d.path >= t.path AND d.path < t.path || '~'
    WHERE t.line = %(line)s AND t.unit_id IN ({_CONCERNED}) AND (t.until_on IS NULL OR t.until_on > %(since)s)
      AND (d.until_on IS NULL OR d.until_on > %(since)s)
"""
_SEAM = """
    a.unit_id = b.unit_id AND a.line = b.line AND a.path = b.path AND a.until_on = %(since)s AND b.from_on = %(since)s
    AND b.line = %(line)s AND b.id > %(last)s
"""


def cut_paths(event_id: int, *, line: Line, since: dt.date) -> None:
    """End all paths through the units whose place an event changes, from ``since`` on."""
    facts: dict[str, str | int] = {"line": line.value, "event": event_id, "since": _day(since)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM organisations_unitpath WHERE from_on >= %(since)s AND id IN ({_BELOW})",
            facts,
        )
        cursor.execute(
            f"UPDATE organisations_unitpath SET until_on = %(since)s WHERE id IN ({_BELOW})",
            facts,
        )


def write_paths(event_id: int, *, line: Line, since: dt.date) -> None:
    """Derive the paths of the units whose place an event changes, and of all below them, from ``since`` on."""
    facts: dict[str, str | int] = {"line": line.value, "event": event_id, "since": _day(since)}
    seeds = f"SELECT * FROM ({_MOVED_ROOTS}) roots UNION ALL SELECT * FROM ({_MOVED}) placed"
    day = "CAST(%(since)s AS date)" if connection.vendor == "postgresql" else "%(since)s"
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM organisations_unitpath")
        facts["last"] = cursor.fetchone()[0]
        cursor.execute(
            f"WITH RECURSIVE since(since) AS (SELECT {day}),"
            f" derived(unit_id, path, depth, from_on, until_on) AS ({_collated(seeds)} UNION ALL {_DOWN}) {_INSERT}",
            facts,
        )
        _join_seams(facts)


def _join_seams(facts: dict[str, str | int]) -> None:
    """Make one row of two that meet on ``since`` with the same path: what a taken-back event leaves behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.id, b.id, b.until_on FROM organisations_unitpath b, organisations_unitpath a WHERE {_SEAM}",
            facts,
        )
        seams = cursor.fetchall()
        second = [(row[1],) for row in seams]
        cursor.executemany("DELETE FROM organisations_unitpath WHERE id = %s", second)
        first = [(end, kept) for kept, _, end in seams]
        cursor.executemany("UPDATE organisations_unitpath SET until_on = %s WHERE id = %s", first)


def rebuild_paths() -> int:
    """Derive every path of both lines anew; return how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisations_unitpath")
        for line in Line:
            cursor.execute(
                "WITH RECURSIVE derived(unit_id, path, depth, from_on, until_on) AS"
                f" ({_collated(_ROOTS)} UNION ALL {_DOWN}) {_INSERT}",
                {"line": line.value},
            )
            _join_all_seams(line)
    return UnitPath.objects.count()


def _join_all_seams(line: Line) -> None:
    """Make one row of neighbours with the same path: a unit that came back on the day it left."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT a.id, b.id, b.until_on FROM organisations_unitpath a JOIN organisations_unitpath b"
                " ON b.unit_id = a.unit_id AND b.line = a.line AND b.from_on = a.until_on AND b.path = a.path"
                " WHERE a.line = %s",
                [line.value],
            )
            seams = cursor.fetchall()
            later = {second for _, second, _ in seams}
            heads = [seam for seam in seams if seam[0] not in later]
            if not heads:
                return
            cursor.executemany("DELETE FROM organisations_unitpath WHERE id = %s", [(seam[1],) for seam in heads])
            ends = [(end, first) for first, _, end in heads]
            cursor.executemany("UPDATE organisations_unitpath SET until_on = %s WHERE id = %s", ends)


def _collated(seeds: str) -> str:
    """Say for PostgreSQL that paths are compared byte by byte from the first step of the recursion on."""
    if connection.vendor != "postgresql":
        return seeds
    return f'SELECT unit_id, path COLLATE "C", depth, from_on, until_on FROM ({seeds}) seeds (unit_id, path, depth, from_on, until_on)'  # noqa: E501 - one statement


def _day(day: dt.date) -> str:
    return day.isoformat()


def write_heirs(changed: Iterable[int]) -> None:
    """Derive anew who carries ``changed`` units and all whose succession leads through them."""
    links = [
        Link(old, new, on)
        for old, new, on in Succession.objects.filter(is_principal=True).values_list(
            "predecessor_id", "successor_id", "from_on"
        )
    ]
    concerned = _upstream(set(changed), links)
    UnitHeir.objects.filter(unit_id__in=concerned).delete()
    UnitHeir.objects.bulk_create(
        UnitHeir(unit_id=one.unit, heir_id=one.heir, from_on=one.from_on, until_on=one.until_on)
        for one in carriers(links, only=concerned)
    )


def rebuild_heirs() -> int:
    """Derive every carrier anew; return how many rows there are."""
    UnitHeir.objects.all().delete()
    write_heirs(Succession.objects.filter(is_principal=True).values_list("predecessor_id", flat=True))
    return UnitHeir.objects.count()


def _upstream(changed: set[int], links: Iterable[Link]) -> set[int]:
    behind: defaultdict[int, list[int]] = defaultdict(list)
    for link in links:
        behind[link.new].append(link.old)
    found, waiting = set(changed), list(changed)
    while waiting:
        for old in behind[waiting.pop()]:
            if old not in found:
                found.add(old)
                waiting.append(old)
    return found


def faults_of_paths(*, limit: int = 20) -> list[str]:
    """Compare the derived paths with the placements; return a line for each difference, at most ``limit``.

    ``missing``: the placements say so and no row does; ``extra``: a row that the placements do not bear out.
    """
    found = []
    for line in Line:
        truth, held = _differing(line)
        found += [f"missing {line.value}: {row}" for row in sorted(truth - held)]
        found += [f"extra {line.value}: {row}" for row in sorted(held - truth)]
    return found[:limit]


def _differing(line: Line) -> tuple[set[str], set[str]]:
    """Return the true and the held paths, neighbours joined, of the units where the two differ row for row."""
    columns = "unit_id, path, depth, from_on, until_on"
    truth = (
        f"WITH RECURSIVE derived({columns}) AS ({_collated(_ROOTS)} UNION ALL {_DOWN}) SELECT {columns} FROM derived"
    )
    held = f"SELECT {columns} FROM organisations_unitpath WHERE line = %(line)s"
    with connection.cursor() as cursor:
        answers = []
        for first, second in ((truth, held), (held, truth)):
            cursor.execute(
                f"SELECT unit_id FROM (SELECT * FROM ({first}) a EXCEPT SELECT * FROM ({second}) b) c",
                {"line": line.value},
            )
            answers.append({row[0] for row in cursor.fetchall()})
        units = answers[0] | answers[1]
        rows = []
        for query in (truth, held):
            cursor.execute(f"SELECT * FROM ({query}) a ORDER BY unit_id, from_on", {"line": line.value})
            rows.append(_joined(row for row in cursor.fetchall() if row[0] in units) if units else set())
    return rows[0], rows[1]


def _joined(rows: Iterable[tuple[int, str, int, dt.date, dt.date | None]]) -> set[str]:
    by_unit: defaultdict[int, list[tuple[str, dt.date, dt.date | None]]] = defaultdict(list)
    for unit, path, depth, start, end in rows:
        by_unit[unit].append((f"{path} {depth}", start, end))
    return {
        f"unit {unit}: {span.value} {span.from_on} {span.until_on}" for unit in by_unit for span in spans(by_unit[unit])
    }


def faults_of_heirs() -> list[str]:
    """Compare who carries whom with the principal successions; return a line for each difference."""
    links = [
        Link(*row)
        for row in Succession.objects.filter(is_principal=True).values_list("predecessor_id", "successor_id", "from_on")
    ]
    truth = {(one.unit, one.heir, one.from_on, one.until_on) for one in carriers(links)}
    held = set(UnitHeir.objects.values_list("unit_id", "heir_id", "from_on", "until_on"))
    lines = [("missing heir", row) for row in sorted(truth - held, key=str)]
    lines += [("extra heir", row) for row in sorted(held - truth, key=str)]
    return [f"{word}: {' '.join(map(str, row))}" for word, row in lines]
