"""Who may do what in the branch, and until when; who signs."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.organisations.public import ids_within, on_day
from caunoi.foundation.pages.public import ChipRow, Column, Option, chips, paginate, words_of
from caunoi.foundation.people.access import Permission, grant_by_public_id, signing_by_public_id
from caunoi.foundation.people.models import Grant, Holding, SigningAuthority
from caunoi.foundation.people.operations import rights
from caunoi.foundation.people.operations import signing as signing_operations
from caunoi.foundation.people.queries import with_givers
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.rules.words import ROLES
from caunoi.foundation.people.web.asking import permitted
from caunoi.foundation.people.web.shown import FORMS, SOON, grant_row, signing_row
from caunoi.kernel import clock
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

COLUMNS = [
    Column("holder", _("Người giữ, vị trí"), width="wide"), Column("role", _("Vai trò")),
    Column("unit", _("Tại đơn vị")), Column("until", _("Thời hạn")), Column("state", _("Trạng thái")),
]  # fmt: skip
SIGNING_COLUMNS = [
    Column("holder", _("Người giữ, vị trí"), width="wide"), Column("form", _("Hình thức ký")),
    Column("unit", _("Ký văn bản của")), Column("ground", _("Căn cứ, nội dung")), Column("until", _("Thời hạn")),
    Column("state", _("Trạng thái")),
]  # fmt: skip


def _when(request: HttpRequest) -> ChipRow:
    options = [Option("now", _("Đang có hiệu lực")), Option("soon", _("Sắp hết hạn")), Option("past", _("Đã hết"))]
    return chips(request.GET, "when", _("Thời hạn"), options, default="now")


def _in_time(value: str, on: dt.date) -> Q:
    if value == "past":
        return Q(until_on__lte=on)
    return on_day(on) & Q(until_on__lte=on + SOON) if value == "soon" else on_day(on)


@login_required
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """List who may do what in the branch: role, over what, until when."""
    by, on = permitted(request), clock.today()
    when = _when(request)
    role = chips(request.GET, "role", _("Vai trò"), [Option(one.value, ROLES[one].name) for one in Role])
    units = ids_within(by.scopes(Permission.READ), on=on)
    found = Grant.objects.filter(_in_time(when.value, on), post__unit_id__in=units)
    if role.value:
        found = found.filter(role=role.value)
    for word in fold(request.GET.get("q", "")).split():
        named = Holding.objects.filter(on_day(on), person__folded__contains=word).values("post_id")
        found = found.filter(Q(post_id__in=named) | Q(post__unit__folded__contains=word))
    found = found.select_related("post__unit", "unit").order_by(
        "post__unit__sort_key", "post__position", "post_id", "id"
    )
    page = paginate(found, request)
    holders = _holders([grant.post_id for grant in page.object_list], on)
    context = {
        "page": page,
        "shown": [(grant_row(one, on), holders.get(one.post_id, [])) for one in page.object_list],
        "rows": (when, role),
        "columns": COLUMNS,
    }
    return render(request, "people/grants.html", context)


def _holders(posts: list[int], on: dt.date) -> dict[int, list[Holding]]:
    held: dict[int, list[Holding]] = {}
    for one in Holding.objects.filter(on_day(on), post_id__in=posts).select_related("person").order_by("from_on", "id"):
        held.setdefault(one.post_id, []).append(one)
    return held


@login_required
@require_GET
def signing(request: HttpRequest) -> HttpResponse:
    """List who signs in the branch: form, ground, scope, until when."""
    by, on = permitted(request), clock.today()
    when = _when(request)
    form = chips(request.GET, "form", _("Hình thức ký"), [Option(key or "head", label) for key, label in FORMS.items()])
    units = ids_within(by.scopes(Permission.READ), on=on)
    found = SigningAuthority.objects.filter(_in_time(when.value, on), post__unit_id__in=units)
    if form.value:
        found = found.filter(form="" if form.value == "head" else form.value)
    for word in fold(request.GET.get("q", "")).split():
        named = Holding.objects.filter(on_day(on), person__folded__contains=word).values("post_id")
        found = found.filter(Q(post_id__in=named) | Q(unit__folded__contains=word))
    found = with_givers(found, on=on).order_by("unit__sort_key", "post__position", "id")
    page = paginate(found, request)
    holders = _holders([one.post_id for one in page.object_list], on)
    context = {
        "page": page,
        "shown": [(signing_row(one, on), holders.get(one.post_id, [])) for one in page.object_list],
        "rows": (when, form),
        "columns": SIGNING_COLUMNS,
    }
    return render(request, "people/signing.html", context)


@login_required
@require_POST
def end_grant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a role back from today."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = grant_by_public_id(public_id, by, on=on)
    try:
        rights.end_grant(grant=found, on=on, by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Đã thu hồi vai trò; quyền hết hiệu lực ngay."))
    return redirect("people:post", found.post.public_id)


@login_required
@require_POST
def end_signing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an authority to sign from today."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = signing_by_public_id(public_id, by, on=on)
    try:
        signing_operations.end_signing(authority=found, on=on, by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Đã kết thúc thẩm quyền ký."))
    return redirect("people:post", found.post.public_id)
