"""What people do with the plan made from a document, page by page."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.people import Person
from tests.journeys.steps import SCHOOL, SCHOOLS, Registered, download


def make_plan(specialist: Person, document: Registered, title: str) -> str:
    """Make the plan of the Sở from the document's clauses, give a task of it to the school, present it."""
    page = specialist.page
    specialist.go(document.address)
    specialist.follow("Lập kế hoạch thực hiện")
    page.fill("[name=title]", title)
    page.fill("[name=year]", "2026")
    specialist.look("18-plan-new")
    specialist.press("Lập kế hoạch")
    plan = page.url
    specialist.look("19-plan")
    specialist.follow("Nhiệm vụ", within=page.locator("main nav, main .nav-tabs").last)
    specialist.follow("Giao nhiệm vụ")
    page.locator("select[name=item]").select_option(index=2)
    page.fill("[name=title]", f"Cử cán bộ tham gia: {title}")
    page.get_by_role("group", name="Chủ trì").get_by_label(SCHOOL).check()
    page.fill("[name=product]", "Danh sách cán bộ")
    page.fill("[name=due_on]", "20/12/2027")
    specialist.look("20-plan-task")
    specialist.press("Giao nhiệm vụ")
    specialist.sees("Đã giao 1 nhiệm vụ.")
    specialist.go(f"{plan}doi-chieu/")
    specialist.look("21-plan-coverage")
    specialist.go(f"{plan}ban-in/")
    specialist.look("22-plan-print")
    page.get_by_role("button", name="Trình ký").first.click()
    with specialist.moves():
        page.locator("dialog[open]").get_by_role("button", name="Trình ký", exact=True).click()
    specialist.sees("Đã trình ký kế hoạch")
    return plan


def sign(director: Person, title: str) -> None:
    """Sign from "my work"."""
    director.go("/")
    director.look("23-home-director")
    director.follow(title)
    director.look("24-sign")
    director.page.get_by_role("button", name="Ký", exact=True).click()
    with director.moves():
        director.page.locator("dialog[open]").get_by_role("button", name="Ký", exact=True).click()
    director.sees("Đã ký.")


def issue(clerk: Person, title: str, folder: Path) -> tuple[str, Path]:
    """Number the plan and issue it to all upper secondary schools; return its number and the issued Word file."""
    page = clerk.page
    clerk.go("/")
    clerk.look("25-home-clerk")
    clerk.follow(title)
    clerk.follow("Cấp số, phát hành")
    page.locator(".unit-group", has_text=SCHOOLS).locator("[data-group-all]").check()
    clerk.look("26-issue")
    clerk.press("Cấp số, phát hành", confirm=True)
    said = re.search(r"Đã phát hành số (\S+), gửi đến (\d+) đơn vị", clerk.main.inner_text())
    assert said is not None
    assert int(said[2]) > 1
    clerk.look("27-issued")
    return said[1], download(clerk, "Tải docx", folder)


def receives(officer: Person, number: str, title: str) -> None:
    """The school finds the plan waiting to be registered, and its task on the home page."""
    officer.go("/")
    officer.sees(f"Cử cán bộ tham gia: {title}"[:60])
    officer.look("28-home-school-plan")
    officer.go("/van-ban/cho-xu-ly/")
    row = officer.page.locator(".plain-rows li").filter(has_text=number).filter(has_text=title)
    expect(row).to_have_count(1)
    officer.look("29-school-waiting")
    officer.press("Vào sổ", within=row)
