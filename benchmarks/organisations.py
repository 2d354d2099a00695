"""``make bench-organisations``: units over time at the size of a nation, with the conditions.

On a data folder of its own it builds 53,000 units with 20 years of events, 60,000 people and 120,000 grants
(``nation.py``), signs in one of those people as an ordinary user and measures through Django's client what they do:
choosing a unit, listing their units, looking at a province as of any day; then the permission check, a merger of two
provinces and its undoing, and the derivation of every path. Figures are printed, never asserted.

    DATABASE_URL=postgres://… python benchmarks/organisations.py --units 53000 --requests 60
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nation import Nation

    from caunoi.foundation.accounts.public import Account
    from caunoi.foundation.organisations.models import Unit
    from caunoi.foundation.organisations.public import Naming
    from caunoi.kernel.actor import Actor

ROOT: Final = Path(__file__).resolve().parents[1]
WORDS: Final = (
    "truong",
    "thcs an binh",
    "Trường THPT Hà",
    "so giao duc",
    "vinh long 4",
    "diem truong yen",
    "QG.0412",
    "zzz",
)
"""What people type: with and without accents, much found, little found, a code, nothing at all."""


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        subprocess.run([sys.executable, "-m", "caunoi", "migrate", "-v0"], cwd=ROOT, check=True)
        sys.path.insert(0, str(Path(__file__).parent))
        import django

        django.setup()
        from django.conf import settings
        from django.test.utils import setup_test_environment

        settings.DEBUG = False  # as an office runs it: statements are not kept
        setup_test_environment()
        import nation

        began = time.perf_counter()
        made = nation.build_units(units=options.units)
        nation.build_people(made, people=options.people, grants=options.grants)
        _conditions(options, time.perf_counter() - began)
        _pages(made, options.requests)
        _queries(made, options.requests)
        _permissions(made)
        _merger(made)
        _rebuild()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=53_000)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--grants", type=int, default=120_000)
    parser.add_argument("--requests", type=int, default=60, help="times each thing is asked")
    return parser.parse_args()


def _conditions(options: argparse.Namespace, seconds: float) -> None:
    from django.db import connection

    from caunoi.foundation.organisations.models import Placement, UnitName, UnitPath

    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    print(f"machine   {platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}")
    print(f"database  {connection.vendor} {_version()}")
    print(
        f"data      {options.units} units, {UnitName.objects.count()} names, {Placement.objects.count()} placements,"
        f" {UnitPath.objects.count()} paths, {options.people} people, {options.grants} grants"
        f" (built in {seconds:.0f} s)"
    )


def _version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return str(cursor.fetchone()[0]).split(" on ")[0]


@dataclass(frozen=True, slots=True)
class Times:
    """How long each turn took by the clock, and how long this processor was busy with it, in seconds."""

    clock: list[float]
    busy: list[float]


def _p95(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


def _print(name: str, times: Times, note: str = "") -> None:
    median = sorted(times.clock)[len(times.clock) // 2] * 1000
    print(
        f"{name:<44} median {median:7.1f} ms   p95 {_p95(times.clock):7.1f} ms"
        f"   busy p95 {_p95(times.busy):7.1f} ms   {note}"
    )


def _timed(ask: Callable[[int], object], times: int) -> Times:
    ask(0)
    found = Times([], [])
    for turn in range(times):
        began, busy = time.perf_counter(), time.process_time()
        ask(turn)
        found.clock.append(time.perf_counter() - began)
        found.busy.append(time.process_time() - busy)
    return found


@contextmanager
def _counted() -> Iterator[list[int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    count: list[int] = []
    with CaptureQueriesContext(connection) as captured:
        yield count
    count.append(len(captured.captured_queries))


def _pages(made: Nation, times: int) -> None:
    """Ask the pages as an ordinary user: the officer of a commune, then one of a province."""
    from django.test import Client
    from django.urls import reverse

    for name, unit in (("commune officer", made.communes[5]), ("province officer", made.provinces[3])):
        client = Client()
        client.force_login(_account(unit))
        pick, units = reverse("organisations:pick"), reverse("organisations:units")
        asked = _timed(lambda turn: client.get(pick, {"q": WORDS[turn % len(WORDS)]}), times)  # noqa: B023 - run at once
        _print(f"unit picker, {name}", asked)
        asked = _timed(lambda _turn: client.get(units, {"whose": "mine"}), times)  # noqa: B023 - run at once
        with _counted() as count:
            response = client.get(units, {"whose": "mine"})
        assert response.status_code == 200
        _print(
            f"my units (page), {name}", asked, f"{response.context['page'].paginator.count} units, {count[0]} queries"
        )
        record = reverse("organisations:unit", args=[unit.public_id])
        asked = _timed(lambda _turn: client.get(record), times)  # noqa: B023 - run at once
        _print(f"record of the unit, {name}", asked)


def _account(unit: Unit) -> Account:
    """Open an account for the person who holds the post of a unit."""
    import datetime as dt

    from caunoi.foundation.accounts.public import open_account
    from caunoi.foundation.people.models import Holding
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    person = Holding.objects.filter(post__unit=unit).select_related("person")[0].person
    at = clock.now() - dt.timedelta(days=1)
    return open_account(person=person, username=f"do{unit.pk}", password="cau-noi-do-toc-do", by=system(), at=at)


def _queries(made: Nation, times: int) -> None:
    """Ask for the subtree of a province as it was on days through twenty years."""
    import datetime as dt

    from caunoi.foundation.organisations.public import heirs, subtree

    rng = random.Random(5)
    tops, first = [*made.provinces, *made.ended], dt.date(2006, 6, 1)
    asked = [(rng.choice(tops), first + dt.timedelta(days=rng.randrange(20 * 365))) for _ in range(times)]
    sizes = [len(subtree(unit, on=day).values_list("pk")) for unit, day in asked]
    seconds = _timed(lambda turn: list(subtree(asked[turn][0], on=asked[turn][1]).order_by().values_list("pk")), times)
    _print("subtree of a province as of a day (ids)", seconds, f"{min(sizes)} to {max(sizes)} units")
    seconds = _timed(lambda turn: subtree(asked[turn][0], on=asked[turn][1]).count(), times)
    _print("subtree of a province as of a day (count)", seconds)
    seconds = _timed(lambda turn: list(subtree(asked[turn][0], on=asked[turn][1])[:50]), times)
    _print("subtree of a province as of a day (50 rows)", seconds)
    seconds = _timed(lambda _turn: list(heirs(on=asked[0][1]).order_by().values_list("pk", "heir_id")), 5)
    _print("who carries each of all units", seconds)


def _permissions(made: Nation) -> None:
    """Build the actor and check one unit: the count must not grow with the size of the scope."""
    from caunoi.foundation.organisations.public import Permission, covers
    from caunoi.kernel import clock

    counts = []
    for unit in (made.schools[9], made.communes[5], made.provinces[3], made.ministry):
        by = _actor(unit)
        with _counted() as count:
            covers(by.scopes(Permission.READ), made.schools[9], on=clock.today())
        with _counted() as building:
            by = _actor(unit)
        counts.append((building[0], count[0]))
    seconds = _timed(lambda _turn: covers(by.scopes(Permission.READ), made.schools[9], on=clock.today()), 60)
    _print("permission check", seconds, f"(actor, check) queries for school, commune, province, ministry: {counts}")


def _actor(unit: Unit) -> Actor:
    from caunoi.foundation.people.models import Holding
    from caunoi.foundation.people.public import actor_of
    from caunoi.kernel import clock

    held = Holding.objects.filter(post__unit=unit).select_related("person", "post__unit")[0]
    return actor_of(account_id=None, person=held.person, post=held.post, on=clock.today())


def _merger(made: Nation) -> None:
    """Merge two provinces with some 3,000 units beneath, and take it back."""
    from django.db import transaction

    from caunoi.foundation.organisations.models import Placement
    from caunoi.foundation.organisations.public import (
        Opening,
        enter_event,
        plan_merger,
        preview,
        subtree,
        undo_event,
    )
    from caunoi.kernel import clock
    from caunoi.kernel.actor import Line, system

    today = clock.today()
    sizes = {unit.pk: subtree(unit, on=today).count() for unit in made.provinces}
    pairs = [(a, b) for a in made.provinces for b in made.provinces if a.pk < b.pk]
    one, two = min(pairs, key=lambda pair: abs(sizes[pair[0].pk] + sizes[pair[1].pk] - 3_002))
    into = Opening("QG.MOI", one.kind, _naming(), dict.fromkeys(Line, made.ministry))
    began = time.perf_counter()
    plan = plan_merger(units=[one, two], into=into, on=today)
    found = preview(plan)
    seen = time.perf_counter()
    with transaction.atomic():
        event = enter_event(plan=plan, by=system(), at=clock.now(), seen=found.seen)
    entered = time.perf_counter()
    undo_event(event=event, by=system(), at=clock.now())
    undone = time.perf_counter()
    print(f"merger of two provinces: {found.beneath} units beneath, {len(plan.movements)} placements changed directly")
    print(f"  preview {seen - began:.2f} s, merger {entered - seen:.2f} s, undoing {undone - entered:.2f} s")
    assert Placement.objects.filter(closed_by=event).count() == 0


def _naming() -> Naming:
    from caunoi.foundation.organisations.public import Naming

    return Naming("Sở Giáo dục và Đào tạo mới")


def _rebuild() -> None:
    """Derive every path anew, and compare it with the truth."""
    from django.db import transaction

    from caunoi.foundation.organisations.public import faults_of_paths, rebuild_paths

    for _turn in range(2):
        began, busy = time.perf_counter(), time.process_time()
        with transaction.atomic():
            count = rebuild_paths()
        print(f"every path derived anew: {count} rows in {time.perf_counter() - began:.2f} s"
              f" ({time.process_time() - busy:.2f} s of this processor)")  # fmt: skip
    began = time.perf_counter()
    faults = faults_of_paths()
    print(f"compared with the placements: {len(faults)} faults, {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
