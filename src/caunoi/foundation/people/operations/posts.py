"""Posts and who holds them: taking up, leaving, handing over in one act, standing in during an absence.

Open work, rights and authority to sign belong to the post, so none of these moves any of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.foundation.audit.public import Entry, Subject, record, use_case
from caunoi.foundation.organisations.public import Unit, on_day
from caunoi.foundation.people.access import Permission, require
from caunoi.foundation.people.events import PostLeft
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post, SigningAuthority
from caunoi.foundation.people.operations.refused import PeopleRefused, check_period, printed
from caunoi.foundation.people.rules.leaving import earliest_leaving
from caunoi.foundation.people.rules.signing import PERSONAL
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.events import announce
from caunoi.kernel.text import squeeze

ABOVE = 30
"""More superiors than any office has: the chain of ``reports_to`` is followed no further."""


def subject_of(post: Post) -> Subject:
    """Return how the audit names a post."""
    return Subject("post", str(post.public_id), f"{post.title}, {post.unit.name}", post.unit_id)


def hold(post: Post) -> None:
    """Let other acts upon a post wait until this one is entered, and look again whether it was closed meanwhile.

    Periods are compared with the rows that stand: two administrators at once would each find the post free.
    """
    post.closed_on = Post.objects.select_for_update().values_list("closed_on", flat=True).get(pk=post.pk)


@use_case
def create_post(
    *, unit: Unit, title: str, title_en: str = "", reports_to: Post | None = None, is_head: bool = False,
    position: int = 0, by: Actor, at: dt.datetime,
) -> Post:  # fmt: skip
    """Create a post in a unit. Raises PeopleForbidden outside one's branch."""
    require(by, Permission.ADMINISTER, unit, on=clock.day_of(at))
    if not squeeze(title):
        raise PeopleRefused("people.title_missing")
    post = Post.objects.create(
        unit=unit, title=squeeze(title), title_en=title_en, reports_to=reports_to, is_head=is_head, position=position
    )
    record(by=by, at=at, verb="people.create_post", subject=subject_of(post))
    return post


@use_case
def change_post(*, post: Post, title: str, reports_to: Post | None, is_head: bool, by: Actor, at: dt.datetime) -> None:
    """Rename a post or place it under another. Raises PeopleRefused when it would report to itself."""
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    if not squeeze(title):
        raise PeopleRefused("people.title_missing")
    _check_no_circle(post, reports_to)
    before = (post.title, post.reports_to, post.is_head)
    post.title, post.reports_to, post.is_head = squeeze(title), reports_to, is_head
    if before == (post.title, post.reports_to, post.is_head):
        return
    post.save(update_fields=["title", "reports_to", "is_head"])
    changes = {"title": (before[0], post.title), "reports_to": (str(before[1] or ""), str(reports_to or ""))}
    record(by=by, at=at, verb="people.change_post", subject=subject_of(post), changes=changes)


def _check_no_circle(post: Post, reports_to: Post | None) -> None:
    above = reports_to
    for _step in range(ABOVE):
        if above is None:
            return
        if above.pk == post.pk:
            raise PeopleRefused("people.circle", post=post.title)
        above = above.reports_to
    raise PeopleRefused("people.circle", post=post.title)


