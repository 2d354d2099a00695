"""Groups of units: the list, a new one, one with its members."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.organisations.access import Permission, UnitNotFound, manages
from caunoi.foundation.organisations.models import Unit, UnitGroup
from caunoi.foundation.organisations.operations.groups import add_to_group, create_group, drop_from_group
from caunoi.foundation.organisations.queries import members_of, with_counts
from caunoi.foundation.organisations.web.asking import is_uuid, permitted
from caunoi.foundation.organisations.web.forms import GroupForm, MembersForm
from caunoi.foundation.pages.public import Column, Crumb, paginate, words_of
from caunoi.kernel import clock
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

COLUMNS = [
    Column("name", _("Nhóm"), width="wide"),
    Column("owner", _("Đơn vị quản lý nhóm")),
    Column("count", _("Số đơn vị"), numeric=True),
]

MEMBERS = [
    Column("name", _("Đơn vị"), width="wide"),
    Column("kind", _("Loại hình")),
    Column("act", _("Thao tác"), hidden_label=True),
]


@login_required
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups."""
    by = permitted(request)
    rows = UnitGroup.objects.select_related("owner").order_by("sort_key", "id")
    for word in fold(request.GET.get("q", "")).split()[:8]:
        rows = rows.filter(folded__contains=word)
    page = paginate(with_counts(rows), request)
    crumbs = [Crumb(pgettext_lazy("nhiều", "Đơn vị"), reverse("organisations:units")), Crumb(_("Nhóm đơn vị"))]
    context = {"page": page, "columns": COLUMNS, "may_manage": by.may(Permission.MANAGE), "crumbs": crumbs}
    return render(request, "organisations/groups.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    by = permitted(request, Permission.MANAGE)
    own = Unit.objects.filter(pk=by.unit_id or 0).first()
    form = GroupForm(request.POST if request.method == "POST" else None, initial={"owner": own} if own else {})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_group(**form.cleaned_data, by=by, at=clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, gettext("Đã lập nhóm. Thêm các đơn vị bên dưới."))
            return redirect("organisations:group", made.public_id)
    crumbs = [Crumb(_("Nhóm đơn vị"), reverse("organisations:groups")), Crumb(_("Lập nhóm"))]
    status = 422 if form.errors else 200
    return render(request, "organisations/group_form.html", {"form": form, "crumbs": crumbs}, status=status)


def _group(public_id: UUID) -> UnitGroup:
    found = UnitGroup.objects.select_related("owner__kind").filter(public_id=public_id).first()
    if found is None:
        raise UnitNotFound("unit_group_not_found")
    return found


@login_required
@require_GET
def group(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a group with its members."""
    by = permitted(request)
    held = _group(public_id)
    page = paginate(members_of(held, on=clock.today()), request)
    context = {
        "group": held,
        "page": page,
        "columns": MEMBERS,
        "form": MembersForm(),
        "may_manage": by.may(Permission.MANAGE) and manages(held.owner, by=by, today=clock.today()),
        "crumbs": [Crumb(_("Nhóm đơn vị"), reverse("organisations:groups")), Crumb(held.name)],
    }  # fmt: skip
    return render(request, "organisations/group.html", context)


@login_required
@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add units to a group."""
    by = permitted(request, Permission.MANAGE)
    held = _group(public_id)
    form = MembersForm(request.POST)
    if form.is_valid():
        count = add_to_group(group=held, units=form.cleaned_data["units"], by=by, at=clock.now())
        messages.success(request, ngettext("Đã thêm %(n)d đơn vị.", "Đã thêm %(n)d đơn vị.", count) % {"n": count})
    else:
        messages.error(request, " ".join(map(str, form.errors["units"])))
    return redirect("organisations:group", held.public_id)


@login_required
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a unit out of a group."""
    by = permitted(request, Permission.MANAGE)
    held = _group(public_id)
    asked = request.POST.get("unit", "")
    units = Unit.objects.filter(public_id=asked) if is_uuid(asked) else Unit.objects.none()
    drop_from_group(group=held, units=units, by=by, at=clock.now())
    return redirect("organisations:group", held.public_id)
