"""Words to the person in charge of data protection, and to the person who asked; what stands above brings them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext

from caunoi.foundation.personal_data.access import limit
from caunoi.foundation.personal_data.events import WordSent
from caunoi.foundation.personal_data.models import Breach, Reveal, SubjectRequest
from caunoi.foundation.personal_data.rules.states import BreachState, RequestState
from caunoi.foundation.personal_data.rules.unusual import Unusual
from caunoi.kernel import clock
from caunoi.kernel.events import announce


def tell_unusual(reveal: Reveal, why: Sequence[Unusual]) -> None:
    """Tell of an unusual reveal: for each person, day and reason once."""
    for one in why:
        facts = {"name": reveal.by_name, "post": reveal.by_title, "reason": reveal.reason}
        title = {
            Unusual.RATE: gettext("%(name)s hiện dữ liệu cá nhân nhiều bất thường"),
            Unusual.HOURS: gettext("%(name)s hiện dữ liệu cá nhân ngoài giờ làm việc"),
            Unusual.ELSEWHERE: gettext("%(name)s hiện dữ liệu cá nhân của đơn vị khác"),
        }[one]
        announce(
            WordSent(
                kind=f"personal_data.reveal_{one}", title=title % facts,
                text=gettext("%(post)s; lý do ghi lại: “%(reason)s”.") % facts,
                address=f"{reverse('personal_data:reveals')}?which=unusual", unit_id=reveal.unit_id, at=reveal.at,
                once=f"reveal:{reveal.by_person_id}:{clock.day_of(reveal.at)}",
            )
        )  # fmt: skip


def tell_received(request: SubjectRequest) -> None:
    """Tell of a new request and until when it must be acknowledged."""
    until = f"{request.acknowledge_by.astimezone(clock.VIETNAM):%d/%m/%Y}"
    title = gettext("Yêu cầu về dữ liệu cá nhân của %(name)s") % {"name": request.person_name}
    text = gettext("Hãy phản hồi đã nhận trước hết ngày %(day)s.") % {"day": until}
    _about(request, "personal_data.request", title, text, at=request.received_at)


def tell_answered(request: SubjectRequest, *, at: dt.datetime) -> None:
    """Tell the person who asked that the answer is there."""
    announce(
        WordSent(
            kind="personal_data.answer", title=gettext("Yêu cầu của bạn về dữ liệu cá nhân đã được trả lời"), text="",
            address=reverse("personal_data:mine"), unit_id=request.unit_id, at=at, person_id=request.person_id,
        )
    )  # fmt: skip


def tell_clocks(*, at: dt.datetime) -> int:
    """Tell of every request and breach whose time is nearly up or over, each once; return how many there are."""
    near = at + dt.timedelta(hours=limit("clock.warn", at=at).amount)
    late = list(Breach.objects.filter(state=BreachState.OPEN, notify_by__lte=near).order_by("notify_by", "id"))
    for breach in late:
        title = gettext("Sắp hết hạn thông báo vi phạm: %(title)s") % {"title": breach.title}
        _due("breach", breach, title, breach.notify_by, at)
    waiting = [state for state in RequestState if state.is_open]
    asked = list(SubjectRequest.objects.filter(state__in=waiting, due_at__lte=near).order_by("due_at", "id"))
    for request in asked:
        title = gettext("Sắp hết hạn trả lời %(name)s về dữ liệu cá nhân") % {"name": request.person_name}
        _due("request", request, title, request.due_at, at)
    return len(late) + len(asked)


def _due(page: str, thing: Breach | SubjectRequest, title: str, until: dt.datetime, at: dt.datetime) -> None:
    text = gettext("Thời hạn: %(moment)s.") % {"moment": f"{until.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}"}
    _about(thing, "personal_data.due", title, text, at=at, once=f"{page}:{thing.public_id}")


def _about(
    thing: Breach | SubjectRequest, kind: str, title: str, text: str, *, at: dt.datetime, once: str = ""
) -> None:
    page = "breach" if isinstance(thing, Breach) else "request"
    address = reverse(f"personal_data:{page}", args=[thing.public_id])
    announce(WordSent(kind=kind, title=title, text=text, address=address, unit_id=thing.unit_id, at=at, once=once))
