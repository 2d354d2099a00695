"""The pure decisions of the pages: numbers, cells, due days, order, filters, navigation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.foundation.pages.public import (
    CellUnreadable,
    Column,
    NavigationItem,
    Option,
    Section,
    Tone,
    cell_text,
    chips,
    nearness,
    parse_sort,
    read_cell,
    register_refusals,
    sentence,
)
from caunoi.foundation.pages.rules import formats
from caunoi.foundation.pages.rules.navigation import Navigation
from caunoi.foundation.pages.rules.panels import Panel, Panels
from caunoi.foundation.pages.rules.tables import with_labels
from caunoi.kernel.actor import Actor, Scope
from caunoi.kernel.errors import Refused
from caunoi.kernel.measure import Measure


def actor_with(*permissions: str) -> Actor:
    return Actor(account_id=1, granted=MappingProxyType({name: (Scope(1, "a"),) for name in permissions}))


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (1234.5, None, "1.234,5", "1,234.5"),
        (0, None, "0", "0"),
        (1000000, None, "1.000.000", "1,000,000"),
        (Decimal("12.50"), None, "12,5", "12.5"),
        (Decimal("100"), None, "100", "100"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (-3, None, "\N{MINUS SIGN}3", "\N{MINUS SIGN}3"),
        (7, 1, "7,0", "7.0"),
    ],
)
def test_numbers(value: formats.Number, decimals: int | None, vietnamese: str, english: str) -> None:
    assert formats.number(value, decimals=decimals) == vietnamese
    assert formats.number(value, decimals=decimals, language="en-gb") == english


@pytest.mark.parametrize(
    ("value", "currency", "language", "printed"),
    [
        (12500000, "VND", "vi", "12.500.000 đồng"),
        (12500000, "VND", "en", "12,500,000 VND"),
        (Decimal("1200.5"), "USD", "vi", "1.200,50 USD"),
        (Decimal("1200"), "USD", "vi", "1.200 USD"),
    ],
)
def test_money(value: formats.Number, currency: str, language: str, printed: str) -> None:
    assert formats.money(value, currency, language=language) == printed


def test_days_and_moments() -> None:
    assert formats.day(date(2026, 5, 20)) == "20/05/2026"
    assert formats.moment(datetime(2026, 12, 10, 8, 5)) == "08:05 10/12/2026"  # noqa: DTZ001 - already local


@pytest.mark.parametrize(
    ("size", "printed"), [(0, "0 B"), (1023, "1.023 B"), (2048, "2 KB"), (1474560, "1,4 MB"), (3 * 1024**3, "3,0 GB")]
)
def test_file_sizes(size: int, printed: str) -> None:
    assert formats.file_size(size) == printed


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("12", Measure.of(12)),
        ("0", Measure.of(0)),
        ("1.234", Measure.of(1234)),
        ("1.234.567,8", Measure.of(Decimal("1234567.8"))),
        ("1234,5", Measure.of(Decimal("1234.5"))),
        ("12.5", Measure.of(Decimal("12.5"))),
        (" 1 234 ", Measure.of(1234)),
        ("\N{MINUS SIGN}3", Measure.of(-3)),
        ("kps", Measure.zero()),
        ("KAD", Measure.not_applicable()),
        ("", Measure.missing()),
        ("-", Measure.zero()),
        ("–", Measure.zero()),
        ("Không phát sinh", Measure.zero()),
        ("không áp dụng", Measure.not_applicable()),
        ("N/A", Measure.not_applicable()),
        ("1,234,567", Measure.of(1234567)),
        ("1,234.5", Measure.of(Decimal("1234.5"))),
        ("1,234", Measure.of(Decimal("1.234"))),
        ("0.125", Measure.of(Decimal("0.125"))),
        ("-0.125", Measure.of(Decimal("-0.125"))),
    ],
)
def test_a_cell_is_read(text: str, measure: Measure) -> None:
    assert read_cell(text) == measure


@pytest.mark.parametrize(
    "text", ["abc", "1,23,4", "1.23.4", "1,234.567,8", "0.125.000", "9" * 41, "12 người", "1e5", "٣"]
)
def test_a_cell_that_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(CellUnreadable) as refusal:
        read_cell(text)
    assert refusal.value.facts == {"text": text}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_what_a_cell_prints_it_reads_again(amount: Decimal) -> None:
    measure = Measure.of(amount)
    assert read_cell(cell_text(measure)) == measure


@pytest.mark.parametrize("measure", [Measure.zero(), Measure.not_applicable(), Measure.missing()])
def test_a_cell_without_figure_prints_its_code(measure: Measure) -> None:
    assert read_cell(cell_text(measure)) == measure


@pytest.mark.parametrize(
    ("bound", "today", "done", "left", "tone"),
    [
        ("strictly_before", date(2026, 12, 9), None, 0, Tone.SOON),
        ("strictly_before", date(2026, 12, 10), None, -1, Tone.LATE),
        ("no_later_than", date(2026, 12, 10), None, 0, Tone.SOON),
        ("no_later_than", date(2026, 12, 11), None, -1, Tone.LATE),
        ("no_later_than", date(2026, 12, 3), None, 7, Tone.SOON),
        ("no_later_than", date(2026, 12, 2), None, 8, Tone.NEUTRAL),
        ("no_later_than", date(2027, 1, 1), date(2026, 12, 10), 0, Tone.DONE),
        ("strictly_before", date(2027, 1, 1), date(2026, 12, 10), -1, Tone.SOON),
    ],
)
def test_how_near_a_due_day_is(bound: str, today: date, done: date | None, left: int, tone: Tone) -> None:
    near = nearness(date(2026, 12, 10), bound, today, done)
    assert (near.days_left, near.tone, near.done) == (left, tone, done is not None)


COLUMNS = [
    Column("number", "Số", order_by=("year", "number")),
    Column("title", "Trích yếu", order_by=("folded",)),
    Column("tools", "Thao tác", hidden_label=True),
]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({}, ("-year", "-number", "-pk")),
        ({"sort": "title"}, ("folded", "pk")),
        ({"sort": "-title"}, ("-folded", "-pk")),
        ({"sort": "tools"}, ("-year", "-number", "-pk")),
        ({"sort": "password; drop"}, ("-year", "-number", "-pk")),
    ],
)
def test_the_order_of_a_table_comes_from_the_address(asked: dict[str, str], order: tuple[str, ...]) -> None:
    assert parse_sort(asked, COLUMNS, "-number").order_by == order


def test_cells_carry_the_head_of_their_column() -> None:
    rows = '<tr class="x"><td>1</td><th scope="row">a</th></tr><tr><td colspan="2">all</td><td>3</td></tr>'
    assert with_labels(rows, ["Số", 'Trích "yếu"', "Hạn"]) == (
        '<tr class="x"><td data-label="Số">1</td><th scope="row" data-label="Trích &quot;yếu&quot;">a</th></tr>'
        '<tr><td colspan="2">all</td><td data-label="Hạn">3</td></tr>'
    )


OPTIONS = [Option("late", "Trễ hạn", 3), Option("sent", "Đã gửi")]


def test_a_chip_chooses_its_value_and_keeps_the_other_filters() -> None:
    row = chips({"q": "kế hoạch", "page": "4"}, "state", "Trạng thái", OPTIONS)
    assert row.value == ""
    assert [(chip.address, chip.chosen) for chip in row.chips] == [
        ("?q=k%E1%BA%BF+ho%E1%BA%A1ch&state=late", False),
        ("?q=k%E1%BA%BF+ho%E1%BA%A1ch&state=sent", False),
    ]


def test_a_chosen_chip_takes_itself_out() -> None:
    row = chips({"state": "late"}, "state", "Trạng thái", OPTIONS)
    assert row.value == "late"
    assert [(chip.address, chip.chosen) for chip in row.chips] == [("?", True), ("?state=sent", False)]


def test_a_default_stands_when_the_address_says_nothing_or_nonsense() -> None:
    row = chips({"state": "nonsense"}, "state", "Trạng thái", OPTIONS, default="sent")
    assert row.value == "sent"
    assert [(chip.address, chip.chosen) for chip in row.chips] == [("?state=late", False), ("?", True)]


def test_many_words_go_into_a_menu() -> None:
    row = chips({"area": "5"}, "area", "Lĩnh vực", [Option(str(at), "Lĩnh vực công tác") for at in range(6)])
    assert row.is_long
    assert row.chosen == row.chips[5]
    assert not chips({}, "state", "Trạng thái", OPTIONS).is_long


def test_navigation_shows_only_what_the_person_may_use() -> None:
    navigation = Navigation()
    navigation.register(Section("plans", "Kế hoạch", "list", 30, (NavigationItem("Kế hoạch", "p", "plans.see"),)))
    both = (NavigationItem("Văn bản đến", "in", "documents.register"), NavigationItem("Tra cứu", "look"))
    navigation.register(Section("documents", "Văn bản", "files", 20, both))
    shown = navigation.open_to(actor_with())
    assert [(section.key, [item.url_name for item in section.items]) for section in shown] == [("documents", ["look"])]
    assert [section.key for section in navigation.open_to(actor_with("plans.see"))] == ["documents", "plans"]


def test_a_section_registered_twice_gets_the_new_entries_once() -> None:
    navigation = Navigation()
    for url_names in (("a",), ("a", "b")):
        items = tuple(NavigationItem(name, name) for name in url_names)
        navigation.register(Section("x", "X", "list", 1, items))
    assert [item.url_name for item in navigation.open_to(actor_with())[0].items] == ["a", "b"]


def test_panels_stand_in_order_and_need_their_permission() -> None:
    panels = Panels()
    panels.register("unit", Panel("second", "Thỏa thuận", "x.html", lambda record, actor: {}, order=20))
    panels.register("unit", Panel("first", "Đoàn", "x.html", lambda record, actor: {}, order=10, permission="see"))
    assert [panel.key for panel in panels.open_to("unit", actor_with())] == ["second"]
    assert [panel.key for panel in panels.open_to("unit", actor_with("see"))] == ["first", "second"]
    assert panels.open_to("plan", actor_with("see")) == []


def test_a_refusal_becomes_its_sentence() -> None:
    register_refusals({"pages.tests.full": "Lớp %(title)s đã đủ %(seats)s chỗ."})
    assert sentence(Refused("pages.tests.full", title="A1", seats=40)) == "Lớp A1 đã đủ 40 chỗ."
    assert sentence(Refused("pages.tests.unknown")) is None


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 0, 100), (0, 60, 0), (2, 3, 67), (1, 3, 33), (1, 8, 13), (199, 200, 99), (1, 500, 1), (60, 60, 100)],
)
def test_shares_are_rounded_and_never_hide_what_is_left(done: int, total: int, percent: int) -> None:
    assert formats.share(done, total) == percent
