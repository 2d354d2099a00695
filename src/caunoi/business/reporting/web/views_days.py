"""Days off and days worked in exchange: the table of a year, and a correction with the due days that it would move."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.business.reporting.access import Permission
from caunoi.business.reporting.operations.days import DayChange, change_day, moved_by
from caunoi.business.reporting.operations.ladder import may_set_ladder
from caunoi.business.reporting.web.forms_rules import OFF, ORDINARY, WORKED, DayForm
from caunoi.business.reporting.web.requests import permitted
from caunoi.business.reporting.web.shown import MARKS
from caunoi.business.reporting.web.views_calendar import FIRST, LAST, year_asked
from caunoi.foundation.calendar.public import DayRefused, Holiday, corrected_days, days_off
from caunoi.foundation.pages.public import Column, Tab, words_of
from caunoi.kernel import clock

COLUMNS = [
    Column("day", _("Ngày")),
    Column("name", _("Tên ngày"), width="wide"),
    Column("source", _("Nguồn")),
    Column("act", _("Sửa"), hidden_label=True),
]
SHOWN_MOVES = 100
"""Due days listed in a preview; of more the rest is counted."""


def rules_tabs(current: str) -> list[Tab]:
    """Return the tabs of the pages on what holds for all reports."""
    pages = [
        ("days", _("Ngày nghỉ")),
        ("ladder", _("Nấc nhắc")),
        ("lists", _("Danh mục dùng chung")),
    ]
    return [Tab(label, reverse(f"reporting:{name}"), name == current) for name, label in pages]


@login_required
@require_http_methods(["GET", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """Show the days off of a year; ask for a change, show what it would move, enter it."""
    by, today = permitted(request, Permission.RULES), clock.today()
    posted = request.POST if request.method == "POST" and request.POST.get("step") != "edit" else None
    form = DayForm(posted, initial=_initial(request))
    context: dict[str, object] = {}
    if posted is not None and form.is_valid():
        change = form.change()
        try:
            if request.POST.get("step") == "confirm":
                change_day(change=change, by=by, at=clock.now())
                messages.success(request, gettext("Đã ghi. Hạn của các đợt chưa mở được tính lại theo ngày này."))
                return redirect(f"{reverse('reporting:days')}?nam={change.day.year}")
            context = _preview(change, form, today)
        except DayRefused as refused:
            form.add_error(None, words_of(refused))
    context["may_change"] = may_set_ladder(None, by, on=today)
    return _page(request, form, context, today)


def _preview(change: DayChange, form: DayForm, today: dt.date) -> dict[str, object]:
    moved = moved_by(change, on=today)
    held = days_off(change.day.year).filter(day=change.day).first()
    return {
        "change": change, "held": held, "moved": moved[:SHOWN_MOVES], "count": len(moved),
        "more": max(len(moved) - SHOWN_MOVES, 0), "said": [(name, form.data.get(name, "")) for name in form.fields],
    }  # fmt: skip


def _initial(request: HttpRequest) -> dict[str, object]:
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in DayForm.base_fields}
    day = parse_date(request.GET.get("ngay", "")) if len(request.GET.get("ngay", "")) == 10 else None
    if day is None:
        return {}
    held = days_off(day.year).filter(day=day).first()
    return {"day": day} | (_of(held) if held is not None else {"kind": ORDINARY})


def _of(held: Holiday) -> dict[str, object]:
    kind = WORKED if held.is_working else OFF
    return {"kind": kind, "name": held.name, "source": held.source, "confidence": held.confidence}


def _page(request: HttpRequest, form: DayForm, context: dict[str, object], today: dt.date) -> HttpResponse:
    shown_year = year_asked(request, today)
    rows = [(row, MARKS[row.confidence]) for row in days_off(shown_year)]
    context |= {
        "form": form, "rows": rows, "columns": COLUMNS, "corrected": list(corrected_days(shown_year)[:60]),
        "year": shown_year, "before": shown_year - 1 if shown_year > FIRST else None,
        "after": shown_year + 1 if shown_year < LAST else None, "tabs": rules_tabs("days"),
    }  # fmt: skip
    return render(request, "reporting/days.html", context, status=422 if form.errors else 200)
