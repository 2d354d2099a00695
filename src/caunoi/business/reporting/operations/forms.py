"""Designing the form of a regime that is still a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Max, Model, QuerySet

from caunoi.business.reporting.access import Permission, ReportingForbidden, ReportingNotFound
from caunoi.business.reporting.models import FormCheck, FormColumn, FormRow, FormTable, OutlineSection, ReportRegime
from caunoi.business.reporting.operations.refused import RegimeRefused
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.public import covers
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import clean, squeeze


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """What an outline section says."""

    title: str
    marker: str = ""
    question: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A row or column to be filled in; ``code`` names one that exists already."""

    label: str
    unit: str = ""
    whole: bool = True
    code: str = ""
    basis: str = FormColumn.PERIOD
    """Columns: the period, done up to the cut-off, or an estimate of the whole period."""
    indicator: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    """Members of shared lists: (list, member)."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a table of figures holds; totals are added at the end of rows and columns when asked for."""

    title: str
    rows: Sequence[LineSpec]
    columns: Sequence[LineSpec]
    unit: str = ""
    nature: str = FormTable.FLOW
    total_row: bool = False
    total_column: bool = False


def designable(regime: ReportRegime, by: Actor, at: dt.datetime) -> ReportRegime:
    """Return the regime locked for designing. Raises ReportingForbidden, or RegimeRefused when it is not a draft."""
    if not (by.is_system or covers(by.scopes(Permission.REGIMES), regime.owner_id, on=clock.day_of(at))):
        raise ReportingForbidden("reporting.not_permitted")
    locked = ReportRegime.objects.select_for_update().get(pk=regime.pk)
    if locked.state != RegimeState.DRAFT:
        raise RegimeRefused("reporting.regime_not_draft", name=locked.name)
    ReportRegime.objects.filter(pk=locked.pk).update(changed_at=at)
    return locked


def regime_subject(regime: ReportRegime) -> Subject:
    """Return how a regime stands in the audit."""
    return Subject("regime", str(regime.public_id), regime.name, regime.owner_id)


@use_case
def save_section(
    *, regime: ReportRegime, spec: SectionSpec, code: str = "", by: Actor, at: dt.datetime
) -> OutlineSection:
    """Add a section at the end, or change the one named by ``code``. Raises RegimeRefused, ReportingNotFound."""
    designable(regime, by, at)
    rows = OutlineSection.objects.filter(regime=regime)
    if code:
        section = _found(rows, code)
    else:
        section = OutlineSection(regime=regime, code=next_code("s", rows), position=end_of(rows))
    before = section.title
    section.title, section.marker = squeeze(spec.title)[:300], squeeze(spec.marker)[:10]
    section.question, section.is_required = clean(spec.question).strip(), spec.is_required
    section.save()
    record(by=by, at=at, verb="reporting.save_section", subject=regime_subject(regime),
           changes={"section": (before or None, section.title)})  # fmt: skip
    return section


@use_case
def remove_section(*, regime: ReportRegime, code: str, by: Actor, at: dt.datetime) -> None:
    """Take a section out of the outline. Raises RegimeRefused, ReportingNotFound."""
    designable(regime, by, at)
    section = _found(OutlineSection.objects.filter(regime=regime), code)
    section.delete()
    record(by=by, at=at, verb="reporting.remove_section", subject=regime_subject(regime),
           changes={"section": (section.title, None)})  # fmt: skip


