"""The inbox of the post one acts for."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.notifications.access import notice_by_public_id, notices_of, unread_count
from caunoi.foundation.notifications.operations.notices import mark_all_read, mark_read
from caunoi.foundation.pages.public import Option, actor_of, chips, paginate
from caunoi.kernel import clock


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the notices, newest first; filter by unread."""
    by = actor_of(request)
    unread = unread_count(by)
    row = chips(request.GET, "state", _("Trạng thái"), [Option("unread", _("Chưa đọc"), unread)])
    notices = notices_of(by)
    if row.value == "unread":
        notices = notices.filter(read_at__isnull=True)
    context = {"page": paginate(notices, request), "row": row, "unread": unread}
    return render(request, "notifications/inbox.html", context)


@login_required
@require_GET
def open_notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark one of one's notices as read and go to the page it is about."""
    notice = notice_by_public_id(public_id, by=actor_of(request))
    mark_read(notice=notice, at=clock.now())
    return redirect(notice.address)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    mark_all_read(by=actor_of(request), at=clock.now())
    return redirect("notifications:inbox")
