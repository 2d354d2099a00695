"""The calendar feed: what a person owes, with its days, at a secret address for the calendar of their telephone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Alarm, Calendar, Event, vDuration

from caunoi.business.plans.public import tasks_due
from caunoi.business.reporting.public import submissions_due
from caunoi.foundation.accounts.public import (
    AccessKey,
    Account,
    KeyRefused,
    KeyUse,
    account_of_calendar_key,
    make_calendar_key,
    revoke_key,
)
from caunoi.foundation.pages.public import actor_of as actor_of_request
from caunoi.foundation.people.public import actor_of, holdings_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

MOST: Final = 500
"""Entries of each kind in one calendar."""
REMINDS: Final = dt.timedelta(hours=-16)
"""Eight in the morning of the day before."""
REFRESH: Final = dt.timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing with its last day."""

    key: str
    title: str
    note: str
    on: dt.date
    path: str


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Explain the feed, and make, replace or end its address; the address is shown on this one answer only."""
    by, at, secret = actor_of_request(request), clock.now(), ""
    account = get_object_or_404(Account, pk=by.account_id)
    keys = AccessKey.objects.filter(account=account, use=KeyUse.CALENDAR, revoked_at__isnull=True)
    if request.method == "POST" and request.POST.get("act") == "end":
        for key in keys:
            revoke_key(key=key, by=by, at=at)
        return redirect("staff_site:calendar")
    if request.method == "POST":
        _key, secret = make_calendar_key(account=account, by=by, at=at)
    address = f"{settings.PUBLIC_ADDRESS}{reverse('staff_site:calendar_feed', args=[secret])}" if secret else ""
    return render(request, "staff_site/calendar.html", {"address": address, "key": keys.first()})


@cache_control(private=True, max_age=900)
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar of the person to whom the address belongs; 404 for any other address."""
    at = clock.now()
    try:
        account = account_of_calendar_key(token, demonstration=settings.DEMONSTRATION, at=at)
    except KeyRefused:
        raise Http404 from None
    with translation.override(account.language):
        content = _calendar(account, at).to_ical()
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="cau-noi.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(account: Account, at: dt.datetime) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Cau Noi//VI")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", _("Cầu Nối: hạn công việc"))
    whole.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(REFRESH))  # as Outlook calls it
    for duty in _duties(account, clock.day_of(at)):
        whole.add_component(_event(duty, at))
    return whole


def _duties(account: Account, today: dt.date) -> Iterator[Duty]:
    """Yield what the posts of a person owe, each thing once."""
    told: set[str] = set()
    for holding in holdings_of(account.person, on=today):
        by = actor_of(account_id=account.pk, person=account.person, post=holding.post, on=today)
        for duty in (*_reports(by, today), *_tasks(by, today)):
            if duty.key not in told:
                told.add(duty.key)
                yield duty


def _reports(by: Actor, today: dt.date) -> Iterator[Duty]:
    for report in submissions_due(by, on=today)[:MOST]:
        title = _("Hạn báo cáo: %(name)s") % {"name": report.campaign.name}
        note = _("Gửi %(unit)s") % {"unit": report.campaign.owner.name}
        path = reverse("reporting:report", args=[report.public_id])
        yield Duty(f"report-{report.public_id}", title, f"{note}\n{_for(by)}", report.last_day_on, path)


def _tasks(by: Actor, today: dt.date) -> Iterator[Duty]:
    for task in tasks_due(by, today).filter(last_day__isnull=False)[:MOST]:
        assert task.last_day is not None  # noqa: S101 - filtered above
        title = _("Hạn nhiệm vụ: %(name)s") % {"name": task.title}
        note = _("Giao bởi %(unit)s") % {"unit": task.assigning_unit.name}
        path = reverse("plans:task", args=[task.public_id])
        yield Duty(f"task-{task.public_id}", title, f"{note}\n{_for(by)}", task.last_day, path)


def _for(by: Actor) -> str:
    """Say in which post a thing is owed: one person may hold several, and a calendar shows all of them."""
    return _("Vị trí: %(post)s, %(unit)s") % {"post": by.post_title, "unit": by.unit_name}


def _event(duty: Duty, at: dt.datetime) -> Event:
    event, link = Event(), f"{settings.PUBLIC_ADDRESS}{duty.path}"
    event.add("uid", f"{duty.key}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'localhost'}")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", duty.on)
    event.add("dtend", duty.on + dt.timedelta(days=1))
    event.add("summary", duty.title)
    event.add("description", f"{duty.note}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", duty.title)
    alarm.add("trigger", REMINDS)
    event.add_component(alarm)
    return event
