"""A group and its commune both report above, each from a campaign of its own with the same schools: counted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission
from caunoi.business.reporting.operations.branch import take_from_below
from caunoi.business.reporting.operations.copying import copy_form
from caunoi.business.reporting.public import (
    Span,
    Turn,
    change_regime,
    create_regime,
    exempt,
    open_campaign,
    put_in_force,
    return_submission,
    save_draft,
    set_reporters,
    set_turns,
    submit,
    whole,
)
from caunoi.business.reporting.queries.branch import gathered, sources_for
from caunoi.business.reporting.rules.branch import How
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import OPENED, Scene, draft_regime
from caunoi.foundation.organisations.public import UnitKind, move_unit
from caunoi.foundation.people.public import Role, grant_role
from caunoi.kernel.actor import Line, system
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

KEY = "b1.r1.c1"
ALL = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
UNITS = ["thcs_1", "thcs_2", "thpt_1", "xa_1"]
"""Two schools, the group above them, the commune above the group."""
KINDS = ["upper_secondary", "lower_secondary", "commune_division"]
BASE = 1000
WORDS = {"s1": "Đã làm.", "s2": "Tiếp tục."}


def own_of(unit: str, turn: int) -> int:
    """Return a figure whose digits to the base of a thousand say whose it is; two of one unit are never one."""
    return (100 + turn) * int(BASE ** UNITS.index(unit))


def after(turn: int) -> dt.datetime:
    """Return when something happens."""
    return OPENED + dt.timedelta(minutes=turn)


def digits(amount: Decimal | int) -> dict[str, int]:
    """Return what of an amount is whose."""
    return {unit: int(amount) // BASE**at % BASE for at, unit in enumerate(UNITS)}


@pytest.fixture
def here(office: Office) -> Scene:
    """Two schools stand below a group, the group below a commune; the officers of both oversee them."""
    day = OPENED - dt.timedelta(days=60)
    group = office.unit("thpt_1")
    for key, parent in (("thpt_1", office.unit("xa_1")), ("thcs_1", group), ("thcs_2", group)):
        move_unit(unit=office.unit(key), line=Line.PROFESSIONAL, parent=parent, on=day.date(), by=system(), at=day)
    grant_role(
        post=office.posts["thpt_1.officer"], role=Role.BRANCH_OFFICER, unit=group, subtree=True, on=day.date(),
        by=system(), at=day,
    )  # fmt: skip
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    kinds = list(UnitKind.objects.filter(code__in=KINDS))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def opens(here: Scene, owner: str, reporting: set[str]) -> Campaign:
    """Open a campaign of a unit with the form of the Sở, in which only some of the units below it report."""
    by, unit = system(), here.office.unit(owner)
    regime = create_regime(owner=unit, name=f"Báo cáo của {unit.name}", by=by, at=OPENED)
    facts = {"content": "Kết quả", "asks_figures": True, "ground_text": "Kế hoạch", "lead_days": 60}
    change_regime(regime=regime, facts=facts, by=by, at=OPENED)
    set_turns(regime=regime, turns=[Turn(10, 25, Span.YEAR, own=(10, 20))], by=by, at=OPENED)
    set_reporters(regime=regime, kinds=list(UnitKind.objects.filter(code__in=KINDS)), root=unit, by=by, at=OPENED)
    copy_form(regime=regime, source=here.regime, by=by, at=OPENED)
    regime = put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED)
    return only(here, open_campaign(regime=regime, by=by, at=OPENED), reporting)


def only(here: Scene, campaign: Campaign, reporting: set[str]) -> Campaign:
    """Let only some of the units owe the report."""
    out = [here.office.unit(unit).pk for unit in UNITS if unit not in reporting]
    for each in ExpectedReporter.objects.filter(campaign=campaign, unit__in=out):
        exempt(reporter=each, ground="Không báo cáo.", by=system(), at=OPENED)
    return campaign


def sends(
    here: Scene, campaign: Campaign, unit: str, turn: int, *, keys: Collection[str] = ALL, sources: slice = slice(None)
) -> Submission:
    """Let a unit put what there is from below into its report, beside what it has of its own, and send it."""
    reporter, by, at = here.reporter(campaign, unit), here.by(f"{unit}.officer"), after(turn)
    save_draft(reporter=reporter, narrative={**WORDS, "s2": f"Lần {turn}."}, by=by, at=at)
    how = How.REPLACE
    for source in sources_for(here.reporter(campaign, unit), by)[sources]:
        have = gathered(reporter, source)
        chosen = dict.fromkeys([key for key in keys if have.figures[key].answered], how)
        if chosen:
            take_from_below(
                reporter=reporter, source=source.campaign, cells=chosen, sections={}, seen=have.seen, by=by, at=at
            )
            how = How.ADD
    held, own = Submission.objects.filter(reporter=reporter).latest("version").cells, own_of(unit, turn)
    below = {key: int(held.get(key, "0")) for key in ALL}
    mine = {key: amount - digits(amount)[unit] * BASE ** UNITS.index(unit) + own for key, amount in below.items()}
    save_draft(reporter=reporter, cells={key: Measure.of(amount) for key, amount in mine.items()}, by=by, at=at)
    return submit(reporter=here.reporter(campaign, unit), key=f"{unit}-{turn}", by=by, at=at)


def total(campaign: Campaign, key: str = KEY) -> dict[str, int]:
    """Return what of the total of a campaign is whose."""
    node = whole(campaign)
    return digits(total_of(node.cells, key, node.expected).amount or 0)


def returns(sent: Submission, turn: int = 50) -> None:
    return_submission(submission=sent, reason="Sửa số.", by=system(), at=after(turn))


def test_the_second_of_two_that_took_the_same_school_does_not_count_it_again(here: Scene) -> None:
    above = only(here, here.open(), {"thpt_1", "xa_1"})
    by_group = opens(here, "thpt_1", {"thcs_1", "thcs_2"})
    by_commune = opens(here, "xa_1", {"thcs_1"})
    sends(here, by_group, "thcs_1", 1)
    sends(here, by_group, "thcs_2", 1)
    sends(here, by_commune, "thcs_1", 2)
    commune = sends(here, above, "xa_1", 1)
    assert total(above) == {"thcs_1": 102, "thcs_2": 0, "thpt_1": 0, "xa_1": 101}
    group = sends(here, above, "thpt_1", 1)
    assert digits(int(group.cells[KEY])) == {"thcs_1": 101, "thcs_2": 101, "thpt_1": 101, "xa_1": 0}
    assert total(above) == {"thcs_1": 102, "thcs_2": 101, "thpt_1": 101, "xa_1": 101}
    returns(commune)
    assert total(above) == {"thcs_1": 101, "thcs_2": 101, "thpt_1": 101, "xa_1": 0}
    again = submit(reporter=again_open(here, above), key="f", by=here.by("xa_1.officer"), at=after(60))
    assert digits(int(again.cells[KEY]))["thcs_1"] == 102
    assert total(above) == {"thcs_1": 101, "thcs_2": 101, "thpt_1": 101, "xa_1": 101}


def test_what_was_emptied_after_it_was_taken_is_left_to_another_report(here: Scene) -> None:
    above = only(here, here.open(), {"thpt_1", "xa_1"})
    by_group, by_commune = opens(here, "thpt_1", {"thcs_1"}), opens(here, "xa_1", {"thcs_1"})
    sends(here, by_group, "thcs_1", 1)
    sends(here, by_commune, "thcs_1", 2)
    commune = sends(here, above, "xa_1", 3)
    returns(commune, 4)
    emptied, why = {KEY: Measure.missing(), ALL[1]: Measure.not_applicable()}, {"cells_missing|table:b1": "Chưa có."}
    by = here.by("xa_1.officer")
    save_draft(reporter=commune.reporter, cells=emptied, explanations=why, by=by, at=after(5))
    submit(reporter=here.reporter(above, "xa_1"), key="emptied", by=by, at=after(5))
    sends(here, above, "thpt_1", 6)
    assert [total(above, key)["thcs_1"] for key in ALL[:3]] == [101, 101, 102]


def test_the_page_names_the_report_that_holds_a_figure_already(here: Scene, client_of: Callable[[str], Client]) -> None:
    above = only(here, here.open(), {"thpt_1", "xa_1"})
    by_group, by_commune = opens(here, "thpt_1", {"thcs_1", "thcs_2"}), opens(here, "xa_1", {"thcs_1"})
    for turn, (campaign, unit) in enumerate([(by_group, "thcs_1"), (by_group, "thcs_2"), (by_commune, "thcs_1")], 1):
        sends(here, campaign, unit, turn)
    address = reverse("reporting:branch", args=[here.reporter(above, "thpt_1").public_id])
    assert client_of("school_officer").get(address).context["held"] == []
    commune = sends(here, above, "xa_1", 4)
    page = client_of("school_officer").get(address)
    (held,) = page.context["held"]
    assert (held.reporter, held.units, held.may_open) == (commune.reporter, [here.office.unit("thcs_1").name], False)
    assert f"<strong>{commune.reporter.name}</strong>" in page.content.decode()
    sends(here, above, "thpt_1", 5)
    assert total(above) == {"thcs_1": 103, "thcs_2": 102, "thpt_1": 105, "xa_1": 104}


def again_open(here: Scene, campaign: Campaign) -> ExpectedReporter:
    """Begin the next version of the commune, with what it held."""
    reporter = here.reporter(campaign, "xa_1")
    save_draft(reporter=reporter, narrative={"s2": "Đã sửa."}, by=here.by("xa_1.officer"), at=after(60))
    return here.reporter(campaign, "xa_1")


lists = st.sets(st.sampled_from(["thcs_1", "thcs_2", "thpt_1"]))
steps = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 2]),
        st.sampled_from(UNITS),
        st.sampled_from([ALL, ALL[:1]]),
        st.sampled_from([slice(None), slice(1), slice(1, None)]),
    ),
    min_size=10,
    max_size=16,
)


def holds(campaign: Campaign, key: str) -> None:
    """Hold a total against the reports themselves: of each unit one figure that a report holds, its own where it owes.

    A unit that owes the report and has not sent it stands in no total, whoever took its figure.
    """
    sent = {
        each.reporter.unit_id: digits(int(each.cells[key]))
        for each in Submission.objects.filter(counts=True, reporter__campaign=campaign).select_related("reporter")
    }
    rows = ExpectedReporter.objects.filter(campaign=campaign).exclude(state="exempt")
    owing = set(rows.values_list("unit_id", flat=True))
    for unit, counted in total(campaign, key).items():
        pk = UNIT_IDS[unit]
        held = {one[unit] for one in sent.values()} - {0}
        assert all(100 < figure < 200 for figure in held), "no report holds a unit twice"
        expected = {sent[pk][unit]} if pk in sent else held if pk not in owing else set()
        assert counted in (expected or {0}), (unit, key, sent)


UNIT_IDS: dict[str, int] = {}


def test_no_unit_counts_twice_whatever_is_taken_from_where(here: Scene) -> None:
    UNIT_IDS.update({unit: here.office.unit(unit).pk for unit in UNITS})
    everybody = set(UNITS)
    campaigns = [here.open(), opens(here, "xa_1", everybody), opens(here, "thpt_1", everybody)]

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(lists, lists, steps)
    def lives(above: set[str], commune: set[str], acts: list[tuple[int, str, list[str], slice]]) -> None:
        with transaction.atomic():
            only(here, campaigns[0], {*above, "xa_1"})
            only(here, campaigns[1], commune)
            for turn, (at, unit, keys, sources) in enumerate(acts, 1):
                campaign = campaigns[at]
                row = ExpectedReporter.objects.filter(campaign=campaign, unit=UNIT_IDS[unit]).first()
                if row is None or row.state == "exempt":
                    continue
                sent = Submission.objects.filter(reporter=row, counts=True).select_related("reporter__campaign").first()
                if sent is None:
                    sends(here, campaign, unit, turn, keys=keys, sources=sources)
                else:
                    returns(sent, turn)
                for each in campaigns:
                    holds(each, ALL[0])
                    holds(each, ALL[1])
            transaction.set_rollback(True)

    lives()
