"""On each day a code is one unit's, also on days to come and when an event is taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.foundation.organisations.models import Unit
from caunoi.foundation.organisations.public import (
    Naming,
    TreeRefused,
    UnitKind,
    enter_event,
    establish_unit,
    plan_renaming,
    preview,
    show_names_in_force,
    tree_export,
    undo_event,
)
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

BY = system("Máy thử")
LATER = dt.timedelta(days=30)


def establish(office: Office, code: str, *, on: dt.date, at: dt.datetime) -> Unit:
    return establish_unit(
        kind=UnitKind.objects.get(code="commune_division"), code=code, naming=Naming("Phòng mới"),
        parents={Line.PROFESSIONAL: office.unit("so"), Line.ADMINISTRATIVE: office.unit("ubnd")}, on=on, by=BY, at=at,
    )  # fmt: skip


def test_a_code_promised_to_a_unit_is_given_to_no_other(office: Office, now: dt.datetime) -> None:
    day = now.date() + LATER
    plan = plan_renaming(unit=office.unit("thcs_1"), naming=Naming("Tên mới"), code="MA.MOI", on=day)
    enter_event(plan=plan, by=BY, at=now)
    before = tree_export()
    for on in (now.date(), day + LATER):
        with pytest.raises(TreeRefused, match="code_taken"):
            establish(office, "MA.MOI", on=on, at=now)
        other = plan_renaming(unit=office.unit("thcs_2"), naming=Naming("Tên khác"), code="MA.MOI", on=on)
        assert [fault.code for fault in preview(other).faults] == ["code_taken"]
    assert tree_export() == before
    assert show_names_in_force(at=now + LATER) == 1
    assert Unit.objects.get(code="MA.MOI").name == "Tên mới"


def test_a_code_that_was_given_up_may_be_given_again_and_is_not_brought_back(office: Office, now: dt.datetime) -> None:
    school, today = office.unit("thcs_1"), now.date()
    code = school.code
    event = enter_event(
        plan=plan_renaming(unit=school, naming=Naming("Tên mới"), code="MA.MOI", on=today), by=BY, at=now
    )
    made = establish(office, code, on=today, at=now)
    before = tree_export()
    with pytest.raises(TreeRefused, match="resting"):
        undo_event(event=event, by=BY, at=now)
    assert tree_export() == before
    assert Unit.objects.get(code=code) == made
