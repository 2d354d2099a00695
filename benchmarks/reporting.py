"""``make bench-reporting``: how fast totals, drill-down and the consolidated report are at the size of the country.

A nation of its own data folder (``nation.py``), one regime of 60 cells, campaigns in which nine units of ten have sent.
Pages (totals, drill-down, as of today, campaigns, home) are asked through Django's client as ordinary users signed in:
an officer of the ministry, of a province, of a commune. Beside each stand the same rows read by plain SQL at that time.

    DATABASE_URL=postgres://… python benchmarks/reporting.py --units 53000 --campaigns 12 --requests 40
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.test import Client

    from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReportRegime, Submission
    from caunoi.foundation.accounts.public import Account
    from caunoi.foundation.organisations.public import Unit
    from caunoi.kernel.actor import Actor

ROOT: Final = Path(__file__).resolve().parents[1]
ROWS, COLUMNS, SECTIONS = 10, 6, 5
SENT: Final = 0.9  # share of units that have sent


def main() -> None:
    """Build, measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        command = [sys.executable, "-m", "caunoi", "migrate", "-v0"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        _measure(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=53_000, help="units of the nation")
    parser.add_argument("--campaigns", type=int, default=12, help="campaigns, each with every unit")
    parser.add_argument("--requests", type=int, default=40, help="requests for each page")
    parser.add_argument("--told", type=int, default=1_000, help="units in the consolidated report")
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> None:
    from django.test import Client

    sys.path.insert(0, str(ROOT))
    from benchmarks.nation import analyse, build_units

    began = time.perf_counter()
    nation = build_units(units=options.units)
    print(f"nation: {options.units:,} units in {time.perf_counter() - began:.0f} s", flush=True)
    province = nation.provinces[0]
    commune = _commune_of(province)
    people = {unit.pk: _officer(unit) for unit in (nation.ministry, province, commune)}
    by = people[nation.ministry.pk][1]
    began = time.perf_counter()
    regime = _regime(nation.ministry, by)
    campaign = _campaigns(regime, options.campaigns, by)
    analyse()
    print(f"{options.campaigns} campaigns in {time.perf_counter() - began:.0f} s", flush=True)
    _conditions(options, campaign)
    for name, unit in (("nation", nation.ministry), ("province", province), ("commune", commune)):
        client = Client(HTTP_HOST="localhost")
        client.force_login(people[unit.pk][0])
        _pages(name, unit, campaign, client, options.requests)
    _consolidated(regime, options.told, by)


def _commune_of(province: Unit) -> Unit:
    """Return the commune of a province with the most units below it."""
    from caunoi.foundation.organisations.public import children, subtree

    today = dt.date.today()  # noqa: DTZ011 - a benchmark asks as of the day on which it runs
    below = list(children(province, on=today)[:60])
    return max(below, key=lambda unit: subtree(unit, on=today).count())


def _officer(unit: Unit) -> tuple[Account, Actor]:
    """Return the account and the actor of a specialist over the subtree of a unit."""
    from caunoi.foundation.accounts.public import open_account
    from caunoi.foundation.people.public import Role, actor_of, create_post, grant_role, register_person, take_up
    from caunoi.kernel.actor import system

    on, at, by = dt.date(2025, 8, 1), dt.datetime(2025, 8, 1, tzinfo=dt.UTC), system()
    person = register_person(name=f"Cán bộ {unit.pk}", by=by, at=at)
    post = create_post(unit=unit, title="Chuyên viên", by=by, at=at)
    take_up(person=person, post=post, on=on, by=by, at=at)
    grant_role(post=post, role=Role.SPECIALIST, unit=unit, subtree=True, on=on, by=by, at=at)
    account = open_account(
        person=person, username=f"canbo{unit.pk}", password="mot-mat-khau-dai-8",
        by=by, at=at,
    )  # fmt: skip
    return account, actor_of(account_id=account.pk, person=person, post=post, on=dt.date(2026, 6, 1))


def _regime(owner: Unit, by: Actor) -> ReportRegime:
    """Return a regime in force with a table of 60 cells and five sections."""
    from caunoi.business.reporting import public as reporting

    at = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
    regime = reporting.create_regime(owner=owner, name="Báo cáo đo tốc độ", by=by, at=at)
    for number in range(SECTIONS):
        spec = reporting.SectionSpec(f"Mục {number + 1}", str(number + 1))
        reporting.save_section(regime=regime, spec=spec, by=by, at=at)
    rows = [reporting.LineSpec(f"Dòng {number + 1}") for number in range(ROWS)]
    columns = [reporting.LineSpec(f"Cột {number + 1}", "lượt") for number in range(COLUMNS)]
    reporting.save_table(regime=regime, spec=reporting.TableSpec("Biểu", rows, columns), by=by, at=at)
    dated = {"state": "in_force", "receiver": owner, "from_on": dt.date(2025, 9, 1)}
    reporting.ReportRegime.objects.filter(pk=regime.pk).update(**dated)
    return reporting.ReportRegime.objects.select_related("owner").get(pk=regime.pk)


def _campaigns(regime: ReportRegime, count: int, by: Actor) -> Campaign:
    """Fill ``count`` monthly campaigns with every unit below; return the last one."""
    from caunoi.business.reporting.models import ExpectedReporter, Submission, TotalsNode
    from caunoi.business.reporting.operations.totals import create_nodes
    from caunoi.foundation.organisations.public import Unit, path_of, with_paths

    root = path_of(regime.owner, on=dt.date(2026, 1, 1)) or ""
    first = _campaign(regime, 1, root)
    units = with_paths(Unit.objects.select_related("kind"), on=dt.date(2026, 1, 1))
    placed = ((unit, str(getattr(unit, "path", None) or "")) for unit in units.iterator(chunk_size=2000))
    below = (_reporter(first, unit, path) for unit, path in placed if path.startswith(root) and path != root)
    ExpectedReporter.objects.bulk_create(below, batch_size=400)
    first.expected = create_nodes(first)
    first.save(update_fields=["expected"])
    chance = random.Random(5)
    totals: dict[str, list[list[int]]] = {}
    counts: dict[str, int] = {}
    Submission.objects.bulk_create(_submissions(first, root, chance, totals, counts), batch_size=300)
    came = Submission.objects.filter(reporter__campaign=first).values("reporter_id")
    ExpectedReporter.objects.filter(campaign=first, pk__in=came).update(
        state="accepted", versions=1, first_sent_at=first.opened_at
    )
    nodes = list(TotalsNode.objects.filter(campaign=first, axis=TotalsNode.LINE))
    for node in nodes:
        node.sent = node.accepted = counts.get(node.path, 0)
        node.cells = {key: [str(s), n, 0] for key, (s, n) in zip(_keys(), totals.get(node.path, []), strict=False)}
    TotalsNode.objects.bulk_update(nodes, ["sent", "accepted", "cells"], batch_size=100)
    others = [_campaign(regime, month, root) for month in range(2, count + 1)]
    for other in others:
        other.expected = first.expected
        other.save(update_fields=["expected"])
        _copy(first, other)
    return others[-1] if others else first


def _keys() -> list[str]:
    return [f"b1.r{row + 1}.c{column + 1}" for row in range(ROWS) for column in range(COLUMNS)]


def _campaign(regime: ReportRegime, month: int, root: str) -> Campaign:
    from caunoi.business.reporting.models import Campaign

    year, number = 2025 + (month + 7) // 12, (month + 7) % 12 + 1
    start = dt.date(year, number, 1)
    end = dt.date(year + (number == 12), number % 12 + 1, 1)
    return Campaign.objects.create(
        regime=regime, owner=regime.owner, line="professional", root_path=root, name=f"Báo cáo tháng {number}/{year}",
        span="month", span_year=year, span_month=number, period_from_on=start, period_until_on=end,
        cut_off_on=end - dt.timedelta(days=1), cut_off_origin="own", due_on=end + dt.timedelta(days=5),
        bound="no_later_than", last_day_on=end + dt.timedelta(days=5), state="open",
        opened_at=dt.datetime(year, number, 1, tzinfo=dt.UTC), folded="bao cao",
    )  # fmt: skip


def _reporter(campaign: Campaign, unit: Unit, path: str) -> ExpectedReporter:
    from caunoi.business.reporting.models import ExpectedReporter

    return ExpectedReporter(
        campaign=campaign, unit=unit, path=path, name=unit.name, kind_code=unit.kind.code,
        kind_name=unit.kind.name, folded=unit.folded, sort_key=unit.sort_key, state="not_started",
        last_day_on=campaign.last_day_on,
    )  # fmt: skip


def _submissions(
    campaign: Campaign, root: str, chance: random.Random, totals: dict[str, list[list[int]]], counts: dict[str, int]
) -> Iterator[Submission]:
    """Yield a sent report for nine units of ten, adding it to the totals of every place above."""
    from caunoi.business.reporting.models import ExpectedReporter, Submission
    from caunoi.foundation.organisations.public import WIDTH

    keys, at = _keys(), campaign.opened_at
    for pk, path in ExpectedReporter.objects.filter(campaign=campaign).values_list("pk", "path"):
        if chance.random() > SENT:
            continue
        values = chance.choices(range(1, 90), k=len(keys))
        for end in range(len(path) - WIDTH, len(root) - 1, -WIDTH):
            place = path[:end]
            counts[place] = counts.get(place, 0) + 1
            held = totals.setdefault(place, [[0, 0] for _ in keys])
            for sums, value in zip(held, values, strict=True):
                sums[0] += value
                sums[1] += 1
        yield Submission(
            reporter_id=pk, version=1, state="accepted", counts=True,
            cells={key: str(value) for key, value in zip(keys, values, strict=True)}, saved_at=at, sent_at=at,
        )  # fmt: skip


def _copy(first: Campaign, other: Campaign) -> None:
    """Copy reporters, reports and totals into another campaign inside the database."""
    from django.db import connection

    ident = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    reporter = _columns("reporting_expectedreporter")
    node = _columns("reporting_totalsnode")
    version = _columns("reporting_submission")
    with connection.cursor() as cursor:
        for table, columns in (("reporting_expectedreporter", reporter), ("reporting_totalsnode", node)):
            own = {"public_id": ident, "campaign_id": str(other.pk), "last_day_on": f"'{other.last_day_on}'"}
            taken = [own.get(name, f'"{name}"') for name in columns]
            into = f"INSERT INTO {table} ({_quoted(columns)})"
            cursor.execute(f"{into} SELECT {', '.join(taken)} FROM {table} WHERE campaign_id = %s", [first.pk])
        taken = [{"public_id": ident, "reporter_id": "t.id"}.get(name, f's."{name}"') for name in version]
        cursor.execute(
            f"INSERT INTO reporting_submission ({_quoted(version)}) "
            f"SELECT {', '.join(taken)} FROM reporting_submission s "
            "JOIN reporting_expectedreporter r ON r.id = s.reporter_id "
            "JOIN reporting_expectedreporter t ON t.unit_id = r.unit_id AND t.campaign_id = %s "
            "WHERE r.campaign_id = %s",
            [other.pk, first.pk],
        )


def _columns(table: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table) if c.name != "id"]


