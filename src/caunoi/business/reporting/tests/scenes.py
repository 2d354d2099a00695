"""Scenes that the tests of reporting share: a regime in force, an open campaign, a filled report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReportRegime, Submission
from caunoi.business.reporting.public import (
    LineSpec,
    SectionSpec,
    Span,
    TableSpec,
    Turn,
    change_regime,
    create_regime,
    open_campaign,
    put_in_force,
    save_draft,
    save_section,
    save_table,
    set_reporters,
    set_turns,
    submit,
)
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import VIETNAM
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

OPENED = dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM)
FIRST, SECOND, TABLE = "s1", "s2", "b1"
ZERO, MISSING, NOT_APPLICABLE = Measure.zero(), Measure.missing(), Measure.not_applicable()


def figures(*values: Measure | int | None) -> dict[str, Measure]:
    """Return the six typed cells of the table in reading order; ``None`` leaves one out."""
    keys = [f"{TABLE}.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
    made = zip(keys, values, strict=False)
    return {k: v if isinstance(v, Measure) else Measure.of(v) for k, v in made if v is not None}


@dataclass
class Scene:
    """An office with a regime in force: two sections, a table of 3 x 2 with totals, due before 1 November."""

    office: Office
    regime: ReportRegime

    def by(self, key: str, on: dt.date | None = None) -> Actor:
        """Return an actor of the office."""
        return self.office.actor(key, on=on or OPENED.date())

    def open(self, at: dt.datetime = OPENED) -> Campaign:
        """Open the next campaign."""
        return open_campaign(regime=self.regime, by=self.by("specialist"), at=at)

    def reporter(self, campaign: Campaign, unit: str = "thpt_1") -> ExpectedReporter:
        """Return the place of a unit in the campaign."""
        return ExpectedReporter.objects.select_related("campaign__regime", "campaign__owner").get(
            campaign=campaign, unit=self.office.unit(unit)
        )

    def send(
        self, campaign: Campaign, unit: str = "thpt_1", *values: Measure | int | None, text: str = "Đã triển khai.",
        at: dt.datetime = OPENED,
    ) -> Submission:  # fmt: skip
        """Fill in and send the report of a unit."""
        reporter, by = self.reporter(campaign, unit), self.by(f"{unit}.officer", at.date())
        given = figures(*(values or (1, 2, 3, 4, 5, 6)))
        save_draft(
            reporter=reporter, cells=given, narrative={FIRST: text, SECOND: "Tiếp tục."},
            explanations={f"cells_missing|table:{TABLE}": "Chưa thống kê xong."}, by=by, at=at,
        )  # fmt: skip
        return submit(reporter=reporter, key=f"{unit}-{reporter.versions}", by=by, at=at)


def draft_regime(office: Office, *, needs_approval: bool = False, at: dt.datetime = OPENED) -> ReportRegime:
    """Return a regime with every compulsory item, still a draft."""
    by = office.actor("specialist", on=at.date())
    regime = create_regime(owner=office.unit("so"), name="Báo cáo công tác đối ngoại", by=by, at=at)
    facts: dict[str, object] = {
        "content": "Kết quả công tác đối ngoại", "asks_figures": True, "bound": "strictly_before",
        "needs_approval": needs_approval, "ground_text": "Kế hoạch công tác đối ngoại của Sở", "lead_days": 40,
    }  # fmt: skip
    change_regime(regime=regime, facts=facts, by=by, at=at)
    turns = [Turn(5, 20, Span.FIRST_HALF, own=(5, 14)), Turn(11, 1, Span.YEAR, own=(10, 20))]
    set_turns(regime=regime, turns=turns, by=by, at=at)
    kinds = list(UnitKind.objects.filter(code__in=["upper_secondary", "lower_secondary", "study_abroad_consultancy"]))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=at)
    save_section(regime=regime, spec=SectionSpec("Tình hình", "I", "Đã làm gì?"), by=by, at=at)
    save_section(regime=regime, spec=SectionSpec("Phương hướng", "II"), by=by, at=at)
    rows = [LineSpec("Lào"), LineSpec("Nhật Bản"), LineSpec("Nước khác")]
    columns = [LineSpec("Số đoàn", "đoàn"), LineSpec("Số lượt người", "lượt")]
    table = TableSpec("Đoàn ra", rows, columns, total_row=True, total_column=True)
    save_table(regime=regime, spec=table, by=by, at=at)
    return ReportRegime.objects.select_related("owner").get(pk=regime.pk)


def scene(office: Office, *, needs_approval: bool = False) -> Scene:
    """Return a scene with its regime in force."""
    regime = draft_regime(office, needs_approval=needs_approval)
    regime = put_in_force(regime=regime, on=OPENED.date(), by=office.actor("specialist", on=OPENED.date()), at=OPENED)
    return Scene(office, regime)
