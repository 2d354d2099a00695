"""Deadlines in words, as a clerk would read them aloud."""

from __future__ import annotations

import pytest

from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm, due_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "Không ghi thời hạn"),
        (DueRule(Rhythm.YEARLY, ((12, 10),), bound=Bound.STRICTLY_BEFORE), "Hằng năm, trước 10/12"),
        (DueRule(Rhythm.YEARLY, ((11, 5),)), "Hằng năm, chậm nhất 05/11"),
        (DueRule(Rhythm.ONCE, ((5, 20), (11, 1)), year=2023), "Một lần, chậm nhất 20/05/2023, 01/11/2023"),
        (DueRule(Rhythm.MONTHLY, ((0, 9),)), "Hằng tháng, chậm nhất ngày 09"),
        (DueRule(Rhythm.QUARTERLY), "Hằng quý, chưa rõ ngày"),
        (DueRule(Rhythm.WEEKLY), "Hằng tuần, chưa rõ ngày"),
        (DueRule(Rhythm.ONCE, ((6, 15),)), "Một lần, chưa rõ ngày"),
    ],
)
def test_a_deadline_in_one_line(rule: DueRule | None, words: str) -> None:
    assert due_words(rule) == words
