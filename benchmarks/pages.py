"""``make bench``: how fast the pages answer and how soon a dropped document can be reviewed, with the conditions.

It starts the real system (web server and worker) on a data folder of its own with the demonstration office, enlarges
the registers, and asks every main page over HTTP as an ordinary user signed in there, one request after the other on
one connection a page. Query counts are taken from the same pages through Django's client, at the demonstration's size
and at the enlarged size. Figures are printed, never asserted; that counts stay constant is a test of each module.

    DATABASE_URL=postgres://… python benchmarks/pages.py --documents 20000 --requests 60
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from caunoi.foundation.accounts.models import Account

ROOT: Final = Path(__file__).resolve().parents[1]
PARAGRAPHS: Final = 170
"""About ten pages of A4."""


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        (Path(folder) / "static").mkdir()
        _command("migrate", "-v0")
        _command("demo")
        import django

        django.setup()
        pages = _pages()
        small = {name: _queries(kind, path) for name, (kind, path) in pages.items()}
        _enlarge(options.documents)
        _conditions(options)
        with _running_system() as port:
            _print_pages(pages, small, port, options.requests)
            _print_intake(port, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="documents added to the incoming register")
    parser.add_argument("--requests", type=int, default=60, help="requests for each page")
    parser.add_argument("--no-scan", action="store_true", help="leave out the scanned pdf")
    return parser.parse_args()


def _command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "caunoi", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _pages() -> dict[str, tuple[str, str]]:
    """Return name → (kind of person, path), with records of the demonstration."""
    from django.urls import reverse

    from caunoi.business.documents.models import Document, Obligation
    from caunoi.business.plans.models import Plan
    from caunoi.business.reporting.models import Campaign, Consolidation, ExpectedReporter
    from caunoi.foundation.organisations.public import Unit

    department = Unit.objects.get(code="TG.SO")
    school = Unit.objects.get(code="TG.THPT.1")
    entered = Document.objects.filter(unit=department, direction="incoming", arrival_number__isnull=False)
    document = entered.latest("id")
    campaign = Campaign.objects.filter(state="open").latest("expected")
    own = ExpectedReporter.objects.filter(unit=school, campaign__state="open", state__in=["draft", "returned"]).latest(
        "id"
    )
    duty = Obligation.objects.filter(document__unit=department, state="open").latest("id")
    plan = Plan.objects.filter(unit=department).latest("id")
    consolidation = Consolidation.objects.order_by("-id").first()
    pages = {
        "home, specialist": ("chuyenvien", reverse("staff_site:home")),
        "home, school": ("canbotruong", reverse("staff_site:home")),
        "document list": ("chuyenvien", reverse("documents:incoming")),
        "document": ("chuyenvien", reverse("documents:record", args=[document.public_id])),
        "review (original)": ("chuyenvien", reverse("documents:original", args=[document.public_id])),
        "hand-on": ("chuyenvien", reverse("staff_site:hand_on", args=[duty.public_id])),
        "campaign": ("chuyenvien", reverse("reporting:campaign", args=[campaign.public_id])),
        "form": ("canbotruong", reverse("reporting:entry", args=[own.public_id])),
        "totals": ("chuyenvien", reverse("reporting:totals", args=[campaign.public_id])),
        "plan": ("chuyenvien", reverse("plans:plan", args=[plan.public_id])),
        "tasks": ("chuyenvien", reverse("plans:tasks")),
        "search": ("chuyenvien", reverse("staff_site:search") + "?q=ke+hoach+doi+ngoai"),
        "audit": ("chuyenvien", reverse("staff_site:audit")),
    }
    if consolidation is not None:
        pages["consolidated report"] = (
            "chuyenvien",
            reverse("reporting:consolidation", args=[consolidation.public_id]),
        )
    return pages


def _enlarge(count: int) -> None:
    """Add ``count`` registered documents to the department, each found by search and noted in the audit."""
    import datetime as dt

    from caunoi.business.documents.models import Document, NumberSeries
    from caunoi.foundation.audit.models import ChainLink, Entry
    from caunoi.foundation.search.models import SearchEntry
    from caunoi.foundation.search.rules.words import indexed
    from caunoi.kernel.ids import uuid7

    pattern = Document.objects.filter(unit__code="TG.SO", direction="incoming", arrival_number__isnull=False).latest(
        "id"
    )
    series = NumberSeries.objects.create(unit=pattern.unit, year=2020, direction="incoming", last_number=count)
    link, batch = ChainLink.objects.latest("position"), 2_000
    for start in range(0, count, batch):
        documents, found, noted = [], [], []
        for number in range(start + 1, min(start + batch, count) + 1):
            public_id, at = uuid7(), pattern.entered_at - dt.timedelta(hours=number)
            copy = Document.objects.model(
                **{f.attname: getattr(pattern, f.attname) for f in Document._meta.concrete_fields}
            )
            copy.pk, copy.public_id, copy.series, copy.arrival_number = None, public_id, series, number
            copy.code_number, copy.subject = str(number), f"{pattern.subject} ({number})"
            copy.issued_from, copy.entered_at, copy.changed_at, copy.body_text = None, at, at, ""
            documents.append(copy)
            found.append(
                SearchEntry(kind="document", object_id=public_id, title=copy.subject, folded_title=copy.folded[:500],
                            words=indexed("document", copy.subject, copy.folded), unit_id=copy.unit_id, at=at)
            )  # fmt: skip
            noted.append(
                Entry(link=link, at=at, verb="documents.accept", subject_kind="document", subject_id=str(public_id),
                      subject_label=copy.subject, unit_id=copy.unit_id, person_name="—", post_title="", unit_name="",
                      address="", folded=copy.folded)
            )  # fmt: skip
        Document.objects.bulk_create(documents)
        SearchEntry.objects.bulk_create(found)
        Entry.objects.bulk_create(noted)


def _conditions(options: argparse.Namespace) -> None:
    from django.db import connection

    from caunoi.business.documents.models import Document
    from caunoi.business.reporting.models import ExpectedReporter
    from caunoi.foundation.audit.models import Entry
    from caunoi.foundation.organisations.public import Unit

    with connection.cursor() as cursor:
        cursor.execute("select sqlite_version()" if connection.vendor == "sqlite" else "show server_version")
        version = cursor.fetchone()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"machine: {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}")
    print(f"database: {connection.vendor} {version}; web server and worker on the same machine as the client")
    sizes = {
        "units": Unit.objects.count(),
        "documents": Document.objects.count(),
        "audit entries": Entry.objects.count(),
        "expected reports": ExpectedReporter.objects.count(),
    }
    print("data: " + ", ".join(f"{count:,} {name}" for name, count in sizes.items()))
    print(f"{options.requests} requests a page, one at a time, after three that do not count")


def _account(username: str) -> Account:
    from caunoi.foundation.accounts.models import Account

    return Account.objects.get(username=username)


def _queries(username: str, path: str) -> int:
    """Return how many queries a page asks when it is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(_account(username))
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} as {username}: {response.status_code}")
    return len(asked)


