"""A unit's report while it is being written: saving what is typed, by one person or several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from caunoi.business.reporting.access import OWN_WORK, Permission, is_own, require_gathering, require_writing
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import DraftClash, SubmissionRefused
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.queries import content_of, form_of
from caunoi.business.reporting.rules.cells import pack
from caunoi.business.reporting.rules.checks import can_explain
from caunoi.business.reporting.rules.drafts import Base, changed, clashes
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.states import OPEN_VERSIONS, CampaignState, ReporterState, SubmissionState
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure
from caunoi.kernel.text import clean, squeeze

CELL, SECTION, EXPLAIN = "cell:", "section:", "explain:"


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody typed: only the cells, sections and explanations named here are touched."""

    cells: Mapping[str, Measure]
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]


@use_case
def save_draft(
    *,
    reporter: ExpectedReporter,
    cells: Mapping[str, Measure] | None = None,
    narrative: Mapping[str, str] | None = None,
    explanations: Mapping[str, str] | None = None,
    base: Base | None = None,
    by: Actor,
    at: dt.datetime,
) -> Submission:
    """Keep what a unit has typed; only the cells, sections and explanations given are touched.

    The first save begins a version: empty, or with the content of the one that was returned. A report that waits for
    the head can be changed by the head alone. With ``base`` nothing is saved over what somebody else has changed since:
    other places are merged, the same place raises DraftClash. Saving what stands there already changes nothing.
    Raises SubmissionRefused, ReportingForbidden.
    """
    locked = held(reporter)
    require_writing(locked, by, Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)
    refuse_when_locked(locked, at)
    form = form_of(locked.campaign.regime)
    entered = Entered(cells or {}, narrative or {}, explanations or {})
    version, written = write_down(locked, form, entered, base, by, at)
    if version._state.adding:
        version.save(force_insert=True)
        locked.save(update_fields=["versions", "state", "behalf_ground"])
    elif written:
        version.save(
            update_fields=["cells", "narrative", "explanations", "touched", "revision", "saved_at", "saved_by_name"]
        )
        record(by=by, at=at, verb="reporting.save_draft", subject=reporter_subject(locked),
               changes={"places": (None, sorted(written)), "revision": (None, version.revision)})  # fmt: skip
    return version


def write_down(
    reporter: ExpectedReporter, form: Form, entered: Entered, base: Base | None, by: Actor, at: dt.datetime
) -> tuple[Submission, Collection[str]]:
    """Put what was typed into the open version of a report that is held; begins one where there is none.

    Nothing is saved yet: a report that is written and sent in one step is one statement. Returns the version, and
    the places that were changed.
    """
    version = open_version(reporter)
    if base is not None and base.version not in (0, version.version if version else reporter.versions + 1):
        raise SubmissionRefused("reporting.version_moved", unit=reporter.name)
    version = version or _begin(reporter, form, by, at)
    if version.state == SubmissionState.IN_APPROVAL and not is_own(reporter, by, Permission.APPROVE):
        raise SubmissionRefused("reporting.waits_for_approval", unit=reporter.name)
    stored = fields_of(version)
    wanted = changed(_fields(form, entered), stored)
    if base is not None and (found := clashes(wanted, stored, version.touched, base)):
        raise DraftClash(tuple(found))
    if wanted:
        _put(version, wanted, base, by, at)
    return version, wanted.keys()


def held(reporter: ExpectedReporter) -> ExpectedReporter:
    """Return the row of a unit in a campaign, locked until the end of the transaction."""
    rows = ExpectedReporter.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__regime", "campaign__owner").get(pk=reporter.pk)


def refuse_when_locked(reporter: ExpectedReporter, at: dt.datetime) -> None:
    """Raise SubmissionRefused when the unit is exempt, or its report is not asked for yet or no longer taken."""
    if reporter.state == ReporterState.EXEMPT:
        raise SubmissionRefused("reporting.unit_exempt", unit=reporter.name)
    if reporter.campaign.state == CampaignState.PREPARING:
        raise SubmissionRefused("reporting.campaign_not_open", name=reporter.campaign.name)
    if reporter.lock_on is not None and clock.day_of(at) >= reporter.lock_on:
        raise SubmissionRefused("reporting.locked", name=reporter.campaign.name, day=f"{reporter.lock_on:%d/%m/%Y}")


def open_version(reporter: ExpectedReporter) -> Submission | None:
    """Return the version that has not left the unit."""
    return Submission.objects.filter(reporter=reporter, state__in=OPEN_VERSIONS).first()


