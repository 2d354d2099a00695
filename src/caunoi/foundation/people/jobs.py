"""Imports in the background; done again after a crash they change nothing twice."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.people.models import ExportRun, ImportRun, ImportState
from caunoi.foundation.people.operations.exporting import EXPORT_JOB, forget_exports, make_export
from caunoi.foundation.people.operations.intake.runs import (
    CHECK_JOB,
    ENTER_JOB,
    check_import,
    enter_import,
    refuse_import,
    sender,
)
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, system
from caunoi.kernel.errors import Refused

TIDY_EXPORTS = "people.tidy_exports"


def _run(arguments: dict[str, object]) -> ImportRun | None:
    return ImportRun.objects.select_related("unit", "file", "post").filter(pk=int(str(arguments["run"]))).first()


def _actor(run: ImportRun | ExportRun, at: Run) -> Actor:
    return sender(run, on=clock.day_of(at.at))


@handler(CHECK_JOB)
def check(run: Run, /, **arguments: object) -> None:
    """Look through a file; one that was looked through already is left alone."""
    found = _run(arguments)
    if found is not None and found.state == ImportState.CHECKING:
        check_import(run=found, by=_actor(found, run), at=run.at)


@handler(ENTER_JOB)
def enter(run: Run, /, **arguments: object) -> None:
    """Enter a file that was confirmed."""
    found = _run(arguments)
    if found is not None and found.state == ImportState.ENTERING:
        try:
            enter_import(run=found, by=_actor(found, run), at=run.at)
        except Refused as refused:
            refuse_import(run=found, refused=refused, by=_actor(found, run), at=run.at)


@handler(EXPORT_JOB)
def export(run: Run, /, **arguments: object) -> None:
    """Make a workbook of everything a unit owns; one that is made already is left alone."""
    found = ExportRun.objects.select_related("unit", "post").get(pk=int(str(arguments["run"])))
    if found.made_at is None:
        make_export(run=found, by=_actor(found, run), at=run.at, say=run.progress)


@handler(TIDY_EXPORTS)
def tidy_exports(run: Run, /, **arguments: object) -> None:
    """Throw away workbooks whose time is over."""
    forget_exports(by=system("Dọn tệp xuất"), at=run.at)


every(TIDY_EXPORTS, dt.timedelta(days=1))
