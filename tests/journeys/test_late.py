"""Who is late: the leader sees it on the first page, the list names the units, one press reminds them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import Person


def test_the_late_units_of_an_overdue_campaign_are_named(person: Callable[..., Person]) -> None:
    director = person("director")
    director.go("/")
    overdue = director.page.locator("main .card").filter(has_text="quá hạn").filter(has_text="Mở đợt báo cáo").first
    late = re.search(r"Quá hạn\s+(\d+)/(\d+)", overdue.inner_text())
    assert late is not None
    director.follow("Mở đợt báo cáo", within=overdue)
    director.follow("Trễ hạn", within=director.main)
    rows = director.page.locator("main tbody tr")
    expect(rows).to_have_count(int(late[1]))
    for row in rows.all():
        expect(row).to_contain_text("quá hạn")
        expect(row.get_by_role("link").first).not_to_be_empty()
