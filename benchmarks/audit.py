"""Whether use cases wait for each other because of the chain of the audit, and how long a check of it takes.

Several processes commit one small use case after the other, each changing a row of its own and noting it. On PostgreSQL
every number of writers is measured with one lane (as if all links stood in one chain) and with all lanes; on SQLite the
write transaction lets one writer at a time. Figures are printed, never asserted. DATABASE_URL names an EMPTY database
whose server flushes its commits (fsync on), as an office's does; without it SQLite is measured.

    DATABASE_URL=postgres://… python benchmarks/audit.py --seconds 5 --writers 1 2 4 8 16
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        subprocess.run([sys.executable, "-m", "caunoi", "migrate", "-v0"], cwd=ROOT, check=True)
        import django

        django.setup()
        from django.db import connection

        print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        print(f"database: {connection.vendor}{_durability()}; {options.seconds} s each")
        for writers in options.writers:
            for lanes in (1, 16) if connection.vendor == "postgresql" else (1,):
                _measure(writers, lanes, options.seconds)
        _verify()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    return parser.parse_args()


def _durability() -> str:
    from django.db import connection

    if connection.vendor != "postgresql":
        return " (WAL, synchronous=FULL)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    return f" (fsync {fsync}, synchronous_commit {commit})"


def _measure(writers: int, lanes: int, seconds: float) -> None:
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[list[float]] = context.Queue()
    begin = time.time() + 4 + writers * 0.5
    processes = [
        context.Process(target=_write, args=(answers, number, lanes, begin, seconds)) for number in range(writers)
    ]
    for process in processes:
        process.start()
    taken = sorted(one for _process in processes for one in answers.get())
    for process in processes:
        process.join()
    print(
        f"{writers:3} writers, {lanes:2} lane{'s' if lanes > 1 else ' '}: {len(taken) / seconds:7.0f} use cases/s"
        f"   median {taken[len(taken) // 2] * 1000:6.1f} ms   p95 {taken[int(len(taken) * 0.95)] * 1000:6.1f} ms"
    )


def _write(answers: multiprocessing.Queue[list[float]], number: int, lanes: int, begin: float, seconds: float) -> None:
    import django

    django.setup()
    from caunoi.foundation.audit import operations
    from caunoi.foundation.calendar.public import set_day_off
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    operations.LANES = lanes
    by, day = system(), clock.today().replace(year=2100 + number, month=1, day=1)
    set_day_off(day=day, name="0", source="—", by=by, at=clock.now())
    time.sleep(max(0.0, begin - time.time()))
    taken, end = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        set_day_off(day=day, name=str(len(taken)), source="—", by=by, at=clock.now())
        taken.append(time.perf_counter() - began)
    answers.put(taken)


def _verify() -> None:
    from caunoi.foundation.audit.models import ChainLink
    from caunoi.foundation.audit.public import faults

    began = time.perf_counter()
    found = list(faults())
    count, seconds = ChainLink.objects.count(), time.perf_counter() - began
    print(f"check: {count} links in {ChainLink.objects.values('lane').distinct().count()} lanes, {len(found)} faults, "
          f"{seconds:.1f} s ({count / seconds:.0f} a second)")  # fmt: skip


if __name__ == "__main__":
    main()
