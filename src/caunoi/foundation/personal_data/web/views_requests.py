"""Requests of persons as the one who handles them sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.pages.public import Column, Crumb, Option, chips, paginate, sentence
from caunoi.foundation.personal_data.access import Permission, held_about, people_found, person_known, visible_requests
from caunoi.foundation.personal_data.models import SubjectRequest
from caunoi.foundation.personal_data.operations.requests import (
    RequestRefused,
    acknowledge_request,
    answer_request,
    correct_record,
    make_request,
    refuse_request,
)
from caunoi.foundation.personal_data.rules.kinds import kind_of
from caunoi.foundation.personal_data.rules.states import RequestKind, RequestState
from caunoi.foundation.personal_data.web.asking import permitted, tabs
from caunoi.foundation.personal_data.web.forms import AnswerForm, MineForm, RequestForm
from caunoi.foundation.personal_data.web.words import REQUEST_KINDS, REQUEST_STATES, clock_state
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

COLUMNS = [
    Column("person", _("Người yêu cầu")),
    Column("kind", _("Yêu cầu")),
    Column("received", _("Nhận lúc")),
    Column("due", _("Thời hạn")),
    Column("state", _("Trạng thái")),
]
OPEN = [state for state in RequestState if state.is_open]


@login_required
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that one handles, the open ones with the nearest clock first."""
    by = permitted(request, Permission.MANAGE)
    options = [Option("open", _("Chưa trả lời")), Option("all", _("Tất cả"))]
    row = chips(request.GET, "which", _("Hiện"), options, default="open")
    found, now = visible_requests(by, on=clock.today()), clock.now()
    found = found.filter(state__in=OPEN).order_by("due_at", "id") if row.value == "open" else found
    page = paginate(found, request)
    rows = [(one, REQUEST_KINDS[RequestKind(one.kind)], REQUEST_STATES[RequestState(one.state)], _clock(one, now))
            for one in page.object_list]  # fmt: skip
    context = {"page": page, "rows": rows, "row": row, "columns": COLUMNS, "tabs": tabs(request, "requests")}
    return render(request, "personal_data/requests.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """Enter a request that came on paper, about somebody chosen among those within reach or about somebody outside."""
    by, on = permitted(request, Permission.MANAGE), clock.today()
    asked = request.POST if request.method == "POST" else request.GET
    person = person_known(by, asked["person"], on=on) if asked.get("person") else None
    form = (RequestForm if person is None else MineForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = make_request(
            kind=RequestKind(given["kind"]), text=given["text"], person_id=person.person_id if person else None,
            person_name=person.name if person else given["person_name"], unit_id=by.unit_id, by=by, at=clock.now(),
        )  # fmt: skip
        messages.success(request, gettext("Đã ghi yêu cầu; thời hạn bắt đầu tính."))
        return redirect("personal_data:request", made.public_id)
    words = request.GET.get("q", "")
    context = {
        "form": form, "crumbs": _crumbs(), "person": person, "q": words,
        "found": people_found(by, on=on, words=words) if person is None else (),
    }  # fmt: skip
    return render(request, "personal_data/request_new.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_GET
def request_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a request with its clocks, what is held about the person, and the steps."""
    by = permitted(request, Permission.MANAGE)
    return _shown(request, _mine(public_id, by))


@login_required
@require_POST
def request_step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Acknowledge, answer or refuse. A second press finds the work done and says so."""
    by, now = permitted(request, Permission.MANAGE), clock.now()
    held = _mine(public_id, by)
    take = _STEPS.get(step)
    if take is None:
        raise NotFound("personal_record_unknown")
    if step == "tra-loi" and request.POST.getlist("erase") and (way := _unconfirmed(request)) is not None:
        return way
    try:
        take(request, held, by, now)
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:  # ours, or of the module that holds the record
        return _shown(request, _mine(public_id, by), refusal=sentence(refused), status=409)
    return redirect("personal_data:request", public_id)


@login_required
@require_GET
def request_print(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the answer as a sheet to be printed and signed."""
    held = _mine(public_id, permitted(request, Permission.MANAGE))
    if RequestState(held.state).is_open:
        raise RequestRefused("personal_request_open")
    context = {"held": held, "kind": REQUEST_KINDS[RequestKind(held.kind)], "done": _done(held), "crumbs": _crumbs()}
    return render(request, "personal_data/request_print.html", context)


def _unconfirmed(request: HttpRequest) -> HttpResponse | None:
    """Return the way to show again who one is before anything is erased; ``accounts`` puts it on the request."""
    confirm: Callable[[], HttpResponse | None] | None = getattr(request, "confirm_identity", None)
    if confirm is None:
        raise NotAllowed("personal_not_allowed")
    return confirm()


def _acknowledge(request: HttpRequest, held: SubjectRequest, by: Actor, at: dt.datetime) -> None:
    acknowledge_request(request=held, by=by, at=at)


def _answer(request: HttpRequest, held: SubjectRequest, by: Actor, at: dt.datetime) -> None:
    chosen = [_named(one) for one in request.POST.getlist("erase")]
    answer_request(request=held, answer=request.POST.get("answer", ""), erase=chosen, by=by, at=at)


def _correct(request: HttpRequest, held: SubjectRequest, by: Actor, at: dt.datetime) -> None:
    kind, record = _named(request.POST.get("record", ""))
    values = {
        name.removeprefix("f-"): str(value).strip() for name, value in request.POST.items() if name.startswith("f-")
    }
    correct_record(request=held, kind=kind, record_id=record, values=values, by=by, at=at)


def _named(text: str) -> tuple[str, UUID]:
    """Read "kind/record". Raises NotFound for anything else."""
    kind, _bar, record = text.partition("/")
    try:
        return kind, UUID(record)
    except ValueError:
        raise NotFound("personal_record_unknown") from None


def _refuse(request: HttpRequest, held: SubjectRequest, by: Actor, at: dt.datetime) -> None:
    refuse_request(request=held, reason=request.POST.get("answer", ""), by=by, at=at)


_STEPS: dict[str, Callable[[HttpRequest, SubjectRequest, Actor, dt.datetime], None]] = {
    "tiep-nhan": _acknowledge,
    "tra-loi": _answer,
    "tu-choi": _refuse,
    "chinh-sua": _correct,
}


def _mine(public_id: UUID, by: Actor) -> SubjectRequest:
    held = visible_requests(by, on=clock.today()).filter(public_id=public_id).first()
    if held is None:
        raise NotFound("personal_record_unknown")
    return held


def _shown(
    request: HttpRequest, held: SubjectRequest, *, refusal: str | None = None, status: int = 200
) -> HttpResponse:
    now = clock.now()
    corrects = held.kind == RequestKind.CORRECT and RequestState(held.state).is_open
    context = {
        "held": held,
        "kind": REQUEST_KINDS[RequestKind(held.kind)],
        "state": REQUEST_STATES[RequestState(held.state)],
        "is_open": RequestState(held.state).is_open,
        "is_new": held.state == RequestState.RECEIVED,
        "erases": held.kind == RequestKind.ERASE,
        "acknowledge_clock": clock_state(held.acknowledge_by, now, held.acknowledged_at or held.answered_at),
        "clock": _clock(held, now),
        "about": [
            (
                known,
                corrects and known.correct is not None,
                known.erase is not None,
                [(row, [(one, row.values.get(one.key, "")) for one in known.fields]) for row in rows],
            )
            for known, rows in (held_about(held.person_id) if held.person_id is not None else [])
        ],
        "done": _done(held),
        "form": AnswerForm(),
        "refusal": refusal,
        "crumbs": _crumbs(),
    }
    return render(request, "personal_data/request.html", context, status=status)


def _clock(held: SubjectRequest, now: dt.datetime) -> object:
    return clock_state(held.due_at, now, held.answered_at)


def _done(held: SubjectRequest) -> list[object]:
    return [known.label if (known := kind_of(key)) else key for key, _record in held.done]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Yêu cầu của cá nhân"), reverse("personal_data:requests"))]
