"""The ladder of reminders: the house's, and that of one regime in its place; each change begins on a coming day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, ReportingForbidden, require_for_all
from caunoi.business.reporting.models import ReminderRung, ReportRegime
from caunoi.business.reporting.operations.forms import regime_subject
from caunoi.business.reporting.operations.refused import LadderRefused
from caunoi.business.reporting.rules.rungs import Audience, code_of
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.public import covers
from caunoi.foundation.people.public import may_for_all
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


@dataclass(frozen=True, slots=True)
class RungSpec:
    """A rung as it is asked for: days after the last day in time (negative before it), and who hears."""

    offset: int
    audience: Audience


def may_set_ladder(regime: ReportRegime | None, by: Actor, *, on: dt.date) -> bool:
    """Whether a person may change the ladder of a regime, or with ``None`` that of the house."""
    if regime is None:
        return may_for_all(by, Permission.RULES, on=on)
    return by.is_system or covers(by.scopes(Permission.REGIMES), regime.owner_id, on=on)


def rungs_of(regime: ReportRegime | None) -> QuerySet[ReminderRung]:
    """Return every rung that was ever entered for a regime, or with ``None`` for the house; lazy."""
    return ReminderRung.objects.filter(regime=regime).order_by("-from_on", "offset_days", "id")


@use_case
def set_ladder(
    *,
    rungs: Sequence[RungSpec],
    source: str,
    from_on: dt.date,
    regime: ReportRegime | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Let a ladder hold from a coming day on; the one before it ends there, one that has not begun is given up.

    For a regime an empty ladder means that of the house again. Raises LadderRefused ``ladder_without_source``,
    ``ladder_from_tomorrow``, ``ladder_empty``, ``rung_twice``; ReportingForbidden.
    """
    on = clock.day_of(at)
    if regime is None:
        require_for_all(by, on=on)
    elif not may_set_ladder(regime, by, on=on):
        raise ReportingForbidden("reporting.not_permitted")
    _refuse_wrong(rungs, source, from_on, regime, on)
    standing = ReminderRung.objects.select_for_update().filter(regime=regime)
    standing.filter(from_on__gt=on).delete()
    standing.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).update(until_on=from_on)
    ReminderRung.objects.bulk_create(
        ReminderRung(
            regime=regime, code=code_of(rung.offset), offset_days=rung.offset, audience=rung.audience,
            source=squeeze(source)[:200], from_on=from_on,
        )
        for rung in rungs
    )  # fmt: skip
    said = ", ".join(f"{rung.offset:+d} {rung.audience}" for rung in sorted(rungs, key=lambda each: each.offset))
    subject = Subject("ladder", "house", "") if regime is None else regime_subject(regime)
    record(by=by, at=at, verb="reporting.set_ladder", subject=subject,
           changes={"rungs": (None, said), "from_on": (None, from_on), "source": (None, squeeze(source))})  # fmt: skip


def _refuse_wrong(
    rungs: Sequence[RungSpec], source: str, from_on: dt.date, regime: ReportRegime | None, on: dt.date
) -> None:
    if not squeeze(source):
        raise LadderRefused("reporting.ladder_without_source")
    if from_on <= on:
        raise LadderRefused("reporting.ladder_from_tomorrow", day=f"{on + dt.timedelta(days=1):%d/%m/%Y}")
    if not rungs and regime is None:
        raise LadderRefused("reporting.ladder_empty")
    offsets = [rung.offset for rung in rungs]
    twice = next((offset for offset in offsets if offsets.count(offset) > 1), None)
    if twice is not None:
        raise LadderRefused("reporting.rung_twice", days=abs(twice))
