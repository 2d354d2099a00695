"""Codes, citations, duplicates, places, bodies and names: pure decisions."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.business.documents.models import Clause, Obligation
from caunoi.business.documents.operations.due import alternatives, due_rule
from caunoi.business.documents.rules.bodies import body_of, text_of_body
from caunoi.business.documents.rules.citing import Found, Held, match
from caunoi.business.documents.rules.codes import key, key_of, printed, symbol
from caunoi.business.documents.rules.duplicates import Registered, duplicates_of
from caunoi.business.documents.rules.names import in_register
from caunoi.business.documents.rules.places import Place, Rectangle, pieces, rectangles
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from vanban.document import Bound as PrintedBound
from vanban.document import Deadline, DeadlineKind, Span
from vanban.writing.draft import Item, Level, Section


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("05/KH-SGDĐT", "5-kh-sgddt"),
        ("5 / KH – SGDDT", "5-kh-sgddt"),
        ("38-CT/TW", "38-ct-tw"),
        ("09/2019/NĐ-CP", "9-2019-nd-cp"),
        ("1270/SGD&ĐT-VP", "1270-sgd&dt-vp"),
        ("", ""),
    ],
)
def test_all_spellings_of_a_code_have_one_key(code: str, expected: str) -> None:
    assert key(code) == expected


def test_number_and_notation_apart_have_the_key_of_the_whole() -> None:
    assert key_of("05", "KH-SGDĐT") == key("05/KH-SGDĐT")
    assert key_of("38", "CT/TW") == key("38-CT/TW")
    assert key_of("", "KH-SGDĐT") == ""


def test_numbers_and_symbols_are_printed_as_the_decree_says() -> None:
    assert [printed(n) for n in (1, 9, 10, 125)] == ["01", "09", "10", "125"]
    assert symbol(abbreviation="KH", unit="SGDĐT") == "KH-SGDĐT"
    assert symbol(abbreviation="", unit="SGDĐT", desk="VP") == "SGDĐT-VP"
    assert symbol(abbreviation="", unit="SGDĐT") == "SGDĐT"


DAY = dt.date(2026, 9, 14)
HERE = Held(1, DAY, "Ủy ban nhân dân tỉnh Thanh Giang")


@pytest.mark.parametrize(
    ("issued_on", "issuer", "held", "expected"),
    [
        (DAY, "UBND tỉnh Thanh Giang", [HERE], (Found.HELD, 1)),
        (DAY, "", [HERE], (Found.HELD, 1)),
        (None, "Ủy ban nhân dân tỉnh Thanh Giang", [HERE], (Found.HELD, 1)),
        (dt.date(2026, 9, 15), "UBND tỉnh", [HERE], (Found.CONFLICTING, None)),
        (dt.date(2025, 9, 14), "UBND tỉnh", [HERE], (Found.NOT_HELD, None)),
        (DAY, "Sở Ngoại vụ", [HERE], (Found.NOT_HELD, None)),
        (None, "", [HERE, Held(2, dt.date(2025, 1, 9), "Ủy ban nhân dân tỉnh")], (Found.AMBIGUOUS, None)),
        (DAY, "", [Held(3, None, "")], (Found.AMBIGUOUS, None)),
        (DAY, "", [], (Found.NOT_HELD, None)),
    ],
)
def test_a_citation_is_matched_by_date_and_issuer(
    issued_on: dt.date | None, issuer: str, held: list[Held], expected: tuple[Found, int | None]
) -> None:
    assert match(issued_on=issued_on, issuer=issuer, held=held) == expected


def test_duplicates_share_number_notation_issuer_and_year() -> None:
    one = Registered(1, "142-kh-ubnd", "Ủy ban nhân dân tỉnh", DAY)
    others = [
        Registered(2, "142-kh-ubnd", "ỦY BAN NHÂN DÂN TỈNH", dt.date(2026, 1, 2)),
        Registered(3, "142-kh-ubnd", "Sở Ngoại vụ", DAY),
        Registered(4, "142-kh-ubnd", "Ủy ban nhân dân tỉnh", dt.date(2025, 9, 14)),
        Registered(5, "143-kh-ubnd", "Ủy ban nhân dân tỉnh", DAY),
        Registered(6, "142-kh-ubnd", "Ủy ban nhân dân tỉnh", None),
    ]
    assert duplicates_of(one, others) == [2, 6]


def _marked(places: list[Place]) -> str:
    """Return the text with < and > where places open and close."""
    return "".join(
        "".join(f"<{place.id} " for place in piece.opens) + piece.text + ">" * piece.closes
        for piece in pieces("abcdefghij", 0, 10, places)
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], "abcdefghij"),
        ([Place("A", 1, 8), Place("B", 3, 5)], "a<A bc<B de>fgh>ij"),
        ([Place("A", 1, 5), Place("B", 3, 8)], "a<A bc<B de>><B fgh>ij"),
        ([Place("A", 0, 10)], "<A abcdefghij>"),
        ([Place("A", 4, 4)], "abcdefghij"),
        ([Place("A", 8, 40)], "abcdefgh<A ij>"),
    ],
)
def test_places_are_nested_properly(places: list[Place], expected: str) -> None:
    assert _marked(places) == expected


def test_boxes_of_one_line_are_joined() -> None:
    words = [
        [1, 0, 3, 100, 100, 200, 120, 1.0],
        [1, 4, 8, 220, 101, 300, 121, 1.0],
        [1, 9, 12, 100, 140, 180, 160, 1.0],
    ]
    assert rectangles(words, 0, 12) == [Rectangle(1, 100, 100, 300, 121), Rectangle(1, 100, 140, 180, 160)]
    assert rectangles(words, 4, 8) == [Rectangle(1, 220, 101, 300, 121)]
    assert rectangles(words, 20, 30) == []


def test_typed_lines_become_sections_and_come_back() -> None:
    text = "Mở đầu.\nI. NỘI DUNG\n1. Thời gian\n- Buổi sáng\n2. Các trường gửi danh sách.\na) Công lập;\nII. TỔ CHỨC"
    body = body_of(text)
    first, second = (node for node in body if isinstance(node, Section))
    assert (first.level, first.title, second.title) == (Level.ROMAN, "NỘI DUNG", "TỔ CHỨC")
    clauses = [node for node in first.children if isinstance(node, Section)]
    assert [clause.title for clause in clauses] == ["Thời gian", ""]
    assert isinstance(clauses[0].children[0], Item)
    assert text_of_body(body) == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH THANH GIANG", "Ủy ban nhân dân tỉnh Thanh Giang"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ LAM KINH", "Hội đồng nhân dân thành phố Lam Kinh"),
        ("SỞ NGOẠI VỤ", "SỞ NGOẠI VỤ"),
        ("Sở Ngoại vụ", "Sở Ngoại vụ"),
    ],
)
def test_names_in_capitals_are_written_as_in_a_register(name: str, expected: str) -> None:
    assert in_register(name) == expected


def _deadline(kind: DeadlineKind, *dates: str, bound: PrintedBound = PrintedBound.STRICTLY_BEFORE) -> Deadline:
    return Deadline(text="như in", span=Span(0, 6), kind=kind, dates=dates, due=None, bound=bound)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (
            _deadline(DeadlineKind.ANNUAL, "12-10"),
            DueRule(Rhythm.YEARLY, ((12, 10),), None, Bound.STRICTLY_BEFORE, "như in"),
        ),
        (
            _deadline(DeadlineKind.HALF_YEARLY, "05-05", bound=PrintedBound.ON),
            DueRule(Rhythm.HALF_YEARLY, ((5, 5),), None, Bound.NO_LATER_THAN, "như in"),
        ),
        (_deadline(DeadlineKind.QUARTERLY), DueRule(Rhythm.QUARTERLY, (), None, Bound.STRICTLY_BEFORE, "như in")),
        (_deadline(DeadlineKind.WEEKLY), DueRule(Rhythm.WEEKLY, (), None, Bound.STRICTLY_BEFORE, "như in")),
        (
            _deadline(DeadlineKind.MONTHLY, "20"),
            DueRule(Rhythm.MONTHLY, ((0, 20),), None, Bound.STRICTLY_BEFORE, "như in"),
        ),
        (
            _deadline(DeadlineKind.ONCE, "2026-12-18", bound=PrintedBound.NO_LATER_THAN),
            DueRule(Rhythm.ONCE, ((12, 18),), 2026, Bound.NO_LATER_THAN, "như in"),
        ),
        (
            _deadline(DeadlineKind.ONCE, "2026-05-20", "2026-11-01"),
            DueRule(Rhythm.ONCE, ((5, 20), (11, 1)), 2026, Bound.STRICTLY_BEFORE, "như in"),
        ),
        (
            _deadline(DeadlineKind.QUARTER, "2026-Q3", bound=PrintedBound.UNSTATED),
            DueRule(Rhythm.ONCE, ((9, 30),), 2026, Bound.NO_LATER_THAN, "như in"),
        ),
        (
            _deadline(DeadlineKind.RELATIVE, "P7D-working"),
            DueRule(Rhythm.ONCE, (), None, Bound.STRICTLY_BEFORE, "như in"),
        ),
    ],
)
def test_deadlines_become_rules_and_open_days_stay_open(deadline: Deadline, expected: DueRule) -> None:
    assert due_rule(deadline) == expected


def test_other_readings_are_offered_not_assumed() -> None:
    one = Deadline(
        text="15/6/2026", span=Span(0, 9), kind=DeadlineKind.ONCE, dates=("2026-06-15",), due=None,
        alternatives=((DeadlineKind.ANNUAL, ("06-15",)),),
    )  # fmt: skip
    assert [(rule.rhythm, rule.days) for rule in alternatives(one)] == [(Rhythm.YEARLY, ((6, 15),))]


def test_a_bare_verb_is_said_with_its_clause() -> None:
    clause = Clause(text="Gửi danh sách về Sở trước ngày 15/12")
    assert Obligation(what="gửi", clause=clause).said == clause.text
    assert Obligation(what="gửi").said == "gửi"
    assert Obligation(what="gửi danh sách học sinh", clause=clause).said == "gửi danh sách học sinh"


def test_the_row_of_a_table_is_said_without_its_lines() -> None:
    assert Obligation(what="Lập danh sách | Văn phòng | | Bảng").said == "Lập danh sách · Văn phòng · Bảng"
