"""Filling the report of a unit from those of the units below it; nothing that was typed is replaced unasked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from caunoi.business.reporting.access import Permission, require_writing
from caunoi.business.reporting.models import (
    BranchTaken,
    Campaign,
    Consolidation,
    ExpectedReporter,
    Submission,
)
from caunoi.business.reporting.operations.branch_seal import write_parts
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import held, open_version, save_draft
from caunoi.business.reporting.queries.branch import Gathered, gathered, sources_for
from caunoi.business.reporting.queries.parts import parts_in
from caunoi.business.reporting.queries.taken import taken_by
from caunoi.business.reporting.rules.branch import How, Summed, combined, joined
from caunoi.business.reporting.rules.cells import Packed, pack, unpack
from caunoi.business.reporting.rules.drafts import Base
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure, MeasureState


@use_case
def take_from_below(
    *,
    reporter: ExpectedReporter,
    source: Campaign,
    cells: Mapping[str, How],
    sections: Mapping[str, How],
    seen: str,
    made: Consolidation | None = None,
    placed: Mapping[str, str] | None = None,
    base: Base | None = None,
    by: Actor,
    at: dt.datetime,
) -> int:
    """Put into the draft what units below sent, in the places that are named; return how many places were filled.

    ``seen`` says on which reports the person decided (``Gathered.seen``). With ``made`` it is taken from that
    consolidated report, which from then on answers this one; ``placed`` (section there → section here) gives its
    sections a place that have none of their own. What the figures and words were made from is kept with the version;
    done again, nothing changes. Raises SubmissionRefused ``no_branch_source``, ``branch_moved`` when a report below
    came or went meanwhile, and what ``save_draft`` raises.
    """
    locked = held(reporter)
    require_writing(locked, by, Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)
    wanted = str(source.public_id if made is None else made.public_id)
    found = next((one for one in sources_for(locked, by) if one.key == wanted), None)
    if found is None:
        raise SubmissionRefused("reporting.no_branch_source", unit=locked.name)
    have = gathered(locked, found, placed)
    if have.seen != seen:
        raise SubmissionRefused("reporting.branch_moved", unit=locked.name)
    figures = {key: how for key, how in cells.items() if how is not How.KEEP and _has(have.figures.get(key))}
    words = {code: how for code, how in sections.items() if how is not How.KEEP and code in have.words}
    if not (figures or words):
        return 0
    places = len(figures) + len(words)
    if not _fill(locked, have, figures, words, base, by, at):
        return places
    record(by=by, at=at, verb="reporting.take_below", subject=reporter_subject(locked),
           changes={"places": (None, places), "reports": (None, len(have.below))})  # fmt: skip
    return places


def _has(figure: Summed | None) -> bool:
    return figure is not None and figure.measure.state is not MeasureState.MISSING


def _fill(
    reporter: ExpectedReporter,
    have: Gathered,
    figures: Mapping[str, How],
    words: Mapping[str, How],
    base: Base | None,
    by: Actor,
    at: dt.datetime,
) -> bool:
    """Put it into the draft; return whether anything changed."""
    version = open_version(reporter)
    typed, told = (version.cells, version.narrative) if version is not None else ({}, {})
    inside = parts_in(version)
    cells = {key: filled(key, typed.get(key), have, how, inside) for key, how in figures.items()}
    saved = save_draft(
        reporter=reporter,
        cells=cells,
        narrative={code: joined(told.get(code, ""), have.words[code], how) for code, how in words.items()},
        base=base,
        by=by,
        at=at,
    )
    is_saved = version is None or saved.revision != version.revision
    added = {key for key, how in figures.items() if how is How.ADD and unpack(typed.get(key)).number is not None}
    is_kept = _keep(reporter, saved.version, have, set(figures), set(words), by, at)
    is_kept = _keep_parts(saved, have, inside, set(figures), added) or is_kept
    return _answer(have.source.made, reporter, saved.version) or is_kept or is_saved


def filled(key: str, typed: str | None, have: Gathered, how: How, inside: Mapping[int, Packed]) -> Measure:
    """Return what stands in a cell after taking; ``inside`` is what the draft holds already of which unit."""
    parts = {unit: cells[key] for unit, cells in have.parts.items() if key in cells}
    held = [unit for unit, cells in inside.items() if key in cells]
    return combined(typed, have.figures[key].measure, how, parts, held)


def _keep_parts(
    version: Submission, have: Gathered, inside: Mapping[int, Packed], keys: set[str], added: set[str]
) -> bool:
    """Write down which part of the figures came from which unit; what was added to stays beside it.

    Returns whether that differs from what stands there.
    """
    kept = {unit: {k: text for k, text in cells.items() if k not in keys - added} for unit, cells in inside.items()}
    for unit, cells in have.parts.items():
        taken = {key: text for key, text in cells.items() if key in keys}
        kept[unit] = {**taken, **kept.get(unit, {})}
    return write_parts(version, kept)


def _answer(made: Consolidation | None, reporter: ExpectedReporter, version: int) -> bool:
    """Let the consolidated report answer this version, in the place of one that was put into it before."""
    rows = Consolidation.objects.filter(answers=reporter, answered_version=version)
    if made is None or rows.filter(pk=made.pk).exists():
        return False
    rows.update(answers=None, answered_version=None)
    Consolidation.objects.filter(pk=made.pk).update(answers=reporter, answered_version=version)
    return True


def _keep(
    reporter: ExpectedReporter,
    version: int,
    have: Gathered,
    keys: set[str],
    codes: set[str],
    by: Actor,
    at: dt.datetime,
) -> bool:
    """Write down what the places were made from, beside what was taken into other places before.

    Returns whether that differs from what stands there.
    """
    before = taken_by(reporter.pk, version)
    takes = list(before.takes) if before is not None else []
    row, sections = (dict(before.cells), dict(before.sections)) if before is not None else ({}, {})
    take = _take(have, by, at)
    again = bool(takes) and _source_of(takes[-1]) == _source_of(take)
    index = len(takes) - 1 if again else len(takes)
    for key in keys:
        figure = have.figures[key]
        row[key] = [index, pack(figure.measure), figure.answered, figure.owed, None]
    for code in codes:
        sections[code] = [index, have.words[code]]
    if before is not None and again and (row, sections) == (before.cells, before.sections):
        return False
    facts = {"takes": takes if again else [*takes, take], "cells": row, "sections": sections}
    BranchTaken.objects.update_or_create(reporter=reporter, version=version, defaults=facts)
    return True


def _take(have: Gathered, by: Actor, at: dt.datetime) -> dict[str, object]:
    made = have.source.made
    return {
        "at": at.isoformat(), "by": by.person_name[:200], "campaign": have.source.campaign.name,
        "sources": [[one.submission, one.unit] for one in have.below], "absent": have.source.absent,
        "consolidation": have.seen if made is not None else "",
    }  # fmt: skip


def _source_of(take: Mapping[str, object]) -> tuple[object, ...]:
    return take["campaign"], take["sources"], take["absent"], take.get("consolidation", "")