def _quoted(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _conditions(options: argparse.Namespace, campaign: Campaign) -> None:
    from django.db import connection

    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, load {load}; Python {platform.python_version()}")
    size = f"{campaign.expected:,} units x {ROWS * COLUMNS} cells x {options.campaigns} campaigns"
    print(f"database: {connection.vendor}; data: {size}")
    print(f"{'page':34}{'median ms':>11}{'p95 ms':>9}{'SQL ms':>9}{'ratio':>8}", flush=True)


def _pages(name: str, unit: Unit, campaign: Campaign, client: Client, requests: int) -> None:
    from django.urls import reverse

    from caunoi.business.reporting.models import TotalsNode
    from caunoi.foundation.organisations.public import segment

    nodes = TotalsNode.objects.filter(campaign=campaign, axis=TotalsNode.LINE)
    node = nodes.filter(depth=0).first() if name == "nation" else nodes.get(path__endswith=segment(unit.pk))
    assert node is not None
    place = reverse("reporting:place", args=[campaign.public_id, node.public_id])
    drill = reverse("reporting:contributors", args=[campaign.public_id, node.public_id]) + "?o=b1.r3.c2"
    now = reverse("reporting:unit_today", args=[campaign.public_id, unit.public_id])
    _print(f"totals, {name}", lambda: _asked(client, place), lambda: _plain_totals(node.pk), requests)
    _print(f"drill-down, {name}", lambda: _asked(client, drill), lambda: _plain_drill(campaign, node.path), requests)
    _print(f"totals as of today, {name}", lambda: _asked(client, now), lambda: _plain_totals(node.pk), requests)
    units, every = reverse("reporting:campaign", args=[campaign.public_id]), reverse("reporting:campaigns")
    for label, address in (("one campaign", units), ("campaigns", every), ("home", "/")):
        _print(f"{label}, {name}", lambda path=address: _asked(client, path), _plain_progress, requests)  # type: ignore[misc]  # bound now


def _asked(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _plain_totals(pk: int) -> None:
    """The limit: one row read and its packed sums taken apart."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM reporting_totalsnode WHERE id = %s", [pk])
        row = cursor.fetchone()
    json.loads(row[0])


def _plain_drill(campaign: Campaign, path: str) -> None:
    """The limit: fifty reports below a path in the order of names, their packed cells taken apart."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.cells FROM reporting_expectedreporter r JOIN reporting_submission s ON s.reporter_id = r.id "
            "WHERE r.campaign_id = %s AND r.path > %s AND r.path < %s AND s.counts ORDER BY r.sort_key, r.id LIMIT 50",
            [campaign.pk, path, f"{path}~"],
        )
        for (cells,) in cursor.fetchall():
            json.loads(cells)


def _plain_progress() -> None:
    """The limit: the kept counts of every campaign."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT expected, sent, accepted FROM reporting_totalsnode WHERE axis = 'line' AND depth = 0")
        cursor.fetchall()


def _print(name: str, page: Callable[[], None], plain: Callable[[], None], requests: int) -> None:
    page()
    taken, limit = _times(page, requests), _times(plain, requests)
    median, sql = statistics.median(taken), statistics.median(limit)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{name:34}{median:11.1f}{p95:9.1f}{sql:9.2f}{median / sql:8.0f}", flush=True)


def _times(step: Callable[[], None], count: int) -> list[float]:
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        step()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _consolidated(regime: ReportRegime, units: int, by: Actor) -> None:
    """Measure the consolidated report of ``units`` units: merging, charts, Word."""
    from benchmarks.telling import sentences, told
    from caunoi.business.reporting.models import Campaign, ConsolidatedParagraph, ExpectedReporter, TotalsNode
    from caunoi.business.reporting.models import Submission as Version
    from caunoi.business.reporting.operations.consolidation import consolidate
    from caunoi.business.reporting.operations.papers import draw_charts, write_paper
    from caunoi.business.reporting.operations.totals import create_nodes

    root = Campaign.objects.filter(regime=regime).values_list("root_path", flat=True)[0]
    campaign = _campaign(regime, 30, root)
    source = ExpectedReporter.objects.exclude(campaign=campaign).order_by("id")[:units]
    rows = [
        ExpectedReporter(
            campaign=campaign, unit_id=row.unit_id, path=row.path, name=row.name, kind_code=row.kind_code,
            kind_name=row.kind_name, folded=row.folded, sort_key=row.sort_key, state="accepted",
            last_day_on=campaign.last_day_on, public_id=uuid.uuid4(),
        )
        for row in source
    ]  # fmt: skip
    ExpectedReporter.objects.bulk_create(rows, batch_size=400)
    campaign.expected = create_nodes(campaign)
    campaign.save(update_fields=["expected"])
    TotalsNode.objects.filter(campaign=campaign, depth=0).update(
        cells={key: [str(20 * units + number), units, 0] for number, key in enumerate(_keys())}, sent=units
    )
    stock = sentences(chance := random.Random(9), 300)
    reporters = ExpectedReporter.objects.filter(campaign=campaign).values_list("pk", flat=True)
    Version.objects.bulk_create(
        [
            Version(
                reporter_id=pk, version=1, state="accepted", counts=True, saved_at=campaign.opened_at,
                sent_at=campaign.opened_at, cells={key: str(chance.randint(1, 40)) for key in _keys()},
                narrative={f"s{number + 1}": told(chance, stock) for number in range(SECTIONS)},
            )
            for pk in reporters
        ],
        batch_size=200,
    )  # fmt: skip
    at = dt.datetime(2028, 6, 1, tzinfo=dt.UTC)
    began, worked = time.perf_counter(), time.process_time()
    made = consolidate(campaign=campaign, by=by, at=at)
    merged = time.perf_counter()
    draw_charts(made, at=at)
    drawn = time.perf_counter()
    stored = write_paper(made, "docx", at=at)
    done = time.perf_counter()
    worked, count = time.process_time() - worked, ConsolidatedParagraph.objects.filter(consolidation=made).count()
    print(
        f"consolidated report of {units:,} units ({count:,} paragraphs): merging {merged - began:.1f} s, "
        f"charts {drawn - merged:.1f} s, Word {done - drawn:.1f} s ({stored.size // 1024:,} KB); "
        f"all {done - began:.1f} s, of which processor {worked:.1f} s; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
