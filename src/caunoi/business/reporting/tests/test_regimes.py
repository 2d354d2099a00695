"""Regimes: made of an obligation, designed, put in force only when complete, revised, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from caunoi.business.documents.models import Clause, Direction, Document, DocumentState, Obligation
from caunoi.business.reporting.access import ReportingForbidden, ReportingNotFound, visible_regimes
from caunoi.business.reporting.models import OutlineSection, RegimeTurn, ReporterGroup, ReportRegime
from caunoi.business.reporting.public import (
    CampaignRefused,
    Item,
    LineSpec,
    RegimeRefused,
    SectionSpec,
    Span,
    TableSpec,
    Turn,
    change_regime,
    create_regime,
    end_regime,
    form_of,
    move_section,
    open_campaign,
    put_in_force,
    remove_section,
    remove_table,
    resting_on,
    revise_regime,
    save_section,
    save_table,
    set_reporters,
    set_turns,
)
from caunoi.business.reporting.queries import cells_before, cells_before_of
from caunoi.business.reporting.tests.scenes import OPENED, draft_regime, scene
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel.actor import Actor
from caunoi.surfaces.demonstration.office import Office

ON = OPENED.date()


def specialist(office: Office) -> Actor:
    return office.actor("specialist", on=ON)


def duty(office: Office, rule: DueRule | None, **facts: object) -> Obligation:
    """Return an open duty of a registered document of the Sở, with an outline of content areas."""
    document = Document.objects.create(
        unit=office.unit("so"), direction=Direction.INCOMING, state=DocumentState.TO_REVIEW,
        subject="Kế hoạch đối ngoại", entered_at=OPENED, changed_at=OPENED,
    )  # fmt: skip
    for position, (depth, marker, text) in enumerate(
        [(0, "I", "Mục đích"), (0, "II", "Nội dung"), (1, "1", "Ngoại giao kinh tế"), (1, "2", "Thông tin đối ngoại")]
    ):
        Clause.objects.create(
            document=document, clause_id=str(position), depth=depth, position=position, kind="section", marker=marker,
            text=text, is_heading=True,
        )  # fmt: skip
    given: dict[str, object] = {
        "kind": "report", "who": ["Các trường THPT", "Trung tâm GDNN-GDTX"],
        "what": "báo cáo kết quả công tác đối ngoại",
        "to_whom": ["Sở Giáo dục và Đào tạo"], "desk": "phòng Chính trị tư tưởng", "onward_to": ["UBND tỉnh"],
        "due_rule": rule.to_data() if rule else None, **facts,
    }  # fmt: skip
    return Obligation.objects.create(document=document, position=1, **given)


def test_a_duty_fills_the_regime_and_keeps_the_printed_words(office: Office) -> None:
    rule = DueRule(
        Rhythm.HALF_YEARLY, ((5, 20), (11, 1)), bound=Bound.STRICTLY_BEFORE, printed="trước ngày 20/5 và 01/11"
    )
    obligation = duty(office, rule)
    regime = create_regime(owner=office.unit("so"), obligation=obligation, by=specialist(office), at=OPENED)
    regime.refresh_from_db()
    assert regime.name == "Báo cáo kết quả công tác đối ngoại: Kế hoạch đối ngoại"
    assert (regime.version, regime.content) == (1, "báo cáo kết quả công tác đối ngoại")
    assert (regime.desk, regime.desk_unit) == ("phòng Chính trị tư tưởng", office.unit("chinh_tri"))
    assert (regime.receiver, regime.onward_to) == (office.unit("so"), "UBND tỉnh")
    assert (regime.bound, regime.printed_due, regime.repeats) == ("strictly_before", "trước ngày 20/5 và 01/11", True)
    turns = [(t.month, t.day, t.span, t.cut_off_origin) for t in regime.turns.all()]
    assert turns == [(5, 20, "h1", "own"), (11, 1, "year", "own")]
    assert set(regime.groups.values_list("kind__code", flat=True)) == {"upper_secondary", "continuing_centre"}
    assert [s.title for s in OutlineSection.objects.filter(regime=regime)][1:3] == [
        "Kết quả: Ngoại giao kinh tế",
        "Kết quả: Thông tin đối ngoại",
    ]
    obligation.refresh_from_db()
    assert (obligation.state, obligation.handed_on_id) == ("handed_on", regime.public_id)
    assert list(resting_on([obligation.document_id], specialist(office), on=ON)) == [regime]


def test_what_the_text_leaves_open_stays_open(office: Office) -> None:
    obligation = duty(office, DueRule(Rhythm.QUARTERLY, printed="định kỳ hằng quý"), open_questions=["day"])
    regime = create_regime(owner=office.unit("so"), obligation=obligation, by=specialist(office), at=OPENED)
    assert (regime.rhythm, list(regime.turns.all()), regime.due_rule.is_open) == ("quarterly", [], True)
    with pytest.raises(RegimeRefused) as refused:
        put_in_force(regime=regime, on=ON, by=specialist(office), at=OPENED)
    assert refused.value.facts["items"] == (Item.DUE, Item.CUT_OFF)


def test_a_duty_dated_for_one_year_waits_for_a_decision(office: Office) -> None:
    obligation = duty(office, DueRule(Rhythm.ONCE, ((12, 10),), year=2026, printed="trước ngày 10/12/2026"))
    by = specialist(office)
    regime = create_regime(owner=office.unit("so"), obligation=obligation, by=by, at=OPENED)
    assert (regime.rhythm, regime.year, regime.repeats) == ("once", 2026, None)
    with pytest.raises(RegimeRefused) as refused:
        put_in_force(regime=regime, on=ON, by=by, at=OPENED)
    assert refused.value.facts["items"] == (Item.REPEATS,)
    yearly = change_regime(regime=regime, facts={"repeats": True}, by=by, at=OPENED)
    assert (yearly.rhythm, yearly.due_rule.next_after(dt.date(2027, 1, 1)) is not None) == ("yearly", True)
    once = change_regime(regime=regime, facts={"repeats": False}, by=by, at=OPENED)
    assert (once.rhythm, once.due_rule.next_after(dt.date(2027, 1, 1))) == ("once", None)
    assert put_in_force(regime=regime, on=ON, by=by, at=OPENED).state == "in_force"


def test_statistics_ask_for_figures_only(office: Office) -> None:
    rule = DueRule(Rhythm.YEARLY, ((6, 15), (12, 10)), bound=Bound.STRICTLY_BEFORE)
    regime = create_regime(
        owner=office.unit("so"),
        obligation=duty(office, rule, kind="statistics", what="số học sinh đi du học", who=["tổ chức tư vấn du học"]),
        by=specialist(office),
        at=OPENED,
    )
    assert (regime.asks_narrative, regime.asks_figures) == (False, True)
    assert OutlineSection.objects.filter(regime=regime).count() == 0


def test_an_empty_regime_names_everything_it_lacks_and_stays_a_draft(office: Office) -> None:
    by = specialist(office)
    regime = create_regime(owner=office.unit("so"), name="Báo cáo mới", by=by, at=OPENED)
    with pytest.raises(RegimeRefused) as refused:
        put_in_force(regime=regime, on=ON, by=by, at=OPENED)
    assert refused.value.facts["items"] == (
        Item.CONTENT, Item.REPORTERS, Item.DUE, Item.CUT_OFF, Item.OUTLINE, Item.GROUND,
    )  # fmt: skip
    regime.refresh_from_db()
    assert (regime.state, regime.from_on) == ("draft", None)


def test_a_regime_in_force_cannot_be_changed_in_any_way(office: Office) -> None:
    here = scene(office)
    by, regime = here.by("specialist"), here.regime
    attempts: list[Callable[[], object]] = [
        lambda: change_regime(regime=regime, facts={"name": "Khác"}, by=by, at=OPENED),
        lambda: save_section(regime=regime, spec=SectionSpec("Mục"), by=by, at=OPENED),
        lambda: remove_section(regime=regime, code="s1", by=by, at=OPENED),
        lambda: save_table(regime=regime, spec=TableSpec("B", [LineSpec("r")], [LineSpec("c")]), by=by, at=OPENED),
        lambda: remove_table(regime=regime, code="b1", by=by, at=OPENED),
        lambda: set_turns(regime=regime, turns=[Turn(1, 1, Span.YEAR)], by=by, at=OPENED),
        lambda: set_reporters(regime=regime, kinds=[], root=office.unit("so"), by=by, at=OPENED),
        lambda: put_in_force(regime=regime, on=ON, by=by, at=OPENED),
    ]
    for attempt in attempts:
        with pytest.raises(RegimeRefused) as refused:
            attempt()
        assert refused.value.code == "reporting.regime_not_draft"
    assert (RegimeTurn.objects.count(), ReporterGroup.objects.count(), OutlineSection.objects.count()) == (2, 3, 2)


def test_the_next_version_takes_everything_over_and_ends_the_one_before(office: Office) -> None:
    here = scene(office)
    by = here.by("specialist")
    later = OPENED + dt.timedelta(days=5)
    new = revise_regime(regime=here.regime, by=by, at=later)
    assert form_of(new) == form_of(here.regime)
    assert [(t.month, t.day) for t in new.turns.all()] == [(5, 20), (11, 1)]
    with pytest.raises(RegimeRefused) as refused:
        revise_regime(regime=here.regime, by=by, at=later)
    assert refused.value.code == "reporting.regime_has_successor"
    put_in_force(regime=new, on=later.date(), by=by, at=later)
    here.regime.refresh_from_db()
    assert (here.regime.state, here.regime.until_on) == ("ended", later.date())
    with pytest.raises(CampaignRefused):
        open_campaign(regime=here.regime, by=by, at=later)


def test_a_period_that_the_earlier_version_opened_is_not_opened_again(office: Office) -> None:
    here = scene(office)
    here.open()
    later = OPENED + dt.timedelta(days=5)
    new = revise_regime(regime=here.regime, by=here.by("specialist"), at=later)
    put_in_force(regime=new, on=later.date(), by=here.by("specialist"), at=later)
    with pytest.raises(CampaignRefused) as refused:
        open_campaign(regime=new, by=here.by("specialist"), at=later)
    assert refused.value.code == "reporting.campaign_exists"


def test_a_figure_is_held_against_the_last_one_however_often_the_regime_was_revised_since(office: Office) -> None:
    here = scene(office)
    here.send(here.open(), "thpt_1", 100, 2, 3, 4, 5, 6)
    by, at = here.by("specialist"), OPENED
    for _time in range(2):
        at += dt.timedelta(days=40)
        here.regime = put_in_force(regime=revise_regime(regime=here.regime, by=by, at=at), on=at.date(), by=by, at=at)
    campaign = open_campaign(regime=here.regime, due_on=dt.date(2027, 11, 1), by=by, at=at)
    report = here.reporter(campaign)
    assert cells_before(report)["b1.r1.c1"] == "100"
    assert cells_before_of(campaign, [report.unit_id]) == {report.unit_id: cells_before(report)}


def test_a_regime_ends_on_a_day(office: Office) -> None:
    here = scene(office)
    day = ON + dt.timedelta(days=30)
    end_regime(regime=here.regime, on=day, by=here.by("specialist"), at=OPENED)
    here.regime.refresh_from_db()
    assert (here.regime.state, here.regime.until_on) == ("ended", day)


def test_two_due_days_of_one_period_are_refused(office: Office) -> None:
    regime, by = draft_regime(office), specialist(office)
    turns = [Turn(5, 20, Span.YEAR, own=(5, 14)), Turn(11, 1, Span.YEAR, own=(10, 20))]
    with pytest.raises(RegimeRefused) as refused:
        set_turns(regime=regime, turns=turns, by=by, at=OPENED)
    assert refused.value.code == "reporting.same_period"
    assert [t.span for t in regime.turns.all()] == ["h1", "year"]


def test_sections_move_and_keep_their_codes(office: Office) -> None:
    regime, by = draft_regime(office), specialist(office)
    move_section(regime=regime, code="s2", up=True, by=by, at=OPENED)
    assert [s.code for s in form_of(regime).sections] == ["s2", "s1"]
    move_section(regime=regime, code="s2", up=True, by=by, at=OPENED)
    assert [s.code for s in form_of(regime).sections] == ["s2", "s1"]
    remove_section(regime=regime, code="s2", by=by, at=OPENED)
    save_section(regime=regime, spec=SectionSpec("Mới"), by=by, at=OPENED)
    assert [(s.code, s.title) for s in form_of(regime).sections] == [("s1", "Tình hình"), ("s2", "Mới")]
    with pytest.raises(ReportingNotFound):
        remove_section(regime=regime, code="s9", by=by, at=OPENED)


def test_rows_keep_their_codes_by_label(office: Office) -> None:
    regime, by = draft_regime(office), specialist(office)
    rows = [LineSpec("Hàn Quốc"), LineSpec("Lào")]
    save_table(regime=regime, spec=TableSpec("Đoàn ra", rows, [LineSpec("Số đoàn")]), code="b1", by=by, at=OPENED)
    table = form_of(regime).tables[0]
    assert [(r.code, r.label) for r in table.rows] == [("r4", "Hàn Quốc"), ("r1", "Lào")]
    assert [(c.code, c.label) for c in table.columns] == [("c1", "Số đoàn")]


@pytest.mark.parametrize("who", ["school_officer", "principal", "director", "commune_officer", "clerk", "receiver"])
def test_nobody_else_designs_regimes(office: Office, who: str) -> None:
    regime, by = draft_regime(office), office.actor(who, on=ON)
    attempts: list[Callable[[], object]] = [
        lambda: create_regime(owner=office.unit("so"), name="Khác", by=by, at=OPENED),
        lambda: change_regime(regime=regime, facts={"name": "Khác"}, by=by, at=OPENED),
        lambda: put_in_force(regime=regime, on=ON, by=by, at=OPENED),
    ]
    for attempt in attempts:
        with pytest.raises(ReportingForbidden):
            attempt()
    regime.refresh_from_db()
    assert (regime.name, regime.state, ReportRegime.objects.count()) == ("Báo cáo công tác đối ngoại", "draft", 1)


def test_a_school_knows_no_regimes_of_the_department(office: Office) -> None:
    draft_regime(office)
    assert visible_regimes(specialist(office), on=ON).count() == 1
    assert visible_regimes(office.actor("principal", on=ON), on=ON).count() == 0


def test_units_that_owe_are_those_of_the_kinds_chosen_today(office: Office) -> None:
    regime, by = draft_regime(office), specialist(office)
    kinds = list(UnitKind.objects.filter(code="department"))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=OPENED)
    put_in_force(regime=regime, on=ON, by=by, at=OPENED)
    with pytest.raises(CampaignRefused) as refused:
        open_campaign(regime=ReportRegime.objects.get(pk=regime.pk), by=by, at=OPENED)
    assert refused.value.code == "reporting.no_reporters"
