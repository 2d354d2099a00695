"""What the system holds about the person who is signed in, who looked at it, and what one may ask."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from caunoi.foundation.pages.public import Column, actor_of
from caunoi.foundation.personal_data.access import grounds, held_about, retentions, reveals_about
from caunoi.foundation.personal_data.models import SubjectRequest
from caunoi.foundation.personal_data.operations.requests import make_request, note_own_export
from caunoi.foundation.personal_data.rules.kinds import kind_of
from caunoi.foundation.personal_data.rules.states import RequestKind, RequestState
from caunoi.foundation.personal_data.web.forms import MineForm
from caunoi.foundation.personal_data.web.words import REQUEST_KINDS, REQUEST_STATES, clock_state
from caunoi.foundation.spreadsheets.public import XLSX, ListSheet, write_list
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed

SHOWN = 50
"""Reveals and requests shown; the newest."""
LOOKED = [Column("at", _("Thời điểm")), Column("by", _("Ai")), Column("field", _("Mục")), Column("reason", _("Lý do"))]
ASKED = [
    Column("kind", _("Yêu cầu")),
    Column("received", _("Gửi lúc")),
    Column("due", _("Thời hạn")),
    Column("state", _("Trạng thái")),
    Column("answer", _("Trả lời")),
]
HEADS = (_("Loại dữ liệu"), _("Bản ghi"), _("Mục dữ liệu"), _("Giá trị"))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show it; POST makes a request."""
    by, now = _person(request), clock.now()
    form = MineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        make_request(
            kind=RequestKind(form.cleaned_data["kind"]), text=form.cleaned_data["text"], person_id=by.person_id,
            person_name=by.person_name, unit_id=by.unit_id, by=by, at=now,
        )  # fmt: skip
        messages.success(request, gettext("Đã gửi yêu cầu. Bạn theo dõi thời hạn và trả lời ở trang này."))
        return redirect("personal_data:mine")
    person_id = by.person_id or 0
    known_grounds, known_retentions = grounds(on=clock.day_of(now)), retentions(on=clock.day_of(now))
    asked = SubjectRequest.objects.filter(person_id=person_id).order_by("-received_at", "-id")[:SHOWN]
    context = {
        "about": [
            (kind, known_grounds.get(kind.ground), known_retentions.get(kind.retention),
             [[(one.label, row.values.get(one.key, "")) for one in kind.fields] for row in rows])
            for kind, rows in held_about(person_id)
        ],
        "reveals": [(one, kind_of(one.kind)) for one in reveals_about(person_id)[:SHOWN]],
        "asked": [
            (one, REQUEST_KINDS[RequestKind(one.kind)], REQUEST_STATES[RequestState(one.state)],
             clock_state(one.due_at, now, one.answered_at))
            for one in asked
        ],
        "form": form, "looked_columns": LOOKED, "asked_columns": ASKED,
    }  # fmt: skip
    return render(request, "personal_data/mine.html", context, status=422 if request.method == "POST" else 200)


@login_required
@never_cache
@require_POST
def mine_export(request: HttpRequest) -> HttpResponse:
    """Give a copy of everything held about oneself as a workbook; that it was given is noted."""
    by = _person(request)
    rows = [
        (str(kind.label), row.label, str(one.label), row.values.get(one.key, ""))
        for kind, held in held_about(by.person_id or 0)
        for row in held
        for one in kind.fields
    ]
    note_own_export(count=len(rows), by=by, at=clock.now())
    content = write_list([ListSheet(gettext("Dữ liệu về tôi"), HEADS, rows, (36, 36, 24, 48))])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="du-lieu-ca-nhan.xlsx"'
    return response


def _person(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if by.person_id is None:
        raise NotAllowed("personal_not_allowed")
    return by
