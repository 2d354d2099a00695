"""The component gallery in a real browser: no fault of access, nothing beyond the screen, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from caunoi.settings import urls

urlpatterns = [*urls.urlpatterns, path("_pages/", include("caunoi.foundation.pages.web.gallery_urls"))]

PAGES: Final = [
    "",
    "home/",
    "list/",
    "list/?state=none",
    "record/",
    "form/",
    "grid/",
    "review/",
    "sign-in/",
    "failure/404/",
]


@pytest.fixture
def gallery(live_server: LiveServer) -> Iterator[str]:
    """Return the address of the gallery, which is served beside the system's own pages."""
    with override_settings(ROOT_URLCONF=__name__):
        yield f"{live_server.url}/_pages/"


@pytest.fixture
def screen(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages of a width and a colour scheme; what the browser complains of fails the test.

    Each is closed with its test: the server of these tests lends its database to the lines that are open, not for ever.
    """
    complaints: list[str] = []
    opened: list[BrowserContext] = []

    def make(width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="vi-VN",
            color_scheme="dark" if scheme == "dark" else "light",
        )  # fmt: skip
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield make
    for context in opened:
        context.close()
    assert [complaint for complaint in complaints if "status of 404" not in complaint] == []


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_gallery_is_accessible_and_fits(
    gallery: str, screen: Callable[..., Page], width: int, scheme: str
) -> None:
    page = screen(width, scheme)
    found = {}
    for address in PAGES:
        page.goto(gallery + address)
        expect(page.locator("h1").first).to_be_visible()
        assert page.locator("html").get_attribute("data-bs-theme") == scheme
        violations = Axe().run(page).response["violations"]
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if violations or beyond > 0:
            found[address] = ([violation["id"] for violation in violations], beyond)
    assert found == {}


def test_charts_are_drawn_and_their_table_is_a_tab_away(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery)
    expect(page.locator("html[data-charts-drawn]")).to_have_count(1)
    expect(page.locator("[data-chart-canvas] canvas")).to_have_count(4)
    page.locator("#years-tab-chart").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#years-table")).to_be_visible()
    expect(page.locator("#years-table tbody tr").nth(1)).to_contain_text("2022")
    expect(page.locator("#years-table tbody tr").nth(1).locator("td").first).to_have_text("–")


def test_what_is_typed_comes_back_after_the_page_was_left(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery + "form/")
    page.locator("#id_title").fill("Giao lưu học sinh với Viêng Chăn")
    page.locator("#id_partners_1").check()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc")
    open_ready(page, gallery)
    open_ready(page, gallery + "form/")
    expect(page.locator("#id_title")).to_have_value("Giao lưu học sinh với Viêng Chăn")
    expect(page.locator("#id_partners_1")).to_be_checked()
    page.get_by_role("button", name="Bỏ nội dung này").click()
    expect(page.locator("#id_title")).to_have_value("")


def test_a_form_with_errors_says_them_keeps_what_was_typed_and_is_sent_once(
    gallery: str, screen: Callable[..., Page]
) -> None:
    page = screen()
    open_ready(page, gallery + "form/")
    page.locator("#id_title").fill("Giao lưu")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.evaluate(
        "() => { const b = document.querySelector('#task button[type=submit]'); b.click(); b.click(); b.click(); }"
    )
    expect(page.locator("[data-errors]")).to_be_focused()
    assert sent == ["POST"]
    expect(page.locator("#id_title")).to_have_value("Giao lưu")
    page.locator("[data-errors] a").first.click()
    expect(page.locator("#id_due_on")).to_be_focused()


def test_a_consequence_is_asked_before_it_happens(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery)
    asker = page.get_by_role("button", name="Hủy số 125").first
    asker.click()
    question = page.get_by_role("dialog", name="Hủy số 125/KH-SGDĐT")
    expect(question).to_contain_text("không dùng lại được")
    expect(question.get_by_role("button", name="Để sau")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(asker).to_be_focused()
    asker.click()
    with page.expect_request(lambda request: request.method == "POST"):
        question.get_by_role("button", name="Hủy số 125").click()


def open_ready(page: Page, address: str) -> None:
    """Open a page and wait until its scripts are there."""
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_have_count(1)


PASTE: Final = """(text) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


def test_figures_are_pasted_from_a_spreadsheet_and_cells_show_their_state(
    gallery: str, screen: Callable[..., Page]
) -> None:
    page = screen()
    open_ready(page, gallery + "grid/")
    page.locator("#cell-c1").focus()
    page.evaluate(PASTE, "5\tKPS\t12,5\n7\tabc\tKAD\n1\t2\t3\n")
    for name, value, state in [
        ("c1", "5", "value"), ("d1", "KPS", "zero"), ("e1", "12,5", "value"), ("d2", "abc", "wrong"),
        ("e2", "KAD", "not_applicable"), ("d3", "2", "value"), ("e3", "48", "value"),
    ]:  # fmt: skip
        expect(page.locator(f"#cell-{name}")).to_have_value(value)
        assert f"cell-{state}" in (page.locator(f"[data-cell]:has(#cell-{name})").get_attribute("class") or "")
    expect(page.locator("#toasts")).to_contain_text("Đã dán 8 ô. 1 ô nằm ngoài bảng hoặc đã khóa nên không dán.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#cell-d2")).to_be_focused()
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    expect(page.locator("#cell-d2")).to_have_value("abc")


