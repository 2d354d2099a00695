"""Two editors at the same moment: one event is entered, the other editor is told; and the tree stays whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from caunoi.foundation.organisations.models import Unit, UnitEvent
from caunoi.foundation.organisations.public import (
    Naming,
    Opening,
    Plan,
    TreeRefused,
    UnitKind,
    enter_event,
    establish_units,
    faults_of_heirs,
    faults_of_paths,
    plan_dissolution,
    plan_merger,
    plan_move,
    plan_renaming,
    preview,
    undo_event,
)
from caunoi.kernel.actor import Line, system
from caunoi.kernel.clock import VIETNAM

BY = system("Máy thử")
AT = dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM)
DAY = dt.date(2026, 9, 1)
Planner = Callable[[dict[str, Unit]], Plan]


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory is one connection; it writes one at a time"
    ),
]


@pytest.fixture
def tree(transactional_db: None) -> dict[str, Unit]:
    """Return a small tree."""
    kind = UnitKind.objects.create(code="editors", name="Loại thử")
    root = Opening("E.0", kind, Naming("Gốc"), dict.fromkeys(Line))
    below = [Opening(f"E.{n}", kind, Naming(f"Đơn vị {n}"), dict.fromkeys(Line, root)) for n in range(1, 5)]
    units = establish_units(openings=[root, *below], on=dt.date(2020, 1, 1), by=BY, at=AT)
    return {unit.code: unit for unit in units}


def _renamed(name: str) -> Planner:
    return lambda units: plan_renaming(unit=units["E.1"], naming=Naming(name), on=DAY)


def _under(unit: str, parent: str) -> Planner:
    return lambda units: plan_move(unit=units[unit], line=Line.PROFESSIONAL, parent=units[parent], on=DAY)


PAIRS: dict[str, tuple[Planner, Planner]] = {
    "the same unit renamed": (_renamed("Tên một"), _renamed("Tên hai")),
    "each under the other": (_under("E.1", "E.2"), _under("E.2", "E.1")),
    "moved into what ends": (
        _under("E.1", "E.2"), lambda units: plan_dissolution(unit=units["E.2"], on=DAY, successor=units["E.3"]),
    ),
    "merged into two": (
        lambda units: plan_merger(units=[units["E.1"]], into=units["E.2"], on=DAY),
        lambda units: plan_merger(units=[units["E.1"]], into=units["E.3"], on=DAY),
    ),
}  # fmt: skip


def _at_once(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Do both from connections of their own, begun together; return the codes of the refusals."""
    gate = Barrier(2, timeout=20)

    def work(act: Callable[[], object]) -> str:
        try:
            gate.wait()
            act()
        except TreeRefused as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(work, (first, second)))


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_events_at_once_one_is_entered_and_the_other_editor_is_told(tree: dict[str, Unit], pair: str) -> None:
    plans = [make({code: Unit.objects.get(pk=unit.pk) for code, unit in tree.items()}) for make in PAIRS[pair]]
    seen = [preview(plan).seen for plan in plans]
    acts = [partial(enter_event, plan=plan, by=BY, at=AT, seen=one) for plan, one in zip(plans, seen, strict=True)]
    entered, refused = _at_once(*acts)
    # who moves something into a unit does not change that unit: its end is refused for what now stands beneath
    assert (entered, refused) in (("", "changed_meanwhile"), ("", "has_children"))
    assert UnitEvent.objects.exclude(kind="establish").count() == 1
    assert (faults_of_paths(), faults_of_heirs()) == ([], [])


def test_an_event_is_taken_back_once_however_many_ask_for_it(tree: dict[str, Unit]) -> None:
    event = enter_event(plan=_under("E.1", "E.2")(tree), by=BY, at=AT)

    def back() -> None:
        undo_event(event=UnitEvent.objects.get(pk=event.pk), by=BY, at=AT)

    assert _at_once(back, back) == ["", "undone_already"]
    assert (faults_of_paths(), faults_of_heirs()) == ([], [])
