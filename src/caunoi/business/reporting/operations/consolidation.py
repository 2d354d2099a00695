"""The consolidated report: merged, edited with its sources kept, turned into an outgoing document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max

from caunoi.business.documents.public import Document, create_draft
from caunoi.business.reporting.access import Permission, ReportingNotFound, require_gathering
from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ExpectedReporter,
    Submission,
)
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.drafting import draft_for
from caunoi.business.reporting.operations.refused import ConsolidationRefused
from caunoi.business.reporting.queries import form_of, whole
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.merging import Told, merge, told_by
from caunoi.business.reporting.rules.states import UNSENT
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


@use_case
def consolidate(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Consolidation:
    """Merge what the units have sent: figures frozen as they stand, paragraphs grouped with their sources.

    Paragraphs edited or left out in the consolidation before, and those added by hand, are carried over. Raises
    ConsolidationRefused ``nothing_sent``, ReportingForbidden.
    """
    require_gathering(campaign, by, Permission.COLLECT)
    node = whole(campaign)
    counted = Submission.objects.filter(reporter__campaign=campaign, counts=True)
    versions = list(counted.select_related("reporter").order_by("reporter__sort_key", "reporter_id"))
    if not versions:
        raise ConsolidationRefused("reporting.nothing_sent", name=campaign.name)
    before = Consolidation.objects.filter(campaign=campaign).order_by("-made_at", "-id").first()
    absent = ExpectedReporter.objects.filter(campaign=campaign, state__in=UNSENT).order_by("sort_key", "id")
    made = Consolidation.objects.create(
        campaign=campaign,
        made_at=at,
        made_by_name=by.person_name[:200],
        expected=node.expected,
        sent=node.sent,
        cells=node.cells,
        included=[version.pk for version in versions],
        absent=list(absent.values_list("name", flat=True)),
    )
    rows = list(_paragraphs(made, form_of(campaign.regime), versions))
    ConsolidatedParagraph.objects.bulk_create(_carried(made, rows, before), batch_size=500)
    record(by=by, at=at, verb="reporting.consolidate", subject=subject_of(campaign),
           changes={"reports": (None, len(versions))})  # fmt: skip
    return made


def _paragraphs(made: Consolidation, form: Form, versions: list[Submission]) -> Iterator[ConsolidatedParagraph]:
    for section in form.sections:
        told: list[Told] = []
        for version in versions:
            text = version.narrative.get(section.code, "")
            told += told_by(str(version.public_id), version.reporter.name, text)
        groups = sorted(merge(told), key=lambda group: -len(group.sources))
        for position, group in enumerate(groups):
            sources = [{"submission": s.submission, "unit": s.unit, "paragraph": s.paragraph} for s in group.sources]
            yield ConsolidatedParagraph(
                consolidation=made,
                section_code=section.code,
                position=position,
                text=group.text,
                original=group.text,
                sources=sources,
            )


def _carried(
    made: Consolidation, rows: list[ConsolidatedParagraph], before: Consolidation | None
) -> list[ConsolidatedParagraph]:
    """Return the rows with the editor's earlier work on the same words, and the paragraphs added by hand."""
    if before is None:
        return rows
    worked = list(ConsolidatedParagraph.objects.filter(consolidation=before).exclude(edited_at=None))
    known = {(old.section_code, old.original): old for old in worked if old.original}
    for row in rows:
        old = known.get((row.section_code, row.original))
        if old is not None:
            row.text, row.is_left_out = old.text, old.is_left_out
            row.edited_by_name, row.edited_at = old.edited_by_name, old.edited_at
    own = [old for old in worked if not old.original]
    for old in own:
        rows.append(  # noqa: PERF401 - each is a copy with fields of its own
            ConsolidatedParagraph(
                consolidation=made, section_code=old.section_code, position=old.position, text=old.text,
                is_left_out=old.is_left_out, edited_by_name=old.edited_by_name, edited_at=old.edited_at,
            )
        )  # fmt: skip
    return rows


@use_case
def edit_paragraph(
    *,
    paragraph: ConsolidatedParagraph,
    text: str | None = None,
    left_out: bool | None = None,
    by: Actor,
    at: dt.datetime,
) -> ConsolidatedParagraph:
    """Change the words of a paragraph, or leave it out or take it in again; its sources stay.

    Raises ConsolidationRefused when a document was made of the report already, ReportingForbidden.
    """
    made = _editable(paragraph.consolidation, by)
    row = ConsolidatedParagraph.objects.select_for_update().get(pk=paragraph.pk)
    before = row.text
    if text is not None:
        if not squeeze(text):
            raise ConsolidationRefused("reporting.paragraph_empty")
        row.text = squeeze(text)
    if left_out is not None:
        row.is_left_out = left_out
    row.edited_by_name, row.edited_at = by.person_name[:200], at
    row.save(update_fields=["text", "is_left_out", "edited_by_name", "edited_at"])
    record(by=by, at=at, verb="reporting.edit_paragraph", subject=subject_of(made.campaign),
           changes={"text": (before, row.text), "left_out": (None, row.is_left_out)})  # fmt: skip
    return row


@use_case
def add_paragraph(
    *, consolidation: Consolidation, section_code: str, text: str, by: Actor, at: dt.datetime
) -> ConsolidatedParagraph:
    """Add words of the editor's own to a section; they are shown as theirs.

    Raises ConsolidationRefused, ReportingNotFound, ReportingForbidden.
    """
    made = _editable(consolidation, by)
    if form_of(made.campaign.regime).section(section_code) is None:
        raise ReportingNotFound("reporting.section_not_found")
    if not squeeze(text):
        raise ConsolidationRefused("reporting.paragraph_empty")
    rows = ConsolidatedParagraph.objects.filter(consolidation=made, section_code=section_code)
    last = rows.aggregate(last=Max("position"))["last"]
    row = ConsolidatedParagraph.objects.create(
        consolidation=made,
        section_code=section_code,
        position=0 if last is None else last + 1,
        text=squeeze(text),
        edited_by_name=by.person_name[:200],
        edited_at=at,
    )
    record(by=by, at=at, verb="reporting.add_paragraph", subject=subject_of(made.campaign),
           changes={"text": (None, row.text)})  # fmt: skip
    return row


def _editable(consolidation: Consolidation, by: Actor) -> Consolidation:
    rows = Consolidation.objects.select_for_update(of=("self",)).select_related("campaign__regime", "campaign__owner")
    made = rows.get(pk=consolidation.pk)
    require_gathering(made.campaign, by, Permission.COLLECT)
    if made.document_id is not None:
        raise ConsolidationRefused("reporting.consolidation_drafted", name=made.campaign.name)
    return made


@use_case
def make_report_document(*, consolidation: Consolidation, by: Actor, at: dt.datetime) -> Document:
    """Hand the consolidated report to the outgoing documents as a draft; done once, the same document is returned.

    Raises ReportingForbidden, and what ``documents.create_draft`` raises.
    """
    rows = Consolidation.objects.select_for_update(of=("self",))
    made = rows.select_related("campaign__regime", "campaign__owner").get(pk=consolidation.pk)
    require_gathering(made.campaign, by, Permission.COLLECT)
    if made.document_id is not None:
        return Document.objects.get(pk=made.document_id)
    made.document = create_draft(
        draft=draft_for(made, at=at),
        unit=made.campaign.owner,
        origin_kind="reporting.consolidation",
        origin_id=made.public_id,
        by=by,
        at=at,
    )
    made.save(update_fields=["document"])
    record(by=by, at=at, verb="reporting.make_document", subject=subject_of(made.campaign))
    return made.document
