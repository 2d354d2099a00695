from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.plans.rules.cascade import Above, Line, skeleton, take_over
from caunoi.business.plans.rules.copying import SHINGLE, copy_ratio
from caunoi.business.plans.rules.coverage import Taken, coverage
from caunoi.business.plans.rules.lifecycle import ALLOWED, may_take, steps_from
from caunoi.business.plans.rules.outline import Entry, flat, outline, roman
from caunoi.business.plans.rules.parts import area_of, part_of
from caunoi.business.plans.rules.reminders import rung

KEYWORDS = {
    "state_management": ["quan ly nha nuoc"],
    "integration": ["hoi nhap quoc te"],
    "external_information": ["thong tin doi ngoai"],
}


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("Quan điểm chỉ đạo", "purpose"),
        ("NỘI DUNG VÀ HÌNH THỨC", "content"),
        ("Các nhiệm vụ trọng tâm", "content"),
        ("CHẾ ĐỘ BÁO CÁO", "organisation"),
        ("Kinh phí thực hiện", "organisation"),
        ("TỔ CHỨC THỰC HIỆN", "organisation"),
        ("", "content"),
    ],
)
def test_heading_opens_a_part(heading: str, part: str) -> None:
    assert part_of(heading) == part


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("Nâng cao hiệu quả quản lý nhà nước về hội nhập quốc tế", "state_management"),
        ("Hội nhập quốc tế và thông tin đối ngoại", "integration"),
        ("CÔNG TÁC THÔNG TIN ĐỐI NGOẠI", "external_information"),
        ("Công việc khác", None),
    ],
)
def test_the_area_is_the_one_named_first(heading: str, area: str | None) -> None:
    assert area_of(heading, KEYWORDS) == area


def _above() -> list[Above]:
    return [
        Above(1, None, "paragraph", "", "Căn cứ Kế hoạch số 1/KH-UBND;", False),
        Above(2, None, "paragraph", "", "Sở ban hành Kế hoạch như sau:", False),
        Above(3, None, "section", "I", "MỤC ĐÍCH, YÊU CẦU", True),
        Above(4, 3, "item", "-", "Nâng cao nhận thức.", False),
        Above(5, None, "section", "II", "NỘI DUNG", True),
        Above(6, 5, "clause", "1", "Thông tin đối ngoại", True),
        Above(7, 6, "item", "-", "Mở chuyên mục song ngữ.", False),
        Above(8, 7, "item", "+", "Mỗi tháng hai bài.", False),
        Above(9, 6, "paragraph", "", "  ", False),
        Above(10, None, "section", "III", "TỔ CHỨC THỰC HIỆN", True),
        Above(11, 10, "clause", "1", "Các đơn vị báo cáo trước ngày 05/12./.", False),
        Above(12, 10, "paragraph", "", "Trên đây là Kế hoạch năm nay.", False),
        Above(13, None, "section", "", "Phụ lục", True),
        Above(14, 13, "paragraph", "", "| STT | Nhiệm vụ |", False),
    ]


def test_a_plan_above_is_taken_over_without_its_frame() -> None:
    assert take_over(_above(), KEYWORDS) == [
        Line("c3", None, "purpose", "MỤC ĐÍCH, YÊU CẦU", "numbered", True, None, 3),
        Line("c4", "c3", "purpose", "Nâng cao nhận thức.", "dash", False, None, 4),
        Line("c5", None, "content", "NỘI DUNG", "numbered", True, None, 5),
        Line("c6", "c5", "content", "Thông tin đối ngoại", "numbered", True, "external_information", 6),
        Line("c7", "c6", "content", "Mở chuyên mục song ngữ.", "dash", False, "external_information", 7),
        Line("c8", "c7", "content", "Mỗi tháng hai bài.", "dash", False, "external_information", 8),
        Line("c10", None, "organisation", "TỔ CHỨC THỰC HIỆN", "numbered", True, None, 10),
        Line("c11", "c10", "organisation", "Các đơn vị báo cáo trước ngày 05/12.", "numbered", False, None, 11),
    ]


def test_a_dispatch_is_put_under_the_parts_of_a_plan() -> None:
    orders = [
        Above(1, None, "paragraph", "", "Sở yêu cầu các đơn vị:", False),
        Above(2, None, "clause", "1", "Cử cán bộ đầu mối hội nhập quốc tế.", False),
        Above(3, None, "clause", "2", "Lập danh sách.", False),
    ]
    lines = take_over(orders, KEYWORDS)
    assert [(line.key, line.parent, line.part, line.area) for line in lines] == [
        ("purpose", None, "purpose", None),
        ("content", None, "content", None),
        ("c2", "content", "content", "integration"),
        ("c3", "content", "content", None),
        ("organisation", None, "organisation", None),
    ]


def test_a_document_without_orders_gives_the_skeleton() -> None:
    words = [Above(1, None, "paragraph", "", "Chỉ có một đoạn văn.", False)]
    assert take_over(words, KEYWORDS) == skeleton({})
    assert take_over([], KEYWORDS) == skeleton({})


def test_the_skeleton_has_three_parts_and_the_areas_as_headings() -> None:
    lines = skeleton({"delegations": "Quản lý đoàn ra, đoàn vào"})
    assert [(line.parent, line.text, line.area) for line in lines] == [
        (None, "Mục đích, yêu cầu", None),
        ("purpose", "Mục đích", None),
        ("purpose", "Yêu cầu", None),
        (None, "Nội dung thực hiện", None),
        ("content", "Quản lý đoàn ra, đoàn vào", "delegations"),
        (None, "Tổ chức thực hiện", None),
    ]


