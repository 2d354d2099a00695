"""``python benchmarks/rush.py``: the last day of a campaign, when every unit sends at once, over HTTP on this machine.

The real web server (the command of ``scripts/serve.py``) and this load client share the cores. Every sending is one
whole report of an ordinary officer with a key of their own: 60 figures and 5 sections into a draft, the check, the
sealed version, its entry in the audit and the totals of every place above, in one durable commit. ``--kill`` ends the
server with SIGKILL in the middle, starts it again and lets the officers repeat what was not answered, with the same
key. Afterwards the database is asked: every acknowledged report is there once, and the totals are their sum.

    DATABASE_URL=postgres://… python benchmarks/rush.py --units 6000 --seconds 60 --officers 6 --kill
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import platform
import queue
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROWS, COLUMNS, SECTIONS = 10, 6, 5
PARAGRAPH: Final = (
    "Đơn vị đã triển khai các hoạt động đối ngoại theo kế hoạch, kết quả cụ thể nêu trong biểu kèm theo. " * 4
)


@dataclass
class Sending:
    """One report to be sent: where, with which secret, what."""

    report: str
    secret: str
    body: bytes
    figures: list[int]


@dataclass
class Outcome:
    """What the officers saw."""

    took: list[float] = field(default_factory=list)
    acknowledged: list[Sending] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    repeated: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-rush-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        subprocess.run([str(Path(sys.executable).parent / "caunoi"), "migrate", "-v0"], cwd=ROOT, check=True)
        import django

        django.setup()
        campaign, sendings = _prepare(options.units)
        _conditions(options, len(sendings))
        outcome, seconds = _rush(options, sendings)
        _print(outcome, seconds)
        _verify(campaign, outcome)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--units", type=int, default=6000, help="units of the invented nation; two in three owe a report"
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--officers", type=int, default=6, help="how many send at the same time")
    parser.add_argument("--kill", action="store_true", help="end the web server with SIGKILL in the middle")
    return parser.parse_args()


def _prepare(units: int) -> tuple[int, list[Sending]]:
    """Build units, officers with keys, a regime in force and an open campaign; return it and what will be sent."""
    from benchmarks.nation import build_people, build_units
    from caunoi.business.reporting.models import ExpectedReporter

    nation = build_units(units=units)
    standing = [unit for unit in nation.all_units() if unit.dissolved_on is None]
    build_people(nation, people=len(standing), grants=len(standing))
    campaign = _open_campaign(nation.ministry)
    secrets = _keys()
    rng, sendings = random.Random(7), []
    for row in ExpectedReporter.objects.filter(campaign=campaign).order_by("?"):
        figures = [rng.randrange(1, 500) for _ in range(ROWS * COLUMNS)]
        sendings.append(Sending(str(row.public_id), secrets[row.unit_id], _body(figures), figures))
    return campaign, sendings


def _open_campaign(owner: object) -> int:
    from caunoi.business.reporting import public as reporting
    from caunoi.business.reporting.operations.opening import finish_opening, freeze, units_for
    from caunoi.foundation.organisations.public import Unit, UnitKind
    from caunoi.kernel import clock
    from caunoi.kernel.actor import system

    assert isinstance(owner, Unit)
    by, at = system(), clock.now()
    due = clock.day_of(at) + dt.timedelta(days=2)
    regime = reporting.create_regime(owner=owner, name="Báo cáo ngày cuối", by=by, at=at)
    facts = {"content": "Kết quả công tác", "asks_figures": True, "ground_text": "Kế hoạch của ngành", "lead_days": 60}
    reporting.change_regime(regime=regime, facts=facts, by=by, at=at)
    cut_off = due - dt.timedelta(days=9)
    turn = reporting.Turn(due.month, due.day, reporting.Span.YEAR, own=(cut_off.month, cut_off.day))
    reporting.set_turns(regime=regime, turns=[turn], by=by, at=at)
    kinds = list(UnitKind.objects.filter(code="lower_secondary"))
    reporting.set_reporters(regime=regime, kinds=kinds, root=owner, by=by, at=at)
    for number in range(1, SECTIONS + 1):
        reporting.save_section(regime=regime, spec=reporting.SectionSpec(f"Mục {number}", str(number)), by=by, at=at)
    rows = [reporting.LineSpec(f"Dòng {number}") for number in range(1, ROWS + 1)]
    columns = [reporting.LineSpec(f"Cột {number}") for number in range(1, COLUMNS + 1)]
    spec = reporting.TableSpec("Biểu", rows, columns, total_row=True)
    reporting.save_table(regime=regime, spec=spec, by=by, at=at)
    regime = type(regime).objects.select_related("owner").get(pk=regime.pk)
    regime = reporting.put_in_force(regime=regime, on=clock.day_of(at), by=by, at=at)
    campaign = reporting.open_campaign(regime=regime, by=by, at=at)
    if campaign.state == reporting.CampaignState.PREPARING:
        freeze(campaign, units_for(campaign, clock.day_of(campaign.opened_at)))
        finish_opening(campaign=campaign, by=by, at=at)
    key: int = campaign.pk
    return key


def _keys() -> dict[int, str]:
    """Give every officer an account and a key, in bulk; return the secrets by unit."""
    from caunoi.foundation.accounts.models import AccessKey, Account, KeyUse
    from caunoi.foundation.accounts.operations.keys import hash_of
    from caunoi.foundation.people.models import Holding
    from caunoi.kernel import clock

    at = clock.now()
    end = at + dt.timedelta(days=30)
    held = list(Holding.objects.select_related("post").order_by("pk"))
    accounts = Account.objects.bulk_create(
        (Account(username=f"r{h.pk}", person_id=h.person_id, password="!", created_at=at) for h in held), batch_size=500
    )
    secrets = {h.post.unit_id: f"caunoi_rush_{h.pk}" for h in held}
    AccessKey.objects.bulk_create(
        (
            AccessKey(account=a, post=h.post, use=KeyUse.API, name="rush", beginning="caunoi_rush", created_at=at,
                      token_hash=hash_of(secrets[h.post.unit_id]), expires_at=end, last_used_at=at)
            for a, h in zip(accounts, held, strict=True)
        ),
        batch_size=500,
    )  # fmt: skip
    return secrets


def _body(figures: list[int]) -> bytes:
    keys = [f"b1.r{row}.c{column}" for row in range(1, ROWS + 1) for column in range(1, COLUMNS + 1)]
    narrative = {f"s{number}": PARAGRAPH for number in range(1, SECTIONS + 1)}
    return json.dumps({"cells": dict(zip(keys, figures, strict=True)), "narrative": narrative}).encode()


def _conditions(options: argparse.Namespace, owed: int) -> None:
    from django.db import connection

    database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite (WAL, synchronous=FULL)"
    load = os.getloadavg()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {database}; load before the start {load[0]:.1f}"
    )
    print(
        f"{owed} units owe {ROWS * COLUMNS} figures and {SECTIONS} sections; {options.officers} send at the same time"
    )


@contextmanager
def _server(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the web server; the list holds it, and the one that replaces it after a kill."""
    running = [_start(port)]
    try:
        yield running
    finally:
        os.killpg(running[-1].pid, signal.SIGTERM)
        running[-1].wait(30)


