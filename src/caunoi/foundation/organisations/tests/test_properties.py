"""Any series of events, in any order of days: what must hold afterwards, and after taking events back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caunoi.foundation.organisations.models import Placement, Unit, UnitEvent, UnitHeir, UnitKind, UnitPath
from caunoi.foundation.organisations.operations.derived import rebuild_heirs, rebuild_paths
from caunoi.foundation.organisations.public import (
    Naming,
    Opening,
    Plan,
    TreeRefused,
    enter_event,
    heirs,
    plan_change_of_kind,
    plan_dissolution,
    plan_establishment,
    plan_merger,
    plan_move,
    plan_renaming,
    plan_split,
    plan_transfer,
    resting_on,
    tree_export,
    undo_event,
)
from caunoi.foundation.organisations.rules.paths import unit_ids
from caunoi.foundation.organisations.tests import truth
from caunoi.kernel.actor import Line, system
from caunoi.kernel.clock import VIETNAM

BY = system()
AT = dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM)
START = dt.date(2010, 1, 1)
KINDS = ("establish", "rename", "move", "merge", "absorb", "split", "part", "change_kind", "dissolve", "transfer")
steps = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(1, 30)
)


@dataclass
class World:
    """A small tree of its own that grows by events drawn at random; what is refused changes nothing."""

    kind: UnitKind
    other_kind: UnitKind
    units: list[Unit] = field(default_factory=list)
    events: list[UnitEvent] = field(default_factory=list)
    exports: list[bytes] = field(default_factory=list)

    def opening(self, parent: Unit) -> Opening:
        number = Unit.objects.count() + len(self.events)
        places = {Line.PROFESSIONAL: parent, Line.ADMINISTRATIVE: self.units[0]}
        return Opening(f"X.{number}.{len(self.exports)}", self.kind, Naming(f"Đơn vị {number}"), places)

    def found(self) -> None:
        root = Opening("X.0", self.kind, Naming("Gốc"), {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None})
        enter_event(plan=plan_establishment(openings=[root], on=START, decision=NO), by=BY, at=AT)
        assert root.unit is not None
        self.units.append(root.unit)
        below = [self.opening(root.unit) for _ in range(1)]
        for number in range(4):
            below = [Opening(f"X.0.{number}", self.kind, Naming(f"Đơn vị 0.{number}"), {
                Line.PROFESSIONAL: self.units[number // 2], Line.ADMINISTRATIVE: root.unit})]  # fmt: skip
            enter_event(plan=plan_establishment(openings=below, on=START), by=BY, at=AT)
            self.units += [one.unit for one in below if one.unit]

    def plan(self, step: tuple[str, int, int, int, int]) -> Plan:
        kind, a, b, c, year = step
        one, two, three = (self.units[i % len(self.units)] for i in (a, b, c))
        on = START + dt.timedelta(days=100 * year)
        plans: dict[str, Callable[[], Plan]] = {
            "establish": lambda: plan_establishment(openings=[self.opening(one)], on=on),
            "rename": lambda: plan_renaming(unit=one, naming=Naming(f"Tên {b} {year}"), on=on),
            "move": lambda: plan_move(unit=one, line=list(Line)[c % 2], parent=two, on=on),
            "merge": lambda: plan_merger(units=[one, two], into=self.opening(three), on=on),
            "absorb": lambda: plan_merger(units=[one], into=two, on=on),
            "split": lambda: plan_split(
                unit=one, into=[self.opening(two), three], principal=c % 2, on=on, shares=self.shares(one, b)
            ),
            "part": lambda: plan_split(
                unit=one, into=[self.opening(two)], principal=None, on=on, shares=self.shares(one, 0)
            ),
            "change_kind": lambda: plan_change_of_kind(unit=one, kind=self.other_kind, on=on),
            "transfer": lambda: plan_transfer(unit=one, to=[two], duties="Việc chung", on=on),
            "dissolve": lambda: plan_dissolution(unit=one, on=on, successor=two if c % 2 else None),
        }
        return plans[kind]()

    def shares(self, unit: Unit, chosen: int) -> dict[int, int]:
        """Give every other unit beneath to one of two receivers."""
        below = Placement.objects.filter(parent=unit, until_on__isnull=True).order_by("unit_id")
        ids = list(dict.fromkeys(below.values_list("unit_id", flat=True)))
        return dict.fromkeys(ids[::2], chosen % 2)

    def take(self, step: tuple[str, int, int, int, int]) -> None:
        before = tree_export()
        try:
            with transaction.atomic():
                plan = self.plan(step)
                if self.units[0] in plan.endings or any(m.unit == self.units[0] for m in plan.movements):
                    return  # the root stays: totals are asked there
                event = enter_event(plan=plan, by=BY, at=AT)
        except TreeRefused:
            self.units = [Unit.objects.get(pk=unit.pk) for unit in self.units]
            assert tree_export() == before
            return
        self.events.append(event)
        self.exports.append(before)
        self.units += [opening.unit for opening in plan.openings if opening.unit]


NO = plan_establishment(openings=[], on=START).decision


def _world() -> World:
    kinds = [UnitKind.objects.get_or_create(code=code, defaults={"name": code})[0] for code in ("x1", "x2")]
    world = World(kinds[0], kinds[1])
    world.found()
    return world


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(series=st.lists(steps, max_size=12))
def test_any_series_of_events_keeps_the_tree_whole_and_can_be_taken_back(
    series: list[tuple[str, int, int, int, int]],
) -> None:
    with transaction.atomic():
        world = _world()
        for step in series:
            world.take(step)
        _parents_are_unique()
        truth.assert_derived_paths_equal_the_truth()
        _totals_agree(world)
        _rebuilding_changes_nothing()
        _taking_back_restores(world)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(series=st.lists(steps, min_size=4, max_size=12), order=st.randoms(use_true_random=False))
def test_in_any_order_an_event_is_taken_back_whole_or_kept_with_the_list_of_what_rests_on_it(
    series: list[tuple[str, int, int, int, int]], order: Random
) -> None:
    with transaction.atomic():
        world = _world()
        for step in series:
            world.take(step)
        events = list(world.events)
        order.shuffle(events)
        for event in events:
            before = tree_export()
            if resting_on(event):
                with pytest.raises(TreeRefused, match="resting"):
                    undo_event(event=event, by=BY, at=AT)
                assert tree_export() == before
                continue
            undo_event(event=event, by=BY, at=AT)
            _parents_are_unique()
            truth.assert_derived_paths_equal_the_truth()
            _rebuilding_changes_nothing()
        transaction.set_rollback(True)


def _parents_are_unique() -> None:
    for line in Line:
        rows = truth.placements(line)
        for day in truth.days():
            assert all(len(truth.parents_on(rows, unit, day)) <= 1 for unit in rows)


def _totals_agree(world: World) -> None:
    """One for each unit and year in which it lived, added up at the root as at the time and as of today."""
    root, today = world.units[0].pk, START + dt.timedelta(days=100 * 40)
    carrying = {unit.pk: unit.heir_id for unit in heirs(on=today)}  # type: ignore[attr-defined]  # annotated
    now = {path.unit_id: path.path for path in UnitPath.objects.filter(line=Line.PROFESSIONAL, until_on__isnull=True)}
    at_the_time = as_of_today = 0
    for year in range(1, 31):
        day = START + dt.timedelta(days=100 * year)
        rows = truth.placements(Line.PROFESSIONAL)
        for unit in world.units:
            path = truth.path_on(rows, unit.pk, day)
            if path is None:
                continue
            at_the_time += root in unit_ids(path)
            heir = carrying[unit.pk]
            assert heir == truth.heir_by_walking(unit.pk, today)
            as_of_today += root in unit_ids(now[heir])
    assert at_the_time == as_of_today


def _rebuilding_changes_nothing() -> None:
    before = tree_export()
    rebuild_paths()
    rebuild_heirs()
    assert tree_export() == before


def _taking_back_restores(world: World) -> None:
    for event, before in reversed(list(zip(world.events, world.exports, strict=True))):
        undo_event(event=event, by=BY, at=AT)
        assert tree_export() == before
    assert UnitHeir.objects.filter(unit__in=[unit.pk for unit in world.units]).count() == 0
