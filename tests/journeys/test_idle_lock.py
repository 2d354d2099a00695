"""A screen that nobody touches locks itself; what was typed is still there afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from caunoi.surfaces.demonstration.office import PASSWORD
from tests.journeys.people import Person


def test_the_screen_locks_keeps_what_was_typed_and_opens_by_the_password(person: Callable[..., Person]) -> None:
    specialist = person("specialist")
    page = specialist.page
    specialist.go("/tai-khoan/khoa-truy-cap/")
    page.fill("[name=password]", PASSWORD)
    page.clock.install()
    specialist.press("Tiếp tục")
    page.fill("[name=name]", "Kho dữ liệu của Sở")
    page.clock.fast_forward("14:00")
    expect(page.locator("#lock")).to_be_hidden()
    with page.expect_response(lambda answer: answer.url.endswith("/tai-khoan/khoa/")):
        page.clock.fast_forward("01:05")
    expect(page.locator("#lock")).to_be_visible()
    expect(page.locator("#lock-password")).to_be_focused()

    refused = specialist.context.request.get(specialist.address + "/tai-khoan/", max_redirects=0)
    assert (refused.status, refused.headers["location"].startswith("/tai-khoan/mo-khoa/")) == (302, True)
    page.keyboard.press("Escape")
    expect(page.locator("#lock")).to_be_visible()

    page.fill("#lock-password", "không phải")
    page.get_by_role("button", name="Mở khóa", exact=True).click()
    expect(page.locator("#lock-error")).to_have_text("Mật khẩu chưa đúng.")
    specialist.complaints.clear()  # the browser notes the refusal (422) as an error of the page

    page.fill("#lock-password", PASSWORD)
    page.get_by_role("button", name="Mở khóa", exact=True).click()
    expect(page.locator("#lock")).to_be_hidden()
    assert page.input_value("[name=name]") == "Kho dữ liệu của Sở"
    specialist.press("Tạo khóa")
    specialist.sees("Đã tạo khóa")


def test_a_session_locked_elsewhere_asks_for_the_password_within_the_page(person: Callable[..., Person]) -> None:
    specialist = person("specialist")
    page = specialist.page
    specialist.go("/van-ban/den/")
    token = page.locator("#lock [name=csrfmiddlewaretoken]").first.input_value()
    locked = specialist.context.request.post(
        specialist.address + "/tai-khoan/khoa/", form={"csrfmiddlewaretoken": token}, headers={"X-Idle": "0"}
    )
    assert locked.status == 204
    page.evaluate("htmx.ajax('GET', '/thong-bao/', {swap: 'none'})")
    expect(page.locator("#lock")).to_be_visible()
    specialist.complaints.clear()  # the browser notes the refusal (401) as an error of the page
    page.fill("#lock-password", PASSWORD)
    page.get_by_role("button", name="Mở khóa", exact=True).click()
    expect(page.locator("#lock")).to_be_hidden()
    specialist.go("/tai-khoan/")
    specialist.sees("Tên đăng nhập")