def _start(port: int) -> subprocess.Popen[bytes]:
    from scripts.serve import programs

    web = programs("127.0.0.1", port)[0]
    started = subprocess.Popen(web.command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/api/v1/openapi.json")
            if connection.getresponse().status == 200:
                return started
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("the web server did not start within two minutes")


def _rush(options: argparse.Namespace, sendings: list[Sending]) -> tuple[Outcome, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    outcome, waiting, over = Outcome(), queue.SimpleQueue[Sending](), threading.Event()
    for sending in sendings:
        waiting.put(sending)
    with _server(port) as running:
        officers = [
            threading.Thread(target=_send_all, args=(port, waiting, over, outcome)) for _ in range(options.officers)
        ]
        began = time.monotonic()
        for officer in officers:
            officer.start()
        if options.kill:
            over.wait(options.seconds / 2)
            os.killpg(running[0].pid, signal.SIGKILL)
            running[0].wait()
            running.append(_start(port))
            over.wait(options.seconds / 2)
        else:
            over.wait(options.seconds)
        over.set()
        for officer in officers:
            officer.join()
        return outcome, time.monotonic() - began


def _send_all(port: int, waiting: queue.SimpleQueue[Sending], over: threading.Event, outcome: Outcome) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not over.is_set():
        try:
            sending = waiting.get_nowait()
        except queue.Empty:
            return
        began = time.perf_counter()
        status = _send(connection, sending, outcome)
        with outcome.lock:
            outcome.answers[status] = outcome.answers.get(status, 0) + 1
            if status == 200:
                outcome.took.append(time.perf_counter() - began)
                outcome.acknowledged.append(sending)
    connection.close()


def _send(connection: http.client.HTTPConnection, sending: Sending, outcome: Outcome) -> int:
    """Send until there is an answer: who gets none repeats with the same key."""
    headers = {
        "Authorization": f"Bearer {sending.secret}", "Content-Type": "application/json",
        "Idempotency-Key": sending.report,
    }  # fmt: skip
    while True:
        try:
            connection.request("POST", f"/api/v1/reports/{sending.report}/submission", sending.body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            with outcome.lock:
                outcome.repeated += 1
            time.sleep(0.2)


def _print(outcome: Outcome, seconds: float) -> None:
    took = sorted(outcome.took)
    if len(took) < 2:
        raise SystemExit(f"nothing was sent: {outcome.answers}")
    middle, p95, longest = (1000 * x for x in (statistics.median(took), statistics.quantiles(took, n=20)[-1], took[-1]))
    print(f"{len(took)} reports acknowledged in {seconds:.1f} s: {len(took) / seconds:.1f} a second")
    print(f"answer: median {middle:.0f} ms, p95 {p95:.0f} ms, longest {longest:.0f} ms")
    print(f"answers by status {outcome.answers}; requests repeated without an answer {outcome.repeated}")
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def _verify(campaign: int, outcome: Outcome) -> None:
    """Compare the database with what was acknowledged. Raises SystemExit when anything differs."""
    from django.db.models import Count

    from caunoi.business.reporting.models import Submission, TotalsNode
    from caunoi.business.reporting.rules.totals import total_of
    from caunoi.foundation.audit.public import Entry

    there = Submission.objects.filter(counts=True, reporter__campaign=campaign)
    reports = {str(public_id) for public_id in there.values_list("reporter__public_id", flat=True)}
    lost = [each.report for each in outcome.acknowledged if each.report not in reports]
    doubled = (
        Submission.objects.filter(reporter__campaign=campaign)
        .values("reporter")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    sent = list(there.values_list("cells", flat=True))
    root = TotalsNode.objects.get(campaign=campaign, axis="line", depth=0)
    wrong = [
        key
        for key in (f"b1.r{row}.c{column}" for row in range(1, ROWS + 1) for column in range(1, COLUMNS + 1))
        if total_of(root.cells, key, root.expected).amount != sum(int(cells[key]) for cells in sent)
    ]
    entries = Entry.objects.filter(verb="reporting.submit").count()
    print(f"in the database: {len(sent)} reports, {entries} entries of sending")
    print(f"acknowledged and lost {len(lost)}, doubled {doubled.count()}, totals that differ from the sum {len(wrong)}")
    if lost or doubled.exists() or wrong or root.sent != len(sent) or entries != len(sent):
        raise SystemExit("the figures do not agree")


if __name__ == "__main__":
    main()
