"""How fast the search bar answers in a whole province: documents, units and people in the index, on either database.

    DATABASE_URL=postgres://… python benchmarks/search.py --documents 20000 --units 53000 --people 60000

The demonstration office is built first, then the index is enlarged with invented names. Documents have rows of their
own (those who may see them are asked); units and people are registered here as kinds that everybody signed in may see,
over tables of their own size. Each question is asked as a specialist and as a school officer. Figures are printed,
never asserted.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from caunoi.foundation.search.public import Item
    from caunoi.kernel.actor import Actor

ROOT: Final = Path(__file__).resolve().parents[1]
FAMILIES: Final = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
GIVEN: Final = [
    "An",
    "Anh",
    "Bình",
    "Châu",
    "Dung",
    "Đào",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hoà",
    "Hùng",
    "Khánh",
    "Lan",
    "Linh",
    "Mai",
    "Nga",
    "Ngọc",
    "Oanh",
    "Phúc",
    "Quý",
    "Thuỷ",
    "Tú",
]
PLACES: Final = [
    "Bình Minh",
    "Hoà Thạnh",
    "Đông Hải",
    "Thuỷ Biều",
    "Lạc Sơn",
    "Tân Quý",
    "Phú Xuân",
    "An Khê",
    "Đắk Rông",
    "Mường Lát",
]
SCHOOLS: Final = ["Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT", "Trung tâm Ngoại ngữ"]
QUESTIONS: Final = (
    "21/KH-SGDĐT", "kế hoạch đối ngoại", "ke hoach doi ngoai nam 2026", "trường thpt bình minh", "truong",
    "hoa thanh", "nguyễn thị hạnh", "nguyen", "Đặng Quý", "hội nhập quốc tế", "báo cáo", "bao cao thong tin doi ngoai",
    "hoà bình", "DV.001234", "khong co gi nhu the", "a", "thuỷ", "thuy bieu 17", "đắk rông thcs", "2026",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="caunoi-bench-") as folder:
        os.environ |= {"CAUNOI_DATA": folder, "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
        for words in (("migrate", "-v0"), ("demo",)):
            subprocess.run([sys.executable, "-m", "caunoi", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        chance = random.Random(20261005)
        began = time.perf_counter()
        _enlarge_documents(options.documents, chance)
        _register_directories(options, chance)
        _analyse()
        _conditions(options, time.perf_counter() - began)
        _ask(options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--units", type=int, default=53_000)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=10, help="how often each question is asked as each person")
    return parser.parse_args()


def _enlarge_documents(count: int, chance: random.Random) -> None:
    """Copy a registered document ``count`` times, each with a text of about six hundred words."""
    from caunoi.business.documents.models import Document
    from caunoi.foundation.search.public import Item, put_many
    from caunoi.kernel import clock
    from caunoi.kernel.ids import uuid7

    pattern = Document.objects.filter(unit__code="TG.SO", arrival_number__isnull=False).latest("id")
    vocabulary = sorted(
        {word for text in Document.objects.values_list("body_text", flat=True) for word in text.split()}
    )
    at = clock.now()
    made, items = [], []
    for number in range(count):
        copy = Document(
            **{f.attname: getattr(pattern, f.attname) for f in Document._meta.concrete_fields if not f.primary_key}
        )
        copy.public_id, copy.arrival_number, copy.code_number = uuid7(), 100_000 + number, str(number)
        copy.code_key, copy.body_text = f"{number}-kh-sgddt", ""
        copy.subject = f"Kế hoạch {chance.choice(PLACES)} về {' '.join(chance.choices(vocabulary, k=6))}"
        made.append(copy)
        text = " ".join(chance.choices(vocabulary, k=600))
        items.append(Item(copy.public_id, copy.subject, at, text, f"{number}/KH-SGDĐT", copy.unit_id))
    Document.objects.bulk_create(made, batch_size=500)
    put_many(kind="document", items=items)


def _register_directories(options: argparse.Namespace, chance: random.Random) -> None:
    """Enter units and people that everybody signed in may see."""
    from caunoi.foundation.search.models import SearchEntry
    from caunoi.foundation.search.public import put_many, register
    from caunoi.kernel import clock

    at = clock.now()
    for kind, items in (
        ("measured-unit", _units(options.units, chance, at)),
        ("measured-person", _people(options, chance, at)),
    ):

        def visible(by: Actor, kind: str = kind) -> object:
            return SearchEntry.objects.filter(kind=kind).values_list("object_id", flat=True)

        register(kind, kind, visible=visible, address=lambda public_id: f"/{public_id}/")  # type: ignore[arg-type]
        put_many(kind=kind, items=items)


def _units(count: int, chance: random.Random, at: dt.datetime) -> Iterator[Item]:
    from caunoi.foundation.search.public import Item
    from caunoi.kernel.ids import uuid7

    for number in range(count):
        name = f"{chance.choice(SCHOOLS)} {chance.choice(PLACES)} {number % 400}"
        yield Item(uuid7(), name, at, "", f"DV.{number:06d}")


def _people(options: argparse.Namespace, chance: random.Random, at: dt.datetime) -> Iterator[Item]:
    from caunoi.foundation.search.public import Item
    from caunoi.kernel.ids import uuid7

    for _number in range(options.people):
        name = f"{chance.choice(FAMILIES)} {chance.choice(('Văn', 'Thị', 'Minh', 'Thanh'))} {chance.choice(GIVEN)}"
        yield Item(uuid7(), name, at, f"Giáo viên {chance.choice(SCHOOLS)} {chance.choice(PLACES)}")


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _conditions(options: argparse.Namespace, seconds: float) -> None:
    from django.db import connection

    from caunoi.foundation.search.models import SearchEntry

    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"database: {connection.vendor}; {SearchEntry.objects.count()} rows in the index, among them ")
    print(
        f"{options.documents} documents, {options.units} units, {options.people} people added in {seconds:.0f} s; "
        f"{len(QUESTIONS)} questions x {options.rounds}"
    )


def _ask(rounds: int) -> None:
    from caunoi.foundation.accounts.public import Account
    from caunoi.foundation.people.public import actor_of
    from caunoi.foundation.search.public import find
    from caunoi.kernel import clock

    for username in ("chuyenvien", "canbotruong"):
        account = Account.objects.get(username=username)
        by = actor_of(account_id=account.pk, person=account.person, on=clock.today())
        every: list[float] = []
        slowest: list[tuple[float, str, int]] = []
        for question in QUESTIONS:
            taken = []
            for _turn in range(rounds + 1):
                began = time.perf_counter()
                found = find(question, by=by, limit=8)
                taken.append((time.perf_counter() - began) * 1000)
            every += taken[1:]
            slowest.append((statistics.median(taken[1:]), question, sum(len(group.hits) for group in found)))
        ordered = sorted(every)
        print(
            f"{username:12} median {statistics.median(every):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"
            f"   worst {ordered[-1]:6.1f} ms"
        )
        for median, question, hits in sorted(slowest, reverse=True)[:6]:
            print(f"    {median:6.1f} ms  {hits:3} hits  {question}")


if __name__ == "__main__":
    main()
