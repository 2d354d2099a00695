"""Every level the same: a unit fills its own report from those below it, and nothing is counted twice above."""

from __future__ import annotations

import random
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import BranchPart, BranchTaken, Campaign, Submission, TotalsNode
from caunoi.business.reporting.operations.branch import take_from_below
from caunoi.business.reporting.operations.copying import copy_form
from caunoi.business.reporting.public import (
    Span,
    SubmissionRefused,
    Turn,
    accept,
    change_regime,
    contributors,
    create_regime,
    open_campaign,
    put_in_force,
    reopen,
    return_submission,
    save_draft,
    set_reporters,
    set_turns,
    submit,
    whole,
)
from caunoi.business.reporting.queries.branch import gathered, sources_for
from caunoi.business.reporting.rules.branch import Below, How, counted, same_form, summed, told
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import (
    FIRST,
    NOT_APPLICABLE,
    OPENED,
    SECOND,
    ZERO,
    Scene,
    draft_regime,
    figures,
)
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel.actor import system
from caunoi.kernel.measure import Measure, MeasureState
from caunoi.surfaces.demonstration.office import Office

KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
TABLE = Table("b1", "Đoàn ra", (Line("r1", "Lào"), Line("rt", "Tổng", is_total=True)), (Line("c1", "Số đoàn"),))


def below(unit: str, text: str | None) -> Below:
    return Below(unit, unit, {} if text is None else {"k": text}, {"s1": f"Đã họp {unit}."})


@pytest.mark.parametrize(
    ("cells", "silent", "state", "amount", "answered", "owed"),
    [
        (["3", "4"], 0, MeasureState.VALUE, 7, 2, 2),
        (["3", None], 1, MeasureState.VALUE, 3, 1, 3),
        (["3", "N"], 0, MeasureState.VALUE, 3, 1, 1),
        (["Z", "Z"], 0, MeasureState.ZERO, None, 2, 2),
        (["Z", None], 0, MeasureState.VALUE, 0, 1, 2),
        (["Z"], 1, MeasureState.VALUE, 0, 1, 2),
        (["N", "N"], 0, MeasureState.NOT_APPLICABLE, None, 0, 0),
        (["N"], 1, MeasureState.MISSING, None, 0, 1),
        ([None], 0, MeasureState.MISSING, None, 0, 1),
        ([], 2, MeasureState.MISSING, None, 0, 2),
    ],
)
def test_a_sum_keeps_the_four_states_and_its_coverage(
    cells: list[str | None], silent: int, state: MeasureState, amount: int | None, answered: int, owed: int
) -> None:
    found = summed("k", [below(str(n), text) for n, text in enumerate(cells)], silent)
    assert (found.measure.state, found.measure.amount) == (state, amount)
    assert (found.answered, found.owed) == (answered, owed)


def test_only_what_exceeds_the_units_below_is_counted() -> None:
    form = Form(tables=(TABLE,))
    assert counted(form, {"b1.r1.c1": "12", "b1.rt.c1": "12"}, {"b1.r1.c1": "9"}) == {"b1.r1.c1": "3", "b1.rt.c1": "3"}
    assert counted(form, {"b1.r1.c1": "9", "b1.rt.c1": "9"}, {"b1.r1.c1": "9"}) == {"b1.r1.c1": "N", "b1.rt.c1": "N"}
    assert counted(form, {"b1.r1.c1": "9", "b1.rt.c1": "9"}, {}) == {}


def test_words_name_their_units_and_forms_are_compared_by_what_they_ask() -> None:
    one, other = (
        Below("1", "Trường A", {}, {"s1": "Tổ chức tập huấn."}),
        Below("2", "Trường B", {}, {"s1": "Tổ chức tập huấn."}),
    )
    assert told("s1", [one, other]) == "Tổ chức tập huấn. (Trường A; Trường B)"
    assert told("s2", [one, other]) == ""
    assert same_form(Form(tables=(TABLE,)), Form(tables=(TABLE,)))
    assert not same_form(Form(tables=(TABLE,)), Form())


