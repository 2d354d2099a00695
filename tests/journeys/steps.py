"""What people do in the main journey, page by page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.journeys.papers import Duty, Paper
from tests.journeys.people import Person

SCHOOL: Final = "Trường THPT Bạch Đằng"
SCHOOLS: Final = "Trường trung học phổ thông"
TABLE: Final = "Hoạt động đã tổ chức"
NUMBERS: Final = {"Tập huấn, Số buổi": "2", "Tập huấn, Số lượt người": "1.250", "Tập huấn, Kinh phí": "15,5"}
REASON: Final = "Thiếu số liệu về giao lưu, hội thảo; đề nghị bổ sung."


@dataclass(frozen=True, slots=True)
class Registered:
    """A document in the book: its page, its number on arrival."""

    address: str
    arrival_number: int


# --- intake -------------------------------------------------------------------------------------


def send_in(specialist: Person, paper: Paper, form: str = "") -> None:
    """Drop the document and wait for the review page; a reading that takes long shows its progress."""
    page = specialist.page
    specialist.go("/van-ban/tiep-nhan/")
    page.set_input_files("input[type=file][name=files]", paper.as_file(form))
    if (form or paper.form) == "docx":
        specialist.look("01-intake")
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    if (form or paper.form) == "scan":
        expect(page.locator("#progress")).to_contain_text(re.compile(r"Đang đọc trang \d+/\d+"))
        specialist.look("02-progress")
    page.wait_for_selector("[data-review]", timeout=90_000)
    page.wait_for_selector("html[data-ready]")


def fact(specialist: Person, name: str) -> Locator:
    """Return a fact of the head on the review page."""
    return specialist.page.locator(f"#fact-{name}")


def touch_lights_both_sides(specialist: Person, name: str) -> None:
    """Touching the fact lights its place in the original, and touching the place lights the fact."""
    page = specialist.page
    place, shown = page.locator(f"[data-place-id={name}]").first, page.locator(f"[data-fact-id={name}]")
    shown.click(position={"x": 5, "y": 5})
    expect(place).to_have_class(re.compile(r"\blit\b"))
    page.locator("[data-fact-id]").first.click(position={"x": 5, "y": 5})
    expect(place).not_to_have_class(re.compile(r"\blit\b"))
    place.click(force=True)
    expect(shown).to_have_class(re.compile(r"\blit\b"))


def correct(specialist: Person, name: str, typed: str, shown: str) -> None:
    """Mend one fact in place."""
    one = fact(specialist, name)
    one.locator(".reviewed-edit").click()
    field = specialist.page.locator(f"#value-{name}")
    field.fill(typed)
    one.get_by_role("button", name="Lưu", exact=True).click()
    expect(one.locator(".reviewed-value")).to_have_text(shown)
    expect(one).to_contain_text(re.compile("Do người rà soát điền|Đã sửa; máy đọc được"))


def duty_of(rows: Locator, duty: Duty) -> Locator:
    """Return the reporting duty that is due so and goes through that desk."""
    due = rows.page.locator(".duty-due strong", has_text=re.compile(f"^{re.escape(duty.due)}$"))
    return rows.filter(has=due).filter(has_text=re.compile(r"Báo cáo|Thống kê")).filter(has_text=f"qua {duty.desk}")


def sees_duties(rows: Locator, paper: Paper) -> None:
    """Every duty is there once, through its desk; what the text leaves open is said."""
    for duty in paper.duties:
        expect(duty_of(rows, duty)).to_have_count(1)
        if duty.is_open:
            expect(duty_of(rows, duty)).to_contain_text("Văn bản không ghi ngày cụ thể; cần ấn định.")
        if duty.yearly_offered:
            expect(duty_of(rows, duty)).to_contain_text("Ngày ghi cho một năm nhưng lời văn là hằng năm; cần chọn.")


def accept(specialist: Person) -> Registered:
    """Enter the document into the book."""
    specialist.press("vào sổ")
    said = specialist.main.get_by_text(re.compile(r"số đến \d+\.")).first.inner_text()
    number = re.search(r"số đến (\d+)\.", said)
    assert number is not None
    return Registered(specialist.page.url, int(number[1]))


# --- from document to work ----------------------------------------------------------------------


def hand_on_as_regime(specialist: Person, document: Registered, duty: Duty, name: str) -> str:
    """Make a regime of a reporting duty, answer what the text leaves open, put it in force; return its address."""
    page = specialist.page
    specialist.go(document.address)
    specialist.follow("Giao việc", within=duty_of(page.locator(".duties li"), duty))
    specialist.look("04-hand-on")
    specialist.press("Lập chế độ báo cáo")
    address = page.url
    specialist.sees(duty.desk)
    if duty.is_open:
        specialist.sees("Chưa áp dụng được")
    if duty.dated_once:
        specialist.sees("Một lần hay hằng năm?")
    specialist.follow("Sửa")
    specialist.look("05-regime-edit")
    page.get_by_label("Tên báo cáo").fill(name)
    kinds = page.get_by_role("group", name="Đối tượng thực hiện báo cáo")
    kinds.get_by_label(SCHOOLS).check()
    page.get_by_label("Báo cáo bằng lời").check()
    page.get_by_label("Báo cáo số liệu").check()
    _answer(specialist, duty)
    specialist.press("Lưu")
    _design(specialist)
    specialist.go(address)
    specialist.press("Áp dụng", confirm=True)
    specialist.sees("Chế độ báo cáo đã được áp dụng.")
    specialist.look("06-regime")
    return address


def _answer(specialist: Person, duty: Duty) -> None:
    page = specialist.page
    if duty.dated_once:
        page.locator("select[name=repeats]").select_option(label="Hằng năm")
    if duty.is_open:
        quarters = ((25, 3), (25, 6), (25, 9), (25, 12)) if "quý" in duty.due else ((20, 12),)
        for at, (day, month) in enumerate(quarters):
            page.locator(f"[name=turn-{at}-day]").fill(str(day))
            page.locator(f"[name=turn-{at}-month]").fill(str(month))
            if len(quarters) > 1:
                page.locator(f"[name=turn-{at}-span]").select_option(f"q{at + 1}")


def _design(specialist: Person) -> None:
    """Add a table to the outline that the document gave, and a section where it gave none."""
    page = specialist.page
    specialist.follow("Đề cương, biểu mẫu")
    if page.get_by_text("Chưa có mục nào.").count():
        specialist.follow("Thêm mục")
        page.get_by_label("Tên mục").fill("Kết quả thực hiện")
        specialist.press("Lưu")
    specialist.follow("Thêm biểu số liệu")
    page.get_by_label("Tên biểu").fill(TABLE)
    _type_lines(page, "Tên dòng", "Thêm dòng", ("Tập huấn", "Giao lưu, hội thảo"))
    _type_lines(page, "Tên cột", "Thêm cột", ("Số buổi", "Số lượt người", "Kinh phí"))
    page.get_by_label("Đơn vị tính", exact=True).nth(2).fill("triệu đồng")
    page.get_by_label("Loại số", exact=True).nth(2).select_option(label="thập phân")
    page.get_by_label("Thêm dòng tổng cộng").check()
    expect(page.locator("#table-preview")).to_contain_text("Kinh phí")
    specialist.press("Lưu biểu")
    specialist.look("05-designer")


def _type_lines(page: Page, label: str, more: str, names: Sequence[str]) -> None:
    """Type the names of lines one below the other, asking for a further line where there is none."""
    boxes = page.get_by_label(label, exact=True)
    for at, name in enumerate(names):
        if boxes.count() <= at:
            page.get_by_role("button", name=more).click()
        boxes.nth(at).fill(name)


def hand_on_as_task(specialist: Person, document: Registered) -> None:
    """Give the first duty that is a task to a school."""
    page = specialist.page
    specialist.go(document.address)
    rows = page.locator(".duties li").filter(has_text="Nhiệm vụ").filter(has_text="Chưa giao")
    if not rows.first.is_visible():
        page.locator("details.more summary").first.click()
    specialist.follow("Giao việc", within=rows.first)
    page.get_by_label("Đơn vị chủ trì").press_sequentially("bach dang")
    page.get_by_role("option", name=SCHOOL).click()
    page.fill("[name=task-due_on]", "20/12/2027")
    specialist.press("Giao nhiệm vụ")
    specialist.sees(f"Đã giao nhiệm vụ cho {SCHOOL}.")


# --- campaign -----------------------------------------------------------------------------------


def open_campaign(specialist: Person, regime: str) -> str:
    """Open the next campaign of a regime; return its address once the list of units is frozen."""
    specialist.go(regime)
    specialist.press("Mở đợt")
    campaign = specialist.page.url
    expect(async_figure(specialist, "Chưa gửi")).not_to_have_text("0", timeout=20_000)
    return campaign


def async_figure(specialist: Person, name: str) -> Locator:
    """Return the count beside a filter of the campaign."""
    return specialist.page.get_by_role("link", name=name).locator(".chip-count").first


def fill_in(officer: Person, name: str, *, sections: str) -> None:
    """Fill the school's report from "my work"; close the window without sending; find everything again."""
    page = officer.page
    officer.go("/")
    officer.look("08-home-school")
    officer.follow(name)
    for at, box in enumerate(page.locator("textarea.report-text").all(), start=1):
        box.fill(f"{sections} Nội dung {at}.")
    for label, value in NUMBERS.items():
        page.get_by_label(label).fill(value)
    expect(page.locator("[data-autosave-state]").first).to_contain_text("Đã lưu lúc", timeout=10_000)
    officer.close_the_window()
    officer.go("/")
    officer.follow(name)
    page = officer.page
    expect(page.locator("textarea.report-text").first).to_have_value(f"{sections} Nội dung 1.")
    expect(page.get_by_label("Tập huấn, Số lượt người")).to_have_value("1.250")
    officer.look("09-own-report")


