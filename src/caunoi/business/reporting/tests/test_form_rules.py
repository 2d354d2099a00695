"""Forms, cells, totals, checks and differences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.reporting.rules.cells import pack, unpack
from caunoi.business.reporting.rules.checks import Content, Severity, blocking, check
from caunoi.business.reporting.rules.differences import difference
from caunoi.business.reporting.rules.form import Form, Line, Section, Table, known_sum, with_totals
from caunoi.business.reporting.rules.totals import change, gaps_of, gathered, merged, places_above, total_of
from caunoi.kernel.measure import Measure, Total, add_up

ROWS = (Line("r1", "Lào"), Line("r2", "Nhật Bản"), Line("rt", "Tổng cộng", is_total=True))
COLUMNS = (Line("c1", "Số đoàn"), Line("c2", "Kinh phí", whole=False), Line("ct", "Tổng", is_total=True))
TABLE = Table("b1", "Đoàn ra", ROWS, COLUMNS)
FORM = Form((Section("s1", "Tình hình", "I"), Section("s2", "Khác", "II", is_required=False)), (TABLE,))
TYPED = ["b1.r1.c1", "b1.r1.c2", "b1.r2.c1", "b1.r2.c2"]
FULL = {"b1.r1.c1": "1", "b1.r1.c2": "2.5", "b1.r2.c1": "Z", "b1.r2.c2": "N"}

amounts = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False)
measures = st.one_of(
    amounts.map(Measure.of), st.just(Measure.zero()), st.just(Measure.missing()), st.just(Measure.not_applicable())
)


@given(measures)
def test_a_cell_comes_back_as_it_was_packed(measure: Measure) -> None:
    back = unpack(pack(measure))
    assert (back.state, back.number) == (measure.state, measure.number)


def test_only_cells_that_are_not_totals_are_typed() -> None:
    assert list(FORM.typed_cells()) == TYPED


def test_totals_add_up_and_say_what_is_missing() -> None:
    full = with_totals(FORM, {"b1.r1.c1": "1", "b1.r2.c1": "2", "b1.r1.c2": "Z"})
    assert full["b1.rt.c1"] == "3"
    assert "b1.rt.c1?" not in full
    assert (full["b1.r2.ct"], full["b1.r2.ct?"]) == ("2", "1")
    assert (full["b1.rt.ct"], full["b1.rt.ct?"]) == ("3", "1")


def test_a_total_of_confirmed_zeros_is_a_confirmed_zero_and_of_nothing_applicable_not_applicable() -> None:
    full = with_totals(FORM, {"b1.r1.c1": "Z", "b1.r2.c1": "Z", "b1.r1.c2": "N", "b1.r2.c2": "N"})
    assert (full["b1.rt.c1"], full["b1.rt.c2"], full["b1.rt.ct"]) == ("Z", "N", "Z")
    assert "b1.rt.c1" not in with_totals(FORM, {})


def test_what_stands_in_no_typed_cell_is_dropped() -> None:
    assert with_totals(FORM, {"b1.rt.ct": "99", "b9.r1.c1": "5"}) == {}


@given(st.dictionaries(st.sampled_from(TYPED), measures))
def test_the_grand_total_is_the_sum_of_the_column_totals(cells: dict[str, Measure]) -> None:
    typed = {key: text for key, measure in cells.items() if (text := pack(measure)) is not None}
    full = with_totals(FORM, typed)
    columns = [unpack(full.get(f"b1.rt.{column}")).number or Decimal(0) for column in ("c1", "c2")]
    assert (unpack(full.get("b1.rt.ct")).number or Decimal(0)) == sum(columns)
    shown = known_sum(TABLE, typed, ROWS[2], COLUMNS[2])
    assert (shown or Decimal(0)) == sum(columns)


reports = st.lists(st.dictionaries(st.sampled_from(TYPED), measures), max_size=6)


def packed(report: dict[str, Measure]) -> dict[str, str]:
    return {key: text for key, measure in report.items() if (text := pack(measure)) is not None}


@given(reports)
def test_packed_totals_are_the_sum_of_the_reports(many: list[dict[str, Measure]]) -> None:
    totals: dict[str, list[object]] = {}
    for report in many:
        totals = change(totals, packed(report), 1)
    for key in TYPED:
        expected = add_up(report.get(key, Measure.missing()) for report in many)
        assert total_of(totals, key, len(many)) == expected
    for report in many:
        totals = change(totals, packed(report), -1)
    assert totals == {}


@given(reports, reports)
def test_totals_of_two_places_merge_into_that_of_the_place_above(
    one: list[dict[str, Measure]], other: list[dict[str, Measure]]
) -> None:
    def of(many: list[dict[str, Measure]]) -> dict[str, list[object]]:
        totals: dict[str, list[object]] = {}
        for report in many:
            totals = change(totals, packed(report), 1)
        return totals

    assert merged([of(one), of(other)]) == of([*one, *other])


def test_coverage_leaves_out_units_to_which_the_figure_does_not_apply() -> None:
    totals = change(change(change({}, {"k": "3"}, 1), {"k": "N"}, 1), {}, 1)
    assert total_of(totals, "k", 3) == Total(Decimal(3), 1, 2)
    assert total_of({}, "k", 2) == Total(None, 0, 2)
    assert gaps_of(change({}, {"k": "3", "k?": "1"}, 1), "k") == 1


def test_damaged_totals_are_not_added_to() -> None:
    with pytest.raises(ValueError, match="not a packed total"):
        change({"k": ["1", 1]}, {"k": "1"}, 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("aabbcc", ["aabb", "aa"]), ("aabb", ["aa"]), ("aa", ["aa"]), ("zzbb", ["aa"])],
)
def test_the_places_above_a_unit_from_the_nearest_up(path: str, expected: list[str]) -> None:
    assert places_above(path, "aa", 2) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, []),
        ({"b1.r1.c1": "-1"}, [("negative", "error")]),
        ({"b1.r1.c1": "1.5"}, [("not_whole", "error")]),
        ({"b1.r1.c2": "1.5"}, []),
        ({"b1.r1.c1": "1000000000000001"}, [("too_large", "error")]),
        ({"b1.r1.c1": "1000000000000000"}, [("jump", "query")]),
        ({"b1.r1.c1": "30"}, [("jump", "query")]),
        ({"b1.r1.c1": "29"}, []),
        ({"b1.r1.c1": "Z"}, []),
    ],
)
def test_errors_and_queries(cells: dict[str, str], expected: list[tuple[str, str]]) -> None:
    content = Content({**FULL, **cells}, {"s1": "Đã làm."})
    before = {"b1.r1.c1": "10"} if cells else {}
    assert [(f.code, f.severity.value) for f in check(FORM, content, before)] == expected


def test_a_required_section_and_missing_cells_are_named() -> None:
    found = check(FORM, Content({}, {"s1": "  "}))
    assert [(f.code, f.target, f.severity) for f in found] == [
        ("section_empty", "section:s1", Severity.ERROR),
        ("cells_missing", "table:b1", Severity.QUERY),
    ]
    assert found[1].facts == {"table": "Đoàn ra", "count": "4"}


def test_an_explained_query_does_not_block_but_an_error_does() -> None:
    found = check(FORM, Content({}, {}))
    explained = {finding.key: "Đang thống kê" for finding in found}
    assert [finding.code for finding in blocking(found, explained)] == ["section_empty"]
    assert blocking(found[1:], {found[1].key: "  "}) == [found[1]]


def test_a_difference_names_cells_and_sections() -> None:
    before, after = Content({"b1.r1.c1": "1"}, {"s1": "Một"}), Content({"b1.r1.c2": "Z"}, {"s1": "Hai"})
    found = difference(FORM, before, after)
    assert [(c.key, c.before, c.after) for c in found.cells] == [("b1.r1.c1", "1", None), ("b1.r1.c2", None, "Z")]
    assert [(s.section.code, s.before, s.after) for s in found.sections] == [("s1", "Một", "Hai")]
    assert (found.count, difference(FORM, after, after).count) == (3, 0)


def test_sums_are_exact_however_far_apart_the_figures_lie() -> None:
    small, large = {"a": "0.0000000000000000000000001"}, {"a": "900000000000000"}
    both = change(change({}, small, 1), large, 1)
    assert both == gathered([small, large]) == merged([gathered([small]), gathered([large])])
    assert both["a"] == ["900000000000000.0000000000000000000000001", 2, 0]
    assert change(both, large, -1) == change({}, small, 1)
