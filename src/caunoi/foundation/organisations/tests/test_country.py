import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.organisations.models import Succession, Unit, UnitKind
from caunoi.foundation.organisations.operations.country import load_country, provinces
from caunoi.foundation.organisations.public import (
    ancestors,
    faults_of_heirs,
    faults_of_paths,
    heirs,
    load_kinds,
    tree_export,
)
from caunoi.kernel.actor import Line, system
from caunoi.kernel.text import fold
from caunoi.surfaces.demonstration.office import Office

TODAY = dt.date(2026, 10, 5)
BEFORE = dt.date(2025, 6, 30)


def _alive(kind: str, on: dt.date) -> int:
    units = Unit.objects.filter(code__startswith="QG.", kind__code=kind, established_on__lte=on)
    return units.exclude(dissolved_on__lte=on).count()


@pytest.mark.django_db
def test_the_map_has_63_provinces_before_and_34_after(now: dt.datetime) -> None:
    assert load_country(by=system(), at=now).predecessors == 63
    for kind in ("department", "provincial_committee"):
        assert (_alive(kind, BEFORE), _alive(kind, TODAY)) == (63, 34)
    assert faults_of_paths() == []
    assert faults_of_heirs() == []
    before = tree_export()
    assert load_country(by=system(), at=now).provinces == 0
    assert tree_export() == before


@pytest.mark.django_db
def test_every_predecessor_leads_to_its_province_of_today(now: dt.datetime) -> None:
    load_country(by=system(), at=now)
    carrying = {unit.code: unit.heir_id for unit in heirs(on=TODAY)}  # type: ignore[attr-defined]  # annotated
    for row in provinces()[2]:
        reached = {carrying[f"QG.SGDDT.{_code(part)}"] for part in row["parts"]}
        assert len(reached) == 1, row["name"]
        standing = Unit.objects.get(pk=reached.pop())
        assert standing.name.endswith(row["name"])
        assert [unit.code for unit in ancestors(standing, line=Line.PROFESSIONAL, on=TODAY)] == ["QG.BGDDT"]
    assert carrying["QG.SGDDT.HOABINH"] == Unit.objects.get(code="QG.SGDDT.PHUTHO.2025").pk
    assert carrying["QG.BTTTT"] == Unit.objects.get(code="QG.BKHCN").pk
    assert Succession.objects.get(predecessor__code="QG.BTTTT", successor__code="QG.BVHTTDL").duties


def _code(name: str) -> str:

    return fold(name.replace("–", " ")).replace(" ", "").upper()


@pytest.mark.django_db
def test_every_kind_names_its_level_source_and_mark() -> None:
    load_kinds()
    levels = set(UnitKind.objects.values_list("level", flat=True))
    assert levels == {"central", "province", "district", "commune", "institution"}
    shipped = UnitKind.objects.exclude(code__in=["x1", "x2"])
    assert not shipped.filter(source="").exists()
    assert set(shipped.values_list("mark", flat=True)) <= {"C", "C2", "K", "U"}


def test_the_page_of_a_province_says_its_source_its_licence_and_what_is_to_be_verified(
    office: Office, now: dt.datetime, client_of: Callable[[str], Client]
) -> None:
    load_country(by=system(), at=now)
    unit = Unit.objects.get(code="QG.UBND.ANGIANG.2025")
    page = client_of("specialist").get(reverse("organisations:unit", args=[unit.public_id])).content.decode()
    for words in (
        "Nghị quyết 202/2025/QH15",
        "Mức chắc chắn K: cần kiểm tra lại.",
        "Dữ liệu: MIT",
        "Luật 72/2025/QH15",
    ):
        assert words in page
