"""The lists: incoming, outgoing, drafts, to read, waiting for review or registration."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from caunoi.business.documents import access
from caunoi.business.documents.access import Permission
from caunoi.business.documents.models import Direction, Document, DocumentState, Obligation, ObligationState
from caunoi.business.documents.web.requests import permitted
from caunoi.business.documents.web.states import DOCUMENT_STATES
from caunoi.foundation.pages.public import ChipRow, Column, Option, Words, chips, paginate, parse_sort
from caunoi.kernel import clock
from caunoi.kernel.text import fold

_HEAVY = ("body_text", "folded", "draft")
YEARS_SHOWN = 6
TYPES_SHOWN = 8

INCOMING_COLUMNS = [
    Column(
        "arrival", _("Số đến"), ("arrival_on", "arrival_number"), numeric=True, descending_first=True, width="narrow"
    ),
    Column("arrived", _("Ngày đến"), ("arrival_on",), descending_first=True, width="narrow"),
    Column("code", _("Số, ký hiệu"), ("code_key",), width="narrow"),
    Column("issued", _("Ngày văn bản"), ("issued_on",), descending_first=True, width="narrow"),
    Column("organ", _("Cơ quan ban hành"), ("organ_sort_key",)),
    Column("subject", _("Tên loại, trích yếu"), ("sort_key",), width="wide"),
    Column("state", _("Trạng thái"), ("state",), width="narrow"),
]
OUTGOING_COLUMNS = [
    Column("code", _("Số, ký hiệu"), ("issued_on", "serial_number"), descending_first=True, width="narrow"),
    Column("issued", _("Ngày"), ("issued_on",), descending_first=True, width="narrow"),
    Column("subject", _("Tên loại, trích yếu"), ("sort_key",), width="wide"),
    Column("signer", _("Người ký"), ("signer_name",)),
    Column("state", _("Trạng thái"), width="narrow"),
]
DRAFT_COLUMNS = [
    Column("changed", _("Sửa lần cuối"), ("changed_at",), descending_first=True, width="narrow"),
    Column("subject", _("Tên loại, trích yếu"), ("sort_key",), width="wide"),
    Column("symbol", _("Ký hiệu"), ("code_notation",), width="narrow"),
    Column("who", _("Người soạn"), ("entered_by_name",)),
    Column("state", _("Bước"), ("state",), width="narrow"),
]


def matching(rows: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Return the rows whose head fields hold every word, with or without accents."""
    for word in fold(words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    return rows


@login_required
@require_GET
def incoming(request: HttpRequest) -> HttpResponse:
    """Show the book of incoming documents."""
    by = permitted(request, Permission.READ)
    rows = access.incoming_register(by)
    states = [DocumentState.REGISTERED, DocumentState.DISTRIBUTED, DocumentState.SETTLED]
    return _list(
        request,
        rows,
        title=_("Văn bản đến"),
        template="documents/incoming.html",
        columns=INCOMING_COLUMNS,
        default="-arrival",
        states=states,
        day="arrival_on",
        may_print=by.may(Permission.READ_UNIT),
        may_register=by.may(Permission.REGISTER),
    )


def _page(rows: QuerySet[Document], request: HttpRequest) -> Page[Document]:
    """Return one page. Only ids are sorted over the whole book; the rows of the page are read whole afterwards."""
    ids = paginate(rows.only("pk"), request)
    page = Document.objects.filter(pk__in=[row.pk for row in ids.object_list]).defer(*_HEAVY)
    ids.object_list = list(_with_open_duties(page).order_by(*rows.query.order_by))
    return ids


def _with_open_duties(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return the rows of one page with the number of their duties that nobody has taken up."""
    open_ones = Obligation.objects.filter(state=ObligationState.OPEN, document=OuterRef("pk")).order_by()
    counted = open_ones.values("document").annotate(n=Count("pk")).values("n")
    return rows.annotate(open_duties=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


@login_required
@require_GET
def outgoing(request: HttpRequest) -> HttpResponse:
    """Show the book of outgoing documents."""
    by = permitted(request, Permission.READ)
    return _list(
        request,
        access.outgoing_register(by),
        title=_("Văn bản đi"),
        template="documents/outgoing.html",
        columns=OUTGOING_COLUMNS,
        default="-code",
        states=[],
        day="issued_on",
        may_print=by.may(Permission.READ_UNIT),
    )


@login_required
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """Show the drafts of the unit, those that wait for this person first."""
    by = permitted(request, Permission.READ_UNIT)
    states = [DocumentState.DRAFT, DocumentState.PRESENTED, DocumentState.SIGNED]
    rows = access.visible(by).filter(direction=Direction.OUTGOING, state__in=states)
    return _list(
        request,
        rows,
        title=pgettext_lazy("nhiều", "Dự thảo"),
        template="documents/drafts.html",
        columns=DRAFT_COLUMNS,
        default="-changed",
        states=states,
        day="",
        may_draft=by.may(Permission.DRAFT),
    )


@login_required
@require_GET
def to_read(request: HttpRequest) -> HttpResponse:
    """Show what was handed to the person and not opened yet."""
    by = permitted(request, Permission.READ)
    rows = access.documents_to_read(by)
    return _list(
        request,
        rows,
        title=_("Cần đọc"),
        template="documents/to_read.html",
        columns=INCOMING_COLUMNS,
        default="-arrival",
        states=[],
        day="",
    )


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for review and what waits for its arrival number."""
    by = permitted(request, Permission.REGISTER)
    facts = {
        "page": paginate(access.to_review(by).defer(*_HEAVY), request),
        "received": access.to_register(by).defer(*_HEAVY)[:50],
        "received_count": access.to_register(by).count(),
        "is_reading": access.to_review(by).filter(state=DocumentState.BEING_READ).exists(),
    }
    template = "documents/parts/waiting_list.html" if request.headers.get("HX-Request") else "documents/waiting.html"
    return render(request, template, facts)


def _list(
    request: HttpRequest,
    rows: QuerySet[Document],
    *,
    title: Words,
    template: str,
    columns: Sequence[Column],
    default: str,
    states: Sequence[DocumentState],
    day: str,
    **more: object,
) -> HttpResponse:
    """Answer one list: filters from the address, search, order, one page. The queries do not grow with the rows."""
    words = request.GET.get("q", "").strip()
    rows, chip_rows = _filtered(request, rows, states, day)
    sort = parse_sort(request.GET, columns, default)
    shown = matching(rows, words).order_by(*sort.order_by)
    facts = {
        "title": title,
        "page": _page(shown, request),
        "columns": columns,
        "sort": sort,
        "chip_rows": [row for row in chip_rows if row.chips],
        "filtered": bool(words or any(row.value for row in chip_rows)),
        "today": clock.today(),
        **more,
    }
    return render(request, template, facts)


def _filtered(
    request: HttpRequest, rows: QuerySet[Document], states: Sequence[DocumentState], day: str
) -> tuple[QuerySet[Document], list[ChipRow]]:
    """Return the rows that the chips of the address leave, and the chips."""
    chip_rows: list[ChipRow] = []
    if day:
        years = rows.order_by().annotate(year=ExtractYear(day)).values_list("year", flat=True).distinct()
        options = [Option(str(year), str(year)) for year in sorted(set(years), reverse=True)[:YEARS_SHOWN]]
        chip_rows.append(chips(request.GET, "year", _("Năm"), options))
        if chip_rows[-1].value:
            rows = rows.filter(**{f"{day}__year": int(chip_rows[-1].value)})
    if states:
        options = [Option(state.value, DOCUMENT_STATES[state].word) for state in states]
        chip_rows.append(chips(request.GET, "state", _("Trạng thái"), options))
        if chip_rows[-1].value:
            rows = rows.filter(state=chip_rows[-1].value)
    names = rows.order_by().exclude(type_name="").values_list("type_name").annotate(n=Count("pk")).order_by("-n")
    options = [Option(name, name, count) for name, count in names[:TYPES_SHOWN]]
    chip_rows.append(chips(request.GET, "type", _("Tên loại"), options))
    if chip_rows[-1].value:
        rows = rows.filter(type_name=chip_rows[-1].value)
    return rows, chip_rows
