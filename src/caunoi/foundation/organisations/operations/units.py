"""The usual events as one call each: plan and enter. The preview and the wizard use the plans themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.models import Unit, UnitEvent, UnitKind
from caunoi.foundation.organisations.operations.carrying import enter_event
from caunoi.foundation.organisations.operations.plan import Opening
from caunoi.foundation.organisations.operations.planning import (
    NO_DECISION,
    plan_dissolution,
    plan_establishment,
    plan_merger,
    plan_move,
    plan_renaming,
)
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.kernel.actor import Actor, Line


@use_case
def establish_unit(
    *,
    kind: UnitKind,
    code: str,
    naming: Naming,
    parents: Mapping[Line, Unit | None],
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    decision: Decision = NO_DECISION,
) -> Unit:
    """Establish a unit from ``on``, placed under ``parents`` in each line given. Raises TreeRefused, NotManaged."""
    opening = Opening(code, kind, naming, parents)
    return establish_units(openings=[opening], on=on, by=by, at=at, decision=decision)[0]


@use_case
def establish_units(
    *, openings: Sequence[Opening], on: dt.date, by: Actor, at: dt.datetime, decision: Decision = NO_DECISION
) -> list[Unit]:
    """Establish many units by one event; parents may be openings of the same call. Raises TreeRefused, NotManaged."""
    enter_event(plan=plan_establishment(openings=openings, on=on, decision=decision), by=by, at=at)
    return [opening.unit for opening in openings if opening.unit is not None]


@use_case
def rename_unit(
    *, unit: Unit, naming: Naming, on: dt.date, by: Actor, at: dt.datetime, decision: Decision = NO_DECISION
) -> UnitEvent:
    """Give a unit another name from ``on``. Raises TreeRefused when a later or equal name exists already."""
    return enter_event(plan=plan_renaming(unit=unit, naming=naming, on=on, decision=decision), by=by, at=at)


@use_case
def move_unit(
    *,
    unit: Unit,
    line: Line,
    parent: Unit | None,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    decision: Decision = NO_DECISION,
) -> UnitEvent:
    """Place a unit, with all below it, under another from ``on``. Raises TreeRefused for a circle or a step back."""
    return enter_event(plan=plan_move(unit=unit, line=line, parent=parent, on=on, decision=decision), by=by, at=at)


@use_case
def merge_units(
    *,
    units: Sequence[Unit],
    into: Unit | Opening,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    decision: Decision = NO_DECISION,
) -> Unit:
    """Merge units into a new one or into one that stays; return what carries them. Raises TreeRefused, NotManaged."""
    enter_event(plan=plan_merger(units=units, into=into, on=on, decision=decision), by=by, at=at)
    carrier = into.unit if isinstance(into, Opening) else into
    assert carrier is not None  # noqa: S101 - entering the event fills every opening
    return carrier


@use_case
def dissolve_unit(
    *,
    unit: Unit,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    successor: Unit | None = None,
    decision: Decision = NO_DECISION,
) -> UnitEvent:
    """End a unit on ``on`` (the first day without it). Raises TreeRefused while units stand under it."""
    plan = plan_dissolution(unit=unit, on=on, successor=successor, decision=decision)
    return enter_event(plan=plan, by=by, at=at)
