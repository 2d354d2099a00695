"""The life of reports against a model: random steps of units and Sở; totals equal a brute-force sum at every place."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.public import (
    SubmissionRefused,
    accept,
    reopen,
    return_submission,
    save_draft,
    submit,
)
from caunoi.business.reporting.rules.cells import pack, unpack
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, figures, scene
from caunoi.kernel.measure import Measure, add_up
from caunoi.surfaces.demonstration.office import Office

UNITS = ("thpt_1", "thpt_2", "thcs_1", "thcs_2", "thcs_3")
measures = st.one_of(
    st.integers(0, 1000).map(Measure.of),
    st.sampled_from([Measure.zero(), Measure.missing(), Measure.not_applicable()]),
)
KEYS = list(figures(*range(6)))
MODEL_STEPS = {
    ("not_started", "save"): "draft", ("draft", "save"): "draft", ("returned", "save"): "returned",
    ("draft", "submit"): "submitted", ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned", ("submitted", "accept"): "accepted", ("accepted", "reopen"): "returned",
}  # fmt: skip


class Reports(RuleBasedStateMachine):
    """One open campaign; every example runs in a savepoint that is undone."""

    here: Scene
    campaign: Campaign

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.states = dict.fromkeys(UNITS, "not_started")
        self.drafts: dict[str, dict[str, str]] = {}
        self.counted: dict[str, dict[str, str]] = {}
        self.sent: dict[int, tuple[str, dict[str, str]]] = {}
        self.steps = 0

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def step(self, unit: str, name: str) -> str | None:
        after = MODEL_STEPS.get((self.states[unit], name))
        if name == "submit" and self.states[unit] == "returned" and unit not in self.drafts:
            return None
        return after

    @rule(unit=st.sampled_from(UNITS), values=st.lists(measures, min_size=6, max_size=6))
    def save(self, unit: str, values: list[Measure]) -> None:
        after = self.step(unit, "save")
        try:
            save_draft(
                reporter=self.here.reporter(self.campaign, unit), cells=dict(zip(KEYS, values, strict=True)),
                narrative={FIRST: "Có.", SECOND: "Có."},
                explanations={"cells_missing|table:b1": "Đang thống kê."},
                by=self.here.by(f"{unit}.officer"), at=OPENED,
            )  # fmt: skip
        except SubmissionRefused:
            assert after is None
            return
        assert after is not None
        self.states[unit] = after
        packed = {key: pack(value) for key, value in zip(KEYS, values, strict=True)}
        self.drafts[unit] = {key: text for key, text in packed.items() if text is not None}

    @rule(unit=st.sampled_from(UNITS))
    def send(self, unit: str) -> None:
        after = self.step(unit, "submit")
        self.steps += 1
        try:
            version = submit(
                reporter=self.here.reporter(self.campaign, unit),
                key=str(self.steps),
                by=self.here.by(f"{unit}.officer"),
                at=OPENED,
            )
        except SubmissionRefused:
            assert after is None
            return
        assert after is not None
        self.states[unit] = after
        self.counted[unit] = self.drafts.pop(unit)
        self.sent[version.pk] = (unit, dict(version.cells))

    @rule(unit=st.sampled_from(UNITS), name=st.sampled_from(["return", "accept", "reopen"]))
    def decide(self, unit: str, name: str) -> None:
        after = self.step(unit, name)
        latest = (
            Submission.objects.filter(reporter=self.here.reporter(self.campaign, unit)).order_by("-version").first()
        )
        if latest is None:
            return
        by = self.here.by("specialist")
        try:
            if name == "accept":
                accept(submission=latest, by=by, at=OPENED)
            else:
                (return_submission if name == "return" else reopen)(submission=latest, reason="Sửa", by=by, at=OPENED)
        except SubmissionRefused:
            assert after is None
            return
        assert after is not None
        self.states[unit] = after
        if after == "returned":
            self.counted.pop(unit)

    @invariant()
    def states_follow_the_model(self) -> None:
        rows = ExpectedReporter.objects.filter(
            campaign=self.campaign, unit__in=[self.here.office.unit(u) for u in UNITS]
        )
        found = {row.unit_id: row.state for row in rows}
        assert {u: found[self.here.office.unit(u).pk] for u in UNITS} == self.states

    @invariant()
    def totals_equal_the_sum_of_what_counts(self) -> None:
        reporters = list(ExpectedReporter.objects.filter(campaign=self.campaign).exclude(state="exempt"))
        keys = {self.here.office.unit(unit).pk: cells for unit, cells in self.counted.items()}
        for node in TotalsNode.objects.filter(campaign=self.campaign):
            inside = [
                r for r in reporters
                if (r.kind_code == node.path if node.axis == "kind" else r.path.startswith(node.path))
            ]  # fmt: skip
            assert node.expected == len(inside)
            assert node.sent == sum(r.unit_id in keys for r in inside)
            for key in KEYS:
                expected = add_up(unpack(keys.get(r.unit_id, {}).get(key)) for r in inside)
                assert total_of(node.cells, key, node.expected) == expected

    @invariant()
    def what_was_sent_never_changes(self) -> None:
        for pk, (_, cells) in self.sent.items():
            assert Submission.objects.get(pk=pk).cells == cells


def test_reports_live_as_the_model_says(office: Office) -> None:
    Reports.here = scene(office)
    Reports.campaign = Reports.here.open()
    run_state_machine_as_test(
        Reports,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert Submission.objects.count() == 0, "every example was undone"