@pytest.fixture
def here(office: Office) -> Scene:
    """A regime under which communes report as well as the schools below them."""
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    kinds = list(UnitKind.objects.filter(code__in=["upper_secondary", "lower_secondary", "commune_division"]))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def take(
    here: Scene, campaign: Campaign, unit: str = "xa_1", how: How = How.REPLACE, *, source: Campaign | None = None
) -> int:
    reporter, by = here.reporter(campaign, unit), here.by(f"{unit}.officer")
    chosen = next(s for s in sources_for(reporter, by) if s.campaign == (source or campaign))
    return take_from_below(
        reporter=reporter,
        source=chosen.campaign,
        cells=dict.fromkeys(KEYS, how),
        sections=dict.fromkeys([FIRST, SECOND], how),
        seen=gathered(reporter, chosen).seen,
        by=by,
        at=OPENED,
    )


def send_up(here: Scene, campaign: Campaign, key: str = "xa") -> Submission:
    return submit(reporter=here.reporter(campaign, "xa_1"), key=key, by=here.by("xa_1.officer"), at=OPENED)


def test_a_commune_fills_its_report_from_its_schools_and_sends_it(here: Scene, campaign: Campaign) -> None:
    here.send(campaign, "thcs_1", 1, ZERO, NOT_APPLICABLE, 4, 5, 6, text="Đã tập huấn.")
    reporter, by = here.reporter(campaign, "xa_1"), here.by("xa_1.officer")
    (source,) = sources_for(reporter, by)
    assert (source.sent, source.expected, source.is_same) == (1, 2, True)
    assert source.absent == [here.reporter(campaign, "thcs_2").name]
    here.send(campaign, "thcs_2", 10, ZERO, NOT_APPLICABLE, 40, 50, 60, text="Đã tập huấn.")
    assert take(here, campaign) == 8
    draft = Submission.objects.get(reporter=reporter)
    assert draft.cells == dict(zip(KEYS, ["11", "Z", "N", "44", "55", "66"], strict=True))
    names = "; ".join(here.reporter(campaign, unit).name for unit in ("thcs_1", "thcs_2"))
    assert draft.narrative == {FIRST: f"Đã tập huấn. ({names})", SECOND: f"Tiếp tục. ({names})"}
    before = whole(campaign).cells
    sent = send_up(here, campaign)
    assert sent.cells["b1.r1.c1"] == "11"
    after = whole(campaign)
    assert {key: total_of(after.cells, key, after.expected).amount for key in KEYS} == {
        key: total_of(before, key, after.expected).amount for key in KEYS
    }
    assert after.sent == 3


def test_what_was_typed_stays_unless_the_person_says_otherwise(here: Scene, campaign: Campaign) -> None:
    here.send(campaign, "thcs_1")
    reporter, by = here.reporter(campaign, "xa_1"), here.by("xa_1.officer")
    save_draft(reporter=reporter, cells=figures(7), narrative={FIRST: "Của xã."}, by=by, at=OPENED)
    take(here, campaign, how=How.KEEP)
    assert Submission.objects.get(reporter=reporter).cells == {"b1.r1.c1": "7"}
    assert not BranchTaken.objects.exists()
    take(here, campaign, how=How.ADD)
    draft = Submission.objects.get(reporter=reporter)
    assert (draft.cells["b1.r1.c1"], draft.cells["b1.r1.c2"]) == ("8", "2")
    name = here.reporter(campaign, "thcs_1").name
    assert draft.narrative[FIRST] == f"Của xã.\nĐã triển khai. ({name})"
    explained = {"cells_missing|table:b1": "x"}
    save_draft(reporter=reporter, explanations=explained, by=by, at=OPENED)
    send_up(here, campaign)
    assert total_of(whole(campaign).cells, "b1.r1.c1", 1).amount == 8
    rows = [here.reporter(campaign, unit) for unit in ("xa_1", "thcs_1", "thcs_2")]
    given = [each.measure.number for each in contributors(rows, "b1.r1.c1")]
    assert given == [Decimal(7), Decimal(1), None]