@use_case
def close_post(*, post: Post, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a post on ``on``; its rights and authorities end with it. Raises PeopleRefused while somebody holds it."""
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    hold(post)
    holding = _lasting(post, on).first()
    if holding is not None:
        raise PeopleRefused("people.post_held", post=post.title, person=holding.person.name)
    post.closed_on = on
    post.save(update_fields=["closed_on"])
    for rights in (Grant.objects.filter(post=post), SigningAuthority.objects.filter(post=post)):
        rights.filter(from_on__gte=on).delete()
        rights.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).update(until_on=on)
    record(by=by, at=at, verb="people.close_post", subject=subject_of(post), changes={"until_on": (None, on)})


@use_case
def take_up(
    *, person: Person, post: Post, on: dt.date, capacity: Capacity = Capacity.HOLDER, until: dt.date | None = None,
    ground: str = "", by: Actor, at: dt.datetime,
) -> Holding:  # fmt: skip
    """Have a person hold a post from ``on`` (up to, not including, ``until``).

    Raises PeopleRefused when somebody else holds it then, when the same person does already, and for oneself: the
    rights of a post are given by somebody else.
    """
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    hold(post)
    if by.person_id is not None and by.person_id == person.pk:
        raise PeopleRefused("people.own_post")
    check_period(on, until)
    if post.closed_on is not None and (until is None or until > post.closed_on):
        raise PeopleRefused("people.post_closed", post=post.title, on=printed(post.closed_on))
    if capacity == Capacity.SUBSTITUTE and until is None:
        raise PeopleRefused("people.end_missing")
    _check_free(person, post, on, until, capacity)
    holding = Holding.objects.create(
        person=person, post=post, from_on=on, until_on=until, capacity=capacity, ground=squeeze(ground)[:300]
    )
    changes = {"holder": (None, person.name), "capacity": (None, str(capacity)), "from_on": (None, on)}
    record(by=by, at=at, verb="people.take_up", subject=subject_of(post), changes=changes)
    return holding


def _lasting(post: Post, on: dt.date, until: dt.date | None = None) -> QuerySet[Holding]:
    """Return the holdings of a post that share a day with the period."""
    rows = Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), post=post)
    return (rows if until is None else rows.filter(from_on__lt=until)).select_related("person").order_by("from_on")


def _check_free(person: Person, post: Post, on: dt.date, until: dt.date | None, capacity: Capacity) -> None:
    for holding in _lasting(post, on, until):
        facts = {"post": post.title, "person": holding.person.name, "until": printed(holding.until_on)}
        if holding.person_id == person.pk:
            raise PeopleRefused("people.holding_twice", **facts)
        if Capacity.SUBSTITUTE not in (capacity, holding.capacity):
            raise PeopleRefused("people.post_taken", **facts)


@use_case
def leave(*, person: Person, post: Post, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a holding on ``on``, the first day on which the post is no longer held; its rights end with it.

    One that began on that very day, or has not begun yet, is taken back. A day that is past may be given as long as
    the person did nothing in the post on it or later (``rules.leaving``). Raises PeopleRefused, also when the person
    does not hold the post.
    """
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    hold(post)
    _leave(person, post, on, by, at)
    announce(PostLeft(person.pk, post.pk, on, by, at))


def _leave(person: Person, post: Post, on: dt.date, by: Actor, at: dt.datetime) -> None:
    _end(person, post, on, clock.day_of(at))
    changes = {"holder": (person.name, None), "until_on": (None, on)}
    record(by=by, at=at, verb="people.leave", subject=subject_of(post), changes=changes)


def _end(person: Person, post: Post, on: dt.date, today: dt.date) -> None:
    begun_or_ahead = Q(from_on__lte=on) | Q(from_on__gt=today)
    holding = _lasting(post, on).filter(begun_or_ahead, person=person).first()
    if holding is None:
        raise PeopleRefused("people.not_holder", post=post.title, person=person.name)
    _check_nothing_done_since(person, post, on, today)
    if holding.from_on >= on:
        holding.delete()
    else:
        holding.until_on = on
        holding.save(update_fields=["until_on"])
    if holding.capacity != Capacity.SUBSTITUTE:
        _end_personal_authority(post, on)


def _check_nothing_done_since(person: Person, post: Post, on: dt.date, today: dt.date) -> None:
    """Refuse a day that is past when the audit knows acts of the person in the post on it or later."""
    if on >= today:
        return
    begin = dt.datetime.combine(on, dt.time(), tzinfo=clock.VIETNAM)
    acts = Entry.objects.filter(person_id=person.pk, at__gte=begin).exclude(post_title="")
    for other in Holding.objects.filter(person=person).exclude(post=post).select_related("post__unit"):
        if (other.post.title, other.post.unit.name) != (post.title, post.unit.name):  # else nobody could tell which
            acts = acts.exclude(post_title=other.post.title, unit_name=other.post.unit.name)
    last = acts.order_by("-at", "-id").values_list("at", flat=True).first()
    earliest = earliest_leaving(clock.day_of(last) if last else None, today)
    if last is not None and earliest is not None and on < earliest:
        facts = {"last": printed(clock.day_of(last)), "earliest": printed(earliest)}
        raise PeopleRefused("people.left_after_acting", post=post.title, person=person.name, **facts)


def _end_personal_authority(post: Post, on: dt.date) -> None:
    """End what was given to or by the leaving person by name (TUQ., Q.); KT. and TL. stay with the post."""
    personal = personal_authorities(post)
    personal.filter(from_on__gte=on).delete()
    personal.filter(on_day(on)).update(until_on=on)


def personal_authorities(post: Post) -> QuerySet[SigningAuthority]:
    """Return the authorities to sign that end when the holder of a post leaves it; a lazy query."""
    return SigningAuthority.objects.filter(Q(post=post) | Q(given_by=post), form__in=PERSONAL)


@dataclass(frozen=True, slots=True)
class Handover:
    """What a handover comes to: who leaves, who takes up, as what, from which day, by which decision."""

    post: Post
    leaving: Person | None
    successor: Person
    on: dt.date
    capacity: Capacity = Capacity.HOLDER
    ground: str = ""
    until: dt.date | None = None


def _check_capacity_changes(handover: Handover) -> None:
    """An acting holder may be appointed; the same person in the same capacity is no handover."""
    same = Holding.objects.filter(on_day(handover.on), post=handover.post, person=handover.successor)
    if same.filter(capacity=handover.capacity).exists():
        raise PeopleRefused("people.same_person", person=handover.successor.name, post=handover.post.title)


@use_case
def hand_over(*, handover: Handover, by: Actor, at: dt.datetime) -> Holding:
    """End one holding and begin the next on the same day, in one act. Open work stays with the post.

    Raises PeopleRefused; then nothing has changed.
    """
    post, leaving = handover.post, handover.leaving
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    hold(post)
    if leaving is not None and leaving.pk == handover.successor.pk:
        _check_capacity_changes(handover)
    if leaving is not None:
        _leave(leaving, post, handover.on, by, at)
    holding = take_up(
        person=handover.successor, post=post, on=handover.on, capacity=handover.capacity, until=handover.until,
        ground=handover.ground, by=by, at=at,
    )  # fmt: skip
    if leaving is not None and leaving.pk != handover.successor.pk:
        announce(PostLeft(leaving.pk, post.pk, handover.on, by, at))
    return holding
