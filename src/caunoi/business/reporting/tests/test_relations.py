"""Rules between figures: as pure decisions, as data on the form, and their words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from caunoi.business.reporting.models import FormCheck
from caunoi.business.reporting.operations.checks import CheckSpec, add_check, remove_check
from caunoi.business.reporting.operations.findings import say
from caunoi.business.reporting.public import (
    RegimeRefused,
    ReportingForbidden,
    SubmissionRefused,
    put_in_force,
    revise_regime,
    save_draft,
    submit,
)
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.checks import Content, Severity, check
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.relations import Broken, Check, Relation, broken, faults_of
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, draft_regime, figures
from caunoi.surfaces.demonstration.office import Office

B1 = Table(
    "b1", "Đoàn ra", (Line("r1", "Lào"), Line("r2", "Nhật Bản"), Line("rt", "Tổng", is_total=True)),
    (Line("c1", "Trong kỳ"), Line("c2", "Lũy kế")),
)  # fmt: skip
B2 = Table("b2", "Kinh phí", (Line("r1", "Chung"),), (Line("c1", "Số đoàn"),))
TABLES = {"b1": B1, "b2": B2}
AT_MOST = Check("kt1", ("b1.*.c1",), Relation.AT_MOST, ("b1.*.c2",), note="Lũy kế gồm cả kỳ này.")
ACROSS = Check("kt2", ("b1.+.c1",), Relation.EQUAL, ("b2.r1.c1",), is_error=False)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"b1.r1.c1": "3", "b1.r1.c2": "3", "b1.r2.c1": "5", "b1.r2.c2": "4"}, ["b1.r2.c1"]),
        ({"b1.r1.c1": "3"}, []),
        ({"b1.r1.c1": "3", "b1.r1.c2": "N"}, []),
        ({"b1.r1.c1": "3", "b1.r1.c2": "Z"}, ["b1.r1.c1"]),
        ({}, []),
    ],
)
def test_a_rule_asks_each_row_that_has_both_figures(cells: dict[str, str], expected: list[str]) -> None:
    assert [found.place for found in broken(AT_MOST, TABLES, cells)] == expected


def test_a_rule_reaches_across_tables() -> None:
    cells = {"b1.r1.c1": "3", "b1.r2.c1": "4", "b2.r1.c1": "8"}
    assert list(broken(ACROSS, TABLES, cells)) == [Broken(ACROSS, "b1.r1.c1", Decimal(7), Decimal(8))]
    assert list(broken(ACROSS, TABLES, {**cells, "b2.r1.c1": "7"})) == []


@pytest.mark.parametrize("place", ["b9.r1.c1", "b1.r9.c1", "b1.r1.c9", "b1.r1", "b1.*.c1.x"])
def test_a_rule_about_places_that_are_not_there_is_known(place: str) -> None:
    assert faults_of(Check("k", (place,), Relation.EQUAL, ("b1.r1.c1",)), TABLES) == [place]


def test_findings_name_the_cell_and_both_sums() -> None:
    form = Form(tables=(B1, B2), checks=(AT_MOST, ACROSS))
    cells = {"b1.r1.c1": "1500", "b1.r1.c2": "3", "b1.r2.c1": "1", "b1.r2.c2": "1", "b2.r1.c1": "2"}
    found = [one for one in check(form, Content(cells, {})) if one.rule]
    assert [(one.severity, one.key) for one in found] == [
        (Severity.ERROR, "kt1|cell:b1.r1.c1"), (Severity.QUERY, "kt2|cell:b1.r1.c1"),
    ]  # fmt: skip
    assert [one.text for one in say(found, {})] == [
        "Ô B2 (Đoàn ra, dòng “Lào”, cột “Trong kỳ”): 1.500 phải nhỏ hơn hoặc bằng Đoàn ra / Lào / Lũy kế, đang là 3. "
        "Lũy kế gồm cả kỳ này.",
        "Ô B2 (Đoàn ra, dòng “Lào”, cột “Trong kỳ”): 1.501 phải bằng Kinh phí / Chung / Số đoàn, đang là 2.",
    ]


def test_a_rule_of_the_form_blocks_and_another_asks_for_words(office: Office) -> None:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    add_check(regime=regime, spec=CheckSpec(["b1.*.c1"], Relation.AT_MOST, ["b1.*.c2"]), by=by, at=OPENED)
    asking = CheckSpec(["b1.r1.c1"], Relation.EQUAL, ["b1.r2.c1"], is_error=False)
    add_check(regime=regime, spec=asking, by=by, at=OPENED)
    here = Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))
    campaign = here.open()
    officer, reporter = here.by("thpt_1.officer"), here.reporter(campaign)
    told = {FIRST: "Có.", SECOND: "Có."}
    save_draft(reporter=reporter, cells=figures(3, 2, 4, 4, 0, 0), narrative=told, by=officer, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=reporter, key="k", by=officer, at=OPENED)
    findings = refused.value.facts["findings"]
    assert [(f.code, f.key) for f in findings] == [  # type: ignore[attr-defined]
        ("relation_le", "kt1|cell:b1.r1.c1"), ("relation_eq", "kt2|cell:b1.r1.c1"),
    ]  # fmt: skip
    explained = {"kt2|cell:b1.r1.c1": "Hai nước khác nhau."}
    save_draft(reporter=reporter, cells=figures(2), explanations=explained, by=officer, at=OPENED)
    assert submit(reporter=reporter, key="k", by=officer, at=OPENED).explanations == explained


def test_rules_are_set_on_drafts_by_those_who_design_and_live_on(office: Office) -> None:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    spec = CheckSpec(["b1.*.c1"], Relation.AT_MOST, ["b1.*.c2"])
    with pytest.raises(RegimeRefused) as refused:
        add_check(regime=regime, spec=CheckSpec(["b1.r7.c1"], Relation.EQUAL, ["b1.*.c2"]), by=by, at=OPENED)
    assert refused.value.facts["places"] == "b1.r7.c1"
    with pytest.raises(ReportingForbidden):
        add_check(regime=regime, spec=spec, by=office.actor("school_officer", on=OPENED.date()), at=OPENED)
    assert FormCheck.objects.count() == 0
    gone = add_check(regime=regime, spec=spec, by=by, at=OPENED)
    remove_check(regime=regime, code=gone.code, by=by, at=OPENED)
    add_check(regime=regime, spec=spec, by=by, at=OPENED)
    regime = put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED)
    with pytest.raises(RegimeRefused):
        remove_check(regime=regime, code="kt1", by=by, at=OPENED)
    later = revise_regime(regime=regime, by=by, at=OPENED)
    assert [one.relation for one in form_of(later).checks] == [Relation.AT_MOST]
