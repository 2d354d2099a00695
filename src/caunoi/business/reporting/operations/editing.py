"""Editing a consolidated report: words, order, what is left out. Whose words they are stays with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, Max, QuerySet

from caunoi.business.reporting.access import Permission, ReportingNotFound, require_gathering
from caunoi.business.reporting.models import ConsolidatedParagraph, Consolidation
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.refused import ConsolidationRefused
from caunoi.business.reporting.queries import form_of
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


@use_case
def edit_paragraph(
    *,
    paragraph: ConsolidatedParagraph,
    text: str | None = None,
    left_out: bool | None = None,
    reason: str = "",
    seen: str | None = None,
    by: Actor,
    at: dt.datetime,
) -> ConsolidatedParagraph:
    """Change the words of a paragraph, or leave it out (with a reason, where one is given) or take it in again.

    Its sources stay. ``seen`` are the words that the person had before them: where somebody has changed them since,
    nothing is written. Raises ConsolidationRefused ``paragraph_changed``, and when a document was made of the report
    already; ReportingForbidden.
    """
    made = _editable(paragraph.consolidation, by)
    row = _row(paragraph, seen, text or "")
    before = row.text
    if text is not None:
        if not squeeze(text):
            raise ConsolidationRefused("reporting.paragraph_empty")
        row.text = squeeze(text)
    if left_out is not None:
        row.is_left_out, row.left_out_reason = left_out, squeeze(reason)[:300] if left_out else ""
    _sign(row, by, at)
    row.save(update_fields=["text", "is_left_out", "left_out_reason", "edited_by_name", "edited_at"])
    record(by=by, at=at, verb="reporting.edit_paragraph", subject=subject_of(made.campaign),
           changes={"text": (before, row.text), "left_out": (None, row.is_left_out)})  # fmt: skip
    return row


@use_case
def split_paragraph(
    *, paragraph: ConsolidatedParagraph, parts: Sequence[str], seen: str | None = None, by: Actor, at: dt.datetime
) -> list[ConsolidatedParagraph]:
    """Make several paragraphs of one; each keeps all its sources, and together they hold exactly the words given.

    Raises ConsolidationRefused ``paragraph_empty`` for fewer than two parts with words, and as ``edit_paragraph``.
    """
    made = _editable(paragraph.consolidation, by)
    row = _row(paragraph, seen, " ".join(parts))
    texts = [squeeze(part) for part in parts if squeeze(part)]
    if len(texts) < 2:
        raise ConsolidationRefused("reporting.paragraph_empty")
    before = row.text
    after = _of_section(made, row.section_code).filter(position__gt=row.position)
    after.update(position=F("position") + len(texts) - 1)
    row.text = texts[0]
    _sign(row, by, at)
    row.save(update_fields=["text", "edited_by_name", "edited_at"])
    rest = [
        ConsolidatedParagraph(
            consolidation=made, section_code=row.section_code, position=row.position + at_, text=text,
            original=row.original, sources=row.sources, edited_by_name=row.edited_by_name, edited_at=at,
        )
        for at_, text in enumerate(texts[1:], start=1)
    ]  # fmt: skip
    ConsolidatedParagraph.objects.bulk_create(rest)
    record(by=by, at=at, verb="reporting.split_paragraph", subject=subject_of(made.campaign),
           changes={"text": (before, " | ".join(texts))})  # fmt: skip
    return [row, *rest]


@use_case
def move_paragraph(*, paragraph: ConsolidatedParagraph, up: bool, by: Actor, at: dt.datetime) -> bool:
    """Exchange a paragraph with its neighbour in the section; return whether there was one.

    Raises ConsolidationRefused, ReportingForbidden.
    """
    made = _held(paragraph.consolidation, by)
    row = ConsolidatedParagraph.objects.select_for_update().get(pk=paragraph.pk)
    rows = _of_section(made, row.section_code)
    beside = rows.filter(position__lt=row.position) if up else rows.filter(position__gt=row.position)
    neighbour = beside.order_by("-position" if up else "position").first()
    if neighbour is None:
        return False
    _count(made)
    row.position, neighbour.position = neighbour.position, row.position
    _sign(row, by, at)
    row.save(update_fields=["position", "edited_by_name", "edited_at"])
    neighbour.save(update_fields=["position"])
    record(by=by, at=at, verb="reporting.move_paragraph", subject=subject_of(made.campaign),
           changes={"position": (neighbour.position, row.position)})  # fmt: skip
    return True


@use_case
def add_paragraph(
    *, consolidation: Consolidation, section_code: str, text: str, by: Actor, at: dt.datetime
) -> ConsolidatedParagraph:
    """Add words of the gathering unit's own to a section; they are shown and printed as its own.

    Raises ConsolidationRefused, ReportingNotFound, ReportingForbidden.
    """
    made = _editable(consolidation, by)
    if form_of(made.campaign.regime).section(section_code) is None:
        raise ReportingNotFound("reporting.section_not_found")
    if not squeeze(text):
        raise ConsolidationRefused("reporting.paragraph_empty")
    last = _of_section(made, section_code).aggregate(last=Max("position"))["last"]
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


def _row(paragraph: ConsolidatedParagraph, seen: str | None, typed: str) -> ConsolidatedParagraph:
    """Lock a paragraph. Raises ConsolidationRefused when its words are no longer those that were seen."""
    row = ConsolidatedParagraph.objects.select_for_update().get(pk=paragraph.pk)
    if seen is not None and squeeze(seen) != row.text:
        raise ConsolidationRefused("reporting.paragraph_changed", who=row.edited_by_name, text=row.text, typed=typed)
    return row


def _of_section(made: Consolidation, section_code: str) -> QuerySet[ConsolidatedParagraph]:
    return ConsolidatedParagraph.objects.filter(consolidation=made, section_code=section_code)


def _sign(row: ConsolidatedParagraph, by: Actor, at: dt.datetime) -> None:
    row.edited_by_name, row.edited_at = by.person_name[:200], at


def _editable(consolidation: Consolidation, by: Actor) -> Consolidation:
    """Lock a consolidation for one change and count it. Raises ConsolidationRefused, ReportingForbidden."""
    made = _held(consolidation, by)
    _count(made)
    return made


def _held(consolidation: Consolidation, by: Actor) -> Consolidation:
    rows = Consolidation.objects.select_for_update(of=("self",)).select_related("campaign__regime", "campaign__owner")
    made = rows.get(pk=consolidation.pk)
    require_gathering(made.campaign, by, Permission.COLLECT)
    if made.document_id is not None:
        raise ConsolidationRefused("reporting.consolidation_drafted", name=made.campaign.name)
    return made


def _count(made: Consolidation) -> None:
    made.revision += 1
    made.save(update_fields=["revision"])
