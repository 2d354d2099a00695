"""Routes of reporting for other programs: what is due, the form, the draft, sending, the state, what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from caunoi.business.reporting.access import OWN_WORK, report_by_public_id, require_writing, versions_of
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.operations.entering import Raw, read_values, unreadable_findings
from caunoi.business.reporting.operations.findings import say
from caunoi.business.reporting.operations.flow import submit
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import Entered, save_draft
from caunoi.business.reporting.queries import cells_before, content_of, form_of, submissions_due
from caunoi.business.reporting.rules.checks import Finding, check
from caunoi.business.reporting.rules.drafts import Base
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.rules.states import OPEN_VERSIONS
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

router = Router(tags=["reports"])
Text = Annotated[str, StringConstraints(max_length=50_000)]
Code = Annotated[str, StringConstraints(max_length=120)]


def _no_truth(value: object) -> object:
    """Raise ValueError for true and false, which would else count as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("not a figure")
    return value


Figure = Annotated[Annotated[str, StringConstraints(max_length=200)] | int | Decimal | None, BeforeValidator(_no_truth)]
MOST = 5000
"""Cells in one request."""


class Closed(Schema):
    """What is sent: fields that are not described are refused, so that a slip in a name is noticed."""

    model_config = ConfigDict(extra="forbid")


class ErrorOut(Schema):
    """Why a request was refused: a code for programs, a sentence for people, findings where the content is wrong."""

    code: str
    sentence: str
    findings: list[FindingOut] = []


class FindingOut(Schema):
    """One thing that is wrong or has to be explained; ``key`` is the key of its explanation."""

    severity: str
    code: str
    key: str
    place: str
    sentence: str
    explanation: str = ""


class DueOut(Schema):
    """A report that the unit owes or has given."""

    id: UUID
    campaign: str
    unit: str
    state: str
    last_day_on: dt.date
    lock_on: dt.date | None
    versions: int
    returns: int


class LineOut(Schema):
    """A row or a column."""

    code: str
    label: str
    is_total: bool
    unit_of_measure: str
    whole: bool


class TableOut(Schema):
    """A table; a cell is named TABLE.ROW.COLUMN."""

    code: str
    title: str
    nature: str
    rows: list[LineOut]
    columns: list[LineOut]


class SectionOut(Schema):
    """A section of the outline."""

    code: str
    heading: str
    question: str
    is_required: bool


class FormOut(Schema):
    """What the unit fills in."""

    sections: list[SectionOut]
    tables: list[TableOut]


class ContentIn(Closed):
    """What is put into the draft: only what is named is touched.

    A cell is a number, "KPS" (confirmed zero), "KAD" (not applicable) or null (missing).
    """

    cells: Annotated[dict[Code, Figure], Field(max_length=MOST)] = {}
    narrative: Annotated[dict[Code, Text], Field(max_length=200)] = {}
    explanations: Annotated[dict[Code, Text], Field(max_length=MOST)] = {}
    version: Annotated[int, Field(ge=1, le=30_000)] | None = None
    revision: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None


class DraftOut(Schema):
    """The latest version as it stands."""

    version: int
    revision: int
    state: str
    cells: dict[str, str]
    narrative: dict[str, str]
    explanations: dict[str, str]


class StateOut(DueOut):
    """Where a report stands, with the reason when it was sent back."""

    version: int
    version_state: str
    sent_at: dt.datetime | None
    days_late: int
    reason: str
    notes: dict[str, str]
    """What the receiver noted on places when it was sent back: "section:CODE", "cell:KEY" or "table:CODE"."""


ERRORS = {400: ErrorOut, 401: ErrorOut, 403: ErrorOut, 404: ErrorOut, 409: ErrorOut, 422: ErrorOut}


def _by(request: HttpRequest) -> Actor:
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise TypeError("a route of the API without an actor")
    return actor


def _own(request: HttpRequest, report_id: UUID) -> tuple[ExpectedReporter, Actor]:
    """Return the report of one's own unit. Raises ReportingNotFound, ReportingForbidden."""
    by = _by(request)
    reporter = report_by_public_id(report_id, by)
    require_writing(reporter, by, *OWN_WORK)
    return reporter, by


