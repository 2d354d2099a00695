"""The pages of regimes: editing, designing, putting in force; what is refused saves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign
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
        {"title": "Biểu 2", "nature": "stock", "rows": "Một\nHai\n", "columns": "Số | người\nTiền | đồng | thập phân"},
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
