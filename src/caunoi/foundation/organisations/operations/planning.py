"""The kinds of event, each as a plan: rename, move, merge, split, change of kind, dissolution, transfer of duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from caunoi.foundation.organisations.access import parent_of
from caunoi.foundation.organisations.models import Placement, Unit, UnitKind
from caunoi.foundation.organisations.operations.plan import Handing, Movement, Opening, Place, Plan, Renaming, ids
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.kernel.actor import Line

NO_DECISION = Decision()


def plan_establishment(*, openings: Sequence[Opening], on: dt.date, decision: Decision = NO_DECISION) -> Plan:
    """Plan new units; each may stand under another of the same event that comes before it."""
    return Plan(EventKind.ESTABLISH, on, openings=list(openings), decision=decision)


def plan_renaming(*, unit: Unit, naming: Naming, on: dt.date, code: str = "", decision: Decision = NO_DECISION) -> Plan:
    """Plan other names, symbol, seat, and code where one is given, of a unit."""
    renaming = Renaming(unit, naming, code or unit.code, unit.kind)
    return Plan(EventKind.RENAME, on, renamings=[renaming], decision=decision, subjects=[unit])


def plan_change_of_kind(
    *, unit: Unit, kind: UnitKind, on: dt.date, naming: Naming | None = None, decision: Decision = NO_DECISION
) -> Plan:
    """Plan another kind or level of a unit, and another name where one is given."""
    kept = Naming(unit.name, unit.name_en, unit.symbol, unit.seat)
    renaming = Renaming(unit, naming or kept, unit.code, kind)
    return Plan(EventKind.CHANGE_KIND, on, renamings=[renaming], decision=decision, subjects=[unit])


def plan_move(*, unit: Unit, line: Line, parent: Unit | None, on: dt.date, decision: Decision = NO_DECISION) -> Plan:
    """Plan another place of a unit, with all below it, in one line."""
    return plan_moves(units=[unit], line=line, parent=parent, on=on, decision=decision)


def plan_moves(
    *, units: Iterable[Unit], line: Line, parent: Unit | None, on: dt.date, decision: Decision = NO_DECISION
) -> Plan:
    """Plan another place of several units at once, under one parent in one line."""
    moved = list(units)
    movements = [Movement(unit, line, parent) for unit in moved]
    return Plan(EventKind.MOVE, on, movements=movements, decision=decision, subjects=moved)


def plan_merger(*, units: Sequence[Unit], into: Unit | Opening, on: dt.date, decision: Decision = NO_DECISION) -> Plan:
    """Plan that ``units`` end and ``into`` carries them: a new unit (hợp nhất) or one that stays (sáp nhập vào).

    What stands under them in either line passes to ``into``. Raises TreeRefused for too few units or one named twice.
    """
    _distinct([*units, into] if isinstance(into, Unit) else units)
    if len(units) < (1 if isinstance(into, Unit) else 2):
        raise TreeRefused("too_few")
    movements = [
        Movement(row.unit, Line(row.line), into)
        for row in _beneath(units)
        if row.unit_id not in ids(units) and not (isinstance(into, Unit) and row.unit_id == into.pk)
    ]
    if isinstance(into, Unit):
        movements += _out_of(into, units)
    return Plan(
        EventKind.MERGE,
        on,
        openings=[into] if isinstance(into, Opening) else [],
        movements=movements,
        endings=list(units),
        handings=[Handing(unit, into, is_principal=True) for unit in units],
        decision=decision,
        subjects=list(units),
    )


def _out_of(into: Unit, units: Sequence[Unit]) -> list[Movement]:
    """Return how ``into`` leaves the unit above that it takes in: it takes that one's own place."""
    rows = Placement.objects.filter(unit=into, parent__in=units, until_on__isnull=True).select_related("parent")
    above = {
        (row.unit_id, row.line): row.parent
        for row in Placement.objects.filter(unit__in=units, until_on__isnull=True).select_related("parent")
    }
    return [Movement(into, Line(row.line), above.get((row.parent_id or 0, row.line))) for row in rows]


def plan_split(
    *,
    unit: Unit,
    into: Sequence[Unit | Opening],
    principal: int | None,
    on: dt.date,
    shares: Mapping[int, int] | None = None,
    decision: Decision = NO_DECISION,
) -> Plan:
    """Plan that ``unit`` is divided among ``into``.

    ``principal`` is the index of the successor that carries it (chia: the unit ends), or None when the unit stays and
    parts leave it (tách). ``shares`` tells which units beneath go where: id → index; the others go to the principal
    or stay. Raises TreeRefused for too few successors or one named twice.
    """
    _distinct([unit, *(one for one in into if isinstance(one, Unit))])
    if len(into) < (1 if principal is None else 2):
        raise TreeRefused("too_few")
    movements = []
    for row in _beneath([unit]):
        index = (shares or {}).get(row.unit_id, principal)
        if index is not None and not (isinstance(into[index], Unit) and into[index] == row.unit):
            movements.append(Movement(row.unit, Line(row.line), into[index]))
    return Plan(
        EventKind.SPLIT,
        on,
        openings=[one for one in into if isinstance(one, Opening)],
        movements=movements,
        endings=[] if principal is None else [unit],
        handings=[Handing(unit, one, is_principal=index == principal) for index, one in enumerate(into)],
        decision=decision,
        subjects=[unit],
    )


def plan_dissolution(
    *, unit: Unit, on: dt.date, successor: Unit | None = None, decision: Decision = NO_DECISION
) -> Plan:
    """Plan the end of a unit; ``successor`` carries what it was and did, by default the unit above it on that day."""
    above = parent_of(unit, on=on) or parent_of(unit, line=Line.ADMINISTRATIVE, on=on)
    carrier = successor or above
    handings = [Handing(unit, carrier, is_principal=True)] if carrier is not None else []
    return Plan(EventKind.DISSOLVE, on, endings=[unit], handings=handings, decision=decision, subjects=[unit])


def plan_transfer(
    *, unit: Unit, to: Sequence[Unit], duties: str, on: dt.date, decision: Decision = NO_DECISION
) -> Plan:
    """Plan that duties pass from a unit to others; nobody begins or ends."""
    _distinct([unit, *to])
    if not to:
        raise TreeRefused("too_few")
    handings = [Handing(unit, one, duties=duties) for one in to]
    return Plan(EventKind.TRANSFER, on, handings=handings, decision=decision, subjects=[unit])


def placed(opening: Opening, *, professional: Place, administrative: Place = None) -> Opening:
    """Return ``opening`` placed in the professional line, and in the administrative one under its own parent if any."""
    opening.parents = {Line.PROFESSIONAL: professional, Line.ADMINISTRATIVE: administrative or professional}
    return opening


def _beneath(units: Sequence[Unit]) -> list[Placement]:
    rows = Placement.objects.filter(parent__in=units, until_on__isnull=True)
    return list(rows.select_related("unit").order_by("unit_id", "line"))


def _distinct(units: Sequence[Unit]) -> None:
    seen: set[int] = set()
    for unit in units:
        if unit.pk in seen:
            raise TreeRefused("named_twice", unit=unit.name)
        seen.add(unit.pk)
