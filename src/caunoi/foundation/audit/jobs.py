"""Noting the heads of the audit elsewhere, so that even a table written anew as a whole is found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings

from caunoi.foundation.audit.access import faults, heads
from caunoi.foundation.audit.operations import note_anchor
from caunoi.foundation.audit.rules.anchors import line_of
from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.kernel.actor import system

ANCHOR = "audit.anchor"


class AuditBroken(RuntimeError):
    """The audit does not hold: no anchor may make that look right. ``caunoi verify_audit`` names every place."""


@handler(ANCHOR)
def anchor(run: Run, /, **arguments: object) -> None:
    """Check the audit, then add its heads to the file that the operator named; nothing without one."""
    place = settings.AUDIT_ANCHORS
    if place is None:
        return
    if (fault := next(faults(), None)) is not None:
        raise AuditBroken(f"lane {fault.lane}, link {fault.position}: {fault.code}")
    held = heads()
    _append(place, line_of([(head.lane, head.position, head.hash) for head in held], at=run.at))
    note_anchor(heads=held, by=system(), at=run.at)


def _append(place: Path, line: str) -> None:
    with place.open("a", encoding="utf-8") as out:
        out.write(line + "\n")


every(ANCHOR, dt.timedelta(days=1))
