"""Copying the parts of a regime: into its next version, or single tables from one regime into another."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.access import ReportingNotFound, regime_by_public_id
from caunoi.business.reporting.models import (
    FormCheck,
    FormColumn,
    FormRow,
    FormTable,
    OutlineSection,
    RegimeTurn,
    ReminderRung,
    ReporterGroup,
    ReportRegime,
)
from caunoi.business.reporting.operations.forms import designable, end_of, next_code, regime_subject
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def copy_parts(old: ReportRegime, new: ReportRegime) -> None:
    """Copy due days, reporters, outline, tables, the rules between figures and an own ladder of reminders."""
    turns = list(RegimeTurn.objects.filter(regime=old))
    groups = list(ReporterGroup.objects.filter(regime=old))
    sections = list(OutlineSection.objects.filter(regime=old))
    checks = list(FormCheck.objects.filter(regime=old))
    rungs = list(ReminderRung.objects.filter(regime=old, until_on__isnull=True))
    parts: list[RegimeTurn | ReporterGroup | OutlineSection | FormCheck | ReminderRung]
    parts = [*turns, *groups, *sections, *checks, *rungs]
    for part in parts:
        part.pk, part.regime = None, new
    RegimeTurn.objects.bulk_create(turns)
    ReporterGroup.objects.bulk_create(groups)
    OutlineSection.objects.bulk_create(sections)
    FormCheck.objects.bulk_create(checks)
    ReminderRung.objects.bulk_create(rungs)
    for table in FormTable.objects.filter(regime=old):
        copy_table_into(table, new)


def copy_table_into(table: FormTable, regime: ReportRegime) -> FormTable:
    """Copy a table as it stands, with its codes, into a regime."""
    rows, columns = list(FormRow.objects.filter(table=table)), list(FormColumn.objects.filter(table=table))
    table.pk, table.regime = None, regime
    table.save(force_insert=True)
    for row in rows:
        row.pk, row.table = None, table
    for column in columns:
        column.pk, column.table = None, table
    FormRow.objects.bulk_create(rows)
    FormColumn.objects.bulk_create(columns)
    return table


@use_case
def copy_table(
    *, regime: ReportRegime, source: ReportRegime, code: str, title: str = "", by: Actor, at: dt.datetime
) -> FormTable:
    """Copy a table of ``source``, the regime itself or another one that the person may see, to the end of the form.

    Raises RegimeRefused, ReportingForbidden, ReportingNotFound.
    """
    locked = designable(regime, by, at)
    seen = regime_by_public_id(source.public_id, by, on=clock.day_of(at))
    table = FormTable.objects.filter(regime=seen, code=code).first()
    if table is None:
        raise ReportingNotFound("reporting.part_of_form_not_found")
    held = FormTable.objects.filter(regime=locked)
    table.code, table.position = next_code("b", held), end_of(held)
    if title:
        table.title = title[:300]
    elif seen.pk == locked.pk:
        table.title = f"{table.title} (bản sao)"[:300]
    made = copy_table_into(table, locked)
    record(by=by, at=at, verb="reporting.save_table", subject=regime_subject(locked),
           changes={"table": (None, made.title), "from": (None, seen.name)})  # fmt: skip
    return made


@use_case
def copy_form(*, regime: ReportRegime, source: ReportRegime, by: Actor, at: dt.datetime) -> None:
    """Copy the whole form of another regime behind the one that stands: sections and tables get free codes.

    Raises RegimeRefused, ReportingForbidden, ReportingNotFound.
    """
    locked = designable(regime, by, at)
    seen = regime_by_public_id(source.public_id, by, on=clock.day_of(at))
    for section in OutlineSection.objects.filter(regime=seen).order_by("position", "id"):
        held = OutlineSection.objects.filter(regime=locked)
        section.pk, section.regime, section.code, section.position = None, locked, next_code("s", held), end_of(held)
        section.save(force_insert=True)
    for table in FormTable.objects.filter(regime=seen).order_by("position", "id"):
        tables = FormTable.objects.filter(regime=locked)
        table.code, table.position = next_code("b", tables), end_of(tables)
        copy_table_into(table, locked)
    record(by=by, at=at, verb="reporting.copy_form", subject=regime_subject(locked),
           changes={"from": (None, seen.name)})  # fmt: skip
