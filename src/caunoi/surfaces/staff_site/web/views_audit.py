"""The audit list: who did what, when, in which post, with what was before and after; and its export."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.audit.public import (
    Entry,
    Permission,
    entries_of_units,
    head_hash,
    heads,
    note_export,
    verb_label,
)
from caunoi.foundation.organisations.public import Unit, ids_within
from caunoi.foundation.pages.public import Column, actor_of, paginate
from caunoi.foundation.spreadsheets.public import CSV, XLSX, ListSheet, write_csv, write_list
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed
from caunoi.surfaces.staff_site.web.audit_filter import AuditFilter
from caunoi.surfaces.staff_site.web.audit_words import FIELDS, SUBJECTS, VALUES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 50
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
EXPORTED = 50_000
"""Rows of one export at most; the filter narrows it."""
COLUMNS = [
    Column("at", _("Thời điểm")),
    Column("person", _("Người làm")),
    Column("verb", _("Việc")),
    Column("subject", _("Đối tượng")),
    Column("changes", _("Thay đổi")),
]
HEADS = (
    _("Thời điểm"), _("Người làm"), _("Vị trí"), _("Đơn vị"), _("Địa chỉ máy"), _("Việc"), _("Loại đối tượng"),
    _("Đối tượng"), _("Thay đổi (trước → sau)"), _("Mắt xích"),
)  # fmt: skip
WIDTHS = (18, 24, 24, 32, 16, 26, 18, 44, 60, 12)


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the entries about the units that one answers for, as the filter in the address asks."""
    by = _reader(request)
    form = AuditFilter(request.GET)
    entries = form.apply(_readable(by))
    page = paginate(entries.order_by("-at", "-id"), request, per_page=PER_PAGE)
    context = {
        "page": page,
        "rows": [(entry, verb_label(entry.verb), list(_changes(entry))) for entry in page.object_list],
        "form": form,
        "is_filtered": bool(form.told()),
        "columns": COLUMNS,
        "head": head_hash(heads()),
        "kept": [(key, value) for key, value in request.GET.items() if key in form.fields],
        "most": EXPORTED,
    }
    return render(request, "staff_site/audit.html", context)


@login_required
@require_POST
def audit_export(request: HttpRequest) -> HttpResponse:
    """Give the filtered entries as xlsx or csv; that this was done is itself noted."""
    by = _reader(request)
    form = AuditFilter(request.POST)
    entries = form.apply(_readable(by)).select_related("link").order_by("-at", "-id")[:EXPORTED]
    kind = "csv" if request.POST.get("format") == "csv" else "xlsx"
    rows = [_exported(entry) for entry in entries]
    now = clock.now()
    note_export(filters=form.told(), count=len(rows), file_format=kind, by=by, at=now)
    if kind == "csv":
        response = HttpResponse(write_csv(HEADS, rows), content_type=CSV)
    else:
        sheet = ListSheet(gettext("Nhật ký thay đổi"), HEADS, rows, WIDTHS)
        response = HttpResponse(write_list([sheet]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{now:%Y%m%d-%H%M}.{kind}"'
    return response


def entries_of(units: QuerySet[Unit], *, by: Actor, on: dt.date) -> ListSheet:
    """Return the newest entries about the work of units that one may read, for the workbook of what a unit owns."""
    entries = Entry.objects.none()
    if by.may(Permission.READ):
        seen = entries_of_units(units.values_list("pk", flat=True))
        entries = seen if by.is_system else _readable(by).filter(unit_id__in=units)
    newest = entries.select_related("link").order_by("-at", "-id")[:EXPORTED]
    return ListSheet(gettext("Nhật ký thay đổi"), HEADS, map(_exported, newest.iterator(1000)), WIDTHS)


def _reader(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if not by.may(Permission.READ):
        raise NotAllowed("audit_not_allowed")
    return by


def _readable(by: Actor) -> QuerySet[Entry]:
    return entries_of_units(ids_within(by.scopes(Permission.READ), on=clock.today()))


def _changes(entry: Entry) -> Iterator[tuple[StrOrPromise, object, object]]:
    for name, (before, after) in entry.changes.items():
        yield FIELDS.get(name, name), _worded(name, before), _worded(name, after)


def _worded(name: str, value: object) -> object:
    """Return a value in words: codes that have some, days and moments as they are written here."""
    if not isinstance(value, str):
        return value
    if (name, value) in VALUES:
        return VALUES[name, value]
    try:
        moment = dt.datetime.fromisoformat(value) if _ISO.match(value) else None
    except ValueError:
        return value
    if moment is None:
        return value
    if moment.tzinfo is None:
        return f"{moment:%d/%m/%Y}" if len(value) == len("2026-10-05") else value
    return f"{moment.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}"


def _exported(entry: Entry) -> tuple[str, ...]:
    changes = "; ".join(f"{name}: {_shown(before)} → {_shown(after)}" for name, before, after in _changes(entry))
    return (
        f"{entry.at.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M:%S}", entry.person_name, entry.post_title,
        entry.unit_name, entry.address, str(verb_label(entry.verb)),
        str(SUBJECTS.get(entry.subject_kind, entry.subject_kind)), entry.subject_label, changes,
        f"{entry.link.lane}.{entry.link.position}",
    )  # fmt: skip


def _shown(value: object) -> str:
    return "–" if value is None else str(value)