@router.get("/due", response={200: list[DueOut], **ERRORS}, url_name="reports_due", summary="Reports that are due")
def due(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[DueOut]:
    """The reports that the unit still owes in open campaigns, the most urgent first."""
    rows = submissions_due(_by(request), on=clock.today())[offset : offset + limit]
    return [_due(row) for row in rows]


def _due(row: ExpectedReporter) -> DueOut:
    return DueOut(
        id=row.public_id, campaign=row.campaign.name, unit=row.name, state=row.state, last_day_on=row.last_day_on,
        lock_on=row.lock_on, versions=row.versions, returns=row.returns,
    )  # fmt: skip


@router.get(
    "/{uuid:report_id}", response={200: StateOut, **ERRORS}, url_name="report_state", summary="State of a report"
)
def state(request: HttpRequest, report_id: UUID) -> StateOut:
    """Where the report stands."""
    reporter, _by_whom = _own(request, report_id)
    return _state(reporter, versions_of(reporter).first())


def _state(reporter: ExpectedReporter, latest: Submission | None, *, is_returned: bool = True) -> StateOut:
    back = getattr(latest, "sent_back", None) if is_returned else None
    return StateOut(
        **_due(reporter).model_dump(),
        version=latest.version if latest else 0,
        version_state=latest.state if latest else "",
        sent_at=latest.sent_at if latest else None,
        days_late=latest.days_late if latest else 0,
        reason=back.reason if back is not None else "",
        notes=back.notes if back is not None else {},
    )


@router.get("/{uuid:report_id}/form", response={200: FormOut, **ERRORS}, url_name="report_form", summary="Form")
def form(request: HttpRequest, report_id: UUID) -> FormOut:
    """Sections, tables, rows and columns; rows and columns that are totals are worked out and never sent."""
    reporter, _by_whom = _own(request, report_id)
    described = form_of(reporter.campaign.regime)
    sections = [
        SectionOut(code=s.code, heading=s.heading, question=s.question, is_required=s.is_required)
        for s in described.sections
    ]
    return FormOut(sections=sections, tables=[_table(table) for table in described.tables])


def _table(table: Table) -> TableOut:
    rows, columns = ([_line(line) for line in lines] for lines in (table.rows, table.columns))
    return TableOut(code=table.code, title=table.title, nature=table.nature, rows=rows, columns=columns)


def _line(line: Line) -> LineOut:
    return LineOut(
        code=line.code, label=line.label, is_total=line.is_total, unit_of_measure=line.unit, whole=line.whole
    )


@router.get("/{uuid:report_id}/draft", response={200: DraftOut, **ERRORS}, url_name="report_draft", summary="Draft")
def draft(request: HttpRequest, report_id: UUID) -> DraftOut:
    """The latest version with its revision; version 0 when nothing was entered yet."""
    reporter, _by_whom = _own(request, report_id)
    return _draft(versions_of(reporter).first())


def _draft(version: Submission | None) -> DraftOut:
    content = content_of(version)
    return DraftOut(
        version=version.version if version else 0,
        revision=version.revision if version else 0,
        state=version.state if version else "",
        cells=dict(content.cells),
        narrative=dict(content.narrative),
        explanations=dict(content.explanations),
    )


@router.put("/{uuid:report_id}/draft", response={200: DraftOut, **ERRORS}, url_name="report_draft", summary="Put draft")
def put_draft(request: HttpRequest, report_id: UUID, content: ContentIn) -> DraftOut:
    """Put figures and text into the draft. With ``version`` and ``revision`` nothing is written over what somebody else
    has changed since: that is answered with 409.
    """
    reporter, by = _own(request, report_id)
    put = _entered(form_of(reporter.campaign.regime), content)
    version = save_draft(
        reporter=reporter, cells=put.cells, narrative=put.narrative, explanations=put.explanations,
        base=_base(content), by=by, at=clock.now(),
    )  # fmt: skip
    return _draft(version)


def _base(content: ContentIn) -> Base | None:
    if content.version is None or content.revision is None:
        return None
    return Base(content.version, content.revision)


def _entered(form: Form, content: ContentIn) -> Entered:
    """Return what was sent, read by the rule of the page.

    Raises SubmissionRefused ``cell_unknown``, ``cells_unreadable``.
    """
    typed = form.typed_cells()
    if unknown := [key for key in content.cells if key not in typed]:
        raise SubmissionRefused("reporting.cell_unknown", cell=unknown[0][:80])
    raw: dict[str, Raw] = dict(content.cells)
    read = read_values(form, raw)
    if read.unreadable:
        key, text = next(iter(read.unreadable.items()))
        table, row, column = typed[key]
        raise SubmissionRefused(
            "reporting.cells_unreadable", address=table.address(row, column), table=table.title, row=row.label,
            column=column.label, text=text, count=len(read.unreadable),
            findings=unreadable_findings(form, read.unreadable),
        )  # fmt: skip
    return Entered(read.cells, content.narrative, content.explanations)


@router.get(
    "/{uuid:report_id}/findings",
    response={200: list[FindingOut], **ERRORS},
    url_name="report_findings",
    summary="Findings",
)
def findings(request: HttpRequest, report_id: UUID) -> list[FindingOut]:
    """What is wrong in the draft, or has to be explained before sending; the same rules as on the page and in Excel."""
    reporter, _by_whom = _own(request, report_id)
    version = versions_of(reporter).first()
    content = content_of(version if version is not None and version.state in OPEN_VERSIONS else None)
    found = check(form_of(reporter.campaign.regime), content, cells_before(reporter))
    return findings_out(found, content.explanations)


def findings_out(found: Iterable[Finding], explanations: Mapping[str, str]) -> list[FindingOut]:
    """Return findings with their sentences, errors first."""
    return [
        FindingOut(
            severity=each.finding.severity, code=each.finding.code, key=each.finding.key, place=each.finding.target,
            sentence=each.text, explanation=each.explanation,
        )
        for each in say(found, explanations)
    ]  # fmt: skip


@router.post(
    "/{uuid:report_id}/submission", response={200: StateOut, **ERRORS}, url_name="report_submission", summary="Send"
)
def send(
    request: HttpRequest,
    report_id: UUID,
    content: ContentIn | None = None,
    idempotency_key: Annotated[str, Header(max_length=64)] = "",
) -> StateOut:
    """Send the report, after putting ``content`` into the draft: both or nothing. The header Idempotency-Key is
    required; the same key again answers what was sent the first time and changes nothing.
    """
    reporter, by = _own(request, report_id)
    put = _entered(form_of(reporter.campaign.regime), content) if content is not None else None
    version = submit(
        reporter=reporter, key=idempotency_key, entered=put, base=_base(content) if content else None,
        by=by, at=clock.now(),
    )  # fmt: skip
    return _state(version.reporter, version, is_returned=False)


__all__ = ["ErrorOut", "findings_out", "router"]
