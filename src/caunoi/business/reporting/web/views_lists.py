"""Shared lists of rows and columns: countries, levels, sources of funding and whatever else forms are made of."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.business.reporting.access import Permission, ReportingNotFound
from caunoi.business.reporting.models import SharedList, SharedMember
from caunoi.business.reporting.operations.ladder import may_set_ladder
from caunoi.business.reporting.operations.lists import add_member, create_list, rename_member, retire_member
from caunoi.business.reporting.web.forms_rules import ListForm, MemberForm
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.business.reporting.web.shown import MARKS
from caunoi.business.reporting.web.views_days import rules_tabs
from caunoi.foundation.pages.public import Column, Crumb, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

COLUMNS = [
    Column("name", _("Danh mục"), width="wide"),
    Column("count", _("Số mục"), numeric=True),
    Column("source", _("Nguồn")),
]
MEMBER_COLUMNS = [
    Column("label", _("Tên"), width="wide"),
    Column("code", _("Mã")),
    Column("source", _("Nguồn")),
    Column("act", _("Sửa"), hidden_label=True),
]


@login_required
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Show every shared list, and begin one."""
    by = permitted(request, Permission.RULES)
    form = ListForm(request.POST or None)
    made: list[SharedList] = []
    if request.method == "POST" and form.is_valid():
        step = lambda: made.append(create_list(**form.cleaned_data, by=by, at=clock.now()))  # noqa: E731
        if attempt(request, step, _("Đã lập danh mục. Hãy thêm các mục.")):
            return redirect("reporting:list", code=made[0].code)
    rows = SharedList.objects.annotate(standing=Count("members", filter=Q(members__ended_at__isnull=True)))
    page = paginate(rows.order_by("position", "code"), request)
    context = {
        "page": page, "shown": [(row, MARKS[row.confidence]) for row in page.object_list], "columns": COLUMNS,
        "form": form, "tabs": rules_tabs("lists"), "may_change": may_set_ladder(None, by, on=clock.today()),
    }  # fmt: skip
    return render(request, "reporting/lists.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, code: str) -> HttpResponse:
    """Show the members of a list; enter one, rename one, offer one no more."""
    by = permitted(request, Permission.RULES)
    found = SharedList.objects.filter(code=code).first()
    if found is None:
        raise ReportingNotFound("reporting.list_not_found")
    adding = request.method == "POST" and text_of(request, "act") not in ("rename", "retire")
    form = MemberForm(request.POST if adding else None)
    if request.method == "POST" and _done(request, found, form if adding else None, by):
        return redirect("reporting:list", code=code)
    rows = SharedMember.objects.filter(shared_list=found)
    page = paginate(rows.filter(ended_at__isnull=True).order_by("position", "id"), request)
    context = {
        "list": found, "mark": MARKS[found.confidence], "page": page, "columns": MEMBER_COLUMNS, "form": form,
        "ended": list(rows.filter(ended_at__isnull=False).order_by("-ended_at", "-id")[:60]),
        "may_change": may_set_ladder(None, by, on=clock.today()),
        "crumbs": [Crumb(_("Danh mục dùng chung"), reverse("reporting:lists")), Crumb(found.name)],
    }  # fmt: skip
    return render(request, "reporting/list.html", context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest, found: SharedList, form: MemberForm | None, by: Actor) -> bool:
    at, act = clock.now(), text_of(request, "act")
    if form is not None:
        if not form.is_valid():
            return False
        said = form.cleaned_data
        return attempt(request, lambda: add_member(shared_list=found, **said, by=by, at=at), _("Đã thêm."))
    rows = SharedMember.objects.filter(shared_list=found, ended_at__isnull=True)
    member = rows.filter(code=text_of(request, "member")).first()
    if member is None:
        raise ReportingNotFound("reporting.list_not_found")
    if act == "rename":
        label, source = text_of(request, "label"), text_of(request, "source")
        step = lambda: rename_member(member=member, label=label, source=source, by=by, at=at)  # noqa: E731
        return attempt(request, step, _("Đã sửa tên."))
    ground = text_of(request, "ground")
    done = _("Đã thôi dùng; biểu mẫu đang có mục này không đổi.")
    return attempt(request, lambda: retire_member(member=member, ground=ground, by=by, at=at), done)
