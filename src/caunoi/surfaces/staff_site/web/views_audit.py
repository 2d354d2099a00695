"""The audit list: who did what, when, in which post, with what was before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.foundation.audit.public import Entry, Permission, entries_of_units, verb_label
from caunoi.foundation.organisations.public import ids_within
from caunoi.foundation.pages.public import Column, Option, actor_of, chips, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed
from caunoi.kernel.text import fold
from caunoi.surfaces.staff_site.web.forms import DaysForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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
COLUMNS = [
    Column("at", _("Thời điểm")),
    Column("person", _("Người làm")),
    Column("verb", _("Việc")),
    Column("subject", _("Đối tượng")),
    Column("changes", _("Thay đổi")),
]
FIELDS: dict[str, StrOrPromise] = {
    "files": _("Tệp"),
    "state": _("Trạng thái"),
    "arrival_number": _("Số đến"),
    "handed_on": _("Giao thành"),
    "dismissed": _("Lý do không áp dụng"),
    "reason": _("Lý do"),
    "established_on": _("Ngày thành lập"),
    "dissolved_on": _("Ngày giải thể"),
    "name": _("Tên"),
    "parent": _("Đơn vị cấp trên"),
    "holder": _("Người giữ"),
    "role": _("Quyền"),
    "form": _("Thẩm quyền ký"),
    "lead": _("Chủ trì"),
    "due": _("Thời hạn"),
    "title": _("Tên"),
    "text": _("Nội dung"),
    "progress": _("Tiến độ"),
    "version": _("Phiên bản"),
    "note": _("Ghi chú"),
    "ground": _("Căn cứ"),
    "units": _("Đơn vị"),
    "kinds": _("Loại đơn vị"),
    "expected": _("Số đơn vị phải gửi"),
    "due_on": _("Thời hạn"),
    "last_day_on": _("Ngày cuối đúng hạn"),
    "days_late": _("Số ngày trễ"),
    "from_on": _("Có hiệu lực từ"),
    "until_on": _("Hết hiệu lực"),
    "issued_on": _("Ngày ban hành"),
    "code": _("Số, ký hiệu"),
    "citation": _("Viện dẫn"),
    "obligation": _("Yêu cầu trong văn bản"),
    "is_open_to_unit": _("Cả đơn vị được xem"),
    "to": _("Chuyển đến"),
    "section": _("Mục"),
    "table": _("Bảng"),
    "turns": _("Các kỳ hạn"),
    "year": _("Năm"),
    "source": _("Văn bản cấp trên"),
    "tasks": _("Nhiệm vụ"),
    "reports": _("Báo cáo"),
    "rung": _("Nấc nhắc"),
    "left_out": _("Để ngoài"),
    "position": _("Vị trí"),
    "added": _("Thêm"),
    "removed": _("Bỏ"),
    "moved": _("Chuyển vị trí"),
    "dropped": _("Không áp dụng"),
    "restored": _("Khôi phục"),
}
"""Words for what changed; a name that is not here is shown as it is recorded."""


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the entries about the units that one answers for; filter by subject, words and days."""
    by = actor_of(request)
    if not by.may(Permission.READ):
        raise NotAllowed("audit_not_allowed")
    row = chips(request.GET, "subject", _("Đối tượng"), SUBJECTS)
    days = DaysForm(request.GET if request.GET.keys() & {"first", "last"} else None)
    entries = _filtered(_readable(by), request, row.value, days)
    page = paginate(entries.order_by("-at", "-id"), request, per_page=PER_PAGE)
    context = {
        "page": page,
        "rows": [(entry, verb_label(entry.verb), list(_changes(entry))) for entry in page.object_list],
        "row": row,
        "days": days,
        "columns": COLUMNS,
    }
    return render(request, "staff_site/audit.html", context)


def _changes(entry: Entry) -> Iterator[tuple[StrOrPromise, object, object]]:
    for name, (before, after) in entry.changes.items():
        yield FIELDS.get(name, name), before, after


def _readable(by: Actor) -> QuerySet[Entry]:
    return entries_of_units(ids_within(by.scopes(Permission.READ), on=clock.today()))


def _filtered(entries: QuerySet[Entry], request: HttpRequest, subject: str, days: DaysForm) -> QuerySet[Entry]:
    condition = Q(subject_kind=subject) if subject else Q()
    for word in fold(request.GET.get("q", "")).split():
        condition &= Q(folded__contains=word)
    given = days.cleaned_data if days.is_valid() else {}
    if first := given.get("first"):
        condition &= Q(at__gte=_midnight(first))
    if last := given.get("last"):
        condition &= Q(at__lt=_midnight(last + dt.timedelta(days=1)))
    return entries.filter(condition)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.VIETNAM)
