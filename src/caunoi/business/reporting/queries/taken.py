"""What versions of reports took from the units below, and what is counted of them for that."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import OuterRef, QuerySet, Subquery

from caunoi.business.reporting.models import BranchTaken, Submission
from caunoi.business.reporting.rules.cells import Packed


def taken_by(reporter_id: int, version: int) -> BranchTaken | None:
    """Return what a version took from below: its own row, or that of the version from which it went on."""
    return BranchTaken.objects.filter(reporter_id=reporter_id, version__lte=version).order_by("-version").first()


def standing_of(taken: BranchTaken | None) -> Packed:
    """Return the parts of figures that are counted already through the units below, by cell."""
    rows = taken.cells.items() if taken is not None else ()
    return {key: row[4] for key, row in rows if row[4] is not None}


def own_rows() -> QuerySet[BranchTaken]:
    """Return the row of a version with what is counted of it, for use within a query on versions."""
    return BranchTaken.objects.filter(reporter_id=OuterRef("reporter_id"), version=OuterRef("version"))


def counted_cells(version: Submission, own: Mapping[str, str] | None) -> dict[str, str]:
    """Return the cells of a version as they are counted in totals."""
    return {**version.cells, **(own or {})}


def counted_versions(versions: QuerySet[Submission]) -> list[tuple[Submission, dict[str, str]]]:
    """Return versions, each with its cells as they are counted in totals; one query."""
    rows = versions.annotate(own=Subquery(own_rows().values("own")[:1]))
    return [(version, counted_cells(version, version.own)) for version in rows]
