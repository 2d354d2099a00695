"""The life of reports against a model: random steps of units, heads and Sở; answers, totals, audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.operations.copies import attach_signed_copy
from caunoi.business.reporting.public import (
    accept,
    change_regime,
    close_campaign,
    enter_on_behalf,
    exempt,
    extend,
    present,
    put_in_force,
    reopen,
    return_submission,
    save_draft,
    submit,
    take_back,
)
from caunoi.business.reporting.rules.cells import pack, unpack
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, draft_regime, figures
from caunoi.foundation.audit.public import Entry
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.measure import Measure, add_up
from caunoi.surfaces.demonstration.office import Office

HEADED = ("thpt_1", "thcs_1")
UNITS = (*HEADED, "tvdh_1")
"""Two schools whose head sends, and a centre of one officer."""
units, people = st.sampled_from(UNITS), st.sampled_from(["officer", "head", "specialist"])
measures = st.one_of(
    st.integers(0, 1000).map(Measure.of),
    st.sampled_from([Measure.zero(), Measure.missing(), Measure.not_applicable()]),
)
contents = st.lists(measures, min_size=6, max_size=6)
days = st.one_of(st.none(), st.integers(1, 60))
KEYS = list(figures(*range(6)))
SEALED = ("cells", "narrative", "explanations", "sent_at", "sent_by_name", "behalf_ground", "signed_copy_id")
WORDS = {"narrative": {FIRST: "Có.", SECOND: "Có."}, "explanations": {"cells_missing|table:b1": "Đang thống kê."}}


class Unit:
    """What the model knows of one unit."""

    def __init__(self, row: ExpectedReporter) -> None:
        self.state, self.open, self.has_copy, self.is_on_behalf = "not_started", "", False, False
        self.last_day_on, self.lock_on, self.returns = row.last_day_on, row.lock_on or dt.date.max, 0
        self.draft: dict[str, str] = {}
        self.counted: dict[str, str] | None = None
        self.days_late: int | None = None
        self.verbs: list[str] = []

    def closed(self, on: dt.date) -> str:
        """Why nothing is taken any more."""
        if self.state == "exempt":
            return "unit_exempt"
        return "locked" if on >= self.lock_on else ""

    def no_open(self) -> str:
        """Why a step needs a version that has not been sent."""
        if self.open:
            return ""
        return "already_sent" if self.state in ("submitted", "accepted") else "nothing_to_send"


class Reports(RuleBasedStateMachine):
    """One open campaign; every example runs in a savepoint that is undone."""

    here: Scene
    campaign: Campaign

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.at, self.steps, self.is_open = OPENED, 0, True
        self.units = {name: Unit(self.row(name)) for name in UNITS}
        self.sent: dict[int, dict[str, object]] = {}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def row(self, unit: str) -> ExpectedReporter:
        return self.here.reporter(self.campaign, unit)

    def by(self, unit: str, who: str) -> Actor:
        key = {"officer": f"{unit}.officer", "head": f"{unit}.principal", "specialist": "specialist"}[who]
        return self.here.by(key, self.at.date())

    def latest(self, unit: str) -> Submission | None:
        return Submission.objects.filter(reporter=self.row(unit)).order_by("-version").first()

    def does(self, unit: str, verb: str, refusal: str, step: Callable[[], object]) -> bool:
        """Do a step that the model refuses with a code, or expects to be done and audited."""
        self.steps += 1
        if refusal:
            with pytest.raises(Refused) as refused:
                step()
            assert refused.value.code == f"reporting.{refusal}"
            return False
        step()
        if verb:
            self.units[unit].verbs.append(f"reporting.{verb}")
        return True

    def may_write(self, unit: str, who: str) -> str:
        own = who == "officer" or (who == "head" and unit in HEADED)
        return "" if own or (who == "specialist" and self.units[unit].is_on_behalf) else "not_your_unit"

    @rule(count=st.sampled_from([1, 4, 13]))
    def days_pass(self, count: int) -> None:
        self.at += dt.timedelta(days=count)

    @rule(unit=units, who=people, values=contents)
    def save(self, unit: str, who: str, values: list[Measure]) -> None:
        if who == "head" and unit not in HEADED:
            return
        one = self.units[unit]
        begins = not one.open
        why = self.may_write(unit, who) or one.closed(self.at.date())
        why = why or ("already_sent" if begins and one.state in ("submitted", "accepted") else "")
        why = why or ("waits_for_approval" if one.open == "in_approval" and who != "head" else "")
        cells = dict(zip(KEYS, values, strict=True))
        packed = {key: text for key, value in cells.items() if (text := pack(value)) is not None}
        changes = packed != one.draft
        done = self.does(
            unit, "start_version" if begins else "save_draft" if changes else "", why,
            lambda: save_draft(
                reporter=self.row(unit), cells=cells, by=self.by(unit, who), at=self.at, **WORDS  # type: ignore[arg-type]
            ),
        )  # fmt: skip
        if done:
            one.state = "draft" if one.state == "not_started" else one.state
            one.open, one.has_copy = one.open or "draft", one.has_copy and not begins
            one.is_on_behalf = one.is_on_behalf and (who == "specialist" or not begins)
            one.draft = packed

    @rule(unit=units, who=people)
    def attach(self, unit: str, who: str) -> None:
        if who == "head" and unit not in HEADED:
            return
        one = self.units[unit]
        why = self.may_write(unit, who) or one.closed(self.at.date()) or ("" if one.open else "nothing_to_send")
        why = why or ("waits_for_approval" if one.open == "in_approval" and who != "head" else "")
        step = lambda: attach_signed_copy(  # noqa: E731
            reporter=self.row(unit), content=b"%PDF-1.4", name="a.pdf", by=self.by(unit, who), at=self.at
        )
        one.has_copy = self.does(unit, "sign_copy", why, step) or one.has_copy

    @rule(unit=units)
    def present_to_head(self, unit: str) -> None:
        one = self.units[unit]
        why = one.closed(self.at.date()) or ("" if unit in HEADED else "no_head") or one.no_open()
        why = why or ("step_not_allowed" if one.open == "in_approval" else "")
        step = lambda: present(reporter=self.row(unit), by=self.by(unit, "officer"), at=self.at)  # noqa: E731
        if self.does(unit, "present", why, step):
            one.state = one.open = "in_approval"

    @rule(unit=units)
    def take_it_back(self, unit: str) -> None:
        one = self.units[unit]
        why = one.closed(self.at.date()) or one.no_open() or ("step_not_allowed" if one.open == "draft" else "")
        step = lambda: take_back(reporter=self.row(unit), by=self.by(unit, "officer"), at=self.at)  # noqa: E731
        if self.does(unit, "take_back", why, step):
            one.open, one.state = "draft", "returned" if one.returns else "draft"

    @rule(unit=units, who=people)
    def send(self, unit: str, who: str) -> None:
        if who == "head" and unit not in HEADED:
            return
        one = self.units[unit]
        why = self.may_write(unit, who) or one.closed(self.at.date())
        why = why or ("needs_approval" if unit in HEADED and who == "officer" else "")
        why = why or one.no_open() or ("" if one.has_copy else "signed_copy_needed")
        key = str(self.steps)
        step = lambda: submit(reporter=self.row(unit), key=key, by=self.by(unit, who), at=self.at)  # noqa: E731
        if not self.does(unit, "submit", why, step):
            return
        late = max(0, (self.at.date() - one.last_day_on).days)
        one.days_late = late if one.days_late is None else one.days_late
        one.state, one.open, one.counted = "submitted", "", one.draft
        version = self.latest(unit)
        assert version is not None
        assert (version.days_late, bool(version.behalf_ground)) == (late, who == "specialist")
        self.sent[version.pk] = {name: getattr(version, name) for name in SEALED}

    @rule(unit=units, values=contents)
    def whole_way(self, unit: str, values: list[Measure]) -> None:
        self.save(unit, "officer", values)
        self.attach(unit, "officer")
        if unit in HEADED:
            self.present_to_head(unit)
        self.send(unit, "head" if unit in HEADED else "officer")

    @rule(unit=units, name=st.sampled_from(["accept", "return", "reopen"]), more=days)
    def decide(self, unit: str, name: str, more: int | None) -> None:
        one, version, by = self.units[unit], self.latest(unit), self.by(unit, "specialist")
        if version is None:
            return
        asked = {"accept": "submitted", "return": "submitted", "reopen": "accepted"}[name]
        until = self.at.date() + dt.timedelta(days=more) if more is not None and name != "accept" else None
        lock_on = max(one.lock_on, until + dt.timedelta(days=1)) if until else one.lock_on
        shut = "unit_exempt" if one.state == "exempt" else "locked" if self.at.date() >= lock_on else ""
        why = ("" if name == "accept" else shut) or ("" if version.state == asked else "step_not_allowed")
        steps: dict[str, Callable[[], object]] = {
            "accept": lambda: accept(submission=version, by=by, at=self.at),
            "return": lambda: return_submission(submission=version, reason="Sửa", until=until, by=by, at=self.at),
            "reopen": lambda: reopen(submission=version, reason="Sửa", until=until, by=by, at=self.at),
        }
        self.does(unit, name, why, steps[name])
        if why:
            return
        one.state = "accepted" if name == "accept" else "returned"
        if name != "accept":
            one.counted, one.has_copy, one.lock_on, one.returns = None, False, lock_on, one.returns + 1

    @rule(unit=units)
    def on_behalf(self, unit: str) -> None:
        one = self.units[unit]
        why = one.closed(self.at.date()) or ("already_sent" if one.state in ("submitted", "accepted") else "")
        why = why or ("unit_writes_itself" if one.open else "")
        step = lambda: enter_on_behalf(  # noqa: E731
            reporter=self.row(unit), ground="Bản giấy", by=self.by(unit, "specialist"), at=self.at
        )
        one.is_on_behalf = self.does(unit, "enter_on_behalf", why, step) or one.is_on_behalf

    @rule(unit=units, more=st.integers(-3, 40))
    def give_time(self, unit: str, more: int) -> None:
        one, until = self.units[unit], self.units[unit].last_day_on + dt.timedelta(days=more)
        step = lambda: extend(  # noqa: E731
            reporter=self.row(unit), until=until, ground="Bão", by=self.by(unit, "specialist"), at=self.at
        )
        why = "" if until > max(one.last_day_on, self.at.date() - dt.timedelta(days=1)) else "extension_without_ground"
        if one.state in ("submitted", "accepted", "exempt"):
            why = "cannot_extend"
        if self.does(unit, "extend", why, step):
            before, one.last_day_on, one.lock_on = one.lock_on, until, self.row(unit).lock_on or dt.date.max
            assert one.lock_on >= max(before, until + dt.timedelta(days=1))

    @precondition(lambda self: self.steps > 10)
    @rule(unit=units)
    def free(self, unit: str) -> None:
        one, by = self.units[unit], self.by(unit, "specialist")
        why = "cannot_exempt" if one.state in ("submitted", "accepted", "exempt") else ""
        if self.does(unit, "exempt", why, lambda: exempt(reporter=self.row(unit), ground="Mới", by=by, at=self.at)):
            one.state = "exempt"

    @precondition(lambda self: self.steps > 15)
    @rule()
    def lock_all(self) -> None:
        why = "" if self.is_open else "campaign_not_open"
        by = self.by("", "specialist")
        if self.does("", "", why, lambda: close_campaign(campaign=self.campaign, by=by, at=self.at)):
            self.is_open = False
            for one in self.units.values():
                one.lock_on = min(one.lock_on, self.at.date())

    @precondition(lambda self: bool(self.sent))
    @rule(column=st.sampled_from(["cells", "narrative", "explanations"]))
    def tamper(self, column: str) -> None:
        with pytest.raises(DatabaseError, match="reporting_submission_sealed"), transaction.atomic():
            Submission.objects.filter(pk=max(self.sent)).update(**{column: {"x": "1"}})

    @invariant()
    def states_follow_the_model(self) -> None:
        for name, one in self.units.items():
            row = self.row(name)
            versions = Submission.objects.filter(reporter=row)
            assert (row.state, row.returns, row.last_day_on, row.lock_on) == (
                one.state, one.returns, one.last_day_on, one.lock_on,
            )  # fmt: skip
            assert [v.state for v in versions.filter(state__in=["draft", "in_approval"])] == [one.open] * bool(one.open)
            assert versions.filter(counts=True).count() == (one.counted is not None)
            assert list(versions.order_by("version").values_list("version", flat=True)) == [
                number + 1 for number in range(row.versions)
            ]
            assert row.days_late == (one.days_late or 0)

    @invariant()
    def every_step_stands_in_the_audit(self) -> None:
        for name, one in self.units.items():
            held = Entry.objects.filter(subject_kind="submission", subject_id=str(self.row(name).public_id))
            assert list(held.order_by("id").values_list("verb", flat=True)) == one.verbs

    @invariant()
    def totals_equal_the_sum_of_what_counts(self) -> None:
        every = ExpectedReporter.objects.filter(campaign=self.campaign).exclude(state="exempt")
        ours = {self.here.office.unit(name).pk: one for name, one in self.units.items() if one.counted is not None}
        reporters = list(every)
        for node in TotalsNode.objects.filter(campaign=self.campaign):
            inside = [
                ours.get(r.unit_id) for r in reporters
                if (r.kind_code == node.path if node.axis == "kind" else r.path.startswith(node.path))
            ]  # fmt: skip
            sent = [one for one in inside if one is not None]
            assert (node.expected, node.sent) == (len(inside), len(sent))
            assert node.accepted == sum(one.state == "accepted" for one in sent)
            assert node.late == sum(bool(one.days_late) for one in sent)
            for key in KEYS:
                cells = [(one.counted or {}).get(key) if one else None for one in inside]
                assert total_of(node.cells, key, node.expected) == add_up(unpack(cell) for cell in cells)

    @invariant()
    def what_was_sent_never_changes(self) -> None:
        for version in Submission.objects.filter(pk__in=self.sent):
            assert {name: getattr(version, name) for name in SEALED} == self.sent[version.pk]


def test_reports_live_as_the_model_says(office: Office) -> None:
    by = office.actor("specialist", on=OPENED.date())
    regime = draft_regime(office, needs_approval=True)
    change_regime(regime=regime, facts={"asks_signed_copy": True}, by=by, at=OPENED)
    regime = type(regime).objects.select_related("owner").get(pk=regime.pk)
    Reports.here = Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))
    Reports.campaign = Reports.here.open()
    run_state_machine_as_test(
        Reports,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a failure is shown as it was found: making it smaller takes minutes
        ),
    )
    assert Submission.objects.count() == 0, "every example was undone"