@contextmanager
def _running_system() -> Iterator[int]:
    """Run web server and worker on a free port until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "scripts/serve.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    ) as system:
        try:
            _wait_for(port)
            yield port
        finally:
            system.terminate()
            system.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web server did not start within a minute")


def _cookie(username: str) -> str:
    """Return the cookie of a session opened for a demonstration account."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(_account(username))
    return f"sessionid={client.cookies['sessionid'].value}"


def _print_pages(pages: dict[str, tuple[str, str]], small: dict[str, int], port: int, requests: int) -> None:
    print(f"\n{'page':<24}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}{'queries':>9}{'at demo size':>14}{'KB':>7}")
    for name, (kind, path) in pages.items():
        times, size = _timed(port, _cookie(kind), path, requests)
        worst = statistics.quantiles(times, n=20)[-1]
        queries = _queries(kind, path)
        print(
            f"{name:<24}{statistics.median(times):>8.0f}{worst:>8.0f}{max(times):>8.0f}{queries:>9}{small[name]:>14}"
            f"{size / 1024:>7.0f}"
        )


def _timed(port: int, cookie: str, path: str, requests: int) -> tuple[list[float], int]:
    connection, times, size = http.client.HTTPConnection("127.0.0.1", port), [], 0
    for turn in range(requests + 3):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status}")
        if turn >= 3:
            times.append((time.perf_counter() - began) * 1000)
        size = len(body)
    return times, size


def _print_intake(port: int, options: argparse.Namespace) -> None:
    """Drop documents of about ten pages and wait for the review page."""
    sys.path.insert(0, str(ROOT / "vanban"))
    from tests import makers

    text = _invented_text()
    pdf = makers.make_text_pdf(text)
    files = {"10-page text pdf": pdf, "docx of the same text": makers.make_docx(text)}
    if not options.no_scan:
        files["10-page scan (300 dpi)"] = makers.make_scan(pdf)
    print("\nfrom drop to review page")
    for name, content in files.items():
        suffix = "docx" if name.startswith("docx") else "pdf"
        seconds = [_drop(port, content, f"van-ban.{suffix}") for _ in range(1 if "scan" in name else 5)]
        print(f"{name:<24}{statistics.median(seconds):>8.2f} s (median of {len(seconds)})")


def _invented_text() -> str:
    head = "Số: 15/KH-SGDĐT\n\nThanh Giang, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n\nCông tác đối ngoại năm 2026\n\n"
    body = (
        "{n}. Các đơn vị trực thuộc tổ chức giới thiệu chương trình giao lưu, cử người phụ trách, gửi kết quả về Sở "
        "(qua Văn phòng Sở) trước ngày {d:02d} tháng 11 năm 2026 để tổng hợp theo Kế hoạch số {n}/KH-UBND "
        "ngày 12/01/2026 của Ủy ban nhân dân tỉnh về công tác hội nhập quốc tế trong lĩnh vực giáo dục và đào tạo.\n\n"
    )
    return head + "".join(body.format(n=n, d=n % 28 + 1) for n in range(1, PARAGRAPHS // 2))


def _drop(port: int, content: bytes, name: str) -> float:
    from django.urls import reverse

    cookie, token = _cookie("chuyenvien"), "a" * 32
    headers = {"Cookie": f"{cookie}; csrftoken={token}", "X-CSRFToken": token}
    boundary = uuid.uuid4().hex
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + content + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port)
    began = time.perf_counter()
    connection.request(
        "POST",
        reverse("documents:intake"),
        body,
        {**headers, "Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    response = connection.getresponse()
    response.read()
    address = response.headers["Location"]
    if address is None:
        raise SystemExit(f"the file was not taken in: {response.status}")
    while True:
        connection.request("GET", address, headers=headers)
        page = connection.getresponse().read().decode()
        if "data-review" in page:
            return time.perf_counter() - began
        time.sleep(0.05)


if __name__ == "__main__":
    main()
