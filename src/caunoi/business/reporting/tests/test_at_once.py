"""Two at the same moment, each with a connection of its own: nothing is lost, doubled, or made of two halves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from caunoi.business.reporting.models import Campaign, CampaignChange, ExpectedReporter, Submission
from caunoi.business.reporting.operations.changes import decide_change
from caunoi.business.reporting.operations.consolidation import consolidate
from caunoi.business.reporting.operations.prefill import fill_from_registers
from caunoi.business.reporting.public import LineSpec, TableSpec, put_in_force, save_draft, save_table
from caunoi.business.reporting.rules.states import ChangeState
from caunoi.business.reporting.tests.scenes import OPENED, Scene, draft_regime, scene
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel.errors import Refused
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory is one connection; it writes one at a time"
    ),
]
Act = Callable[[], object]


def _apart(act: Act) -> str:
    """Do it from a connection of this thread; return the code of a refusal."""
    try:
        act()
    except Refused as refused:
        return refused.code
    finally:
        connection.close()
    return ""


def at_once(*acts: Act) -> list[str]:
    """Do all, begun together; return the codes of the refusals, empty for what was done."""
    gate = Barrier(len(acts), timeout=20)

    def work(act: Act) -> str:
        gate.wait()
        return _apart(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(work, acts))


@contextmanager
def meanwhile(act: Act, table: str) -> Iterator[list[Future[str]]]:
    """Let another do something right after this connection has first read a table, if nothing makes it wait."""
    begun: list[Future[str]] = []

    def read(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        found = execute(sql, params, many, context)
        if not begun and f'FROM "{table}"' in sql:
            begun.append(pool.submit(_apart, act))
            wait(begun, timeout=2)
        return found

    with ThreadPoolExecutor(1) as pool, connection.execute_wrapper(read):
        yield begun


def test_a_report_that_arrives_while_it_is_consolidated_is_in_both_figures_and_words_or_in_neither(
    office: Office,
) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6)
    with meanwhile(partial(here.send, campaign, "thpt_2", 1, 2, 3, 4, 5, 6), "reporting_totalsnode") as other:
        made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    assert (other[0].result(), Submission.objects.filter(counts=True).count()) == ("", 2)
    assert made.sent == len(made.included)
    assert len(made.absent) == made.expected - made.sent


def test_what_is_typed_while_a_form_is_filled_from_registers_stays(office: Office) -> None:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    table = TableSpec("Nhiệm vụ", [LineSpec("Đúng hạn", indicator="NV01")], [LineSpec("Số nhiệm vụ")])
    save_table(regime=regime, spec=table, by=by, at=OPENED)
    here = Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))
    report, officer, key = here.reporter(here.open()), here.by("thpt_1.officer"), "b2.r1.c1"
    save_draft(reporter=report, cells={"b1.r1.c1": Measure.of(1)}, by=officer, at=OPENED)
    typed = partial(save_draft, reporter=report, cells={key: Measure.of(7)}, by=officer, at=OPENED)
    with meanwhile(typed, "reporting_submission") as other:
        fill_from_registers(reporter=report, by=officer, at=OPENED)
    assert other[0].result() == ""
    assert Submission.objects.get().cells == {"b1.r1.c1": "1", key: "7"}


def test_a_turn_is_opened_once_and_the_other_is_told(office: Office) -> None:
    here = scene(office)
    assert at_once(here.open, here.open, here.open) == ["", *["reporting.campaign_exists"] * 2]
    assert Campaign.objects.count() == 1


def test_units_added_at_the_same_moment_are_all_counted(office: Office) -> None:
    here = scene(office)
    campaign, kind = here.open(), UnitKind.objects.get(code="upper_secondary")
    units = [office.unit(key) for key in ("gdtx_1", "gdtx_2")]
    assert not any(unit.kind == kind for unit in units)
    for number, unit in enumerate(units):
        CampaignChange.objects.create(
            campaign=campaign, event_id=f"00000000-0000-0000-0000-00000000000{number}", kind="establish",
            effective_on=OPENED.date(), unit=unit, state=ChangeState.OFFERED, at=OPENED,
        )  # fmt: skip
    acts = [
        partial(decide_change, change=line, act="add", by=here.by("specialist"), at=OPENED)
        for line in CampaignChange.objects.select_related("campaign").order_by("pk")
    ]
    assert at_once(*acts) == ["", ""]
    held = Campaign.objects.get()
    assert held.expected == ExpectedReporter.objects.filter(campaign=held).count() == campaign.expected + 2


def test_a_unit_is_not_released_over_the_report_that_it_sends_at_that_moment(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    row = here.reporter(campaign, "thpt_1")
    line = CampaignChange.objects.create(
        campaign=campaign, event_id="00000000-0000-0000-0000-000000000001", kind="merge",
        effective_on=OPENED.date(), unit=row.unit, heir=office.unit("thpt_2"), reporter=row,
        state=ChangeState.HEIR_BOTH, at=OPENED,
    )  # fmt: skip
    with meanwhile(partial(here.send, campaign, "thpt_1", 1, 2, 3, 4, 5, 6), "reporting_campaignchange") as other:
        decide_change(change=line, act="release", by=here.by("specialist"), at=OPENED)
    assert other[0].result() == "reporting.unit_exempt"
    row.refresh_from_db()
    assert (row.state, Submission.objects.filter(counts=True).count()) == ("exempt", 0)
