"""Filling in a report: without a network, with a colleague in the same report, by keyboard and from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import Person

MAKER = Callable[..., Person]
STATE: Final = "[data-autosave-state]"
WAITING: Final = "Chưa lưu, đang chờ mạng"
SECTION: Final = "textarea.report-text"


def open_report(person: Person) -> Page:
    """Open the report that was returned to the school; the address is the same for everybody in it."""
    person.go("/bao-cao/cua-toi/?show=returned")
    person.page.locator("[data-row-link]").first.click()
    person.page.wait_for_selector("#report-form")
    person.page.wait_for_selector("html[data-ready]")
    return person.page


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator("[data-grid] tbody tr").nth(row).locator(".cell-input").nth(column)


def quiet(person: Person) -> None:
    """Leave out what a browser says of requests that had no network, and of answers 409: both are meant here."""
    person.complaints[:] = [
        said for said in person.complaints if "ERR_INTERNET_DISCONNECTED" not in said and "409" not in said
    ]


def test_what_is_typed_without_a_network_waits_and_arrives(person: MAKER) -> None:
    officer = person("school_officer")
    page = open_report(officer)
    box = page.locator(SECTION).first
    box.fill("Viết khi có mạng.")
    expect(page.locator(STATE)).to_contain_text("Đã lưu lúc")
    officer.context.set_offline(True)
    box.fill("Viết khi có mạng. Viết khi mất mạng.")
    cell(page, 0, 0).fill("41")
    expect(page.locator(STATE)).to_have_text(WAITING)
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator("#toasts")).to_contain_text(WAITING)
    officer.context.set_offline(False)
    expect(page.locator(STATE)).to_contain_text("Đã lưu lúc", timeout=15_000)
    head = person("principal")
    seen = open_report(head)
    expect(seen.locator(SECTION).first).to_have_value("Viết khi có mạng. Viết khi mất mạng.")
    expect(cell(seen, 0, 0)).to_have_value("41")
    quiet(officer)


def test_what_was_typed_without_a_network_survives_the_closed_browser(person: MAKER) -> None:
    officer = person("school_officer")
    page = open_report(officer)
    address = page.url
    officer.context.set_offline(True)
    page.locator(SECTION).nth(1).fill("Viết trên tàu, chưa kịp gửi.")
    expect(page.locator(STATE)).to_have_text(WAITING)
    officer.close_the_window()
    quiet(officer)
    officer.go(address)
    page = officer.page
    expect(page.locator(SECTION).nth(1)).to_have_value("Viết trên tàu, chưa kịp gửi.")
    expect(page.locator("#report-form")).to_contain_text("Đã khôi phục nội dung chưa lưu")
    expect(page.locator(STATE)).to_contain_text("Đã lưu lúc")
    officer.go(address)
    expect(officer.page.locator(SECTION).nth(1)).to_have_value("Viết trên tàu, chưa kịp gửi.")
    expect(officer.page.locator("#report-form")).not_to_contain_text("Đã khôi phục")


def test_two_windows_of_one_person_keep_what_each_has(person: MAKER) -> None:
    officer = person("school_officer")
    one = open_report(officer)
    other = officer.context.new_page()
    other.goto(one.url)
    other.wait_for_selector("html[data-ready]")
    officer.context.set_offline(True)
    one.locator(SECTION).nth(0).fill("Cửa sổ một, không có mạng.")
    other.locator(SECTION).nth(1).fill("Cửa sổ hai, không có mạng.")
    for page in (one, other):
        expect(page.locator(STATE)).to_have_text(WAITING)
    other.close()
    address = one.url
    officer.close_the_window()
    quiet(officer)
    officer.go(address)
    expect(officer.page.locator(SECTION).nth(0)).to_have_value("Cửa sổ một, không có mạng.")
    expect(officer.page.locator(SECTION).nth(1)).to_have_value("Cửa sổ hai, không có mạng.")
    expect(officer.page.locator(STATE)).to_contain_text("Đã lưu lúc")


def test_two_people_in_one_report_lose_nothing_and_choose_where_both_typed(person: MAKER) -> None:
    officer, head = person("school_officer"), person("principal")
    one, other = open_report(officer), open_report(head)
    one.locator(SECTION).nth(0).fill("Lời của chuyên viên.")
    cell(one, 1, 0).fill("12")
    expect(one.locator(STATE)).to_contain_text("Đã lưu lúc")
    other.locator(SECTION).nth(1).fill("Lời của hiệu trưởng.")
    expect(other.locator(STATE)).to_contain_text("Đã lưu lúc")
    expect(other.locator(SECTION).nth(0)).to_have_value("Lời của chuyên viên.")
    expect(cell(other, 1, 0)).to_have_value("12")
    cell(one, 1, 0).fill("13")
    expect(one.locator(SECTION).nth(1)).to_have_value("Lời của hiệu trưởng.")
    cell(other, 1, 0).fill("14")
    clash = other.locator(".clash")
    expect(clash).to_contain_text("đã lưu: 13")
    expect(clash).to_contain_text("Bạn nhập: 14")
    clash.get_by_role("button", name="Giữ của tôi").click()
    expect(other.locator(STATE)).to_contain_text("Đã lưu lúc")
    cell(one, 1, 0).fill("15")
    one.locator(".clash").get_by_role("button", name="Lấy của").click()
    expect(cell(one, 1, 0)).to_have_value("14")
    officer.go(one.url)
    expect(cell(officer.page, 1, 0)).to_have_value("14")
    expect(officer.page.locator(SECTION).nth(0)).to_have_value("Lời của chuyên viên.")
    quiet(officer)
    quiet(head)


def paste(page: Page, into: Locator, text: str) -> None:
    into.focus()
    into.evaluate(
        """(field, text) => {
            const parcel = new DataTransfer();
            parcel.setData("text/plain", text);
            const how = { clipboardData: parcel, bubbles: true, cancelable: true };
            field.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )


def test_the_grid_is_filled_by_keyboard_and_from_a_spreadsheet(person: MAKER) -> None:
    officer = person("school_officer")
    page = open_report(officer)
    cell(page, 0, 0).focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(cell(page, 1, 0)).to_be_focused()
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    expect(cell(page, 1, 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell(page, 0, 1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, 0, 2)).to_be_focused()
    paste(page, cell(page, 0, 0), "1.250\t-\t1.234,5\r\n\tKhông phát sinh\t7\r\n")
    assert [cell(page, 0, x).input_value() for x in range(3)] == ["1.250", "KPS", "1.234,5"]
    assert [cell(page, 1, x).input_value() for x in range(3)] == ["", "KPS", "7"]
    paste(page, cell(page, 0, 0), "1,250\t1,234,567\t1,234.5\n")
    assert [cell(page, 0, x).input_value() for x in range(3)] == ["1250", "1234567", "1234,5"]
    expect(page.locator(STATE)).to_contain_text("Đã lưu lúc")
    officer.go(page.url)
    assert [cell(officer.page, 0, x).input_value() for x in range(3)] == ["1.250", "1.234.567", "1.234,5"]
    assert cell(officer.page, 1, 0).input_value() == ""
