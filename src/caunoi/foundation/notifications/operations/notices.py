"""Telling people, and marking what they have read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.notifications.access import notices_of
from caunoi.foundation.notifications.models import Delivery, Enclosure, Notice, Rung
from caunoi.foundation.notifications.rules.kinds import is_urgent
from caunoi.foundation.organisations.public import Unit, ancestors, on_day, paths_of
from caunoi.foundation.people.public import Grant, Post, Role, each_reaching_all, permissions_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line, Scope

SEND_URGENT = "notifications.urgent"
"""Name of the job that writes letters about what is urgent."""
FOR_UNITS = (Role.SCHOOL_OFFICER, Role.REPORTER, Role.SPECIALIST, Role.CLERK)
"""The roles that hear what is said to their unit."""


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell: kind, title, text and the path of the page to open."""

    kind: str
    title: str
    address: str
    text: str = ""


def notify(
    message: Message,
    *,
    posts: Collection[Post] = (),
    unit_ids: Collection[int] = (),
    roles: Sequence[Role] = FOR_UNITS,
    by: Actor,
    at: dt.datetime,
) -> int:
    """Tell posts, and those posts of units that hold one of ``roles`` there; each once. Returns how many."""
    told = {post.pk for post in posts} | posts_of_units(unit_ids, roles=roles, on=clock.day_of(at))
    urgent = is_urgent(message.kind)
    sender = ", ".join(part for part in (by.person_name, by.unit_name) if part)[:300]
    Notice.objects.bulk_create(
        Notice(
            post_id=post_id,
            kind=message.kind,
            title=message.title[:300],
            text=message.text,
            address=message.address,
            from_name=sender,
            is_urgent=urgent,
            created_at=at,
        )
        for post_id in sorted(told)
    )
    if urgent and told:
        enqueue(SEND_URGENT, at=at)
    return len(told)


def posts_of_units(unit_ids: Collection[int], *, roles: Sequence[Role], on: dt.date) -> set[int]:
    """Return the ids of the posts that hold one of ``roles`` over their own unit, among ``unit_ids``."""
    grants = Grant.objects.filter(on_day(on), unit_id__in=list(unit_ids), role__in=list(roles))
    return set(grants.values_list("post_id", flat=True))


def posts_in_charge(permission: str, *, unit_id: int | None, on: dt.date) -> list[Post]:
    """Return the posts that hold a permission over a unit on a day; of no unit, over everybody of the installation."""
    roles = [role for role in Role if permission in permissions_of(role)]
    given = Grant.objects.filter(on_day(on), role__in=roles)
    if unit_id is None:
        given = given.filter(pk__in=_over_all(given.filter(subtree=True), on))
    else:
        above = [unit.pk for line in Line for unit in ancestors(Unit(pk=unit_id), line=line, on=on)]
        given = given.filter(Q(unit_id=unit_id) | Q(unit_id__in=above, subtree=True))
    return list(Post.objects.filter(pk__in=given.values("post_id")).order_by("id"))


def _over_all(given: QuerySet[Grant], on: dt.date) -> list[int]:
    """Return the ids of the grants that reach everybody of the installation."""
    pairs = [(grant.pk, grant.unit_id, Line(grant.line)) for grant in given]
    paths = paths_of([(unit_id, line) for _pk, unit_id, line in pairs], on=on)
    scopes = [Scope(unit_id, path, line) for (unit_id, line), path in paths.items()]
    whole = {(scope.unit_id, scope.line) for scope in each_reaching_all(scopes, on=on)}
    return [pk for pk, unit_id, line in pairs if (unit_id, line) in whole]


def take_rung(*, key: str, unit_ids: Collection[int], rung: str, at: dt.datetime) -> list[int]:
    """Write a reminder into the ledger; return the units that have not had it yet and should be told now."""
    had = set(Rung.objects.filter(key=key, rung=rung, unit_id__in=list(unit_ids)).values_list("unit_id", flat=True))
    fresh = [unit_id for unit_id in unit_ids if unit_id not in had]
    Rung.objects.bulk_create(Rung(key=key, unit_id=unit_id, rung=rung, sent_at=at) for unit_id in fresh)
    return fresh


def mark_read(*, notice: Notice, at: dt.datetime) -> None:
    """Mark one notice as read; the first reading counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
    _letters_read(Enclosure.objects.filter(notice=notice), at)


def mark_all_read(*, by: Actor, at: dt.datetime) -> int:
    """Mark every notice to one's post as read; return how many were unread."""
    count = notices_of(by).filter(read_at__isnull=True).update(read_at=at)
    if count and by.post_id is not None:
        _letters_read(Enclosure.objects.filter(notice__post_id=by.post_id, notice__read_at=at), at)
    return count


def _letters_read(enclosed: QuerySet[Enclosure], at: dt.datetime) -> None:
    """Note of the letters that told of these notices that nothing in them is unread any more."""
    unread = Enclosure.objects.filter(notice__read_at__isnull=True)
    letters = Delivery.objects.filter(pk__in=enclosed.values("delivery_id"), read_at__isnull=True)
    letters.exclude(pk__in=unread.values("delivery_id")).update(read_at=at)
