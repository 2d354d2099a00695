"""The file with a row for each unit: writing it, and saying row by row what it would enter and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext

from caunoi.business.reporting.models import (
    BranchTaken,
    Campaign,
    ExpectedReporter,
    RowOutcome,
    SheetRow,
    Snapshot,
    Submission,
)
from caunoi.business.reporting.operations.entering import measure_of
from caunoi.business.reporting.operations.findings import say
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.workbooks import LONGEST, NOT_TYPED, form_mark, raw_of
from caunoi.business.reporting.queries import cells_before_of, form_of
from caunoi.business.reporting.rules.cells import Packed, pack
from caunoi.business.reporting.rules.checks import Content, Severity, check
from caunoi.business.reporting.rules.checks import Finding as RuleFinding
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.states import OPEN_VERSIONS, SENT, CampaignState, ReporterState
from caunoi.foundation.pages.public import CellUnreadable
from caunoi.foundation.spreadsheets.public import (
    Cell,
    CellKind,
    Column,
    Finding,
    Limits,
    Sheet,
    TemplateSheet,
    Workbook,
    letters_of,
    write_template,
)
from caunoi.kernel import clock
from caunoi.kernel.text import squeeze

SHEET: Final = "Báo cáo"
CODE, NAME, WHY = "code", "name", "why"
FIRST: Final = 3
"""Column of the first place of the form, behind the code and the name of the unit."""
CHUNK: Final = 900
"""Ids in one query; older SQLite allows 999 parameters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report that is entered: its unit, and what the row says."""

    reporter: ExpectedReporter
    content: Content


@dataclass(slots=True)
class Plan:
    """What a file would do: the reports to be entered, rows that say what was sent already, what is wrong."""

    rows: list[SheetRow] = field(default_factory=list)
    """What each row does, not saved."""
    entries: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)


def columns_of(form: Form) -> list[Column]:
    """Return the columns: the unit, each place of the form, the explanation. Raises SubmissionRefused."""
    places = [
        Column(f"cell:{key}", f"{table.title} / {row.label} / {column.label}", width=16)
        for key, (table, row, column) in form.typed_cells().items()
    ]
    places += [Column(f"section:{section.code}", section.heading, width=40) for section in form.sections]
    if len(places) + FIRST > Limits().columns:
        raise SubmissionRefused("reporting.sheet_too_wide", limit=Limits().columns - FIRST, count=len(places))
    unit = [Column(CODE, gettext("Mã đơn vị"), width=18), Column(NAME, gettext("Đơn vị"), width=40)]
    return [*unit, *places, Column(WHY, gettext("Giải trình"), width=40)]


def template_for_units(campaign: Campaign) -> bytes:
    """Return the workbook to fill in, with a row for each unit that still owes its report."""
    form = form_of(campaign.regime)
    owed = ExpectedReporter.objects.filter(
        campaign=campaign, state__in=[ReporterState.NOT_STARTED, ReporterState.RETURNED]
    ).order_by("sort_key", "id")
    rows = [{CODE: code, NAME: name} for code, name in owed.values_list("unit__code", "name")]
    lines = (
        campaign.name,
        gettext("Mỗi dòng là báo cáo của một đơn vị. Dòng để trống mọi ô thì đơn vị đó không được nhập."),
        gettext("Ghi số; KPS hoặc “-” nếu không phát sinh; KAD nếu không áp dụng; để trống nếu chưa có số liệu."),
        gettext("Cột Giải trình trả lời mọi chỗ cần giải trình của dòng, kể cả ô để trống."),
    )
    stamp = {"campaign": str(campaign.public_id), "name": campaign.name, "form": form_mark(form)}
    return write_template([TemplateSheet(SHEET, columns_of(form), rows)], help_lines=lines, stamp=stamp)


def plan_of(book: Workbook, campaign: Campaign, *, at: dt.datetime, is_held: bool = False) -> Plan:
    """Return what a file would enter now; ``is_held`` locks the places of its units until the transaction ends.

    Raises SubmissionRefused ``sheet_not_ours``, ``sheet_of_another``, ``sheet_of_another_form``.
    """
    form = form_of(campaign.regime)
    sheet = _sheet_of(book, campaign, form)
    plan = Plan()
    columns = columns_of(form)
    plan.findings.extend(_moved(sheet, columns))
    if plan.findings:
        return plan
    filled = [cells for cells in map(_by_column, sheet.rows[1:]) if set(cells) - {1, 2}]
    known = _Known(campaign, {_code(cells) for cells in filled}, is_held=is_held)
    seen: dict[str, int] = {}
    for cells in filled:
        _row(_Row(cells, columns, form, at), known, seen, plan)
    return plan


def _sheet_of(book: Workbook, campaign: Campaign, form: Form) -> Sheet:
    sheet, stamp = book.sheet(SHEET), book.stamp
    if sheet is None or not sheet.rows or not (stamp.get("campaign") and stamp.get("form")):
        raise SubmissionRefused("reporting.sheet_not_ours")
    if stamp["campaign"] != str(campaign.public_id):
        raise SubmissionRefused("reporting.sheet_of_another", campaign=stamp.get("name", "")[:100])
    if stamp["form"] != form_mark(form):
        raise SubmissionRefused("reporting.sheet_of_another_form")
    return sheet


def _by_column(row: tuple[Cell, ...]) -> dict[int, Cell]:
    return {cell.column: cell for cell in row}


def _code(cells: Mapping[int, Cell]) -> str:
    return cells[1].printed if 1 in cells else ""


def _moved(sheet: Sheet, columns: list[Column]) -> Iterator[Finding]:
    heads = _by_column(sheet.rows[0])
    for x, column in enumerate(columns, start=1):
        printed = heads[x].printed if x in heads else ""
        if squeeze(printed) != squeeze(str(column.label)):
            facts = {"expected": str(column.label)}
            yield Finding("sheet_column_moved", sheet.name, sheet.rows[0][0].row, x, "", printed, facts)


class _Known:
    """What is known of the units of a file, read at once."""

    def __init__(self, campaign: Campaign, codes: Collection[str], *, is_held: bool) -> None:
        self.campaign = campaign
        self.reporters = self._reporters(campaign, sorted(codes), is_held=is_held)
        ids = sorted(reporter.pk for reporter in self.reporters.values())
        self.open, self.below = set[int](), set[int]()
        self.sent: dict[int, Submission] = {}
        self.returned: dict[int, Submission] = {}
        self.registers: dict[int, Packed] = {}
        for start in range(0, len(ids), CHUNK):
            self._read(ids[start : start + CHUNK])
        self.before = cells_before_of(campaign, [reporter.unit_id for reporter in self.reporters.values()])

    @staticmethod
    def _reporters(campaign: Campaign, codes: list[str], *, is_held: bool) -> dict[str, ExpectedReporter]:
        rows = ExpectedReporter.objects.filter(campaign=campaign).order_by("id")
        found: dict[int, str] = {}
        for start in range(0, len(codes), CHUNK):
            part = rows.filter(unit__code__in=codes[start : start + CHUNK])
            found.update(part.values_list("pk", "unit__code"))
        ids, held = sorted(found), rows.select_for_update(of=("self",)) if is_held else rows
        made: dict[str, ExpectedReporter] = {}
        for start in range(0, len(ids), CHUNK):
            for reporter in held.filter(pk__in=ids[start : start + CHUNK]):
                reporter.campaign = campaign
                made[found[reporter.pk]] = reporter
        return made

    def _read(self, ids: list[int]) -> None:
        versions = Submission.objects.filter(reporter__in=ids)
        self.open.update(versions.filter(state__in=OPEN_VERSIONS).values_list("reporter_id", flat=True))
        self.sent.update({version.reporter_id: version for version in versions.filter(counts=True)})
        back = versions.filter(reporter__state=ReporterState.RETURNED, sent_at__isnull=False).order_by("version")
        self.returned.update({version.reporter_id: version for version in back})
        self.below.update(BranchTaken.objects.filter(reporter__in=ids).values_list("reporter_id", flat=True))
        self.registers.update(Snapshot.objects.filter(reporter__in=ids).values_list("reporter_id", "cells"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that holds something."""

    cells: Mapping[int, Cell]
    columns: list[Column]
    form: Form
    at: dt.datetime

    @property
    def number(self) -> int:
        return next(iter(self.cells.values())).row

    def finding(self, x: int, code: str, value: str = "", facts: Mapping[str, str | int] | None = None) -> Finding:
        return Finding(code, SHEET, self.number, x, str(self.columns[x - 1].label), value[:200], facts or {})

    def place(self, target: str) -> int:
        """Return the column of a place of the form; what concerns a whole table stands at the explanation."""
        keys = [column.key for column in self.columns]
        return keys.index(target) + 1 if target in keys else len(keys)