def send(officer: Person) -> None:
    """Send the report; what is missing is asked for first, cell by cell."""
    page = officer.page
    officer.press("Kiểm tra")
    expect(page.locator("#findings")).to_contain_text("còn 3 ô chưa có số liệu")
    officer.look("10-own-report-checked")
    for column in ("Số buổi", "Số lượt người", "Kinh phí"):
        page.get_by_label(f"Giao lưu, hội thảo, {column}").fill("KPS")
    officer.press("Gửi báo cáo", confirm=True)
    officer.sees("Đã gửi báo cáo.")


def send_back(specialist: Person, campaign: str) -> None:
    """Return the school's report with a reason."""
    page = specialist.page
    specialist.go(campaign)
    specialist.follow(SCHOOL)
    specialist.look("11-report")
    specialist.page.get_by_role("link", name="Trả lại", exact=True).first.click()
    page.fill("#return-reason", REASON)
    with specialist.moves():
        page.get_by_role("button", name="Trả lại", exact=True).click()


def send_again(officer: Person, name: str) -> None:
    """The school reads the reason on its home card, mends and sends again."""
    page = officer.page
    officer.go("/")
    card = page.locator("main li, main .work-item").filter(has_text=name).filter(has_text=REASON)
    expect(card.first).to_be_visible()
    officer.look("12-home-school-returned")
    officer.follow(name)
    officer.sees(REASON)
    page.get_by_label("Giao lưu, hội thảo, Số buổi").fill("1")
    page.get_by_label("Giao lưu, hội thảo, Số lượt người").fill("80")
    officer.press("Gửi báo cáo", confirm=True)
    officer.sees("Đã gửi báo cáo.")


