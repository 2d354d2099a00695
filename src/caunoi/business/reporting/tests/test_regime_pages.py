"""The pages of regimes: editing, designing, putting in force; what is refused saves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, ReportRegime
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.tests.scenes import draft_regime
from caunoi.surfaces.demonstration.office import Office

ClientOf: TypeAlias = Callable[[str], Client]


def test_a_regime_is_edited_designed_and_put_in_force_from_its_pages(office: Office, client_of: ClientOf) -> None:
    regime = draft_regime(office)
    client = client_of("specialist")
    page = client.get(reverse("reporting:edit_regime", args=[regime.public_id]))
    data = {name: value for name, value in page.context["form"].initial.items() if value not in (None, False)}
    data["receiver"] = office.unit("so").pk
    turns: dict[str, object] = {
        "turn-TOTAL_FORMS": 4,
        "turn-INITIAL_FORMS": 0,
        "turn-MIN_NUM_FORMS": 4,
        "turn-MAX_NUM_FORMS": 4,
    }
    turns |= {"turn-0-day": 10, "turn-0-month": 12, "turn-0-span": "year", "turn-0-propose": "on"}
    turns |= {f"turn-{n}-span": "year" for n in (1, 2, 3)}
    saved = client.post(reverse("reporting:edit_regime", args=[regime.public_id]), {**data, **turns, "name": "Tên mới"})
    assert saved.status_code == 302
    section = reverse("reporting:new_section", args=[regime.public_id])
    assert client.post(section, {"title": "Mục thêm", "marker": "III"}).status_code == 302
    table = reverse("reporting:new_table", args=[regime.public_id])
    answer = client.post(
        table,
        {
            "title": "Biểu 2",
            "nature": "stock",
            "row_label": ["Một", "Hai", ""],
            "column_label": ["Số", "Tiền"],
            "column_unit": ["người", "đồng"],
            "column_number": ["integer", "decimal"],
        },
    )
    assert answer.status_code == 302
    client.post(reverse("reporting:step_regime", args=[regime.public_id]), {"act": "force"})
    regime.refresh_from_db()
    assert (regime.name, regime.state) == ("Tên mới", "in_force")
    assert [(t.month, t.day, t.cut_off_origin) for t in regime.turns.all()] == [(12, 10, "own")]
    words = client.get(reverse("reporting:regime", args=[regime.public_id])).content.decode()
    assert "chốt riêng" in words
    client.post(reverse("reporting:step_regime", args=[regime.public_id]), {"act": "open", "due_on": "2026-12-10"})
    assert Campaign.objects.get().due_on == dt.date(2026, 12, 10)


def test_a_day_that_no_month_has_is_refused_on_the_page(office: Office, client_of: ClientOf) -> None:
    regime = draft_regime(office)
    turns: dict[str, object] = {
        "turn-TOTAL_FORMS": 4,
        "turn-INITIAL_FORMS": 0,
        "turn-0-day": 31,
        "turn-0-month": 2,
        "turn-0-span": "year",
    }
    turns |= {f"turn-{n}-span": "year" for n in (1, 2, 3)}
    facts = {"name": "Tên", "rhythm": "yearly", "bound": "no_later_than", "lead_days": 30, "lock_days": 10}
    response = client_of("specialist").post(
        reverse("reporting:edit_regime", args=[regime.public_id]), {**facts, **turns}
    )
    assert response.status_code == 422
    assert "Tháng này không có ngày đó." in response.content.decode()


def test_a_page_of_a_regime_that_is_refused_saves_nothing(office: Office, client_of: ClientOf) -> None:
    regime = draft_regime(office)
    turns = {f"turn-{n}-{name}": v for n in (0, 1) for name, v in (("day", 5 + n), ("month", 6), ("span", "year"))}
    turns |= {"turn-TOTAL_FORMS": 4, "turn-INITIAL_FORMS": 0, "turn-2-span": "h1", "turn-3-span": "h1"}
    facts = {"name": "Tên khác", "rhythm": "yearly", "bound": "no_later_than", "lead_days": 30, "lock_days": 10}
    page = client_of("specialist").post(reverse("reporting:edit_regime", args=[regime.public_id]), {**facts, **turns})
    assert page.status_code == 422
    assert "hai kỳ hạn cùng một kỳ báo cáo" in page.content.decode()
    regime.refresh_from_db()
    assert (regime.name, regime.turns.count()) == ("Báo cáo công tác đối ngoại", 2)


def test_the_table_editor_shows_what_is_typed_and_takes_lines_from_shared_lists(
    office: Office, client_of: ClientOf
) -> None:
    regime, client = draft_regime(office), client_of("specialist")
    here = reverse("reporting:table", args=[regime.public_id, "b1"])
    typed = {"title": "Du học", "nature": "flow", "row_label": ["Úc", "Lào"], "column_label": ["Số người"]}
    preview = client.post(here, {**typed, "act": "preview"}).content.decode()
    assert preview.index("Úc") < preview.index("Lào")
    assert "<html" not in preview
    expanded = client.post(here, {**typed, "act": "expand", "list": "level", "list_2": "funding", "into": "columns"})
    assert expanded.status_code == 200
    assert len(expanded.context["lines"].columns) == 1 + 9 * 3
    assert expanded.context["lines"].columns[1].dimensions == (("level", "lower_secondary"), ("funding", "state"))
    assert form_of(regime).tables[0].title == "Đoàn ra"


def test_a_row_keeps_its_code_when_it_is_moved_and_renamed(office: Office, client_of: ClientOf) -> None:
    regime, client = draft_regime(office), client_of("specialist")
    here = reverse("reporting:table", args=[regime.public_id, "b1"])
    typed = {
        "title": "Đoàn ra", "nature": "flow", "act": "save",
        "row_code": ["r3", "r1", ""], "row_label": ["Nước khác", "CHDCND Lào", "Úc"],
        "column_code": ["c1", "c2"], "column_label": ["Số đoàn", "Số lượt người"], "total_row": "on",
    }  # fmt: skip
    assert client.post(here, typed).status_code == 302
    assert [(row.code, row.label) for row in form_of(regime).tables[0].rows] == [
        ("r3", "Nước khác"), ("r1", "CHDCND Lào"), ("r4", "Úc"), ("rt", "Tổng cộng"),
    ]  # fmt: skip


def test_two_rows_of_one_name_are_refused_and_nothing_changes(office: Office, client_of: ClientOf) -> None:
    regime = draft_regime(office)
    before = form_of(regime)
    here = reverse("reporting:table", args=[regime.public_id, "b1"])
    typed = {"title": "Đoàn ra", "nature": "flow", "row_label": ["Lào", "Lào"], "column_label": ["Số đoàn"]}
    answer = client_of("specialist").post(here, typed)
    assert answer.status_code == 422
    assert "Có hai dòng cùng tên “Lào”" in answer.content.decode()
    assert form_of(regime) == before


def test_a_table_is_copied_within_the_regime_and_from_another(office: Office, client_of: ClientOf) -> None:
    regime, client = draft_regime(office), client_of("specialist")
    other = draft_regime(office)
    change = reverse("reporting:change_form", args=[regime.public_id])
    client.post(change, {"act": "copy_table", "code": "b1"})
    client.post(change, {"act": "copy_from", "from": f"{other.public_id}:b1"})
    client.post(change, {"act": "table_up", "code": "b3"})
    tables = form_of(regime).tables
    assert [(table.code, table.title) for table in tables] == [
        ("b1", "Đoàn ra"), ("b3", "Đoàn ra"), ("b2", "Đoàn ra (bản sao)"),
    ]  # fmt: skip
    assert {len(table.rows) for table in tables} == {4}
    client.post(change, {"act": "copy_from", "from": str(other.public_id)})
    assert [section.code for section in form_of(regime).sections] == ["s1", "s2", "s3", "s4"]
    assert client.post(change, {"act": "copy_from", "from": "nothing"}).status_code == 404


def test_a_shipped_regime_is_taken_over_from_its_page(office: Office, client_of: ClientOf) -> None:
    client = client_of("specialist")
    page = client.get(reverse("reporting:shipped")).content.decode()
    assert "Báo cáo công tác đối ngoại nhân dân" in page
    assert "văn bản không ghi ngày" in page
    taken = client.post(reverse("reporting:shipped"), {"code": "external_information"})
    regime = ReportRegime.objects.get(shipped_code="external_information")
    assert taken.headers["Location"] == reverse("reporting:regime", args=[regime.public_id])
    shown = client.get(taken.headers["Location"]).content.decode()
    assert "Quý I, Quý II, Quý III, Quý IV" in shown
    assert client.get(reverse("reporting:edit_regime", args=[regime.public_id])).status_code == 200