def _row(row: _Row, known: _Known, seen: dict[str, int], plan: Plan) -> None:
    """Add to the plan what one row does, or what is wrong with it."""
    code = _code(row.cells)
    reporter, first = known.reporters.get(code), seen.setdefault(code, row.number)
    wrong = _unit_fault(row, code, reporter, known)
    if first != row.number:
        wrong = row.finding(1, "sheet_unit_twice", code, {"first": first})
    found: list[Finding] = [wrong] if wrong is not None else []
    outcome, content, before = RowOutcome.WRONG, None, None
    if not found and reporter is not None:
        before = known.returned.get(reporter.pk)
        content = _content(row, known.registers.get(reporter.pk, {}), found)
        if not found and reporter.state in SENT:
            if _same(known.sent.get(reporter.pk), content, row.form):
                outcome, plan.unchanged = RowOutcome.SAME, plan.unchanged + 1
            else:
                found.append(row.finding(1, "sheet_unit_sent", code))
        elif not found:
            content, found = _judged(row, content, known.before.get(reporter.unit_id, {}))
            if not found:
                outcome = RowOutcome.MENDS if before is not None else RowOutcome.ENTERS
                plan.entries.append(Entry(reporter, content))
    plan.findings.extend(found)
    plan.rows.append(_told(row, outcome, len(found), content, before))


