import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from caunoi.foundation.organisations.models import Succession, Unit, UnitKind
from caunoi.foundation.organisations.operations.country import load_country, provinces
from caunoi.foundation.organisations.public import (
    Naming,
    ancestors,
    establish_unit,
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
    assert load_country(by=system(), at=now, beside=True).predecessors == 63
    for kind in ("department", "provincial_committee"):
        assert (_alive(kind, BEFORE), _alive(kind, TODAY)) == (63, 34)
    assert faults_of_paths() == []
    assert faults_of_heirs() == []
    before = tree_export()
    assert load_country(by=system(), at=now, beside=True).provinces == 0
    assert tree_export() == before


@pytest.mark.django_db
def test_every_predecessor_leads_to_its_province_of_today(now: dt.datetime) -> None:
    load_country(by=system(), at=now, beside=True)
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
    load_country(by=system(), at=now, beside=True)
    unit = Unit.objects.get(code="QG.UBND.ANGIANG.2025")
    page = client_of("specialist").get(reverse("organisations:unit", args=[unit.public_id])).content.decode()
    for words in (
        "Nghị quyết 202/2025/QH15",
        "Mức chắc chắn K: cần kiểm tra lại.",
        "Dữ liệu: MIT",
        "Luật 72/2025/QH15",
    ):
        assert words in page


def _set_up(name: str, since: dt.date, now: dt.datetime) -> tuple[Unit, Unit]:
    """Return a department that stands here already, and a school of it."""
    kinds = load_kinds()
    top = {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None}
    unit = establish_unit(
        kind=kinds["department"], code="SGDĐT", naming=Naming(name, symbol="SGDĐT"), parents=top, on=since,
        by=system(), at=now,
    )  # fmt: skip
    below = {Line.PROFESSIONAL: unit, Line.ADMINISTRATIVE: unit}
    school = establish_unit(
        kind=kinds["primary"], code="TH1", naming=Naming("Trường Tiểu học Một"), parents=below, on=since, by=system(),
        at=now,
    )  # fmt: skip
    return unit, school


@pytest.mark.django_db
@pytest.mark.parametrize("province", ["An Giang", "Cao Bằng"])
@pytest.mark.parametrize("since", ["2020-01-01", "2023-09-01", "2025-07-01", "2026-02-01"])
def test_a_department_set_up_before_becomes_the_record_of_its_province(
    province: str, since: str, now: dt.datetime
) -> None:
    unit, school = _set_up(f"Sở giáo dục và đào tạo tỉnh {province}", dt.date.fromisoformat(since), now)
    assert load_country(by=system(), at=now, beside=True).joined == 1
    assert _departments(TODAY) == 35  # with that of the fictional province
    unit.refresh_from_db()
    assert (unit.code, unit.dissolved_on) == ("SGDĐT", None)
    assert ancestors(school, on=TODAY) == [Unit.objects.get(code="QG.BGDDT"), unit]
    committee = ancestors(unit, line=Line.ADMINISTRATIVE, on=TODAY)
    assert [(one.name, one.dissolved_on) for one in committee] == [(f"Ủy ban nhân dân tỉnh {province}", None)]
    carrying = {one.code: one.heir_id for one in heirs(on=TODAY)}  # type: ignore[attr-defined]  # annotated
    row = next(row for row in provinces()[2] if row["name"] == province)
    assert {carrying[f"QG.SGDDT.{_code(part)}"] for part in row["parts"]} == {unit.pk}
    assert (faults_of_paths(), faults_of_heirs()) == ([], [])
    before = tree_export()
    assert load_country(by=system(), at=now, beside=True).joined == 0
    assert tree_export() == before


def _departments(on: dt.date) -> int:
    units = Unit.objects.filter(kind__code="department", established_on__lte=on)
    return units.exclude(dissolved_on__lte=on).count()


@pytest.mark.django_db
def test_a_department_of_no_province_is_named_and_nothing_is_loaded() -> None:
    before = tree_export()
    with pytest.raises(CommandError, match="Sở Giáo dục và Đào tạo tỉnh Thanh Giang, không trùng tên"):
        call_command("load_country")
    assert tree_export() == before
    said = io.StringIO()
    call_command("load_country", beside=True, stdout=said)
    assert "34 provinces, 63 predecessors" in said.getvalue()
    assert _departments(TODAY) == 35


@pytest.mark.django_db(transaction=True)
def test_a_central_body_that_stands_here_is_not_doubled(now: dt.datetime) -> None:
    call_command("flush", interactive=False, verbosity=0)
    top = {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None}
    establish_unit(kind=load_kinds()["ministry"], code="BO", naming=Naming("Bộ Giáo dục và Đào tạo"), parents=top,
                   on=dt.date(2025, 7, 1), by=system(), at=now)  # fmt: skip
    with pytest.raises(CommandError, match="Bộ Giáo dục và Đào tạo, cũng có trong danh mục cơ quan trung ương"):
        call_command("load_country")
    assert Unit.objects.count() == 1
