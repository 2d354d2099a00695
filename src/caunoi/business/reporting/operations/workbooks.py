"""A unit's report as an Excel file: filled in beforehand, sent back, read by the rules of the page."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from caunoi.business.reporting.access import OWN_WORK, require_writing, versions_of
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.operations.entering import Raw, read_values
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import save_draft
from caunoi.business.reporting.queries import content_of, form_of
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.drafts import Base
from caunoi.business.reporting.rules.form import Form, Table
from caunoi.business.reporting.rules.states import OPEN_VERSIONS
from caunoi.foundation.pages.public import cell_text
from caunoi.foundation.spreadsheets.public import (
    Cell,
    CellKind,
    Column,
    Finding,
    Sheet,
    TemplateSheet,
    Workbook,
    read,
    write_template,
)
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze

LABEL, TEXT = "label", "text"
SECTIONS_SHEET: Final = "Nội dung"
LONGEST: Final = 50_000


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: the draft it was put into, or ``None`` with what has to be mended first."""

    version: Submission | None
    findings: tuple[Finding, ...]
    changed: int = 0


def template_of(reporter: ExpectedReporter, by: Actor) -> bytes:
    """Return the workbook of a unit's report with what its draft holds. Raises ReportingForbidden."""
    require_writing(reporter, by, *OWN_WORK)
    form, version = form_of(reporter.campaign.regime), _open(reporter)
    content = content_of(version or versions_of(reporter).first())
    sheets = [_table_sheet(table, content.cells, name) for name, table in _named(form)]
    if form.sections:
        columns = [Column(LABEL, gettext("Mục"), width=40), Column(TEXT, gettext("Nội dung"), width=100)]
        rows = [{LABEL: s.heading, TEXT: content.narrative.get(s.code, "")} for s in form.sections]
        sheets.append(TemplateSheet(SECTIONS_SHEET, columns, rows))
    lines = (
        gettext("%(campaign)s – %(unit)s") % {"campaign": reporter.campaign.name, "unit": reporter.name},
        gettext("Ghi số; KPS hoặc “-” nếu không phát sinh; KAD nếu không áp dụng; để trống nếu chưa có số liệu."),
        gettext("Không thêm, bớt, đổi chỗ dòng, cột; dòng và cột cộng được tính tự động."),
    )
    return write_template(sheets, help_lines=lines, stamp=_stamp(reporter, form, version))


def _open(reporter: ExpectedReporter) -> Submission | None:
    return versions_of(reporter).filter(state__in=OPEN_VERSIONS).first()


def _stamp(reporter: ExpectedReporter, form: Form, version: Submission | None) -> dict[str, str]:
    return {
        "report": str(reporter.public_id), "unit": reporter.name, "campaign": reporter.campaign.name,
        "form": form_mark(form), "version": str(version.version if version else reporter.versions + 1),
        "revision": str(version.revision if version else 0),
    }  # fmt: skip


def form_mark(form: Form) -> str:
    """Return a short mark of a form: another outline, row or column gives another mark."""
    parts = [(t.code, [r.code for r in t.rows], [c.code for c in t.columns]) for t in form.tables]
    return hashlib.sha256(repr((parts, [s.code for s in form.sections])).encode()).hexdigest()[:16]


def _named(form: Form) -> Iterator[tuple[str, Table]]:
    """Yield the tables with the names of their sheets: short, without signs that Excel forbids, all different."""
    for number, table in enumerate(form.tables, start=1):
        yield squeeze(f"{number}. " + re.sub(r"[\[\]:*?/\\']", " ", table.title))[:31].strip(), table


def _table_sheet(table: Table, cells: Mapping[str, str], name: str) -> TemplateSheet:
    columns = [Column(LABEL, table.title, width=40)]
    columns += [Column(c.code, f"{c.label} ({c.unit})" if c.unit else c.label, width=18) for c in table.columns]
    rows = []
    for row in table.rows:
        shown = {c.code: cell_text(unpack(cells.get(table.key(row, c)))) for c in table.columns if not c.is_total}
        rows.append({LABEL: row.label} if row.is_total else {LABEL: row.label, **shown})
    return TemplateSheet(name, columns, rows)


def receive_workbook(
    *, reporter: ExpectedReporter, content: bytes, name: str, by: Actor, at: dt.datetime
) -> Received:  # fmt: skip
    """Put what a workbook says into the draft: all of it, or nothing with a finding at each wrong cell.

    A file filled in before somebody else changed the same place raises DraftClash. Raises SpreadsheetRefused for what
    is not opened, SubmissionRefused ``file_not_ours``, ``file_of_another``, ``file_of_another_form``, and as
    ``save_draft``.
    """
    require_writing(reporter, by, *OWN_WORK)
    form = form_of(reporter.campaign.regime)
    book = read(content, name)
    _refuse_strange(book, reporter, form)
    typed, narrative, findings = _values(book, form)
    values = read_values(form, typed)
    findings += [_at(form, key, "report_unreadable", text) for key, text in values.unreadable.items()]
    if findings:
        return Received(None, tuple(findings))
    before = _open(reporter)
    revision = before.revision if before else 0
    base = Base(int(book.stamp["version"]), int(book.stamp["revision"]), f"excel-{by.account_id}")
    version = save_draft(reporter=reporter, cells=values.cells, narrative=narrative, base=base, by=by, at=at)
    return Received(version, (), version.revision - revision)


