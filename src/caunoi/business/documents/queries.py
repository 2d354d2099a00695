"""Figures that the registers of documents answer for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, QuerySet

from caunoi.business.documents.models import Direction, Document, DocumentState
from caunoi.business.indicators.public import Contributor
from caunoi.kernel.periods import Period

ISSUED = "VB01"
"""Văn bản đã ban hành."""


def _issued(units: Iterable[int], period: Period) -> QuerySet[Document]:
    rows = Document.objects.filter(
        direction=Direction.OUTGOING, state=DocumentState.ISSUED, unit_id__in=units, issued_on__gte=period.start
    )
    return rows if period.end is None else rows.filter(issued_on__lt=period.end)


def issued_sums(code: str, units: Iterable[int], period: Period) -> Iterable[tuple[int, Decimal]]:
    """Return how many documents each unit issued in a period, for the units that issued any."""
    rows = _issued(units, period).order_by().values_list("unit_id").annotate(count=Count("pk"))
    return [(unit_id, Decimal(count)) for unit_id, count in rows]


def issued_rows(code: str, units: Iterable[int], period: Period) -> Iterable[Contributor]:
    """Return the documents issued in a period. Their subject is left to their own page: not all who add may read it."""
    rows = _issued(units, period).order_by("issued_on", "id")
    return [
        Contributor(
            ISSUED,
            row.unit_id,
            "document",
            row.public_id,
            f"{row.type_name} {row.code}".strip(),
            Decimal(1),
            row.issued_on,
        )
        for row in rows
    ]


def _label(row: Document) -> str:
    return f"{row.type_name} {row.code}".strip()