def test_a_fact_and_its_place_light_up_together(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery + "review/")
    page.locator('[data-place-id="number"]').click()
    expect(page.locator('[data-fact-id="number"].lit')).to_be_visible()
    page.locator("#f-issuer").focus()
    expect(page.locator('[data-place-id="issuer"].lit')).to_be_visible()
    expect(page.locator('[data-place-id="number"].lit')).to_have_count(0)
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    expect(page.locator('[data-place-id="deadline"].lit')).to_be_visible()
    page.locator('[data-place-id="date"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#f-date")).to_be_focused()


def test_a_list_is_walked_by_keyboard(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery + "list/")
    expect(page.locator("table[data-rows]")).to_be_visible()
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    expect(page.locator("tr.row-current")).to_contain_text("1290/SNgV-HTQT")
    page.keyboard.press("Enter")
    expect(page).to_have_url(gallery + "record/")


def test_long_choices_are_filtered_without_accents(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery + "form/")
    page.get_by_placeholder("Lọc trong danh sách").fill("trung tam")
    expect(page.locator("#id_partners .check-line:visible")).to_have_count(2)
    page.get_by_role("button", name="Chọn tất cả đang hiện").click()
    expect(page.locator(".choices-count")).to_have_text("Đã chọn 2")


def test_rows_are_ticked_for_one_action(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery + "list/")
    expect(page.locator("#bulk")).to_be_hidden()
    page.get_by_role("checkbox", name="56/KH-UBND").first.check()
    expect(page.locator("#bulk")).to_contain_text("Đã chọn 1")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Chuyển giao").click()
    fields = parse_qs(sent.value.post_data or "")
    assert (fields["chosen"], fields["act"]) == (["410"], ["hand-over"])


def test_navigation_and_heads_stay_in_sight(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen(1280)
    open_ready(page, gallery + "list/")
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY === 300")
    edges = (
        "(name) => { const box = document.querySelector(name).getBoundingClientRect(); return [box.top, box.bottom]; }"
    )
    assert page.evaluate(edges, ".sidebar") == [0, 800]
    assert page.evaluate(edges, ".data-table thead th")[0] == page.evaluate(edges, ".topbar")[1]


def test_the_theme_is_chosen_and_kept(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen(1280, "dark")
    open_ready(page, gallery)
    page.locator("[data-theme-switch]:visible").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    open_ready(page, gallery + "list/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_files_are_listed_taken_out_again_and_sent(gallery: str, screen: Callable[..., Page]) -> None:
    page = screen()
    open_ready(page, gallery)
    page.locator("#files-files").set_input_files(
        [
            FilePayload(name="CV 12.docx", mimeType="application/octet-stream", buffer=b"1" * 2048),
            FilePayload(name="PL 1.pdf", mimeType="application/pdf", buffer=b"1" * 100),
        ]
    )
    expect(page.locator("[data-files] li")).to_have_count(2)
    page.get_by_role("button", name="Bỏ tệp CV 12.docx").click()
    expect(page.locator("[data-files] li")).to_have_text(["PL 1.pdf1 KB"])
    page.get_by_role("button", name="Tiếp nhận").last.click()
    expect(page).to_have_url(gallery + "list/")
    expect(page.locator(".messages")).to_contain_text("Đã nhận 1 tệp.")


def test_what_a_field_lacks_is_said_beside_it_in_the_language_of_the_page(
    gallery: str, screen: Callable[..., Page]
) -> None:
    page = screen()
    open_ready(page, gallery)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    said = page.locator(".control-said")
    expect(said).to_have_text(
        ["Ô này chưa có nội dung. Hãy điền rồi gửi lại.", "Chưa chọn tệp. Hãy chọn một tệp trên máy."]
    )
    expect(page.locator("#ground")).to_be_focused()
    assert page.locator("#ground").get_attribute("aria-describedby") == said.first.get_attribute("id")
    page.locator("#ground").fill("Gửi bản giấy")
    expect(said).to_have_count(1)
    expect(page.locator("#ground")).not_to_have_attribute("aria-invalid", "true")
    page.locator("#workbook").set_input_files({"name": "Biểu 1.xlsx", "mimeType": "application/zip", "buffer": b"PK"})
    expect(said).to_have_count(0)
    expect(page.locator("[data-file-name]")).to_have_text("Biểu 1.xlsx")
