"""Groups of units: made, filled and emptied by the administrators of the unit that keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.access import require_managed
from caunoi.foundation.organisations.models import GroupMember, Unit, UnitGroup
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import day_of
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold, sort_key, squeeze


class GroupRefused(Refused):
    """A group that cannot be made so: ``group_exists``, ``group_no_name``."""


@use_case
def create_group(*, owner: Unit, name: str, note: str = "", by: Actor, at: dt.datetime) -> UnitGroup:
    """Make a group kept by ``owner``. Raises GroupRefused, NotManaged."""
    require_managed([owner], by=by, today=day_of(at))
    name = squeeze(name)
    if not name:
        raise GroupRefused("group_no_name")
    folded = fold(name)[:300]
    if UnitGroup.objects.filter(owner=owner, folded=folded).exists():
        raise GroupRefused("group_exists", group=name)
    group = UnitGroup.objects.create(
        owner=owner, name=name, note=squeeze(note), folded=folded, sort_key=sort_key(name)[:500]
    )
    record(by=by, at=at, verb="organisations.group", subject=_subject(group), changes={"name": (None, name)})
    return group


@use_case
def add_to_group(*, group: UnitGroup, units: Iterable[Unit], by: Actor, at: dt.datetime) -> int:
    """Let units belong to a group from this day on; those that do already stay. Returns how many joined."""
    require_managed([group.owner], by=by, today=day_of(at))
    chosen = {unit.pk: unit for unit in units}
    held = GroupMember.objects.filter(group=group, unit_id__in=chosen, until_on__isnull=True)
    new = [unit for pk, unit in chosen.items() if pk not in set(held.values_list("unit_id", flat=True))]
    # one that left and joins again on the same day has simply stayed
    back = GroupMember.objects.filter(group=group, unit__in=new, from_on=day_of(at))
    returned = set(back.values_list("unit_id", flat=True))
    back.update(until_on=None)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, unit=unit, from_on=day_of(at)) for unit in new if unit.pk not in returned
    )
    if new:
        names = "; ".join(unit.name for unit in new)[:500]
        record(by=by, at=at, verb="organisations.group_add", subject=_subject(group), changes={"units": (None, names)})
    return len(new)


@use_case
def drop_from_group(*, group: UnitGroup, units: Iterable[Unit], by: Actor, at: dt.datetime) -> int:
    """Let units belong to a group no longer; who joined on this very day is forgotten. Returns how many left."""
    require_managed([group.owner], by=by, today=day_of(at))
    held = GroupMember.objects.filter(group=group, unit__in=list(units), until_on__isnull=True).select_related("unit")
    names = "; ".join(member.unit.name for member in held)[:500]
    today = held.filter(from_on__gte=day_of(at))
    count = held.count()
    today.delete()
    held.update(until_on=day_of(at))
    if count:
        record(by=by, at=at, verb="organisations.group_drop", subject=_subject(group), changes={"units": (names, None)})
    return count


def _subject(group: UnitGroup) -> Subject:
    return Subject("unit_group", str(group.public_id), group.name, group.owner_id)
