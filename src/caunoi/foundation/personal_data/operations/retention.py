"""Erasing what no longer has a reason to be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.personal_data.access import retentions
from caunoi.foundation.personal_data.rules.kinds import DataKind, kinds
from caunoi.foundation.personal_data.rules.retention import months_before
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import day_of

AT_A_TIME = 100
"""Records of one transaction."""


def erase_expired(*, by: Actor, at: dt.datetime) -> int:
    """Have every module erase what its retention rule no longer covers; return how many records.

    Source: the row of ``data/law.toml`` that the kind names; one of 0 months is kept with the file that holds it.
    """
    today = day_of(at)
    rules = retentions(on=today)
    return sum(
        _erase_kind(kind, months_before(today, rule.months), by, at)
        for kind in kinds()
        if kind.expired and kind.erase and (rule := rules.get(kind.retention)) and rule.months
    )


def _erase_kind(kind: DataKind, before: dt.date, by: Actor, at: dt.datetime) -> int:
    found = list(kind.expired(before)) if kind.expired else []
    for start in range(0, len(found), AT_A_TIME):
        _erase(kind, found[start : start + AT_A_TIME], by, at)
    return len(found)


@use_case
def _erase(kind: DataKind, records: Sequence[UUID], by: Actor, at: dt.datetime) -> None:
    for record in records:
        if kind.erase:
            kind.erase(record, by, at)
