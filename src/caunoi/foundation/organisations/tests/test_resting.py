"""What keeps an event from being taken back: rows of every other module, counted and named in words, with links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from caunoi.foundation.organisations.models import Unit, UnitEvent
from caunoi.foundation.organisations.operations.groups import add_to_group, create_group
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.operations.resting import tables_about_units
from caunoi.foundation.organisations.public import (
    Naming,
    UnitKind,
    establish_unit,
    merge_units,
    rename_unit,
    resting_on,
    tree_export,
    undo_event,
)
from caunoi.foundation.organisations.rules.resting import held_kinds
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

BY = system("Máy thử")
DAY = dt.date(2026, 9, 1)
WORDS = {
    "people.Post": "1 vị trí công tác",
    "people.Grant": "1 quyền được giao",
    "people.SigningAuthority": "1 thẩm quyền ký",
    "people.ImportRun": "1 lần nhập từ Excel",
    "people.ExportRun": "1 tệp dữ liệu đã xuất",
    "documents.Document": "1 văn bản",
    "documents.Recipient": "là nơi nhận của 1 văn bản",
    "documents.Distribution": "được chuyển 1 văn bản",
    "documents.NumberSeries": "1 sổ văn bản",
    "plans.Plan": "1 kế hoạch",
    "plans.Task": "1 nhiệm vụ",
    "reporting.ReportRegime": "1 chế độ báo cáo",
    "reporting.ReporterGroup": "1 nhóm đối tượng của chế độ báo cáo",
    "reporting.Campaign": "mở 1 đợt báo cáo",
    "reporting.ExpectedReporter": "có tên trong 1 đợt báo cáo",
    "reporting.BranchPart": "có số liệu trong 1 báo cáo của nơi khác",
}


def _row(label: str, office: Office, **given: object) -> models.Model:
    """Return a saved row of a table, its compulsory fields filled with whatever fits."""
    model = apps.get_model(label)
    facts = {
        field.name: _fitting(field, office)
        for field in model._meta.concrete_fields
        if not (field.null or field.has_default() or field.blank or field.primary_key or field.name in given)
    }
    made: models.Model = model._default_manager.create(**facts, **given)
    return made


def _fitting(field: models.Field[object, object], office: Office) -> object:
    if isinstance(field, models.ForeignKey):
        label = field.related_model._meta.label
        held = {"organisations.Unit": office.unit("so"), "people.Post": office.posts["administrator"]}
        return held.get(label) or apps.get_model(label)._default_manager.first() or _row(label, office)
    if field.choices:
        return next(iter(field.choices))[0]
    if isinstance(field, models.DateTimeField):
        return dt.datetime(2026, 9, 2, tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return dt.date(2026, 9, 3 if "until" in field.name else 2)
    return "x" if isinstance(field, models.CharField | models.TextField) else 2026


def _founded(office: Office, now: dt.datetime) -> tuple[Unit, UnitEvent]:
    places = {Line.PROFESSIONAL: office.unit("so"), Line.ADMINISTRATIVE: office.unit("so")}
    kind = UnitKind.objects.get(code="department_office")
    unit = establish_unit(kind=kind, code="TG.M", naming=Naming("Phòng Mới"), parents=places, on=DAY, by=BY, at=now)
    return unit, UnitEvent.objects.latest("id")


def test_every_table_that_names_units_has_words() -> None:
    assert set(tables_about_units()) == set(held_kinds()) == set(WORDS)


@pytest.mark.parametrize(
    ("label", "field"), [(label, field) for label, fields in tables_about_units().items() for field in fields]
)
def test_what_a_module_holds_about_a_unit_is_counted_and_keeps_its_founding(
    office: Office, now: dt.datetime, label: str, field: str
) -> None:
    unit, event = _founded(office, now)
    assert resting_on(event) == []
    if apps.get_model(label)._meta.get_field(field).many_to_many:
        getattr(_row(label, office), field).add(unit)
    else:
        _row(label, office, **{field: unit})
    assert [one.label for one in resting_on(event)] == [f"Phòng Mới: {WORDS[label]}"]
    before = tree_export()
    with pytest.raises(TreeRefused, match="resting"):
        undo_event(event=event, by=BY, at=now)
    assert tree_export() == before


def test_the_page_lists_what_rests_with_links_to_what_one_may_open(
    office: Office, now: dt.datetime, client_of: Callable[[str], Client]
) -> None:
    unit, event = _founded(office, now)
    _row("people.Post", office, unit=unit)
    _row("plans.Plan", office, unit=unit)
    group = create_group(owner=office.unit("so"), name="Các phòng", by=BY, at=now)
    add_to_group(group=group, units=[unit], by=BY, at=now)
    rename_unit(unit=unit, naming=Naming("Phòng Mới Đổi Tên"), on=dt.date(2026, 9, 15), by=BY, at=now)
    later = UnitEvent.objects.latest("id")
    page = client_of("administrator").get(reverse("organisations:event_undo", args=[event.public_id]))
    assert page.context["resting"] == [
        ("Đổi tên: Phòng Mới (15/09/2026)", reverse("organisations:event_undo", args=[later.public_id])),
        ("Các phòng: Phòng Mới Đổi Tên", reverse("organisations:group", args=[group.public_id])),
        ("Phòng Mới Đổi Tên: 1 kế hoạch", ""),  # administrators do not read plans
        ("Phòng Mới Đổi Tên: 1 vị trí công tác", reverse("people:unit", args=[unit.public_id])),
    ]


def test_a_renaming_stays_once_documents_went_out_under_the_new_name(office: Office, now: dt.datetime) -> None:
    school = office.unit("thpt_1")
    event = rename_unit(unit=school, naming=Naming("Trường Tên Mới", "", "TM"), on=DAY, by=BY, at=now)
    facts = {"unit": school, "direction": "outgoing", "state": "issued", "changed_at": now}
    series = _row("documents.NumberSeries", office)
    facts |= {"series": series, "code_number": "01"}
    _row("documents.Document", office, **facts, serial_number=1, issued_on=DAY - dt.timedelta(days=1))
    assert resting_on(event) == []
    _row("documents.Document", office, **facts, serial_number=2, issued_on=DAY)
    assert [one.label for one in resting_on(event)] == ["Trường Tên Mới: 1 văn bản phát hành theo tên mới"]


def test_a_merger_stays_once_the_successor_has_sent_a_report_for_who_ended(office: Office, now: dt.datetime) -> None:
    merge_units(units=[office.unit("xa_4")], into=office.unit("xa_5"), on=DAY, by=BY, at=now)
    event = UnitEvent.objects.latest("id")
    facts = {"unit": office.unit("xa_4"), "heir": office.unit("xa_5")}
    row = _row("reporting.ExpectedReporter", office, **facts)
    assert resting_on(event) == []
    type(row)._default_manager.filter(pk=row.pk).update(first_sent_at=now)
    labels = [one.label for one in resting_on(event)]
    assert labels == [f"x: {office.unit('xa_5').name} đã gửi báo cáo thay 1 đơn vị"]
