"""Rà soát quyền truy cập: who holds which right since when, last sign-in; kept or withdrawn, each with its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.accounts.access import Permission, policy_on, require
from caunoi.foundation.accounts.operations.reviewing import note_review_export, own_posts, review_rights
from caunoi.foundation.accounts.queries import holders_of_posts, rights_chosen, rights_due, rights_within
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.pages.public import Column, Option, actor_of, chips, paginate, words_of
from caunoi.foundation.people.public import ROLES, Grant, Holding, Role
from caunoi.foundation.spreadsheets.public import XLSX, ListSheet, write_list
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, Refused
from caunoi.kernel.text import fold

COLUMNS = [
    Column("tick", _("Chọn"), hidden_label=True), Column("holder", _("Người giữ, vị trí")),
    Column("role", _("Vai trò")), Column("unit", _("Tại đơn vị")), Column("since", _("Từ ngày")),
    Column("seen", _("Đăng nhập gần nhất")), Column("reviewed", _("Rà soát gần nhất")),
]  # fmt: skip
HEADS = [
    _("Người giữ"), _("Vị trí"), _("Đơn vị của vị trí"), _("Vai trò"), _("Tại đơn vị"), _("Cả đơn vị trực thuộc"),
    _("Từ ngày"), _("Đến hết ngày"), _("Đăng nhập gần nhất"), _("Rà soát gần nhất"), _("Người rà soát"),
]  # fmt: skip
EXPORTED = 20_000
"""Rows of one workbook."""
AT_A_TIME = 1000


@login_required
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """List the rights within one's reach: those due, or all."""
    by, now = _manager(request), clock.now()
    on = clock.day_of(now)
    options = [Option("due", _("Đến kỳ rà soát")), Option("all", _("Mọi quyền đang có"))]
    row = chips(request.GET, "which", _("Hiện"), options, default="due")
    found = rights_due(by, at=now) if row.value == "due" else rights_within(by, on=on)
    page = paginate(_named(found, request.GET.get("q", ""), on), request)
    holders = holders_of_posts({one.post_id for one in page.object_list}, on=on)
    own = own_posts(by, on)
    rows = [(one, ROLES[Role(one.role)].name, holders.get(one.post_id, []), one.post_id in own)
            for one in page.object_list]  # fmt: skip
    days = policy_on(on)[RuleCode.REVIEW_DAYS]
    context = {
        "page": page,
        "rows": rows,
        "row": row,
        "columns": COLUMNS,
        "days": days,
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/review.html", context)


@login_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Keep or withdraw the rights that were ticked."""
    by, now = _manager(request), clock.now()
    keep = request.POST.get("act") != "withdraw"
    try:
        chosen = rights_chosen(by, _uuids(request.POST.getlist("chosen")), on=clock.day_of(now))
        count = review_rights(grants=chosen, keep=keep, by=by, at=now)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, words_of(refused))
    else:
        said = (
            ngettext("Đã giữ lại %(count)s quyền.", "Đã giữ lại %(count)s quyền.", count)
            if keep
            else ngettext("Đã thu hồi %(count)s quyền.", "Đã thu hồi %(count)s quyền.", count)
        )
        messages.success(request, said % {"count": count})
    return redirect("account_review")


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out all rights within reach as a workbook; that it was taken is noted."""
    by, now = _manager(request), clock.now()
    on = clock.day_of(now)
    grants = list(_named(rights_within(by, on=on), request.GET.get("q", ""), on)[: EXPORTED + 1])
    if len(grants) > EXPORTED:
        said = gettext("Một tệp ghi được %(limit)s quyền. Hãy tìm theo đơn vị rồi tải từng phần.")
        messages.error(request, said % {"limit": number_format(EXPORTED, force_grouping=True)})
        return redirect("account_review")
    note_review_export(count=len(grants), by=by, at=now)
    widths = (30, 30, 44, 26, 44, 12, 14, 14, 20, 20, 28)
    content = write_list([ListSheet(gettext("Rà soát quyền"), HEADS, _printed(grants, on), widths)])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ra-soat-quyen-{now:%Y%m%d}.xlsx"'
    return response


def _printed(grants: list[Grant], on: dt.date) -> Iterator[list[str]]:
    for start in range(0, len(grants), AT_A_TIME):
        part = grants[start : start + AT_A_TIME]
        holders = holders_of_posts({one.post_id for one in part}, on=on)
        for one in part:
            held = holders.get(one.post_id, [])
            last = one.until_on - dt.timedelta(days=1) if one.until_on else None
            reviewed: dt.datetime | None = getattr(one, "reviewed_at", None)
            yield [
                "; ".join(name for name, _seen in held), one.post.title, one.post.unit.name,
                str(ROLES[Role(one.role)].name), one.unit.name, gettext("có") if one.subtree else "",
                f"{one.from_on:%d/%m/%Y}", f"{last:%d/%m/%Y}" if last else "",
                "; ".join(_moment(seen) for _name, seen in held), _moment(reviewed),
                getattr(one, "reviewed_by", "") or "",
            ]  # fmt: skip


def _moment(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}" if moment else ""


def _named(found: QuerySet[Grant], words: str, on: dt.date) -> QuerySet[Grant]:
    for word in fold(words).split():
        named = Holding.objects.filter(on_day(on), person__folded__contains=word).values("post_id")
        found = found.filter(Q(post_id__in=named) | Q(post__unit__folded__contains=word))
    return found


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        return []


def _manager(request: HttpRequest) -> Actor:
    by = actor_of(request)
    require(by, Permission.MANAGE)
    return by
