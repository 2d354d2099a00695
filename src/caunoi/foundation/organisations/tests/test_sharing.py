"""The page on which what stands beneath a divided unit is shared out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client

from caunoi.foundation.organisations.models import Unit
from caunoi.foundation.organisations.public import Naming, Opening, UnitKind, establish_units, parent_of, tree_export
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
DAY = dt.date(2026, 10, 1)
ADDRESS = "/don-vi/thay-doi/split/"


def _form(office: Office, **more: object) -> dict[str, object]:
    return {
        "decision_code": "15/QĐ-UBND", "decision_on": "20/09/2026", "decision_organ": "UBND tỉnh Thanh Giang",
        "on": "01/10/2026", "unit": str(office.unit("xa_1").public_id), "ends": "yes",
        "new": "TG.A; Phòng A\nTG.B; Phòng B", **more,
    }  # fmt: skip


def _share(office: Office, key: str) -> str:
    return f"share:{office.unit(key).public_id}"


def test_each_unit_beneath_goes_where_it_is_put_and_the_others_to_the_principal(
    client_of: ClientOf, office: Office
) -> None:
    client, before = client_of("administrator"), tree_export()
    asked = client.post(ADDRESS, _form(office, step="preview"))
    assert asked.context["receivers"] == {"": "Phòng A", "TG.B": "Phòng B"}
    assert [row.unit.pk for row in asked.context["rows"]] == [office.unit("thcs_1").pk, office.unit("thcs_2").pk]
    chosen = {"sharing": "1", _share(office, "thcs_2"): "TG.B"}
    shown = client.post(ADDRESS, _form(office, step="shared", **chosen))
    assert [(one.to, one.count, one.names) for one in shown.context["moved"]] == [
        ("Phòng A", 1, (office.unit("thcs_1").name,)),
        ("Phòng B", 1, (office.unit("thcs_2").name,)),
    ]
    kept = dict(shown.context["kept"])
    assert json.loads(kept["shares"]) == {str(office.unit("thcs_2").public_id): "TG.B"}
    assert tree_export() == before
    again = client.post(ADDRESS, {**kept, "step": "share"})
    assert [row.chosen for row in again.context["rows"]] == ["", "TG.B"]
    edited = client.post(ADDRESS, {**kept, "step": "edit"})
    assert "TG.B" in edited.context["form"]["shares"].value()
    done = client.post(ADDRESS, {**kept, "step": "confirm", "seen": shown.context["seen"]})
    assert done.status_code == 302
    new = {one.code: one for one in Unit.objects.filter(code__in=["TG.A", "TG.B"])}
    assert parent_of(office.unit("thcs_1"), on=DAY) == new["TG.A"]
    assert parent_of(office.unit("thcs_2"), on=DAY) == new["TG.B"]


def test_where_the_unit_stays_what_is_not_chosen_stays_under_it(client_of: ClientOf, office: Office) -> None:
    client = client_of("administrator")
    form = _form(office, ends="no", new="TG.B; Phòng B", sharing="1", **{_share(office, "thcs_1"): "TG.B"})
    shown = client.post(ADDRESS, {**form, "step": "shared"})
    assert [(one.to, one.names) for one in shown.context["moved"]] == [("Phòng B", (office.unit("thcs_1").name,))]
    kept = dict(shown.context["kept"])
    client.post(ADDRESS, {**kept, "step": "confirm", "seen": shown.context["seen"]})
    assert parent_of(office.unit("thcs_1"), on=DAY) == Unit.objects.get(code="TG.B")
    assert parent_of(office.unit("thcs_2"), on=DAY) == office.unit("xa_1")


def test_a_receiver_that_is_no_longer_named_gives_its_units_back_to_the_principal(
    client_of: ClientOf, office: Office
) -> None:
    shares = json.dumps({str(office.unit("thcs_1").public_id): "TG.GONE"})
    asked = client_of("administrator").post(ADDRESS, _form(office, step="preview", shares=shares))
    assert [row.chosen for row in asked.context["rows"]] == ["", ""]


@pytest.mark.parametrize("shares", ["[1]", "{", '{"x": 1}', "7"])
def test_what_the_page_did_not_write_is_refused(client_of: ClientOf, office: Office, shares: str) -> None:
    answer = client_of("administrator").post(ADDRESS, _form(office, step="confirm", shares=shares))
    assert answer.status_code == 422
    assert "Hãy chia lại" in answer.content.decode()


def test_three_hundred_units_are_asked_for_in_as_many_queries_as_two(
    client_of: ClientOf, office: Office, now: dt.datetime, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of("administrator")
    client.post(ADDRESS, _form(office, step="preview"))
    with django_assert_max_num_queries(40) as few:  # type: ignore[attr-defined]  # the fixture's context
        client.post(ADDRESS, _form(office, step="preview"))
    kind = UnitKind.objects.get(code="primary")
    places = {Line.PROFESSIONAL: office.unit("xa_1"), Line.ADMINISTRATIVE: office.unit("ubnd_xa_1")}
    schools = [
        Opening(f"TG.TH.{n}", kind, Naming(f"Trường Tiểu học số {n}", seat="An Lạc"), places) for n in range(300)
    ]
    establish_units(openings=schools, on=dt.date(2026, 9, 1), by=system(), at=now)
    with django_assert_max_num_queries(40) as many:  # type: ignore[attr-defined]  # the fixture's context
        asked = client.post(ADDRESS, _form(office, step="preview"))
    assert len(many.captured_queries) == len(few.captured_queries)
    assert len(asked.context["rows"]) == 302
    kinds = {one.key: one.count for one in asked.context["gatherings"]["Loại hình"]}
    assert kinds == {"kind:primary": 300, "kind:lower_secondary": 2}
    above = asked.context["gatherings"]["Nơi trực thuộc khác"]
    assert [(one.label, one.count) for one in above] == [(office.unit("ubnd_xa_1").name, 302)]
