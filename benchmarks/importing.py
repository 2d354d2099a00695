"""``make bench-reporting``: a 10,000-row Excel file on its way in, through the page and the jobs that people use.

Two kinds of file have so many rows: the sheet with a row for each unit, which those who gather enter on behalf of all
(looked through, then entered and sent in one transaction with audit, notices and totals), and the file of one unit
whose form has a table of so many rows. Both come in through the page; the jobs are run as the worker runs them.

    DATABASE_URL=postgres://… python benchmarks/importing.py --rows 10000 --cells 6 60
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from caunoi.business.reporting.models import Campaign, ReportRegime
    from caunoi.foundation.accounts.public import Account
    from caunoi.kernel.actor import Actor

ROOT: Final = Path(__file__).resolve().parents[1]
AT: Final = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)
Taken = tuple[float, float]
"""Seconds by the clock and of the processor."""


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the file: units, or rows of one form")
    parser.add_argument("--cells", type=int, nargs="+", default=[6, 60], help="cells in a row of the sheet of units")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        command = [sys.executable, "-m", "caunoi", "migrate", "-v0"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    from django.db import connection

    sys.path.insert(0, str(ROOT))
    from benchmarks.nation import analyse, build_units
    from benchmarks.reporting import _officer

    nation = build_units(units=options.rows + 500)
    account, by = _officer(nation.ministry)
    analyse()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, load {load}; Python {platform.python_version()}")
    print(f"database: {connection.vendor}; data: {options.rows + 500:,} units")
    print("seconds by the clock (and of the processor of this process)")
    print(f"{'file':44}{'upload':>14}{'looked':>14}{'entered':>14}{'all':>14}", flush=True)
    for month, cells in enumerate(options.cells, start=1):
        campaign = _campaign_of(_regime(nation.ministry, by, 1, cells), month, options.rows)
        _units(campaign, account, options.rows, cells)
    campaign = _campaign_of(_regime(nation.ministry, by, options.rows, 2), 11, 1)
    _one_unit(campaign, options.rows)


def _regime(owner: object, by: Actor, rows: int, columns: int) -> ReportRegime:
    from caunoi.business.reporting import public as reporting
    from caunoi.business.reporting.models import FormRow, FormTable

    regime = reporting.create_regime(owner=owner, name=f"Báo cáo {rows} × {columns}", by=by, at=AT)  # type: ignore[arg-type]  # a unit
    heads = [reporting.LineSpec(f"Cột {number + 1}", "lượt") for number in range(columns)]
    spec = reporting.TableSpec("Biểu", [reporting.LineSpec("Dòng 1")], heads)
    reporting.save_table(regime=regime, spec=spec, by=by, at=AT)
    table = FormTable.objects.get(regime=regime)
    lines = (FormRow(table=table, code=f"r{n}", label=f"Dòng {n}", position=n) for n in range(2, rows + 1))
    FormRow.objects.bulk_create(lines, batch_size=500)
    dated = {"state": "in_force", "receiver": owner, "from_on": dt.date(2025, 9, 1)}
    reporting.ReportRegime.objects.filter(pk=regime.pk).update(**dated)
    return reporting.ReportRegime.objects.select_related("owner").get(pk=regime.pk)


def _campaign_of(regime: ReportRegime, month: int, units: int) -> Campaign:
    from benchmarks.reporting import _campaign, _reporter
    from caunoi.business.reporting.models import ExpectedReporter
    from caunoi.business.reporting.operations.totals import create_nodes
    from caunoi.foundation.organisations.public import Unit, path_of, with_paths

    on = dt.date(2026, 1, 1)
    root = path_of(regime.owner, on=on) or ""
    campaign = _campaign(regime, month, root)
    placed = with_paths(Unit.objects.select_related("kind").order_by("-id"), on=on).iterator(chunk_size=2000)
    below = ((unit, str(getattr(unit, "path", None) or "")) for unit in placed)
    rows = [_reporter(campaign, unit, path) for unit, path in below if path.startswith(root) and path != root][:units]
    ExpectedReporter.objects.bulk_create(rows, batch_size=400)
    campaign.expected = create_nodes(campaign)
    campaign.save(update_fields=["expected"])
    return campaign


def _units(campaign: Campaign, account: Account, rows: int, cells: int) -> None:
    """Measure the sheet with a row for each unit, from the upload to reports that are sent and counted."""
    from caunoi.business.reporting.jobs import enter, look_through
    from caunoi.business.reporting.models import Submission, UnitSheet
    from caunoi.business.reporting.public import whole
    from caunoi.foundation.jobs.public import Run

    content, expected = _filled_sheet(campaign, cells)
    upload = _seconds(lambda: _post("sheets", campaign, account, content, ground="Đo tốc độ"))
    sheet = UnitSheet.objects.latest("pk")
    at = dt.datetime.now(tz=dt.UTC)
    looked = _seconds(lambda: look_through(Run(1, at, 1), sheet=sheet.pk))
    UnitSheet.objects.filter(pk=sheet.pk, state="ready").update(state="entering")
    entered = _seconds(lambda: enter(Run(1, at, 1), sheet=sheet.pk))
    sent = Submission.objects.filter(reporter__campaign=campaign, counts=True).count()
    node = whole(campaign)
    told = [int(str(node.cells[f"b1.r1.c{n + 1}"][0])) for n in range(cells)]
    assert (sent, node.sent, told) == (rows, rows, expected), (sent, node.sent)
    _print(f"a row for each of {rows:,} units, {cells} cells", upload, looked, entered)


def _filled_sheet(campaign: Campaign, cells: int) -> tuple[bytes, list[int]]:
    """Return the template after every figure was written, and the sum of each column."""
    from caunoi.business.reporting.operations.sheet_plan import template_for_units

    chance, sums = random.Random(3), [0] * cells

    def fill(number: int) -> list[int]:
        values = [chance.randint(0, 900) for _ in range(cells)]
        for at, value in enumerate(values):
            sums[at] += value
        return values

    return _filled(template_for_units(campaign), 3, fill), sums


def _filled(template: bytes, first: int, fill: Callable[[int], list[int]]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for y in range(2, sheet.max_row + 1):
        for x, value in enumerate(fill(y), start=first):
            sheet.cell(y, x, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _post(name: str, row: object, account: Account, content: bytes, **fields: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    address = reverse(f"reporting:{name}", args=[row.public_id])  # type: ignore[attr-defined]  # a campaign or a report
    answer = client.post(address, {**fields, "workbook": SimpleUploadedFile("b.xlsx", content)})
    assert answer.status_code == 302, (answer.status_code, answer.content[:2000])


def _one_unit(campaign: Campaign, rows: int) -> None:
    """Measure the file of one unit whose form has a table of many rows, from the upload to the draft."""
    from django.test import Client
    from django.urls import reverse

    from benchmarks.reporting import _officer
    from caunoi.business.reporting.models import ExpectedReporter, Submission
    from caunoi.foundation.people.public import Post, Role, grant_role
    from caunoi.kernel.actor import system

    reporter = ExpectedReporter.objects.select_related("campaign__regime", "unit").get(campaign=campaign)
    account, by = _officer(reporter.unit)
    post, on = Post.objects.get(pk=by.post_id), dt.date(2025, 8, 1)
    grant_role(post=post, role=Role.SCHOOL_OFFICER, unit=reporter.unit, on=on, by=system(), at=AT)
    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    template = client.get(reverse("reporting:template", args=[reporter.public_id])).content
    content = _filled(template, 2, lambda y: [y, y + 1])
    upload = _seconds(lambda: _post("upload", reporter, account, content))
    held = Submission.objects.get(reporter=reporter)
    assert len(held.cells) == 2 * rows, len(held.cells)
    _print(f"one unit, a table of {rows:,} rows x 2", upload)


def _seconds(step: Callable[[], object]) -> Taken:
    began, worked = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - began, time.process_time() - worked


def _print(name: str, *steps: Taken) -> None:
    told = [*steps, *[(0.0, 0.0)] * (3 - len(steps)), (sum(s[0] for s in steps), sum(s[1] for s in steps))]
    print(f"{name:44}" + "".join(f"{clock:7.1f} ({worked:4.1f})" for clock, worked in told), flush=True)


if __name__ == "__main__":
    main()
