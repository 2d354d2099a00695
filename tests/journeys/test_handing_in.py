"""The consolidated report of the Sở becomes its report to the province and is handed in with the issued letter."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.people import Person

CAMPAIGN = "Báo cáo công tác đối ngoại và hội nhập quốc tế – năm"
ABOVE = "Báo cáo công tác đối ngoại của các sở, ban, ngành"
PROVINCE = "Ủy ban nhân dân tỉnh"


def test_the_letter_hands_the_report_in(person: Callable[..., Person]) -> None:
    specialist = person("specialist")
    made = _consolidated(specialist)
    _fill(specialist)
    specialist.go(made)
    specialist.press("Lập dự thảo văn bản đi", confirm=True)
    specialist.sees("Khi văn bản đi phát hành, báo cáo được gửi cùng.")
    specialist.follow(
        "Tổng hợp công tác đối ngoại", within=specialist.main.locator("[href^='/van-ban/']").locator("..")
    )
    letter = specialist.page.url
    _confirm(specialist, "Trình ký")
    director = person("director")
    director.go(letter)
    _confirm(director, "Ký")
    clerk = person("clerk")
    clerk.go(letter)
    clerk.follow("Cấp số, phát hành")
    clerk.press("Cấp số, phát hành", confirm=True)
    clerk.sees("Đã phát hành số")
    specialist.go(made)
    specialist.sees("Lần gửi 1 lập từ bản tổng hợp này, gửi cùng văn bản đi.")
    specialist.sees("Đã gửi, chờ tiếp nhận")


def _consolidated(specialist: Person) -> str:
    """Open the newest consolidated report of the campaign."""
    specialist.go("/bao-cao/tong-hop/")
    specialist.follow(CAMPAIGN)
    specialist.sees(PROVINCE)
    return specialist.page.url


def _fill(specialist: Person) -> None:
    """Confirm what goes where, explain what the form above asks beyond it, leave it as a draft."""
    specialist.follow("Đưa vào báo cáo này")
    specialist.sees("Đoàn ra, Số đoàn, cuộc")
    specialist.sees("Số liệu cấp trên không hỏi")
    specialist.press("Đưa vào bản nháp")
    specialist.sees(ABOVE)
    specialist.press("Kiểm tra")
    for box in specialist.page.locator("textarea[name^='explain:']").all():
        box.fill("Cơ quan không theo dõi riêng nội dung này.")
    specialist.press("Lưu nháp")


def _confirm(one: Person, name: str) -> None:
    one.page.get_by_role("button", name=name, exact=True).first.click()
    with one.moves():
        one.page.locator("dialog[open]").get_by_role("button", name=name, exact=True).click()