def _told(row: _Row, outcome: RowOutcome, faults: int, content: Content | None, before: Submission | None) -> SheetRow:
    """Return what the page says of a row, not saved."""
    told = SheetRow(
        row=row.number, code=_code(row.cells)[:80], name=(row.cells[2].printed if 2 in row.cells else "")[:300],
        outcome=outcome, faults=faults,
    )  # fmt: skip
    if content is not None and outcome in (RowOutcome.ENTERS, RowOutcome.MENDS):
        places = row.form.typed_cells()
        told.values = [content.cells.get(key) for key in places]
        was = dict(before.narrative) if before is not None else {}
        told.sections = [code for code, text in content.narrative.items() if text and text != was.get(code, "")]
        if before is not None:
            told.before = [before.cells.get(key) for key in places]
            told.sections += [code for code, text in was.items() if text and not content.narrative.get(code)]
    return told


def _unit_fault(row: _Row, code: str, reporter: ExpectedReporter | None, known: _Known) -> Finding | None:
    if reporter is None:
        return row.finding(1, "sheet_unit_unknown", code)
    name = row.cells[2].printed if 2 in row.cells else ""
    if squeeze(name) != squeeze(reporter.name):
        return row.finding(2, "sheet_unit_name", name, {"expected": reporter.name, "code": code})
    if reporter.state == ReporterState.EXEMPT:
        return row.finding(1, "sheet_unit_exempt", code)
    if reporter.state in SENT:
        return None
    if reporter.pk in known.open:
        return row.finding(1, "sheet_unit_writes", code)
    if reporter.pk in known.below:
        return row.finding(1, "sheet_unit_below", code)
    on = clock.day_of(row.at)
    if reporter.lock_on is not None and on >= reporter.lock_on:
        return row.finding(1, "sheet_unit_locked", code, {"day": f"{reporter.lock_on:%d/%m/%Y}"})
    return None


def _content(row: _Row, registers: Packed, found: list[Finding]) -> Content:
    """Return what a row says; what cannot be read is added to ``found``."""
    cells: dict[str, str] = {}
    narrative: dict[str, str] = {}
    for x, column in enumerate(row.columns[FIRST - 1 : -1], start=FIRST):
        kind, _colon, key = column.key.partition(":")
        cell = row.cells.get(x)
        if cell is None:
            continue
        if cell.kind in NOT_TYPED or (kind == "cell" and cell.kind not in (CellKind.TEXT, CellKind.NUMBER)):
            found.append(row.finding(x, NOT_TYPED.get(cell.kind, "not_number"), cell.printed))
        elif kind == "section":
            if len(cell.printed) > LONGEST:
                found.append(row.finding(x, "too_long", "", {"limit": LONGEST}))
            narrative[key] = cell.printed
        else:
            try:
                packed = pack(measure_of(raw_of(cell)))
            except CellUnreadable:
                found.append(row.finding(x, "report_unreadable", cell.printed))
                continue
            if packed is not None:
                cells[key] = packed
    return Content(cells, narrative, {}, registers)


def _same(sent: Submission | None, content: Content, form: Form) -> bool:
    if sent is None:
        return False
    typed = {key: sent.cells[key] for key in form.typed_cells() if key in sent.cells}
    return typed == content.cells and {k: v for k, v in sent.narrative.items() if v} == dict(content.narrative)


def _judged(row: _Row, content: Content, before: Packed) -> tuple[Content, list[Finding]]:
    """Return the content with its explanation at each query, and what stands in the way of sending it."""
    last = len(row.columns)
    why = row.cells[last].printed if last in row.cells else ""
    found = check(row.form, content, before)
    explained = {each.key: why for each in found if why and each.severity is Severity.QUERY}
    blocking = [_here(row, each) for each in found if each.key not in explained]
    said = [row.finding(row.place(s.finding.target), "sheet_rule", facts={"text": s.text}) for s in say(blocking, {})]
    return Content(content.cells, content.narrative, explained, content.registers), said


def _here(row: _Row, found: RuleFinding) -> RuleFinding:
    """Return a finding with the address of its cell in this file instead of that in the unit's own form."""
    address = f"{letters_of(row.place(found.target))}{row.number}"
    return replace(found, facts={**found.facts, "address": address})


def require_ready(campaign: Campaign) -> None:
    """Raise SubmissionRefused for a campaign in preparation, or one that asks for signed copies."""
    if campaign.state == CampaignState.PREPARING:
        raise SubmissionRefused("reporting.campaign_not_open", name=campaign.name)
    if campaign.regime.asks_signed_copy:
        raise SubmissionRefused("reporting.sheet_needs_copies", name=campaign.name)
