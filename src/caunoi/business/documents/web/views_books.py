"""The two books, in full and ready to be printed and bound (NĐ 30/2020/NĐ-CP, Điều 16 and Phụ lục IV)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.business.documents.access import Permission, unit_ids
from caunoi.business.documents.models import (
    AnnulledNumber,
    Direction,
    Distribution,
    Document,
    NumberSeries,
    Recipient,
)
from caunoi.business.documents.rules.codes import printed
from caunoi.business.documents.web.requests import number_of, permitted
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.pages.public import Words, paginate
from caunoi.kernel import clock

PER_SHEET = 500
INCOMING_HEADS = (
    _("Ngày đến"), _("Số đến"), _("Tác giả"), _("Số, ký hiệu"), _("Ngày tháng"), _("Tên loại và trích yếu nội dung"),
    _("Đơn vị hoặc người nhận"), _("Ngày chuyển"), _("Ký nhận"), _("Ghi chú"),
)  # fmt: skip
OUTGOING_HEADS = (
    _("Số, ký hiệu"), _("Ngày tháng"), _("Tên loại và trích yếu nội dung"), _("Người ký"), _("Nơi nhận"),
    _("Đơn vị, người nhận bản lưu"), _("Số lượng bản"), _("Ngày chuyển"), _("Ký nhận"), _("Ghi chú"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a book; ``annulled`` when its number was annulled."""

    cells: tuple[str, ...]
    annulled: bool = False


@login_required
@require_GET
def incoming_book(request: HttpRequest) -> HttpResponse:
    """Print the book of incoming documents of one unit and year."""
    return _book(request, Direction.INCOMING, _("Sổ đăng ký văn bản đến"), INCOMING_HEADS)


@login_required
@require_GET
def outgoing_book(request: HttpRequest) -> HttpResponse:
    """Print the book of outgoing documents of one unit and year."""
    return _book(request, Direction.OUTGOING, _("Sổ đăng ký văn bản đi"), OUTGOING_HEADS)


def _book(request: HttpRequest, direction: Direction, title: Words, heads: tuple[Words, ...]) -> HttpResponse:
    by = permitted(request, Permission.READ_UNIT)
    units = Unit.objects.filter(pk__in=unit_ids(by, Permission.READ_UNIT)).order_by("sort_key", "id")
    chosen = request.GET.get("unit", "")
    wanted = units.filter(pk=number_of(chosen)).first()
    unit = wanted or units.filter(pk=by.unit_id or 0).first() or units[0]
    years = list(
        NumberSeries.objects.filter(unit=unit, direction=direction).order_by("-year").values_list("year", flat=True)
    )
    asked = number_of(request.GET.get("year", ""))
    year = asked if asked in years else years[0] if years else clock.today().year
    number = "arrival_number" if direction == Direction.INCOMING else "serial_number"
    rows = Document.objects.filter(series__unit=unit, series__year=year, series__direction=direction)
    rows = rows.filter(**{f"{number}__isnull": False}).defer("body_text", "folded").order_by(number)
    page = paginate(rows, request, per_page=PER_SHEET)
    facts = {
        "title": title,
        "unit": unit,
        "units": units,
        "year": year,
        "years": years or [year],
        "heads": heads,
        "page": page,
        "lines": _incoming_lines(list(page)) if direction == Direction.INCOMING else _outgoing_lines(list(page)),
        "direction": direction.value,
    }
    return render(request, "documents/book.html", facts)


def _annulled(rows: list[Document]) -> dict[tuple[int | None, int | None], str]:
    found = AnnulledNumber.objects.filter(series__in={row.series_id for row in rows})
    return {(one.series_id, one.number): one.reason for one in found}


def _note(reason: str | None) -> str:
    return "" if reason is None else gettext("Số hủy: %(reason)s") % {"reason": reason}


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _incoming_lines(rows: list[Document]) -> list[Line]:
    handed: defaultdict[int, list[Distribution]] = defaultdict(list)
    for one in Distribution.objects.filter(document__in=rows).select_related("unit", "post"):
        handed[one.document_id].append(one)
    annulled, lines = _annulled(rows), []
    for row in rows:
        to = handed[row.pk]
        reason = annulled.get((row.series_id, row.arrival_number))
        lines.append(
            Line(
                (
                    _day(row.arrival_on), printed(row.arrival_number or 0), row.organ_name, row.code,
                    _day(row.issued_on), f"{row.type_name}: {row.subject}" if row.type_name else row.subject,
                    "; ".join(one.post.title if one.post else one.unit.name for one in to),
                    _day(clock.day_of(to[0].at)) if to else "", "", _note(reason),
                ),
                reason is not None,
            )
        )  # fmt: skip
    return lines


def _outgoing_lines(rows: list[Document]) -> list[Line]:
    named: defaultdict[int, list[str]] = defaultdict(list)
    for one in Recipient.objects.filter(document__in=rows).order_by("document_id", "kind", "position"):
        named[one.document_id].append(one.name)
    annulled, lines = _annulled(rows), []
    for row in rows:
        reason = annulled.get((row.series_id, row.serial_number))
        to = named[row.pk]
        lines.append(
            Line(
                (
                    row.code, _day(row.issued_on), f"{row.type_name}: {row.subject}", row.signer_name, _few(to),
                    (row.draft or {}).get("archive", "VT"), str(len(to)), _day(row.issued_on), "", _note(reason),
                ),
                reason is not None,
            )
        )  # fmt: skip
    return lines


_MOST_NAMES = 8


def _few(names: list[str]) -> str:
    """Return the names in one cell; a long list is cut and counted."""
    if len(names) <= _MOST_NAMES:
        return "; ".join(names)
    more = gettext("và %(number)s nơi khác") % {"number": len(names) - _MOST_NAMES}
    return "; ".join([*names[:_MOST_NAMES], more])
