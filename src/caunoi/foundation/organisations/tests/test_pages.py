"""The pages of units: the list of a day, a record, the wizard, groups, the picker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from caunoi.foundation.organisations.models import GroupMember, Unit, UnitEvent, UnitGroup, UnitName
from caunoi.foundation.organisations.public import Naming, move_unit, on_day, parent_of, rename_unit, tree_export
from caunoi.foundation.organisations.tests.truth import days, parents_on, placements
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
DECISION = {
    "decision_code": "15/QĐ-UBND",
    "decision_on": "20/09/2026",
    "decision_organ": "UBND tỉnh Thanh Giang",
    "on": "01/10/2026",
}


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_finds_without_accents_and_shows_the_names_of_a_day(
    client_of: ClientOf, office: Office, now: dt.datetime
) -> None:
    school = office.unit("thpt_1")
    old = school.name
    rename_unit(unit=school, naming=Naming("Trường THPT Tên Mới"), on=dt.date(2026, 9, 1), by=system(), at=now)
    client = client_of("school_officer")
    address = reverse("organisations:units")
    new = "data-row-link>Trường THPT Tên Mới"
    assert new in _text(client, f"{address}?q=truong thpt ten moi")
    assert old in _text(client, f"{address}?under={office.unit('so').public_id}&on=31/08/2026")
    assert new not in _text(client, f"{address}?q=ten+moi&on=31/08/2026")


def test_the_record_of_any_day_equals_the_plain_truth(client_of: ClientOf, office: Office, now: dt.datetime) -> None:
    so, ward, school = office.unit("so"), office.unit("xa_1"), office.unit("thcs_1")
    by = system()
    rename_unit(unit=ward, naming=Naming("Phòng Tên Mới"), on=dt.date(2026, 9, 1), by=by, at=now)
    move_unit(unit=school, line=Line.PROFESSIONAL, parent=so, on=dt.date(2026, 9, 15), by=by, at=now)
    rename_unit(unit=so, naming=Naming("Sở Mai Sau"), on=dt.date(2027, 1, 1), by=by, at=now)
    client = client_of("specialist")
    for unit in (so, ward, school):
        rows = placements(Line.PROFESSIONAL)
        for day in [*days(), dt.date(2026, 8, 31), dt.date(2026, 9, 1), now.date(), dt.date(2027, 1, 1)]:
            shown = client.get(reverse("organisations:unit", args=[unit.public_id]), {"on": f"{day:%d/%m/%Y}"}).context
            named = UnitName.objects.filter(on_day(day), unit=unit).first()
            assert shown["called"].name == (named.name if named else Unit.objects.get(pk=unit.pk).name), day
            above = parents_on(rows, unit.pk, day)
            told = UnitName.objects.filter(on_day(day), unit_id__in=above).values_list("name", flat=True)
            assert [str(crumb.label) for crumb in shown["crumbs"][1:-1]][-1:] == list(told), day
            below = {
                pk
                for line in Line
                for pk, held in placements(line).items()
                for parent, start, end in held
                if parent == unit.pk and start <= day and (end is None or day < end)
            }
            assert shown["below_count"] == len(below), day
    page = _text(client, reverse("organisations:unit", args=[so.public_id]))
    assert page.count("Dự kiến") == 2
    assert "<h1" in page
    assert "Sở Mai Sau" not in page.split("Tên gọi, loại hình qua các thời kỳ")[0]


def test_the_list_of_a_day_names_superiors_as_they_were_called(
    client_of: ClientOf, office: Office, now: dt.datetime
) -> None:
    ward, school = office.unit("xa_1"), office.unit("thcs_1")
    old = ward.name
    rename_unit(unit=ward, naming=Naming("Phòng Tên Mới"), on=dt.date(2026, 9, 1), by=system(), at=now)
    address = f"{reverse('organisations:units')}?q={school.code}"
    before = _text(client_of("specialist"), f"{address}&on=31/08/2026")
    assert (old in before, "Phòng Tên Mới" in before) == (True, False)
    assert f"{reverse('organisations:unit', args=[school.public_id])}?on=31/08/2026" in before
    assert "Phòng Tên Mới" in _text(client_of("specialist"), address)


def test_the_tree_is_browsed_and_filtered(client_of: ClientOf, office: Office) -> None:
    client, address = client_of("specialist"), reverse("organisations:units")
    top = _text(client, address)
    assert "Bộ Giáo dục và Đào tạo" in top
    assert "Trường THCS" not in top
    below = _text(client, f"{address}?under={office.unit('xa_1').public_id}")
    assert office.unit("thcs_1").name in below
    assert office.unit("thcs_3").name not in below
    mine = _text(client_of("principal"), f"{address}?whose=mine")
    assert office.unit("thpt_1").name in mine
    assert office.unit("thpt_2").name not in mine


def test_the_list_costs_the_same_however_many_rows_it_has(
    client_of: ClientOf, office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = client_of("specialist"), reverse("organisations:units")
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(f"{address}?q=phong van hoa xa hoi phuong an lac")
    with django_assert_max_num_queries(25) as many:
        client.get(f"{address}?q=truong")
    assert len(many.captured_queries) == len(few.captured_queries)


def test_the_picker_answers_names_with_what_is_above_and_goes_on(client_of: ClientOf, office: Office) -> None:
    client, address = client_of("principal"), reverse("organisations:pick")
    found = client.get(address, {"q": "so giao duc thanh giang"}).json()
    assert found["units"][0]["id"] == str(office.unit("so").public_id)
    assert found["units"][0]["note"] == "SGDĐT · Bộ Giáo dục và Đào tạo"
    first = client.get(address, {"q": "truong"}).json()
    assert (len(first["units"]), first["next"]) == (20, 2)
    second = client.get(address, {"q": "truong", "page": "2"}).json()
    assert {one["id"] for one in first["units"]}.isdisjoint({one["id"] for one in second["units"]})
    assert client.get(address, {"q": "x" * 5000, "page": "0x1"}).json() == {"units": [], "next": None}


def test_the_wizard_saves_nothing_before_it_is_confirmed_and_an_undo_brings_everything_back(
    client_of: ClientOf, office: Office
) -> None:
    client, before = client_of("administrator"), tree_export()
    address = reverse("organisations:event_new", args=["merge"])
    form = {
        **DECISION, "name": "Phòng Văn hóa – Xã hội xã Hợp Nhất", "code": "TG.XA.99",
        "unit": [str(office.unit("xa_1").public_id), str(office.unit("xa_2").public_id)],
    }  # fmt: skip
    shown = client.post(address, {**form, "step": "preview"})
    assert shown.status_code == 200
    assert "Phòng Văn hóa – Xã hội xã Hợp Nhất" in shown.content.decode()
    assert shown.context["found"].beneath == 4
    assert tree_export() == before
    edited = client.post(address, {**form, "step": "edit"})
    assert 'value="TG.XA.99"' in edited.content.decode()
    done = client.post(address, {**form, "step": "confirm", "seen": shown.context["seen"]})
    made = Unit.objects.get(code="TG.XA.99")
    assert done["Location"] == reverse("organisations:unit", args=[made.public_id])
    assert parent_of(office.unit("thcs_1"), on=dt.date(2026, 10, 1)) == made
    page = _text(client, done["Location"])
    assert "Kế thừa" in page
    event = UnitEvent.objects.get(kind="merge")
    back = reverse("organisations:event_undo", args=[event.public_id])
    assert "hoạt động trở lại" in _text(client, back)
    assert client.post(back).status_code == 302
    assert tree_export() == before


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("establish", {"name": "Trường mới", "kind": "primary", "code": "TG.M1", "parent": "xa_1"}),
        ("rename", {"unit": "thcs_1", "name": "Tên khác", "code": "TG.THCS.1"}),
        ("move", {"unit": "thcs_1", "line": "professional", "parent": "xa_2"}),
        ("merge", {"unit": "xa_1", "into": "xa_2"}),
        ("split", {"unit": "xa_1", "ends": "yes", "new": "TG.P1; Phòng một; P1\nTG.P2; Phòng hai"}),
        ("change_kind", {"unit": "thcs_1", "kind": "several_levels"}),
        ("dissolve", {"unit": "ttnn_1"}),
        ("transfer", {"unit": "xa_1", "to": "xa_2", "duties": "Lễ tân"}),
    ],
)
def test_every_kind_of_event_can_be_entered(
    client_of: ClientOf, office: Office, kind: str, fields: dict[str, str]
) -> None:
    units = ("unit", "parent", "into", "to")
    form = {key: str(office.unit(text).public_id) if key in units else text for key, text in fields.items()}
    client, address = client_of("administrator"), reverse("organisations:event_new", args=[kind])
    assert client.get(address).status_code == 200
    assert client.post(address, {"step": "preview"}).status_code == 422
    step = "shared" if kind == "split" else "preview"  # a division asks for what stands beneath in between
    shown = client.post(address, {**form, **DECISION, "step": step})
    assert shown.context["faults"] == []
    assert client.post(address, {**form, **DECISION, "step": "confirm"}).status_code == 302
    assert UnitEvent.objects.filter(kind=kind, decision_code="15/QĐ-UBND").count() == 1


def test_a_refusal_is_one_sentence_and_nothing_is_saved(client_of: ClientOf, office: Office) -> None:
    client, before = client_of("administrator"), tree_export()
    form = {**DECISION, "unit": str(office.unit("xa_1").public_id), "line": "professional",
            "parent": str(office.unit("thcs_1").public_id)}  # fmt: skip
    address = reverse("organisations:event_new", args=["move"])
    shown = client.post(address, {**form, "step": "preview"})
    assert "cây sẽ thành vòng" in shown.content.decode()
    assert client.post(address, {**form, "step": "confirm"}).status_code == 422
    assert tree_export() == before


def test_only_administrators_enter_events_or_keep_groups(client_of: ClientOf, office: Office) -> None:
    before = tree_export()
    for kind in ("specialist", "director", "principal", "reporter"):
        client = client_of(kind)
        assert client.post(reverse("organisations:event_new", args=["rename"]), DECISION).status_code == 403
        assert client.post(reverse("organisations:group_new"), {"name": "Cụm"}).status_code == 403
    assert tree_export() == before
    assert UnitGroup.objects.count() == 0


def test_a_group_is_made_filled_and_emptied(client_of: ClientOf, office: Office) -> None:
    client = client_of("administrator")
    client.post(reverse("organisations:group_new"), {"owner": str(office.unit("so").public_id), "name": "Cụm ven sông"})
    group = UnitGroup.objects.get()
    chosen = [str(office.unit(key).public_id) for key in ("thcs_1", "thcs_2")]
    client.post(reverse("organisations:group_add", args=[group.public_id]), {"units": chosen})
    assert office.unit("thcs_2").name in _text(client, reverse("organisations:group", args=[group.public_id]))
    client.post(reverse("organisations:group_drop", args=[group.public_id]), {"unit": chosen[0]})
    assert [m.unit_id for m in GroupMember.objects.filter(until_on__isnull=True)] == [office.unit("thcs_2").pk]
    assert "Cụm ven sông" in _text(client, reverse("organisations:groups"))


def test_the_picker_keeps_to_a_branch_and_to_what_one_may(client_of: ClientOf, office: Office) -> None:
    address, words = reverse("organisations:pick"), {"q": "truong thcs"}
    below = client_of("specialist").get(address, {**words, "under": str(office.unit("xa_1").public_id)}).json()
    assert [one["name"] for one in below["units"]] == [office.unit("thcs_1").name, office.unit("thcs_2").name]
    for may, found in (("organisations.manage", False), ("no.such", False), ("organisations.read", True)):
        answer = client_of("commune_officer").get(address, {**words, "may": may}).json()
        assert bool(answer["units"]) is found


def test_the_browser_sends_a_form_once_a_unit_is_chosen(client_of: ClientOf, office: Office) -> None:
    page = _text(client_of("administrator"), reverse("organisations:event_new", args=["move"]))
    fields = [line for line in page.split("<input") if 'role="combobox"' in line.split(">")[0]]
    assert len(fields) == 2
    assert not any(" required" in field.split(">")[0] for field in fields)