def _refuse_strange(book: Workbook, reporter: ExpectedReporter, form: Form) -> None:
    stamp = book.stamp
    if not all(stamp.get(name) for name in ("report", "form", "version", "revision")):
        raise SubmissionRefused("reporting.file_not_ours", unit=reporter.name)
    if stamp["report"] != str(reporter.public_id):
        facts = {"unit": stamp.get("unit", "")[:100], "campaign": stamp.get("campaign", "")[:100], "own": reporter.name}
        raise SubmissionRefused("reporting.file_of_another", **facts)
    if stamp["form"] != form_mark(form) or not (_is_count(stamp["version"]) and _is_count(stamp["revision"])):
        raise SubmissionRefused("reporting.file_of_another_form", unit=reporter.name)


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _values(book: Workbook, form: Form) -> tuple[dict[str, Raw], dict[str, str], list[Finding]]:
    typed: dict[str, Raw] = {}
    findings: list[Finding] = []
    for name, table in _named(form):
        sheet = book.sheet(name)
        if sheet is None:
            findings.append(Finding("report_sheet_missing", name, facts={"name": name}))
            continue
        findings += _read_table(sheet, table, typed)
    narrative: dict[str, str] = {}
    sheet = book.sheet(SECTIONS_SHEET) if form.sections else None
    if form.sections and sheet is None:
        findings.append(Finding("report_sheet_missing", SECTIONS_SHEET, facts={"name": SECTIONS_SHEET}))
    if sheet is not None:
        findings += _read_sections(sheet, form, narrative)
    return typed, narrative, findings


def _cells(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    return {(cell.row, cell.column): cell for row in sheet.rows for cell in row}


def _read_table(sheet: Sheet, table: Table, typed: dict[str, Raw]) -> Iterator[Finding]:
    cells = _cells(sheet)
    for y, row in enumerate(table.rows, start=2):
        label = cells.get((y, 1))
        if label is None or squeeze(label.printed) != squeeze(row.label):
            value = label.printed if label else ""
            yield Finding("report_row_moved", sheet.name, y, 1, table.title, value, {"expected": row.label})
            continue
        for x, column in enumerate(table.columns, start=2):
            if row.is_total or column.is_total:
                continue
            cell = cells.get((y, x))
            if cell is not None and cell.kind not in (CellKind.TEXT, CellKind.NUMBER, CellKind.EMPTY):
                yield Finding(NOT_TYPED.get(cell.kind, "not_number"), sheet.name, y, x, column.label, cell.printed)
                continue
            typed[table.key(row, column)] = raw_of(cell)
    yield from _beyond(sheet, table)


NOT_TYPED: Final = {CellKind.FORMULA: "formula", CellKind.ERROR: "error_value"}


def raw_of(cell: Cell | None) -> Raw:
    """Return what a cell of a workbook says, as it is read by the rule of the page."""
    if cell is None or cell.value is None:
        return None
    return cell.value if isinstance(cell.value, str | Decimal) else cell.printed


def _beyond(sheet: Sheet, table: Table) -> Iterator[Finding]:
    """Yield figures below or beside the table, which would be lost without a word."""
    last_row, last_column = len(table.rows) + 1, len(table.columns) + 1
    for row in sheet.rows:
        for cell in row:
            if cell.kind is CellKind.NUMBER and (cell.row > last_row or cell.column > last_column):
                yield Finding("report_outside", sheet.name, cell.row, cell.column, table.title, cell.printed)


def _read_sections(sheet: Sheet, form: Form, narrative: dict[str, str]) -> Iterator[Finding]:
    cells = _cells(sheet)
    for y, section in enumerate(form.sections, start=2):
        label, text = cells.get((y, 1)), cells.get((y, 2))
        if label is None or squeeze(label.printed) != squeeze(section.heading):
            value = label.printed if label else ""
            yield Finding("report_row_moved", sheet.name, y, 1, section.heading, value, {"expected": section.heading})
        elif text is not None and text.kind in NOT_TYPED:
            yield Finding(NOT_TYPED[text.kind], sheet.name, y, 2, section.heading, text.printed)
        elif text is not None and len(text.printed) > LONGEST:
            yield Finding("too_long", sheet.name, y, 2, section.heading, "", {"limit": LONGEST})
        else:
            narrative[section.code] = text.printed if text is not None else ""


def place_in_workbook(form: Form, target: str) -> tuple[str, int | None, int | None]:
    """Return sheet, row and column of a place of the form ("cell:KEY", "section:CODE", "table:CODE")."""
    kind, _colon, key = target.partition(":")
    if kind == "section":
        codes = [section.code for section in form.sections]
        return SECTIONS_SHEET, codes.index(key) + 2, 2
    for name, table in _named(form):
        if kind == "table" and table.code == key:
            return name, 1, 1
        for y, row in enumerate(table.rows, start=2):
            for x, column in enumerate(table.columns, start=2):
                if kind == "cell" and table.key(row, column) == key:
                    return name, y, x
    return "", None, None


def _at(form: Form, key: str, code: str, value: str) -> Finding:
    sheet, row, column = place_in_workbook(form, f"cell:{key}")
    _table, line, head = form.typed_cells()[key]
    return Finding(code, sheet, row, column, f"{line.label}, {head.label}", value)