def take(specialist: Person, campaign: str) -> None:
    """Accept the report that was sent again."""
    specialist.go(campaign)
    specialist.look("13-campaign")
    specialist.follow(SCHOOL)
    specialist.press("Tiếp nhận")
    specialist.sees("Đã tiếp nhận báo cáo.")


def sees_totals(specialist: Person, campaign: str) -> int:
    """Totals say from how many units they come; a figure opens to its units. Return how many were expected."""
    page = specialist.page
    specialist.go(f"{campaign}so-lieu/")
    said = re.search(r"của 1/(\d+) đơn vị", specialist.main.inner_text())
    assert said is not None
    row = page.get_by_role("row", name=re.compile("Tổng cộng"))
    expect(row.first).to_contain_text("1.330")
    expect(row.first).to_contain_text(f"từ 1/{said[1]} đơn vị")
    specialist.look("14-totals")
    specialist.follow("1.330", within=row.first)
    specialist.sees(SCHOOL)
    specialist.sees("1.330")
    specialist.look("15-contributors")
    specialist.go(f"{campaign}?state=unsent")
    return int(said[1])


def units_that_have_not_sent(specialist: Person, campaign: str) -> list[str]:
    """Return the names of the units that the campaign lists as not having sent, page by page."""
    names: list[str] = []
    for number in itertools.count(1):
        specialist.go(f"{campaign}?state=unsent&page={number}")
        names += specialist.page.locator("main tbody tr a").all_inner_texts()
        if not specialist.page.locator("a[rel=next]").count():
            return names
    raise AssertionError


def consolidate(specialist: Person, campaign: str, folder: Path, *, expected: int) -> Path:
    """Make the consolidated report, follow a sentence to its unit, download the Word file."""
    page = specialist.page
    specialist.go(campaign)
    specialist.press("Tổng hợp")
    page.wait_for_url(re.compile("/tong-hop/[^/]{36}/$"))
    specialist.sees(f"1/{expected}")
    specialist.sees(f"{expected - 1} đơn vị chưa gửi")
    specialist.look("16-consolidated")
    made = page.url
    specialist.follow(SCHOOL, within=page.locator(".merged").first)
    specialist.sees("Nội dung 1.")
    specialist.go(made)
    specialist.follow("1.330", within=page.get_by_role("row", name=re.compile("Tổng cộng")).first)
    specialist.sees(SCHOOL)
    specialist.go(made)
    return download(specialist, "Tải Word", folder)


def download(person: Person, link: str, folder: Path) -> Path:
    """Keep what a link downloads."""
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name=link).first.click()
    place = folder / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place
