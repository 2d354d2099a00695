"""Which part of a figure came from which unit below, and through which report of a campaign it is counted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import F, Q

from caunoi.business.reporting.models import BranchPart, BranchTaken, ExpectedReporter, Submission
from caunoi.business.reporting.queries.taken import standing_of, taken_by
from caunoi.business.reporting.rules.branch import Claims, Part, claims, split
from caunoi.business.reporting.rules.cells import Packed
from caunoi.business.reporting.rules.states import ReporterState

CHUNK = 900
"""Ids in one query; older SQLite allows 999 parameters."""


def parts_in(version: Submission | None) -> dict[int, Packed]:
    """Return by unit what of the figures of a version came from below: its own rows, or those it went on from."""
    if version is None:
        return {}
    source = _source_of(version, taken_by(version.reporter_id, version.version))
    return dict(BranchPart.objects.filter(submission=source).values_list("unit_id", "cells")) if source else {}


def standing_in(version: Submission) -> Packed:
    """Return by cell the part of the figures of a version that is counted elsewhere in its campaign."""
    taken = taken_by(version.reporter_id, version.version)
    source = _source_of(version, taken)
    if source is None:
        return standing_of(taken)
    units = BranchPart.objects.filter(submission=source).values_list("unit_id", flat=True)
    found = claims_in(version.reporter.campaign_id, list(units), beside=[source])
    return {**standing_of(taken), **found.standing.get(source, {})}


def _source_of(version: Submission, taken: BranchTaken | None) -> int | None:
    """Return the version that holds the parts of a version: itself, or the earlier one from which it went on."""
    if taken is None or taken.version == version.version:
        return version.pk if taken is not None else None
    rows = Submission.objects.filter(reporter_id=version.reporter_id, version=taken.version)
    return rows.values_list("pk", flat=True).first()


def claims_in(
    campaign_id: int, units: Collection[int], *, beside: Collection[int] = (), among: Collection[int] = ()
) -> Claims:
    """Return through which reports of a campaign the figures of units are counted that reports there hold.

    ``beside`` are versions that are looked at though they do not count: they come last. ``among`` are the versions that
    are looked at in the place of those which count now. Two queries a chunk of units.
    """
    counting = Q(submission__counts=True, submission__reporter__campaign=campaign_id)
    inside = Q(submission__in=among) if among else counting
    rows, owing, ids = list[tuple[bool, dt.datetime, int, Part]](), set[int](), sorted(units)
    asked = BranchPart.objects.filter(inside | Q(submission__in=beside)).order_by().annotate(
        of=F("submission__reporter__unit_id"), counts=F("submission__counts"), sent_at=F("submission__sent_at")
    )  # fmt: skip
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        for row in asked.filter(unit__in=some):
            part = Part(row.submission_id, row.of, row.unit_id, row.cells)
            is_last = row.submission_id in beside and not row.counts
            rows.append((is_last, row.sent_at or LAST, row.submission_id, part))
        mine = ExpectedReporter.objects.filter(campaign=campaign_id, unit__in=some)
        owing.update(mine.exclude(state=ReporterState.EXEMPT).values_list("unit_id", flat=True))
    rows.sort(key=lambda row: (row[:3], row[3].unit))
    return claims([part for *_order, part in rows], owing)


LAST = dt.datetime.max.replace(tzinfo=dt.UTC)


def split_by_unit(
    versions: Sequence[tuple[Submission, Packed]], *, frozen: bool = False
) -> dict[int, dict[int, Packed]]:
    """Return for versions of one campaign (with reporters and counted cells) their figures by the unit that gave them.

    ``frozen`` for all the versions that counted at some time, whatever counts now. What of a version is counted through
    another one of the campaign belongs to that one and is not named here.
    """
    nested: defaultdict[int, dict[int, Packed]] = defaultdict(dict)
    ids = [version.pk for version, _cells in versions]
    held: dict[int, list[Part]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        rows = BranchPart.objects.filter(submission__in=ids[start : start + CHUNK]).order_by("unit_id")
        for row in rows:
            held[row.submission_id].append(Part(row.submission_id, 0, row.unit_id, row.cells))
    if held:
        units = {part.unit for parts in held.values() for part in parts}
        found = claims_in(versions[0][0].reporter.campaign_id, units, among=list(held) if frozen else ())
        for version, parts in held.items():
            for part in parts:
                counted = {key: text for key, text in part.cells.items() if found.is_counted_in(part, key)}
                if counted:
                    nested[version][part.unit] = counted
    return {
        version.pk: split(version.reporter.unit_id, cells, nested.get(version.pk, {})) for version, cells in versions
    }