def test_less_than_the_units_below_is_refused_and_a_changed_branch_asks_again(here: Scene, campaign: Campaign) -> None:
    here.send(campaign, "thcs_1")
    take(here, campaign)
    reporter, by = here.reporter(campaign, "xa_1"), here.by("xa_1.officer")
    save_draft(reporter=reporter, cells=figures(Measure.of(0)), by=by, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        send_up(here, campaign)
    found = refused.value.facts["findings"]
    assert [(one.code, one.key) for one in found] == [("less_than_below", "less_than_below|cell:b1.r1.c1")]  # type: ignore[attr-defined]
    with pytest.raises(SubmissionRefused) as moved:
        take_from_below(
            reporter=reporter, source=campaign, cells={KEYS[0]: How.REPLACE}, sections={}, seen="old", by=by, at=OPENED
        )
    assert moved.value.code == "reporting.branch_moved"
    with pytest.raises(ReportingForbidden):
        take_from_below(
            reporter=reporter, source=campaign, cells={}, sections={}, seen="", by=here.by("thcs_1.officer"), at=OPENED
        )
    assert Submission.objects.get(reporter=reporter).cells["b1.r1.c1"] == "0"


def test_a_sent_version_keeps_what_it_was_made_from(here: Scene, campaign: Campaign) -> None:
    school = here.send(campaign, "thcs_1")
    take(here, campaign)
    sent = send_up(here, campaign)
    held = BranchTaken.objects.get()
    assert held.takes[0]["sources"] == [[str(school.public_id), here.reporter(campaign, "thcs_1").name]]
    assert held.takes[0]["absent"] == [here.reporter(campaign, "thcs_2").name]
    assert held.cells["b1.r1.c1"] == [0, "1", 1, 2, None]
    (part,) = BranchPart.objects.all()
    assert (part.submission, part.unit, part.cells["b1.r1.c1"]) == (sent, here.office.unit("thcs_1"), "1")
    with pytest.raises(DatabaseError), transaction.atomic():
        BranchTaken.objects.update(cells={})
    with pytest.raises(DatabaseError), transaction.atomic():
        BranchPart.objects.update(cells={})
    return_submission(submission=sent, reason="Bổ sung.", by=here.by("specialist"), at=OPENED)
    assert total_of(whole(campaign).cells, "b1.r1.c1", 1).amount == 1
    save_draft(reporter=here.reporter(campaign, "xa_1"), cells=figures(5), by=here.by("xa_1.officer"), at=OPENED)
    again = send_up(here, campaign, "xa-2")
    assert total_of(whole(campaign).cells, "b1.r1.c1", 1).amount == 5
    assert BranchTaken.objects.get(version=2).own["b1.r1.c1"] == "4"
    accept(submission=again, by=here.by("specialist"), at=OPENED)
    reopen(submission=again, reason="Sai.", by=here.by("specialist"), at=OPENED)
    assert total_of(whole(campaign).cells, "b1.r1.c1", 1).amount == 1


@pytest.mark.parametrize("seed", range(3))
def test_totals_equal_brute_force_whatever_is_taken(here: Scene, campaign: Campaign, seed: int) -> None:
    """What each unit has of its own is drawn; communes send theirs plus those of their schools."""
    chance = random.Random(seed)
    own: dict[str, list[int]] = {
        unit: [chance.randrange(9) for _ in KEYS] for unit in ("thcs_1", "thcs_2", "xa_1", "thpt_1")
    }
    sending = [unit for unit in ("thcs_1", "thcs_2", "thpt_1") if chance.random() < 0.8 or unit == "thcs_1"]
    for unit in sending:
        here.send(campaign, unit, *own[unit])
    reporter, by = here.reporter(campaign, "xa_1"), here.by("xa_1.officer")
    save_draft(reporter=reporter, cells=figures(*own["xa_1"]), by=by, at=OPENED)
    take(here, campaign, how=How.ADD)
    explained = {"cells_missing|table:b1": "x"}
    save_draft(reporter=reporter, explanations=explained, by=by, at=OPENED)
    send_up(here, campaign)
    expected = [sum(own[unit][at] for unit in [*sending, "xa_1"]) for at in range(len(KEYS))]
    node = whole(campaign)
    assert [total_of(node.cells, key, node.expected).amount for key in KEYS] == expected
    place = TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, path=reporter.path)
    schools = [unit for unit in sending if unit.startswith("thcs")]
    assert [total_of(place.cells, key, 2).amount for key in KEYS] == [
        sum(own[u][at] for u in schools) for at in range(len(KEYS))
    ]
    rows = [here.reporter(campaign, unit) for unit in own]
    for at, key in enumerate(KEYS):
        assert sum(each.measure.number or 0 for each in contributors(rows, key)) == expected[at]
    full = unpack(Submission.objects.get(reporter=reporter).cells[KEYS[0]]).number
    assert full == sum(own[unit][0] for unit in [*schools, "xa_1"])


