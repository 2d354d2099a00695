"""The audit list: who did what, when, in which post, with what was before and after."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.foundation.audit.public import Entry, Permission, entries_of_units, verb_label
from caunoi.foundation.organisations.public import ids_within
from caunoi.foundation.pages.public import Option, actor_of, chips, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed
from caunoi.kernel.text import fold

PER_PAGE = 50
SUBJECTS = [
    Option("document", _("Văn bản")),
    Option("plan", _("Kế hoạch")),
    Option("task", _("Nhiệm vụ")),
    Option("regime", _("Chế độ báo cáo")),
    Option("campaign", _("Đợt báo cáo")),
    Option("submission", _("Báo cáo")),
    Option("unit", _("Đơn vị")),
    Option("post", _("Vị trí")),
    Option("person", _("Người")),
    Option("account", _("Tài khoản")),
]


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the entries about the units that one answers for; filter by subject, words and days."""
    by = actor_of(request)
    if not by.may(Permission.READ):
        raise NotAllowed("audit_not_allowed")
    row = chips(request.GET, "subject", _("Đối tượng"), SUBJECTS)
    entries = _filtered(_readable(by), request, row.value)
    page = paginate(entries.order_by("-at", "-id"), request, per_page=PER_PAGE)
    rows = [(entry, verb_label(entry.verb)) for entry in page.object_list]
    return render(request, "staff_site/audit.html", {"page": page, "rows": rows, "row": row})


def _readable(by: Actor) -> QuerySet[Entry]:
    return entries_of_units(ids_within(by.scopes(Permission.READ), on=clock.today()))


def _filtered(entries: QuerySet[Entry], request: HttpRequest, subject: str) -> QuerySet[Entry]:
    condition = Q(subject_kind=subject) if subject else Q()
    for word in fold(request.GET.get("q", "")).split():
        condition &= Q(folded__contains=word)
    first, last = parse_day(request.GET.get("from")), parse_day(request.GET.get("until"))
    if first:
        condition &= Q(at__gte=_midnight(first))
    if last:
        condition &= Q(at__lt=_midnight(last + dt.timedelta(days=1)))
    return entries.filter(condition)


def parse_day(text: str | None) -> dt.date | None:
    """Return the day written as ISO in the address, or ``None`` for anything else."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.VIETNAM)
