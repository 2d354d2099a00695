"""Forms as data, the law of the day, what a version holds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from caunoi.business.reporting.models import (
    Campaign,
    CutOffWindow,
    ExpectedReporter,
    FormCheck,
    FormColumn,
    FormRow,
    FormTable,
    LegalLimit,
    OutlineSection,
    ReportRegime,
    Submission,
)
from caunoi.business.reporting.queries.parts import standing_in
from caunoi.business.reporting.queries.registers import registered_of
from caunoi.business.reporting.rules.cells import Packed
from caunoi.business.reporting.rules.checks import Content
from caunoi.business.reporting.rules.form import Form, Line, Section, Table
from caunoi.business.reporting.rules.relations import Check, Relation
from caunoi.business.reporting.rules.requirements import RegimeFacts
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.business.reporting.rules.turns import Window
from caunoi.foundation.organisations.public import on_day

WORKING_DAYS_AFTER_CUT_OFF = "working_days_after_cut_off"
_FORMS: dict[tuple[UUID, dt.datetime], Form] = {}
_KEPT = 64
"""Forms kept in each process."""


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one day: the periods of figures by span, and the least working days between cut-off and due day."""

    windows: Mapping[Span, Window]
    least: int


def law_on(day: dt.date) -> Law:
    """Return the law of periodic reports as it stands on a day (NĐ 09/2019/NĐ-CP, Điều 8 and 12); two queries.

    Raises LookupError when the table of law is empty.
    """
    rows = CutOffWindow.objects.filter(on_day(day)).order_by("from_on")
    windows = {Span(r.span): Window(r.first_month, r.first_day, r.last_month, r.last_day) for r in rows}
    limits = LegalLimit.objects.filter(on_day(day), code=WORKING_DAYS_AFTER_CUT_OFF).order_by("-from_on")
    least = limits.values_list("value", flat=True).first()
    if not windows or least is None:
        raise LookupError(f"no law of periodic reports on {day}")
    return Law(windows, least)


def form_of(regime: ReportRegime) -> Form:
    """Return the form of a regime as data; five queries, whatever its size.

    Once a regime is in force its form never changes, so it is read once by each process.
    """
    if regime.state == RegimeState.DRAFT:
        return _read_form(regime)
    version = (regime.public_id, regime.changed_at)
    known = _FORMS.get(version)
    if known is None:
        known = _read_form(regime)
        if len(_FORMS) >= _KEPT:
            _FORMS.pop(next(iter(_FORMS)))
        _FORMS[version] = known
    return known


def _read_form(regime: ReportRegime) -> Form:
    rows, columns = defaultdict(list), defaultdict(list)
    for row in FormRow.objects.filter(table__regime=regime).order_by("position", "id"):
        rows[row.table_id].append(_row(row))
    for column in FormColumn.objects.filter(table__regime=regime).order_by("position", "id"):
        columns[column.table_id].append(_column(column))
    tables = tuple(
        Table(t.code, t.title, tuple(rows[t.pk]), tuple(columns[t.pk]), t.unit_of_measure, t.nature)
        for t in FormTable.objects.filter(regime=regime).order_by("position", "id")
    )
    sections = tuple(
        Section(s.code, s.title, s.marker, s.question, s.is_required)
        for s in OutlineSection.objects.filter(regime=regime).order_by("position", "id")
    )
    checks = tuple(
        Check(c.code, tuple(c.left), Relation(c.relation), tuple(c.right), c.severity == FormCheck.ERROR, c.note)
        for c in FormCheck.objects.filter(regime=regime).order_by("position", "id")
    )
    return Form(sections, tables, checks)


def _row(row: FormRow) -> Line:
    pairs = tuple((str(name), str(member)) for name, member in row.dimensions.items())
    return Line(row.code, row.label, row.is_total, indicator=row.indicator, dimensions=pairs)


def _column(column: FormColumn) -> Line:
    pairs = tuple((str(name), str(member)) for name, member in column.dimensions.items())
    return Line(
        column.code,
        column.label,
        column.is_total,
        column.unit_of_measure,
        column.number == FormColumn.INTEGER,
        column.basis,
        column.indicator,
        pairs,
    )


def facts_of(regime: ReportRegime) -> RegimeFacts:
    """Return what a regime says, for the check of its compulsory items."""
    form, turns = form_of(regime), list(regime.turns.all())
    filled = [table for table in form.tables if any(True for _ in table.typed())]
    return RegimeFacts(
        name=regime.name,
        content=regime.content,
        asks_narrative=regime.asks_narrative,
        asks_figures=regime.asks_figures,
        groups=regime.groups.count(),
        has_receiver=regime.receiver_id is not None,
        sending_method=regime.sending_method,
        has_days=regime.days_after is not None or (not regime.due_rule.is_open and not regime.undated),
        repeats_decided=regime.repeats is not None,
        cut_offs_known=(bool(turns) or regime.days_after is not None)
        and all(t.cut_off_origin == CutOffOrigin.LAW or t.cut_off_day is not None for t in turns),
        sections=len(form.sections),
        filled_tables=len(filled),
        tables=len(form.tables),
        has_ground=bool(regime.ground_text.strip()) or regime.ground_document_id is not None,
    )


def content_of(submission: Submission | None) -> Content:
    """Return what a version holds; nothing for none."""
    if submission is None:
        return Content({}, {}, {})
    registers = registered_of(submission.reporter_id)
    standing = standing_in(submission)
    return Content(submission.cells, submission.narrative, submission.explanations, registers, standing)


CHUNK = 900
"""Ids in one query; older SQLite allows 999 parameters."""


def cells_before(reporter: ExpectedReporter) -> Packed:
    """Return the figures that the unit reported under the same regime for the latest period of the same kind before."""
    earlier = _earlier(reporter.campaign).filter(reporter__unit_id=reporter.unit_id)
    found = earlier.order_by("-reporter__campaign__period_until_on").values_list("cells", flat=True).first()
    return found or {}


def cells_before_of(campaign: Campaign, unit_ids: Sequence[int]) -> dict[int, Packed]:
    """Return for many units what ``cells_before`` says of one; a unit without an earlier report is left out."""
    earlier = _earlier(campaign).order_by("reporter__campaign__period_until_on")
    found: dict[int, Packed] = {}
    for start in range(0, len(unit_ids), CHUNK):
        part = earlier.filter(reporter__unit_id__in=unit_ids[start : start + CHUNK])
        found.update(part.values_list("reporter__unit_id", "cells"))
    return found


def _earlier(campaign: Campaign) -> QuerySet[Submission]:
    return Submission.objects.filter(
        counts=True,
        reporter__campaign__regime_id__in=versions_of_regime(campaign.regime),
        reporter__campaign__span=campaign.span,
        reporter__campaign__event_on__isnull=True,
        reporter__campaign__period_until_on__lte=campaign.period_from_on,
    )


def versions_of_regime(regime: ReportRegime) -> list[int]:
    """Return the ids of a regime and of every version before it; one query for each of those."""
    ids, before = [regime.pk], regime.previous_id
    while before is not None:
        ids.append(before)
        before = ReportRegime.objects.filter(pk=before).values_list("previous_id", flat=True).first()
    return ids
