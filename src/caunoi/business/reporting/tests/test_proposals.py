"""What the words of an order suggest, what a regime lacks, which steps a state allows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caunoi.business.reporting.rules.proposals import Heading, kinds_named, name_of, outline_from, roman, same_body
from caunoi.business.reporting.rules.requirements import Item, RegimeFacts, missing_items
from caunoi.business.reporting.rules.states import OPEN_VERSIONS, Step, SubmissionState, after, steps_from


@pytest.mark.parametrize(
    ("what", "statistics", "expected"),
    [
        (
            "báo cáo kết quả thực hiện công tác đối ngoại; đề xuất",
            False,
            "Báo cáo kết quả thực hiện công tác đối ngoại",
        ),
        ("Kết quả thông tin đối ngoại.", False, "Báo cáo kết quả thông tin đối ngoại"),
        ("số học sinh đi du học", True, "Thống kê số học sinh đi du học"),
        ("gửi báo cáo kết quả", False, "Báo cáo kết quả"),
        ("thực hiện báo cáo tình hình", False, "Báo cáo tình hình"),
    ],
)
def test_a_name_for_what_is_asked(what: str, statistics: bool, expected: str) -> None:
    assert name_of(what, statistics=statistics) == expected


def test_a_short_name_takes_the_subject_of_the_document() -> None:
    name = name_of("báo cáo kết quả", statistics=False, subject="Công tác  đối ngoại năm 2026")
    assert name == "Báo cáo kết quả: Công tác đối ngoại"
    long = name_of("báo cáo kết quả", statistics=False, subject="công tác " * 60)
    assert len(long) <= 140
    assert long.endswith("công tác …")


def test_kinds_are_read_from_the_words() -> None:
    assert kinds_named(["Các trường THPT, Trung tâm GDNN-GDTX"]) == ["upper_secondary", "continuing_centre"]
    assert kinds_named(["tổ chức dịch vụ tư vấn du học"]) == ["study_abroad_consultancy"]
    assert kinds_named(["các đơn vị"]) == ["upper_secondary", "lower_secondary", "continuing_centre"]
    assert kinds_named(["các đơn vị trực thuộc Sở"]) == ["upper_secondary", "continuing_centre"]
    assert kinds_named(["Ông Nguyễn Văn A"]) == []


def test_a_body_is_known_by_part_of_its_name_and_without_punctuation() -> None:
    assert same_body("Phòng Chính trị, tư tưởng", "phòng Chính trị tư tưởng")
    assert same_body("Văn phòng Sở", "qua Văn phòng Sở")
    assert not same_body("Văn phòng Sở", "Phòng Kế hoạch")
    assert not same_body("Văn phòng Sở", "")


def test_an_outline_follows_the_content_areas() -> None:
    headings = [
        Heading(0, "I", "Mục đích, yêu cầu"),
        Heading(0, "II", "NỘI DUNG"),
        Heading(1, "1", "Ngoại giao kinh tế."),
        Heading(2, "a", "Việc nhỏ"),
        Heading(1, "2", "Thông tin đối ngoại"),
        Heading(0, "III", "Tổ chức thực hiện"),
        Heading(1, "1", "Văn phòng"),
    ]
    assert [(s.marker, s.title) for s in outline_from(headings)] == [
        ("I", "Tình hình triển khai"),
        ("II", "Kết quả: Ngoại giao kinh tế"),
        ("III", "Kết quả: Thông tin đối ngoại"),
        ("IV", "Khó khăn, vướng mắc và nguyên nhân"),
        ("V", "Phương hướng, nhiệm vụ kỳ tới"),
        ("VI", "Kiến nghị, đề xuất"),
    ]
    assert [s.title for s in outline_from([])][1] == "Kết quả thực hiện"


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 6, 9, 14, 19, 23)] == ["I", "IV", "VI", "IX", "XIV", "XIX", "XXIII"]


COMPLETE = RegimeFacts(
    name="Báo cáo", content="Kết quả", asks_narrative=True, asks_figures=True, groups=1, has_receiver=True,
    sending_method="Cầu Nối", has_days=True, repeats_decided=True, cut_offs_known=True, sections=1, filled_tables=1,
    tables=1, has_ground=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"name": " "}, [Item.NAME]),
        ({"content": ""}, [Item.CONTENT]),
        ({"asks_narrative": False, "asks_figures": False}, [Item.KIND_OF_CONTENT]),
        ({"groups": 0}, [Item.REPORTERS]),
        ({"has_receiver": False}, [Item.RECEIVER]),
        ({"sending_method": ""}, [Item.SENDING_METHOD]),
        ({"has_days": False, "cut_offs_known": False}, [Item.DUE, Item.CUT_OFF]),
        ({"repeats_decided": False}, [Item.REPEATS]),
        ({"sections": 0}, [Item.OUTLINE]),
        ({"sections": 0, "asks_narrative": False}, []),
        ({"tables": 2}, [Item.TABLES]),
        ({"tables": 0, "filled_tables": 0}, [Item.TABLES]),
        ({"tables": 0, "filled_tables": 0, "asks_figures": False}, []),
        ({"has_ground": False}, [Item.GROUND]),
    ],
)
def test_each_compulsory_item_that_is_empty_is_named(change: dict[str, object], missing: list[Item]) -> None:
    assert missing_items(replace(COMPLETE, **change)) == missing  # type: ignore[arg-type]  # fields by name


def test_only_open_versions_are_edited_and_nothing_leaves_a_returned_one() -> None:
    assert {state for state in SubmissionState if Step.EDIT in steps_from(state)} == {SubmissionState.DRAFT}
    assert {state for state in SubmissionState if Step.SUBMIT in steps_from(state)} == set(OPEN_VERSIONS)
    assert steps_from(SubmissionState.RETURNED) == steps_from(SubmissionState.SUPERSEDED) == frozenset()
    assert after(SubmissionState.ACCEPTED, Step.RETURN) is None
