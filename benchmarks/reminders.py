"""How long it takes to open a campaign for a whole nation and to remind its units.

    benchmarks/reminders.py [--units 53000] [--campaigns 4]

Builds an invented nation (benchmarks/nation.py) in the database of DATABASE_URL, or in a new SQLite file: one regime of
the ministry for every unit below. Opens ``--campaigns`` campaigns through the operation and its job, then sends the
reminders of one morning: every unit owes every report and has a post to tell. Then the same run again, which must send
nothing. Prints machine, database, data and seconds. Commits are durable as in production.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from caunoi.business.reporting.models import ReportRegime
    from caunoi.foundation.organisations.models import Unit

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET_OPEN, TARGET_REMIND = 10.0, 30.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=53_000)
    parser.add_argument("--campaigns", type=int, default=4)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "caunoi.settings.local"
        os.environ["CAUNOI_DATA"] = folder
        (Path(folder) / "static").mkdir()
        import django

        django.setup()
        _measure(options.units, options.campaigns)


def _measure(units: int, campaigns: int) -> None:
    from django.core.management import call_command

    from benchmarks.nation import build_people, build_units

    call_command("migrate", verbosity=0)
    nation = build_units(units=units)
    living = sum(1 for unit in nation.all_units() if unit.dissolved_on is None)
    build_people(nation, people=living, grants=living)
    _conditions(living)
    regimes = [_regime(nation.ministry, number) for number in range(campaigns)]
    opening = [_open(regime) for regime in regimes]
    print(f"open a campaign for {opening[0][1]:,} units, list and totals included: "
          f"{', '.join(f'{seconds:.1f} s' for seconds, _ in opening)} (asked: < {TARGET_OPEN:.0f} s)")  # fmt: skip
    seconds, sent = _timed(lambda: _remind())
    print(f"reminders planned, in the ledger and in inboxes: {sent:,} in {seconds:.1f} s "
          f"({sent / seconds:,.0f} a second; asked: 212,000 in < {TARGET_REMIND:.0f} s)")  # fmt: skip
    print(f"({_busy()})")
    seconds, again = _timed(lambda: _remind())
    print(f"the same run again: {again} sent in {seconds:.1f} s")
    _inboxes()


def _timed(step: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    count = step()
    return time.perf_counter() - began, count


def _busy() -> str:
    return f"load {os.getloadavg()[0]:.1f}, {time.process_time():.0f} s of processor time so far"


def _conditions(living: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select sqlite_version()" if connection.vendor == "sqlite" else "show server_version")
        version = cursor.fetchone()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"machine: {os.cpu_count()} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}; database: {connection.vendor} {version}, durable commits")  # fmt: skip
    print(f"data: {living:,} living units, each with a post that holds a role over it")


def _regime(owner: Unit, number: int) -> ReportRegime:
    from caunoi.business.reporting.models import OutlineSection, RegimeTurn, ReporterGroup, ReportRegime
    from caunoi.foundation.organisations.public import UnitKind
    from caunoi.kernel import clock

    at = clock.now()
    regime = ReportRegime.objects.create(
        owner=owner, receiver=owner, name=f"Báo cáo {number + 1}", content="Đo", sending_method="Hệ thống",
        state="in_force", from_on=dt.date(2020, 1, 1), ground_text="Đo", folded=f"bao cao {number}",
        sort_key=f"bao cao {number}", changed_at=at, lead_days=365,
    )  # fmt: skip
    due = clock.day_of(at) + dt.timedelta(days=5)
    RegimeTurn.objects.create(regime=regime, month=due.month, day=due.day, span="year")
    OutlineSection.objects.create(regime=regime, code="s1", title="Kết quả", position=1)
    kinds = UnitKind.objects.exclude(pk=owner.kind_id)
    ReporterGroup.objects.bulk_create(ReporterGroup(regime=regime, kind=kind, root=owner) for kind in kinds)
    return regime


def _open(regime: ReportRegime) -> tuple[float, int]:
    from caunoi.business.reporting.jobs import freeze_list
    from caunoi.business.reporting.public import Campaign, open_campaign
    from caunoi.foundation.jobs.public import Job, Run
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    began, at = time.perf_counter(), clock.now()
    campaign = open_campaign(regime=regime, by=system(), at=at)
    if campaign.state == "preparing":
        job = Job.objects.order_by("-id")[0]
        freeze_list(Run(job.pk, at, 1), campaign=campaign.pk)
    found = Campaign.objects.get(pk=campaign.pk)
    if found.state != "open":
        raise SystemExit(f"the campaign is {found.state}")
    return time.perf_counter() - began, found.expected


def _remind() -> int:
    from caunoi.business.reporting.operations.reminders import remind
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    return remind(by=system(), at=clock.now())


def _inboxes() -> None:
    from caunoi.foundation.notifications.models import Rung
    from caunoi.foundation.notifications.public import Notice

    notices = Notice.objects.filter(kind="reporting.reminder").count()
    print(f"ledger: {Rung.objects.count():,} rows; inboxes: {notices:,} notices, one a unit for all its reports")


if __name__ == "__main__":
    main()