def test_the_page_previews_takes_and_opens_each_figure(here: Scene, campaign: Campaign, client_of: object) -> None:
    here.send(campaign, "thcs_1", 3, 2, 3, 4, 5, 6)
    client = client_of("commune_officer")  # type: ignore[operator]
    assert isinstance(client, Client)
    report = here.reporter(campaign, "xa_1")
    entry = client.get(reverse("reporting:entry", args=[report.public_id])).content.decode()
    assert "Lấy từ báo cáo của đơn vị trực thuộc" in entry
    assert "<strong>1/2</strong>" in entry
    assert here.reporter(campaign, "thcs_2").name in entry
    address = reverse("reporting:branch", args=[report.public_id])
    page = client.get(address)
    assert page.status_code == 200
    assert "1/2 đơn vị" in page.content.decode()
    posted = {
        "seen": page.context["have"].seen,
        "base-version": "1",
        "base-revision": "0",
        "how-cell:b1.r1.c1": "replace",
        "how-cell:b1.r1.c2": "keep",
        "how-section:s1": "replace",
        "how-cell:no.such.cell": "replace",
    }
    assert client.post(address, {**posted, "seen": "old"}).status_code == 200
    assert not Submission.objects.filter(reporter=report).exists()
    assert client.post(address, posted).status_code == 302
    assert Submission.objects.get(reporter=report).cells == {"b1.r1.c1": "3"}
    opened = client.get(reverse("reporting:branch_taken", args=[report.public_id]) + "?o=b1.r1.c1").content.decode()
    assert here.reporter(campaign, "thcs_1").name in opened
    assert here.reporter(campaign, "thcs_2").name in opened
    gathering = client_of("specialist").get(reverse("reporting:branch_taken", args=[report.public_id]))  # type: ignore[operator]
    assert "không lấy gì" in gathering.content.decode()


def opened_below(here: Scene) -> Campaign:
    """Open a campaign of the commune's own, with the same form, for its schools."""
    by, owner = system(), here.office.unit("xa_1")
    regime = create_regime(owner=owner, name="Báo cáo đối ngoại của xã", by=by, at=OPENED)
    facts = {"content": "Kết quả", "asks_figures": True, "ground_text": "Kế hoạch của xã", "lead_days": 60}
    change_regime(regime=regime, facts=facts, by=by, at=OPENED)
    set_turns(regime=regime, turns=[Turn(10, 25, Span.YEAR, own=(10, 20))], by=by, at=OPENED)
    kinds = list(UnitKind.objects.filter(code="lower_secondary"))
    set_reporters(regime=regime, kinds=kinds, root=owner, by=by, at=OPENED)
    copy_form(regime=regime, source=here.regime, by=by, at=OPENED)
    regime = put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED)
    return open_campaign(regime=regime, by=by, at=OPENED)


@pytest.mark.parametrize("above_asks_schools", [False, True])
def test_a_campaign_of_ones_own_fills_the_report_above(office: Office, above_asks_schools: bool) -> None:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    codes = ["commune_division", *(["lower_secondary"] if above_asks_schools else [])]
    kinds = list(UnitKind.objects.filter(code__in=codes))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=OPENED)
    here = Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))
    above, own = here.open(), opened_below(here)
    here.send(own, "thcs_1", 1, 2, 3, 4, 5, 6)
    here.send(own, "thcs_2", 10, 20, 30, 40, 50, 60)
    if above_asks_schools:
        here.send(above, "thcs_1", 1, 2, 3, 4, 5, 6)
        here.send(above, "thcs_2", 10, 20, 30, 40, 50, 60)
    assert take(here, above, source=own) == 8
    sent = send_up(here, above)
    assert [sent.cells[key] for key in KEYS] == ["11", "22", "33", "44", "55", "66"]
    node = whole(above)
    assert [total_of(node.cells, key, node.expected).amount for key in KEYS] == [11, 22, 33, 44, 55, 66]


def test_a_unit_without_units_below_is_offered_nothing(here: Scene, campaign: Campaign, client_of: object) -> None:
    report = here.reporter(campaign)
    client = client_of("school_officer")  # type: ignore[operator]
    assert client.get(reverse("reporting:branch", args=[report.public_id])).status_code == 404
    entry = client.get(reverse("reporting:entry", args=[report.public_id])).content.decode()
    assert "Lấy từ báo cáo của đơn vị trực thuộc" not in entry
    assert isinstance(report.public_id, UUID)
