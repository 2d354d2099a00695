import datetime as dt

import pytest

from caunoi.foundation.organisations.models import Unit, UnitPath
from caunoi.foundation.organisations.public import (
    Naming,
    TreeRefused,
    dissolve_unit,
    move_unit,
    parent_of,
    rename_unit,
    subtree,
)
from caunoi.foundation.organisations.rules.paths import segment, unit_ids
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

BY = system()
MOVED = dt.date(2026, 7, 1)
BEFORE = dt.date(2026, 6, 30)


def test_a_move_takes_the_subtree_along_and_leaves_the_past_as_it_was(office: Office, now: dt.datetime) -> None:
    division, new_parent, school = office.unit("xa_1"), office.unit("xa_2"), office.unit("thcs_1")
    move_unit(unit=division, line=Line.PROFESSIONAL, parent=new_parent, on=MOVED, by=BY, at=now)
    assert school in subtree(new_parent, on=MOVED)
    assert school not in subtree(new_parent, on=BEFORE)
    assert parent_of(division, on=BEFORE) == office.unit("so")
    assert parent_of(division, on=MOVED) == new_parent


def test_a_circle_is_refused_and_nothing_changes(office: Office, now: dt.datetime) -> None:
    before = list(UnitPath.objects.order_by("pk").values())
    with pytest.raises(TreeRefused) as refused:
        move_unit(unit=office.unit("so"), line=Line.PROFESSIONAL, parent=office.unit("thcs_1"), on=MOVED, by=BY, at=now)
    assert refused.value.code == "under_itself"
    assert list(UnitPath.objects.order_by("pk").values()) == before


def test_a_unit_with_units_under_it_is_not_dissolved(office: Office, now: dt.datetime) -> None:
    with pytest.raises(TreeRefused, match="has_children"):
        dissolve_unit(unit=office.unit("xa_1"), on=MOVED, by=BY, at=now)


def test_a_dissolved_unit_leaves_the_tree_on_its_day(office: Office, now: dt.datetime) -> None:
    school = office.unit("thcs_1")
    dissolve_unit(unit=school, on=MOVED, by=BY, at=now)
    assert school in subtree(office.unit("so"), on=BEFORE)
    assert school not in subtree(office.unit("so"), on=MOVED)


def test_a_rename_before_the_present_name_began_is_refused(office: Office, now: dt.datetime) -> None:
    with pytest.raises(TreeRefused, match="in_the_past"):
        rename_unit(
            unit=office.unit("thpt_1"), naming=Naming("Trường THPT Khác"), on=dt.date(2022, 1, 1), by=BY, at=now
        )
    assert Unit.objects.get(pk=office.unit("thpt_1").pk).name == office.unit("thpt_1").name


def test_segments_have_one_width_and_keep_the_order_of_ids() -> None:
    ids = [0, 1, 35, 36, 1295, 46655, 2176782335]
    segments = [segment(i) for i in ids]
    assert {len(s) for s in segments} == {6}
    assert segments == sorted(segments)
    assert list(unit_ids("".join(segments))) == ids
    with pytest.raises(ValueError, match="does not fit"):
        segment(36**6)