@st.composite
def _outlines(draw: st.DrawFn) -> list[Above]:
    kinds = st.sampled_from(["section", "clause", "point", "item", "paragraph"])
    made: list[Above] = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        parent = draw(st.one_of(st.none(), st.sampled_from([one.id for one in made]))) if made else None
        kind = draw(kinds)
        words = draw(
            st.sampled_from(["Nội dung", "Yêu cầu", "Trên đây là kế hoạch", "Phụ lục", "", "Tổ chức thực hiện"])
        )
        made.append(Above(number, parent, kind, "", words, draw(st.booleans())))
    return made


@given(_outlines())
def test_every_line_taken_over_hangs_on_one_before_it(clauses: list[Above]) -> None:
    lines = take_over(clauses, KEYWORDS)
    keys = [line.key for line in lines]
    assert len(set(keys)) == len(keys)
    for place, line in enumerate(lines):
        assert line.text
        assert line.parent is None or line.parent in keys[:place]
        assert not line.is_heading or line.style == "numbered"


def _marks(*entries: Entry) -> list[tuple[int, str, str]]:
    return [(node.id, node.level, node.marker) for node in flat(outline(entries))]


def test_marks_follow_the_decree() -> None:
    assert _marks(
        Entry(1, None, "numbered", True),
        Entry(2, 1, "numbered", True),
        Entry(3, 2, "numbered", True),
        Entry(4, 3, "numbered", False),
        Entry(5, 3, "numbered", False),
        Entry(6, 2, "numbered", False),
        Entry(7, 1, "numbered", False),
        Entry(8, 7, "numbered", False),
        Entry(9, 8, "numbered", False),
        Entry(10, 9, "dash", False),
        Entry(11, 7, "plain", False),
        Entry(12, None, "numbered", True),
        Entry(13, 12, "dash", False),
        Entry(14, 13, "dash", False),
    ) == [
        (1, "roman", "I"),
        (2, "clause", "1"),
        (3, "subclause", "1.1"),
        (4, "point", "a"),
        (5, "point", "b"),
        (6, "subclause", "1.2"),
        (7, "clause", "2"),
        (8, "point", "a"),
        (9, "dash", "-"),
        (10, "plus", "+"),
        (11, "plain", ""),
        (12, "roman", "II"),
        (13, "dash", "-"),
        (14, "plus", "+"),
    ]


def test_what_is_dropped_takes_no_number() -> None:
    assert _marks(
        Entry(1, None, "numbered", True, is_printed=False),
        Entry(2, 1, "numbered", True),
        Entry(3, None, "numbered", True),
    ) == [(1, "roman", ""), (2, "clause", ""), (3, "roman", "I")]


@pytest.mark.parametrize(
    ("number", "digits"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (19, "XIX"), (38, "XXXVIII")]
)
def test_roman_digits(number: int, digits: str) -> None:
    assert roman(number) == digits


def test_coverage_counts_each_order_once() -> None:
    items = [
        Taken(1, None, True, "inherit"),
        Taken(2, 1, True, "inherit"),
        Taken(3, 1, True, "adapt"),
        Taken(4, 1, True, "drop"),
        Taken(5, 1, False, "add"),
        Taken(6, None, True, "inherit"),
        Taken(7, 6, True, "inherit"),
    ]
    covered = coverage(items, with_task={3, 5, 6})
    assert (covered.with_task, covered.without_task, covered.dropped) == ((3, 7), (2,), (4,))
    assert (covered.total, covered.settled) == (4, 3)


def test_coverage_of_nothing_is_nothing() -> None:
    assert coverage([], []).total == 0


EIGHT = "một hai ba bốn năm sáu bảy tám"


@pytest.mark.parametrize(
    ("own", "above", "ratio"),
    [
        ([EIGHT], [EIGHT], 1.0),
        ([EIGHT.upper()], [EIGHT], 1.0),
        ([EIGHT], ["chín mười"], 0.0),
        ([EIGHT + " chín"], [EIGHT], 0.5),
        (["ngắn quá"], [EIGHT], None),
        ([], [EIGHT], None),
    ],
)
def test_copy_ratio(own: list[str], above: list[str], ratio: float | None) -> None:
    assert copy_ratio(own, above) == ratio


@given(st.lists(st.text("ab c", min_size=1), min_size=1))
def test_a_copy_of_everything_is_all_copied(texts: list[str]) -> None:
    ratio = copy_ratio(texts, texts)
    assert ratio in (None, 1.0)
    assert (ratio is None) == all(len(text.split()) < SHINGLE for text in texts)


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("assigned", ("accept", "report_progress", "report_done", "extend", "cancel")),
        ("accepted", ("report_progress", "report_done", "extend", "cancel")),
        ("reported_done", ("confirm", "return", "extend", "cancel")),
        ("confirmed", ()),
        ("cancelled", ()),
    ],
)
def test_steps_of_a_task(state: str, steps: tuple[str, ...]) -> None:
    assert steps_from(state) == steps
    assert [step for step in ALLOWED if may_take(step, state)] == list(steps)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (8, None),
        (7, "soon"),
        (3, "soon"),
        (2, "last_days"),
        (0, "last_days"),
        (-1, "late"),
        (-6, "late"),
        (-7, "long_late"),
    ],
)
def test_one_reminder_fits_the_day(days: int, expected: str | None) -> None:
    today = dt.date(2026, 10, 5)
    assert rung(today + dt.timedelta(days=days), today) == expected
