"""Consolidating: what the units have sent is merged, the editor's earlier work is carried over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from django.db import transaction

from caunoi.business.documents.public import Document, create_draft
from caunoi.business.reporting.access import Permission, require_gathering
from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ConsolidationRun,
    ExpectedReporter,
    RunState,
    Submission,
    TotalsNode,
)
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.drafting import draft_for
from caunoi.business.reporting.operations.papers import draw_charts
from caunoi.business.reporting.operations.refused import CampaignRefused, ConsolidationRefused
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.merging import Told, merge, told_by
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.jobs.public import enqueue
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

DRAW: Final = "reporting.draw_charts"
"""The job that draws the charts of a consolidated report."""


def consolidate(
    *,
    campaign: Campaign,
    run: ConsolidationRun | None = None,
    progress: Callable[[int, int], None] | None = None,
    by: Actor,
    at: dt.datetime,
) -> Consolidation:
    """Merge what the units have sent: figures frozen as they stand, what they said alike grouped with its sources.

    What the editor changed, split, ordered, left out or added in the consolidation before is carried over. Charts are
    drawn by a job. ``run`` is finished with it, in one transaction; finished meanwhile, what it made is returned.
    Raises ConsolidationRefused ``nothing_sent``, CampaignRefused ``campaign_not_open``, ReportingForbidden.
    """
    require_gathering(campaign, by, Permission.COLLECT)
    made, versions = _taken(campaign, by, at)
    sections = form_of(campaign.regime).sections
    rows: list[ConsolidatedParagraph] = []
    for done, section in enumerate(sections):  # seconds of work, while nothing is locked
        if progress is not None:
            progress(done, len(sections))
        rows += _paragraphs(made, section.code, versions)
    return _keep(made=made, rows=rows, run=run, by=by, at=at)


@transaction.atomic
def _taken(campaign: Campaign, by: Actor, at: dt.datetime) -> tuple[Consolidation, list[Submission]]:
    """Return the figures as they stand, not saved, with the very versions that are in them.

    The whole of the totals is held while they are read: a report that arrives meanwhile is in both or in neither.
    """
    require_listed(campaign)
    node = TotalsNode.objects.select_for_update().get(campaign=campaign, axis=TotalsNode.LINE, depth=0)
    counted = Submission.objects.filter(reporter__campaign=campaign, counts=True)
    versions = list(counted.select_related("reporter").order_by("reporter__sort_key", "reporter_id"))
    if not versions:
        raise ConsolidationRefused("reporting.nothing_sent", name=campaign.name)
    absent = list(ExpectedReporter.objects.filter(campaign=campaign, state__in=UNSENT).order_by("sort_key", "id"))
    made = Consolidation(
        campaign=campaign,
        made_at=at,
        made_by_name=by.person_name[:200],
        expected=node.expected,
        sent=node.sent,
        cells=node.cells,
        included=[version.pk for version in versions],
        absent=[row.name for row in absent],
        overdue=_overdue(absent, versions, clock.day_of(at)),
    )
    return made, versions


def require_listed(campaign: Campaign) -> None:
    """Raise CampaignRefused ``campaign_not_open`` while the list of a campaign is still being made."""
    if campaign.state == CampaignState.PREPARING:
        raise CampaignRefused("reporting.campaign_not_open", name=campaign.name)


@use_case
def _keep(
    *, made: Consolidation, rows: list[ConsolidatedParagraph], run: ConsolidationRun | None, by: Actor, at: dt.datetime
) -> Consolidation:
    held = ConsolidationRun.objects.select_for_update(of=("self",)).get(pk=run.pk) if run is not None else None
    if held is not None and held.made is not None:
        return held.made
    earlier = Consolidation.objects.select_for_update(of=("self",)).filter(campaign=made.campaign)
    before = earlier.order_by("-made_at", "-id").first()  # held: words edited at this moment are carried over too
    made.save()
    if held is not None:
        held.state, held.made = RunState.DONE, made
        held.save(update_fields=["state", "made"])
    ConsolidatedParagraph.objects.bulk_create(_carried(made, rows, before), batch_size=500)
    enqueue(DRAW, at=at, key=f"{DRAW}:{made.public_id}", consolidation=str(made.public_id))
    record(by=by, at=at, verb="reporting.consolidate", subject=subject_of(made.campaign),
           changes={"reports": (None, len(made.included))})  # fmt: skip
    return made


def _overdue(absent: list[ExpectedReporter], versions: list[Submission], on: dt.date) -> list[dict[str, object]]:
    """Return the units beyond their last day: those still silent first, each with the days it is or was late."""
    silent = [(row.name, (on - row.last_day_on).days, False) for row in absent if on > row.last_day_on]
    came = [(v.reporter.name, v.reporter.days_late, True) for v in versions if v.reporter.days_late > 0]
    return [{"unit": unit, "days": days, "sent": sent} for unit, days, sent in (*silent, *came)]


def _paragraphs(made: Consolidation, section: str, versions: list[Submission]) -> Iterator[ConsolidatedParagraph]:
    told: list[Told] = []
    for version in versions:
        told += told_by(str(version.public_id), version.reporter.name, version.narrative.get(section, ""))
    for position, group in enumerate(merge(told)):
        sources = [{"submission": s.submission, "unit": s.unit, "paragraph": s.paragraph} for s in group.sources]
        yield ConsolidatedParagraph(
            consolidation=made,
            section_code=section,
            position=position,
            text=group.text,
            original=group.text,
            sources=sources,
        )


def _carried(
    made: Consolidation, rows: list[ConsolidatedParagraph], before: Consolidation | None
) -> list[ConsolidatedParagraph]:
    """Return the rows with the editor's earlier work on the same words, and the paragraphs added by hand.

    Words that stood in the report before keep the place that they had; new ones follow them in their section.
    """
    if before is None:
        return rows
    old_rows = list(ConsolidatedParagraph.objects.filter(consolidation=before).order_by("position", "id"))
    known: defaultdict[tuple[str, str], list[ConsolidatedParagraph]] = defaultdict(list)
    for old in old_rows:
        known[old.section_code, old.original].append(old)
    placed: list[tuple[str, int, int, ConsolidatedParagraph]] = []
    behind = len(old_rows)
    for row in rows:
        olds = known.get((row.section_code, row.original), [])
        placed += [(row.section_code, old.position, old.pk, _again(made, old, row.sources)) for old in olds]
        if not olds:
            placed.append((row.section_code, behind + row.position, 0, row))
    own = [old for old in old_rows if not old.original]
    placed += [(old.section_code, old.position, old.pk, _again(made, old, [])) for old in own]
    return _numbered(placed)


def _again(made: Consolidation, old: ConsolidatedParagraph, sources: list[dict[str, object]]) -> ConsolidatedParagraph:
    return ConsolidatedParagraph(
        consolidation=made, section_code=old.section_code, text=old.text, original=old.original, sources=sources,
        is_left_out=old.is_left_out, left_out_reason=old.left_out_reason, edited_by_name=old.edited_by_name,
        edited_at=old.edited_at,
    )  # fmt: skip


def _numbered(placed: list[tuple[str, int, int, ConsolidatedParagraph]]) -> list[ConsolidatedParagraph]:
    counts: defaultdict[str, int] = defaultdict(int)
    rows = []
    for section, _position, _pk, row in sorted(placed, key=lambda each: each[:3]):
        row.position = counts[section]
        counts[section] += 1
        rows.append(row)
    return rows


def make_report_document(*, consolidation: Consolidation, by: Actor, at: dt.datetime) -> Document:
    """Hand the consolidated report to the outgoing documents as a draft; done once, the same document is returned.

    Charts that no job has drawn yet are drawn first, half a second each and before anything is locked. Raises
    ReportingForbidden, and what ``documents.create_draft`` raises.
    """
    require_gathering(consolidation.campaign, by, Permission.COLLECT)
    draw_charts(consolidation, at=at)
    return _make_document(consolidation=consolidation, by=by, at=at)


@use_case
def _make_document(*, consolidation: Consolidation, by: Actor, at: dt.datetime) -> Document:
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
