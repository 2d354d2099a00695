"""People, posts and rights on a nation: actor, permission checks, lists, import of a sheet; on either database.

    DATABASE_URL=postgres://… python benchmarks/people.py --units 53000 --people 60000 --grants 120000

The nation is that of ``nation.py``. Pages are asked through Django's client, without the network, as the administrator
of a province (an ordinary office) and as one of the whole ministry. Figures are printed, never asserted; "own work" is
the processor time of this process, which other programs do not lengthen (on SQLite it is the whole work).
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from django.test import Client

    from caunoi.foundation.organisations.models import Unit
    from caunoi.foundation.people.models import Person
    from caunoi.kernel.actor import Actor

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS: Final = 30
HEAD: Final = (
    "Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Ký hiệu", "Địa danh", "Người đứng đầu", "Thư điện tử người đứng đầu",
    "Văn thư, đầu mối", "Thư điện tử văn thư, đầu mối",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        subprocess.run([sys.executable, "-m", "caunoi", "migrate", "-v0"], cwd=ROOT, check=True)
        import django

        django.setup()
        from django.conf import settings

        settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION, settings.DEBUG = True, False
        began = time.perf_counter()
        province, ministry = _build(options)
        _conditions(options, time.perf_counter() - began)
        _measure_actor(province)
        _measure_pages("province", province)
        _measure_pages("ministry", ministry)
        for rows in options.rows:
            _measure_sheet(province, rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=53_000)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--grants", type=int, default=120_000)
    parser.add_argument("--rows", type=int, nargs="*", default=[300, 10_000], help="rows of the imported sheets")
    return parser.parse_args()


def _build(options: argparse.Namespace) -> tuple[Person, Person]:
    """Build the nation; return the administrators of a province and of the ministry."""
    from benchmarks.nation import build_people, build_units

    nation = build_units(units=options.units)
    build_people(nation, people=options.people, grants=options.grants)
    return _administrator(nation.provinces[0]), _administrator(nation.ministry)


def _administrator(unit: Unit) -> Person:
    from caunoi.foundation.people.public import Role, create_post, grant_role, register_person, take_up
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    at, on, by = clock.now(), clock.today(), system()
    post = create_post(unit=unit, title="Quản trị hệ thống", by=by, at=at)
    person = register_person(name=f"Quản Trị {unit.code}", by=by, at=at)
    take_up(person=person, post=post, on=on, by=by, at=at)
    grant_role(post=post, role=Role.ADMINISTRATOR, unit=unit, subtree=True, on=on, by=by, at=at)
    return person


def _conditions(options: argparse.Namespace, seconds: float) -> None:
    from django.db import connection

    from caunoi.foundation.people.models import Grant, Person

    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f}; {connection.vendor}; built in {seconds:.0f} s")
    print(f"{options.units:,} units, {Person.objects.count():,} people, {Grant.objects.count():,} grants\n")


class _Counter:
    """Counts statements; unlike the log of queries it is not emptied when a request begins."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, object]
    ) -> object:
        self.count += 1
        return execute(sql, params, many, context)


def _timed(name: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    from django.db import connection

    counter = _Counter()
    with connection.execute_wrapper(counter):
        work()
    taken, busy = [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    taken.sort()
    p95 = taken[int(len(taken) * 0.95) - 1]
    own = statistics.median(busy)
    middle = statistics.median(taken)
    print(f"{name:50} {middle:7.1f} ms  p95 {p95:7.1f}  own work {own:7.1f}  {counter.count:3} queries", flush=True)


def _actor(person: Person, on: dt.date) -> Actor:
    from caunoi.foundation.people.public import actor_of

    return actor_of(account_id=1, person=person, on=on)


def _measure_actor(administrator: Person) -> None:
    from caunoi.foundation.organisations.public import covers
    from caunoi.foundation.people.models import Person
    from caunoi.foundation.people.public import Permission
    from caunoi.foundation.people.queries import import_roots
    from caunoi.kernel import clock

    on = clock.today()
    ordinary = Person.objects.order_by("pk")[30_000 if Person.objects.count() > 30_000 else 0]
    _timed("actor of a school officer", lambda: _actor(ordinary, on))
    _timed("actor of an administrator", lambda: _actor(administrator, on))
    by = _actor(administrator, on)
    unit = import_roots(by, on=on)[0]
    _timed("permission over one unit", lambda: covers(by.scopes(Permission.ADMINISTER), unit, on=on))


def _measure_pages(name: str, administrator: Person) -> None:
    from django.test import Client
    from django.urls import reverse

    from caunoi.foundation.accounts.public import open_account
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    account = open_account(
        person=administrator, username=name, password=None, demonstration=True, by=system(), at=clock.now()
    )  # waived from the second factor, as the accounts of the demonstration are
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    pages = (("people:people", ""), ("people:people", "?q=binh+an"), ("people:people", "?role=branch_officer"),
             ("people:units", ""), ("people:grants", ""), ("people:signing", ""))  # fmt: skip
    for page, query in pages:
        address = reverse(page) + query
        _timed(f"{name}: {page}{query}", lambda address=address: _get(client, address))  # type: ignore[misc]


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def _measure_sheet(administrator: Person, rows: int) -> None:
    """Look a sheet through and, when it is small, enter it."""
    from caunoi.foundation.people.operations.intake.runs import check_import, confirm_import, enter_import
    from caunoi.foundation.people.public import receive_import
    from caunoi.foundation.people.queries import import_roots
    from caunoi.kernel import clock

    by = _actor(administrator, clock.today())
    root = import_roots(by, on=clock.today())[0]
    content = _sheet(rows)
    run = receive_import(content=content, name="moi.xlsx", unit=root, by=by, at=clock.now())
    began = time.perf_counter()
    check_import(run=run, by=by, at=clock.now())
    print(f"sheet of {rows:,} rows looked through: {time.perf_counter() - began:.1f} s ({run.counts})")
    if rows <= 1000:
        confirm_import(run=run, by=by, at=clock.now())
        began = time.perf_counter()
        enter_import(run=run, by=by, at=clock.now())
        print(f"sheet of {rows:,} rows entered in one transaction: {time.perf_counter() - began:.1f} s")


def _sheet(rows: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Đơn vị")
        sheet.write_row(0, 0, HEAD)
        for n in range(1, rows + 1):
            sheet.write_row(n, 0, (
                f"N{rows}.{n}", f"Trường THPT Số {n}", "upper_secondary", f"THPT{n}", "Bình Minh", f"Nguyễn Văn {n}",
                f"h{rows}.{n}@moi.example", f"Trần Thị {n}", f"v{rows}.{n}@moi.example",
            ))  # fmt: skip
    return out.getvalue()


if __name__ == "__main__":
    main()
