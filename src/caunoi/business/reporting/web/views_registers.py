"""Figures of a report that come from registers: filled in on request, each opened to its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from caunoi.business.indicators.public import address_of
from caunoi.business.reporting.access import OWN_WORK, Permission, report_by_public_id, versions_of
from caunoi.business.reporting.models import ExpectedReporter, Snapshot, Submission
from caunoi.business.reporting.operations.prefill import fill_from_registers
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.foundation.pages.public import Column, Crumb
from caunoi.kernel import clock
from caunoi.kernel.measure import Measure

COLUMNS = [
    Column("label", gettext_lazy("Bản ghi"), width="wide"),
    Column("on", gettext_lazy("Ngày")),
    Column("amount", gettext_lazy("Số tính"), numeric=True),
]


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """One record behind a figure, as it was named when the figure was taken."""

    label: str
    url: str
    on: dt.date | None
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One cell: what the register says, what the report says, the reason of a correction, the records."""

    key: str
    label: str
    code: str
    registered: Measure
    reported: Measure | None
    differs: bool
    reason: str
    records: list[ShownRecord]


@login_required
@require_GET
def registers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show each figure that came from a register with the records behind it."""
    by = permitted(request, Permission.READ, *OWN_WORK)
    reporter = report_by_public_id(public_id, by)
    held = Snapshot.objects.filter(reporter=reporter).first()
    latest = versions_of(reporter).first()
    if latest is not None and latest.sent_at is None and by.unit_id != reporter.unit_id:
        latest = versions_of(reporter).filter(sent_at__isnull=False).first()
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "held": held, "columns": COLUMNS,
        "figures": [] if held is None else _figures(reporter, held, latest),
        "crumbs": [
            Crumb(reporter.campaign.name), Crumb(reporter.name, reverse("reporting:report", args=[public_id])),
            Crumb(_("Số liệu từ sổ")),
        ],
    }  # fmt: skip
    return render(request, "reporting/registers.html", context)


def _figures(reporter: ExpectedReporter, held: Snapshot, latest: Submission | None) -> list[ShownFigure]:
    shown = []
    for key, (_table, row, column) in form_of(reporter.campaign.regime).typed_cells().items():
        if key not in held.cells:
            continue
        registered = unpack(held.cells[key])
        reported = None if latest is None else unpack(latest.cells.get(key))
        reason = "" if latest is None else latest.explanations.get(f"differs_from_register|cell:{key}", "")
        differs = reported is not None and reported.number is not None and reported.number != registered.number
        label = f"{row.label}, {column.label}"
        records = [_record(each) for each in held.rows.get(key, [])]
        shown.append(ShownFigure(key, label, held.codes.get(key, ""), registered, reported, differs, reason, records))
    return shown


def _record(row: Mapping[str, object]) -> ShownRecord:
    amount, others = Decimal(str(row["amount"])), row["units"]
    note = ""
    if not amount:
        note = _("cùng tham gia; tính ở %(unit)s") % {"unit": row["unit"]}
    elif isinstance(others, list) and others:
        note = _("cùng tham gia: %(units)s") % {"units": "; ".join(str(each) for each in others)}
    on = dt.date.fromisoformat(str(row["on"])) if row["on"] else None
    return ShownRecord(str(row["label"]), address_of(str(row["kind"]), UUID(str(row["id"]))), on, amount, note)


@login_required
@require_POST
def fill(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put what the registers know into the draft."""
    by = permitted(request, *OWN_WORK)
    reporter = report_by_public_id(public_id, by)
    filled: list[int] = []
    if attempt(request, lambda: filled.append(fill_from_registers(reporter=reporter, by=by, at=clock.now()))):
        words = ngettext("Đã lấy %(count)s ô từ sổ.", "Đã lấy %(count)s ô từ sổ.", filled[0]) % {"count": filled[0]}
        attempt(request, lambda: None, words if filled[0] else _("Các ô lấy từ sổ đã có số liệu; ô đã sửa được giữ."))
    return redirect("reporting:entry", public_id=public_id)
