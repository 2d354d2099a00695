"""A dry run: what an event would change, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from caunoi.foundation.organisations.access import on_day
from caunoi.foundation.organisations.models import Unit, UnitName, UnitPath
from caunoi.foundation.organisations.operations.checking import faults
from caunoi.foundation.organisations.operations.plan import Plan
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.rules.paths import END
from caunoi.kernel.actor import Line
from caunoi.kernel.text import squeeze

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Clash:
    """Another unit that bears, on the day of the event, a name which the event gives."""

    name: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Preview:
    """What entering a plan would do."""

    plan: Plan
    faults: tuple[TreeRefused, ...]
    """Why it cannot be entered; empty when it can."""
    beneath: int
    """Units that stand, on that day, under what moves or ends, in either line, without these themselves."""
    clashes: tuple[Clash, ...]
    seen: Mapping[UUID, int]
    """Revisions of the named units; give them to ``enter_event`` so that a second editor is noticed."""


def preview(plan: Plan) -> Preview:
    """Return what a plan would do. Reads only."""
    return Preview(
        plan=plan,
        faults=tuple(faults(plan)),
        beneath=_beneath(plan),
        clashes=tuple(_clashes(plan)),
        seen={unit.public_id: unit.revision for unit in plan.named()},
    )


def _beneath(plan: Plan) -> int:
    tops = {unit.pk for unit in plan.endings} | {movement.unit.pk for movement in plan.movements}
    condition = Q(pk__in=[])
    held = on_day(plan.on)
    subjects = [unit.pk for unit in plan.subjects]
    for path, line in UnitPath.objects.filter(held, unit_id__in=subjects).values_list("path", "line"):
        condition |= Q(line=Line(line), path__gte=path, path__lt=path + END)
    found = UnitPath.objects.filter(held, condition).exclude(unit_id__in=subjects)
    return found.values("unit_id").distinct().count() if tops else 0


def _clashes(plan: Plan) -> list[Clash]:
    names = {squeeze(opening.naming.name) for opening in plan.openings}
    names |= {squeeze(renaming.naming.name) for renaming in plan.renamings}
    own = {unit.pk for unit in plan.subjects}
    rows = UnitName.objects.filter(on_day(plan.on), name__in=names).exclude(unit_id__in=own).select_related("unit")
    return [Clash(row.name, row.unit) for row in rows.order_by("unit_id")[:_SHOWN]]