@use_case
def move_section(*, regime: ReportRegime, code: str, up: bool, by: Actor, at: dt.datetime) -> None:
    """Exchange a section with its neighbour; at the edge nothing moves. Raises RegimeRefused, ReportingNotFound."""
    designable(regime, by, at)
    rows = list(OutlineSection.objects.select_for_update().filter(regime=regime).order_by("position", "id"))
    place = next((index for index, row in enumerate(rows) if row.code == code), None)
    if place is None:
        raise ReportingNotFound("reporting.section_not_found")
    other = min(max(place - 1 if up else place + 1, 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    OutlineSection.objects.bulk_update(rows, ["position"])
    record(by=by, at=at, verb="reporting.move_section", subject=regime_subject(regime),
           changes={"position": (place, other)})  # fmt: skip


@use_case
def save_table(*, regime: ReportRegime, spec: TableSpec, code: str = "", by: Actor, at: dt.datetime) -> FormTable:
    """Add a table at the end, or change the one named by ``code``; rows and columns keep their codes by label.

    Raises RegimeRefused, ReportingNotFound.
    """
    designable(regime, by, at)
    tables = FormTable.objects.filter(regime=regime)
    if code:
        table = _found(tables, code)
    else:
        table = FormTable(regime=regime, code=next_code("b", tables), position=end_of(tables))
    before = table.title
    table.title, table.unit_of_measure, table.nature = squeeze(spec.title)[:300], squeeze(spec.unit)[:60], spec.nature
    table.save()
    _replace_rows(table, spec)
    _replace_columns(table, spec)
    record(by=by, at=at, verb="reporting.save_table", subject=regime_subject(regime),
           changes={"table": (before or None, table.title)})  # fmt: skip
    return table


@use_case
def move_table(*, regime: ReportRegime, code: str, up: bool, by: Actor, at: dt.datetime) -> None:
    """Exchange a table with its neighbour; at the edge nothing moves. Raises RegimeRefused, ReportingNotFound."""
    designable(regime, by, at)
    rows = list(FormTable.objects.select_for_update().filter(regime=regime).order_by("position", "id"))
    place = next((index for index, row in enumerate(rows) if row.code == code), None)
    if place is None:
        raise ReportingNotFound("reporting.part_of_form_not_found")
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows):
            row.position = position
        FormTable.objects.bulk_update(rows, ["position"])
        record(by=by, at=at, verb="reporting.move_table", subject=regime_subject(regime),
               changes={"position": (place, other)})  # fmt: skip


@use_case
def remove_table(*, regime: ReportRegime, code: str, by: Actor, at: dt.datetime) -> None:
    """Take a table out of the form. Raises RegimeRefused, ReportingNotFound."""
    designable(regime, by, at)
    table = _found(FormTable.objects.filter(regime=regime), code)
    table.delete()
    record(by=by, at=at, verb="reporting.remove_table", subject=regime_subject(regime),
           changes={"table": (table.title, None)})  # fmt: skip


Row = TypeVar("Row", bound=Model)
TOTAL = "Tổng cộng"


def _replace_rows(table: FormTable, spec: TableSpec) -> None:
    known = dict(FormRow.objects.filter(table=table, is_total=False).values_list("label", "code"))
    codes = _codes("r", spec.rows, known)
    FormRow.objects.filter(table=table).delete()
    made = [
        FormRow(
            table=table,
            code=code,
            label=squeeze(line.label)[:300],
            dimensions=dict(line.dimensions),
            indicator=line.indicator[:20],
            position=position,
        )
        for position, (line, code) in enumerate(zip(spec.rows, codes, strict=True))
    ]
    if spec.total_row:
        made.append(FormRow(table=table, code="rt", label=TOTAL, is_total=True, position=len(made)))
    FormRow.objects.bulk_create(made)


def _replace_columns(table: FormTable, spec: TableSpec) -> None:
    known = dict(FormColumn.objects.filter(table=table, is_total=False).values_list("label", "code"))
    codes = _codes("c", spec.columns, known)
    FormColumn.objects.filter(table=table).delete()
    made = [
        FormColumn(
            table=table,
            code=code,
            label=_with_basis(line)[:300],
            dimensions=dict(line.dimensions),
            indicator=line.indicator[:20],
            basis=line.basis,
            unit_of_measure=squeeze(line.unit)[:60],
            number=FormColumn.INTEGER if line.whole else FormColumn.DECIMAL,
            position=position,
        )
        for position, (line, code) in enumerate(zip(spec.columns, codes, strict=True))
    ]
    if spec.total_column:
        whole = FormColumn.INTEGER if all(line.whole for line in spec.columns) else FormColumn.DECIMAL
        made.append(FormColumn(table=table, code="ct", label=TOTAL, number=whole, is_total=True, position=len(made)))
    FormColumn.objects.bulk_create(made)


BASIS_WORDS = {FormColumn.TO_CUT_OFF: "thực hiện đến ngày chốt", FormColumn.ESTIMATE: "ước cả kỳ"}
"""Printed in the heading of a column, so that no reader takes an estimate for a figure."""


def _with_basis(line: LineSpec) -> str:
    label, words = squeeze(line.label), BASIS_WORDS.get(line.basis, "")
    return label if not words or words in label.lower() else f"{label} ({words})"


def _codes(letter: str, lines: Sequence[LineSpec], known: dict[str, str]) -> list[str]:
    """Return a code for each line: the one it names, that of its label, or the next free one."""
    held, codes = set(known.values()), list[str]()
    named = {line.code for line in lines if line.code in held}
    used = set(held)
    for line in lines:
        code = line.code if line.code in named and line.code not in codes else ""
        if not code:
            found = known.get(_with_basis(line)[:300], "")
            code = found if found not in named and found not in codes else ""
        if not code:
            code = next(c for n in range(1, 10_000) if (c := f"{letter}{n}") not in used)
        used.add(code)
        codes.append(code)
    return codes


def next_code(letter: str, rows: QuerySet[OutlineSection] | QuerySet[FormTable] | QuerySet[FormCheck]) -> str:
    """Return the next free code of a part of a form."""
    used = set(rows.values_list("code", flat=True))
    return next(code for n in range(1, 10_000) if (code := f"{letter}{n}") not in used)


def end_of(rows: QuerySet[OutlineSection] | QuerySet[FormTable] | QuerySet[FormCheck]) -> int:
    """Return the position behind the last part."""
    last: int | None = rows.aggregate(last=Max(F("position")))["last"]
    return 0 if last is None else last + 1


def _found(rows: QuerySet[Row], code: str) -> Row:
    found = rows.filter(code=code).first()
    if found is None:
        raise ReportingNotFound("reporting.part_of_form_not_found")
    return found
