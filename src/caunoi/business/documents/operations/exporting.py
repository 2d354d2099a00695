"""What documents add to the workbook of everything that a unit owns: its registers, files and duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.access import visible
from caunoi.business.documents.models import Document, DocumentFile, Obligation
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.spreadsheets.public import ListSheet
from caunoi.kernel.actor import Actor

MANY = 1000
"""Rows fetched at a time."""
Cells = Sequence[str | int | dt.date | bool | None]
_LONG = ("body_text", "folded", "draft")


def _of_units(units: QuerySet[Unit], by: Actor) -> QuerySet[Document]:
    """Return the documents in the books of units that the person may see."""
    return visible(by).filter(unit__in=units).order_by("unit_id", "-id")


def documents_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the books: what came, what went out, what is being written."""

    def rows() -> Iterator[Cells]:
        for one in _of_units(units, by).select_related("unit", "document_type").defer(*_LONG).iterator(MANY):
            code = "/".join(part for part in (one.code_number, one.code_notation) if part)
            yield (
                one.unit.name, one.get_direction_display(), code, one.type_name, one.issued_on,
                one.organ_name, one.subject, one.get_state_display(), one.arrival_number, one.arrival_on, one.due_on,
                one.signing_form, one.signer_name, one.signer_position, str(one.public_id),
            )  # fmt: skip

    heads = (
        _("Đơn vị"), _("Đi, đến"), _("Số, ký hiệu"), _("Loại văn bản"), _("Ngày văn bản"), _("Cơ quan ban hành"),
        _("Trích yếu"), _("Trạng thái"), _("Số đến"), _("Ngày đến"), _("Hạn giải quyết"), _("Hình thức ký"),
        _("Người ký"), _("Chức vụ người ký"), _("Mã văn bản"),
    )  # fmt: skip
    widths = (36, 10, 22, 18, 12, 36, 60, 16, 8, 12, 12, 10, 24, 24, 38)
    return ListSheet(gettext("Văn bản"), heads, rows(), widths)


def files_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the kept originals by name, size and hash; their bytes are fetched from the pages of the documents."""
    found = DocumentFile.objects.filter(document__in=_of_units(units, by).order_by().values("pk"))

    def rows() -> Iterator[Cells]:
        for one in (
            found.select_related("stored_file", "document")
            .defer(*(f"document__{name}" for name in _LONG))
            .order_by("document_id", "position", "id")
            .iterator(MANY)
        ):
            kept = one.stored_file
            yield str(one.document.public_id), kept.name, one.get_part_display(), kept.size, kept.sha256

    heads = (_("Mã văn bản"), _("Tên tệp"), _("Phần"), _("Số byte"), _("Mã băm SHA-256"))
    return ListSheet(gettext("Tệp văn bản"), heads, rows(), (38, 44, 24, 12, 66))


def obligations_of_units(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the duties that were read in the documents, and what became of each."""
    found = Obligation.objects.filter(document__in=_of_units(units, by).order_by().values("pk"))

    def rows() -> Iterator[Cells]:
        for one in (
            found.select_related("document")
            .defer(*(f"document__{name}" for name in _LONG))
            .order_by("document_id", "position", "id")
            .iterator(MANY)
        ):
            yield (
                str(one.document.public_id), one.get_kind_display(), one.what, one.get_state_display(),
                one.handed_on_label, one.dismissed_reason,
            )  # fmt: skip

    heads = (_("Mã văn bản"), _("Loại"), _("Nội dung"), _("Trạng thái"), _("Đã giao thành"), _("Lý do không áp dụng"))
    return ListSheet(gettext("Nhiệm vụ trong văn bản"), heads, rows(), (38, 14, 80, 16, 44, 44))
