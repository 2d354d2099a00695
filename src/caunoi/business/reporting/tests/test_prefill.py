"""Forms filled from registers: proposed, frozen, opened to their records, corrected with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.plans.models import Task, TaskState
from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Snapshot, Submission, TotalsNode
from caunoi.business.reporting.operations.prefill import fill_from_registers, freeze_figures
from caunoi.business.reporting.public import (
    LineSpec,
    SubmissionRefused,
    TableSpec,
    contributors,
    put_in_force,
    save_draft,
    save_table,
    submit,
    whole,
)
from caunoi.business.reporting.queries import reporters_below
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, draft_regime, figures
from caunoi.kernel.measure import Measure, Total
from caunoi.surfaces.demonstration.office import Office

DONE, LATE, OPEN = "b2.r1.c1", "b2.r2.c1", "b2.r3.c1"


@pytest.fixture
def here(office: Office) -> Scene:
    """A regime whose second table asks for the three indicators of tasks."""
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    rows = [
        LineSpec("Đúng hạn", indicator="NV01"),
        LineSpec("Quá hạn", indicator="NV02"),
        LineSpec("Chưa xong", indicator="NV03"),
    ]
    save_table(regime=regime, spec=TableSpec("Nhiệm vụ", rows, [LineSpec("Số nhiệm vụ")]), by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def task(here: Scene, lead: str, done: dt.date | None, *support: str) -> Task:
    made = Task.objects.create(
        assigning_unit=here.office.unit("so"), title=f"Việc của {lead}", lead_unit=here.office.unit(lead),
        state=TaskState.CONFIRMED if done else TaskState.ACCEPTED, done_on=done, created_at=OPENED, folded="viec",
    )  # fmt: skip
    made.supporting_units.set([here.office.unit(key) for key in support])
    return made


def cells_of(reporter: ExpectedReporter) -> dict[str, str]:
    cells: dict[str, str] = Submission.objects.get(reporter=reporter).cells
    return cells


def test_cells_are_filled_and_what_was_typed_stays(here: Scene) -> None:
    campaign = here.open()
    reporter, by = here.reporter(campaign), here.by("thpt_1.officer")
    task(here, "thpt_1", OPENED.date())
    task(here, "thpt_1", None)
    save_draft(reporter=reporter, cells={LATE: Measure.of(4)}, by=by, at=OPENED)
    assert fill_from_registers(reporter=reporter, by=by, at=OPENED) == 2
    assert cells_of(reporter) == {DONE: "1", LATE: "4", OPEN: "1"}
    task(here, "thpt_1", OPENED.date())
    assert fill_from_registers(reporter=reporter, by=by, at=OPENED) == 1
    assert cells_of(reporter) == {DONE: "2", LATE: "4", OPEN: "1"}
    assert fill_from_registers(reporter=reporter, by=by, at=OPENED) == 0


def test_a_figure_keeps_its_records_as_they_were_named_and_a_joint_task_counts_once(here: Scene) -> None:
    campaign = here.open()
    made = task(here, "thpt_1", OPENED.date(), "thpt_2")
    for unit in ("thpt_1", "thpt_2"):
        fill_from_registers(reporter=here.reporter(campaign, unit), by=here.by(f"{unit}.officer"), at=OPENED)
    owner, other = (Snapshot.objects.get(reporter=here.reporter(campaign, unit)) for unit in ("thpt_1", "thpt_2"))
    assert (owner.cells[DONE], other.cells[DONE]) == ("1", "Z")
    (row,) = owner.rows[DONE]
    assert (row["id"], row["label"], row["amount"], row["units"]) == (
        str(made.public_id), "Việc của thpt_1", "1", [here.office.unit("thpt_2").name],
    )  # fmt: skip
    (shared,) = other.rows[DONE]
    assert (shared["amount"], shared["unit"]) == ("0", here.office.unit("thpt_1").name)


def test_a_joint_task_stands_once_in_the_totals_of_every_level(here: Scene) -> None:
    campaign, units = here.open(), ("thcs_1", "thcs_2", "thpt_1")
    task(here, "thcs_1", OPENED.date(), "thcs_2", "thpt_1")
    task(here, "thpt_1", OPENED.date(), "thcs_2")
    for unit in units:
        fill_from_registers(reporter=here.reporter(campaign, unit), by=here.by(f"{unit}.officer"), at=OPENED)
        here.send(campaign, unit)
    node = whole(campaign)
    assert total_of(node.cells, DONE, node.expected) == Total(Decimal(2), 3, campaign.expected)
    commune = TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, name=here.office.unit("xa_1").name)
    assert total_of(commune.cells, DONE, commune.expected) == Total(Decimal(1), 2, commune.expected)
    rows = reporters_below(campaign, node, here.by("director")).filter(unit__in=[here.office.unit(u) for u in units])
    given = {each.reporter.unit: each.measure.number for each in contributors(list(rows), DONE)}
    assert [given[here.office.unit(unit)] for unit in units] == [1, 0, 1]


def test_figures_freeze_after_the_cut_off_for_every_unit_and_then_stand_still(here: Scene) -> None:
    campaign = here.open()
    task(here, "thpt_1", OPENED.date())
    assert freeze_figures(campaign, at=OPENED) == 0
    after = dt.datetime.combine(campaign.cut_off_on + dt.timedelta(days=1), OPENED.timetz())
    assert freeze_figures(campaign, at=after) == campaign.expected
    assert freeze_figures(campaign, at=after) == 0
    task(here, "thpt_1", OPENED.date())
    reporter, by = here.reporter(campaign), here.by("thpt_1.officer", after.date())
    fill_from_registers(reporter=reporter, by=by, at=after)
    assert cells_of(reporter)[DONE] == "1"


def test_freezing_costs_the_same_for_one_unit_as_for_a_chunk(
    here: Scene, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    campaign = here.open()
    after = dt.datetime.combine(campaign.cut_off_on + dt.timedelta(days=1), OPENED.timetz())
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]  # a context manager of pytest-django
        assert freeze_figures(campaign, at=after) == campaign.expected > 40


def filled(here: Scene, campaign: Campaign) -> ExpectedReporter:
    reporter, by = here.reporter(campaign), here.by("thpt_1.officer")
    task(here, "thpt_1", OPENED.date())
    fill_from_registers(reporter=reporter, by=by, at=OPENED)
    told = {FIRST: "Đã làm.", SECOND: "Sẽ làm."}
    save_draft(reporter=reporter, cells=figures(1, 2, 3, 4, 5, 6), narrative=told, by=by, at=OPENED)
    return reporter


def test_a_correction_needs_a_reason(here: Scene) -> None:
    campaign = here.open()
    reporter, by = filled(here, campaign), here.by("thpt_1.officer")
    save_draft(reporter=reporter, cells={DONE: Measure.of(3)}, by=by, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=reporter, key="k", by=by, at=OPENED)
    findings = refused.value.facts["findings"]
    assert [(each.code, each.target) for each in findings] == [("differs_from_register", f"cell:{DONE}")]  # type: ignore[attr-defined]  # facts hold objects
    reason = {f"differs_from_register|cell:{DONE}": "Hai việc chưa kịp xác nhận trên hệ thống."}
    save_draft(reporter=reporter, explanations=reason, by=by, at=OPENED)
    sent = submit(reporter=reporter, key="k2", by=by, at=OPENED)
    assert sent.cells[DONE] == "3"
    assert Snapshot.objects.get(reporter=reporter).frozen_at == OPENED


def test_a_report_as_the_registers_have_it_needs_none(here: Scene) -> None:
    campaign = here.open()
    reporter = filled(here, campaign)
    assert submit(reporter=reporter, key="k", by=here.by("thpt_1.officer"), at=OPENED).cells[DONE] == "1"


def test_a_form_without_such_cells_says_so_and_nobody_else_fills(office: Office) -> None:
    from caunoi.business.reporting.tests.scenes import scene

    here = scene(office)
    campaign = here.open()
    with pytest.raises(SubmissionRefused) as refused:
        fill_from_registers(reporter=here.reporter(campaign), by=here.by("thpt_1.officer"), at=OPENED)
    assert refused.value.code == "reporting.no_registers"
    for who in ("thpt_2.officer", "director"):
        with pytest.raises(ReportingForbidden):
            fill_from_registers(reporter=here.reporter(campaign), by=here.by(who), at=OPENED)
    assert (Submission.objects.count(), Snapshot.objects.count()) == (0, 0)


def test_the_page_fills_and_each_figure_opens(here: Scene, client_of: Callable[[str], Client]) -> None:
    campaign = here.open()
    made = task(here, "thpt_1", OPENED.date())
    reporter, client = here.reporter(campaign), client_of("school_officer")
    entry = client.get(reverse("reporting:entry", args=[reporter.public_id])).content.decode()
    assert "3 ô của biểu lấy được từ sổ trong hệ thống" in entry
    answer = client.post(reverse("reporting:fill", args=[reporter.public_id]), follow=True)
    assert "Đã lấy 3 ô từ sổ." in answer.content.decode()
    page = client.get(reverse("reporting:registers", args=[reporter.public_id])).content.decode()
    assert reverse("plans:task", args=[made.public_id]) in page
    seen = client_of("specialist").get(reverse("reporting:registers", args=[reporter.public_id]))
    assert "Việc của thpt_1" in seen.content.decode()
    assert client_of("reporter").get(reverse("reporting:registers", args=[reporter.public_id])).status_code == 404
