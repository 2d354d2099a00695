"""Golden cases of deadlines: invented snippets, each with the reason it exists."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from vanban.document import Deadline, Fact, Header
from vanban.stages import deadlines
from vanban.text.normal import NormalText

_FILE = Path(__file__).parents[1] / "golden" / "deadlines.toml"
CASES = tomllib.loads(_FILE.read_text("utf-8"))["case"]


def _value(deadline: Deadline, key: str) -> Any:
    value = getattr(deadline, key)
    if key == "alternatives":
        return [[kind.value, list(dates)] for kind, dates in value]
    if key == "dates":
        return list(value)
    return value.value if key in ("kind", "bound") else value


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    assert case["why"]
    found = deadlines.find(NormalText.of(case["text"]), (), Header())
    assert len(found) == len(case["expect"]), [(one.text, one.dates) for one in found]
    for deadline, expected in zip(found, case["expect"], strict=True):
        assert {key: _value(deadline, key) for key in expected} == expected
        assert case["text"][deadline.span.start : deadline.span.end] == deadline.text


def test_a_quarter_after_the_day_of_issue_is_no_review() -> None:
    text = NormalText.of("Các huyện báo cáo kết quả thực hiện về Sở trong quý I/2013.")
    issued = Header(issue_date=Fact(dt.date(2012, 11, 2), None, "head.issue_date"))
    assert deadlines.find(text, (), Header()) == ()
    assert [(one.kind.value, one.dates) for one in deadlines.find(text, (), issued)] == [("quarter", ("2013-Q1",))]


def test_what_is_due_stands_above_a_label() -> None:
    text = "1.1. Xây dựng bộ câu hỏi khảo sát\n\nThời gian thực hiện: Quý I năm 2025.\n"
    (found,) = deadlines.find(NormalText.of(text), (), Header())
    assert found.due == "Xây dựng bộ câu hỏi khảo sát"


def test_what_is_due_is_the_sentence_without_the_time() -> None:
    text = "Các trường gửi báo cáo về Sở trước ngày 30/11/2024."
    (found,) = deadlines.find(NormalText.of(text), (), Header())
    assert found.due == "Các trường gửi báo cáo về Sở"


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