def _begin(reporter: ExpectedReporter, form: Form, by: Actor, at: dt.datetime) -> Submission:
    if reporter.state not in (ReporterState.NOT_STARTED, ReporterState.RETURNED):
        raise SubmissionRefused("reporting.already_sent", unit=reporter.name)
    before = Submission.objects.filter(reporter=reporter).order_by("-version").first() if reporter.versions else None
    content, typed = content_of(before), form.typed_cells()
    version = Submission(
        reporter=reporter,
        version=(before.version if before else 0) + 1,
        state=SubmissionState.DRAFT,
        cells={key: value for key, value in content.cells.items() if key in typed},
        narrative=dict(content.narrative),
        explanations=dict(content.explanations),
        saved_at=_latest(before, at),
        saved_by_name=by.person_name[:200],
    )
    reporter.versions = version.version
    if any(is_own(reporter, by, permission) for permission in OWN_WORK):
        reporter.behalf_ground = ""  # the ground was for another version: what the unit begins is its own again
    if reporter.state == ReporterState.NOT_STARTED:
        reporter.state = ReporterState.DRAFT
    record(by=by, at=at, verb="reporting.start_version", subject=reporter_subject(reporter),
           changes={"version": (None, version.version)})  # fmt: skip
    return version


def _latest(before: Submission | None, at: dt.datetime) -> dt.datetime:
    """Return the latest moment that a report has seen: a clock that went back does not make it younger."""
    seen = (before.saved_at, before.sent_at, before.decided_at) if before is not None else ()
    return max([at, *(moment for moment in seen if moment is not None)])


def fields_of(version: Submission) -> dict[str, str | None]:
    """Return everything that stands in a version, place by place."""
    return {
        **{CELL + key: text for key, text in version.cells.items()},
        **{SECTION + code: text for code, text in version.narrative.items()},
        **{EXPLAIN + key: text for key, text in version.explanations.items()},
    }


def says_the_same(form: Form, version: Submission, entered: Entered) -> bool:
    """Whether everything that was typed stands in a version already."""
    return not changed(_fields(form, entered), fields_of(version))


def _fields(form: Form, entered: Entered) -> dict[str, str | None]:
    """Return what was typed, place by place. Raises SubmissionRefused for places that the form does not have."""
    typed = form.typed_cells()
    if unknown := [key for key in entered.cells if key not in typed]:
        raise SubmissionRefused("reporting.cell_unknown", cell=unknown[0][:80])
    if strange := [code for code in entered.narrative if form.section(code) is None]:
        raise SubmissionRefused("reporting.section_unknown", section=strange[0][:80])
    if vain := [key for key in entered.explanations if not can_explain(form, key)]:
        raise SubmissionRefused("reporting.explanation_unknown", place=vain[0][:80])
    return {
        **{CELL + key: pack(measure) for key, measure in entered.cells.items()},
        **{SECTION + code: clean(text).strip() for code, text in entered.narrative.items()},
        **{EXPLAIN + key: clean(text).strip() for key, text in entered.explanations.items()},
    }


def _put(version: Submission, wanted: Mapping[str, str | None], base: Base | None, by: Actor, at: dt.datetime) -> None:
    version.revision += 1
    writer = base.writer if base is not None else ""
    parts = {CELL: version.cells, SECTION: version.narrative, EXPLAIN: version.explanations}
    for field, value in wanted.items():
        kind, _colon, key = field.partition(":")
        part = parts[f"{kind}:"]
        if value is None:
            part.pop(key, None)
        else:
            part[key] = value
        version.touched[field] = [version.revision, by.person_name[:200], writer[:40]]
    version.saved_at, version.saved_by_name = max(at, version.saved_at), by.person_name[:200]


@use_case
def enter_on_behalf(*, reporter: ExpectedReporter, ground: str, by: Actor, at: dt.datetime) -> ExpectedReporter:
    """Let those who gather enter and send the report of a unit that cannot, with the ground; the unit is told.

    Raises SubmissionRefused ``reason_needed``, ``already_sent``, ``unit_writes_itself``; ReportingForbidden.
    """
    locked = held(reporter)
    require_gathering(locked.campaign, by, Permission.COLLECT)
    refuse_when_locked(locked, at)
    if not squeeze(ground):
        raise SubmissionRefused("reporting.ground_needed", unit=locked.name)
    if locked.state in (ReporterState.SUBMITTED, ReporterState.ACCEPTED):
        raise SubmissionRefused("reporting.already_sent", unit=locked.name)
    if open_version(locked) is not None:
        raise SubmissionRefused("reporting.unit_writes_itself", unit=locked.name)
    locked.behalf_ground = clean(ground).strip()[:300]
    locked.save(update_fields=["behalf_ground"])
    record(by=by, at=at, verb="reporting.enter_on_behalf", subject=reporter_subject(locked),
           changes={"behalf_ground": (None, locked.behalf_ground)})  # fmt: skip
    tell("on_behalf", locked.campaign, [locked.bearer_id], text=locked.behalf_ground, reporter=locked, by=by, at=at)
    return locked
