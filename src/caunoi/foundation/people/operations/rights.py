"""Giving and taking roles."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.access import Permission, is_own_post, require
from caunoi.foundation.people.models import Grant, Post
from caunoi.foundation.people.operations.posts import hold, subject_of
from caunoi.foundation.people.operations.refused import PeopleRefused, check_period, printed
from caunoi.foundation.people.rules.roles import Role
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import squeeze


@use_case
def grant_role(
    *, post: Post, role: Role, unit: Unit, subtree: bool = False, line: Line = Line.PROFESSIONAL, on: dt.date,
    until: dt.date | None = None, ground: str = "", by: Actor, at: dt.datetime,
) -> Grant:  # fmt: skip
    """Give a post a role over a unit, or over everything below it too, during a period.

    Both the post and the unit must lie in one's own branch, and nobody gives rights to a post of their own.
    Raises PeopleForbidden, PeopleRefused.
    """
    today = clock.day_of(at)
    require(by, Permission.ADMINISTER, post.unit_id, on=today)
    require(by, Permission.ADMINISTER, unit, on=today)
    if subtree and not by.is_system:
        _require_subtree(by, unit, line, today)
    if is_own_post(by, post, on=today):
        raise PeopleRefused("people.own_rights")
    hold(post)
    check_period(on, until)
    _check_not_given(post, role, unit, line, on, until)
    grant = Grant.objects.create(
        post=post, role=role, unit=unit, line=line, subtree=subtree, from_on=on, until_on=until,
        ground=squeeze(ground)[:300],
    )  # fmt: skip
    changes = {"role": (None, f"{role} @ {unit.name}"), "until_on": (None, until)}
    record(by=by, at=at, verb="people.grant", subject=subject_of(post), changes=changes)
    return grant


def _require_subtree(by: Actor, unit: Unit, line: Line, on: dt.date) -> None:
    """Whoever administers one unit alone cannot give rights over what lies below it, nor below it in the other line."""
    wide = tuple(scope for scope in by.scopes(Permission.ADMINISTER) if scope.subtree and scope.line == line)
    narrowed = Actor(account_id=by.account_id, granted={Permission.ADMINISTER: wide})
    require(narrowed, Permission.ADMINISTER, unit, on=on)


def _check_not_given(post: Post, role: Role, unit: Unit, line: Line, on: dt.date, until: dt.date | None) -> None:
    same = Grant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), post=post, role=role, unit=unit, line=line
    )
    found = (same if until is None else same.filter(from_on__lt=until)).order_by("from_on").first()
    if found is not None:
        facts = {"post": post.title, "unit": unit.name, "on": printed(found.from_on), "until": printed(found.until_on)}
        raise PeopleRefused("people.grant_twice", **facts)


@use_case
def end_grant(*, grant: Grant, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Take a role back: ``on`` is the first day without it; one that has not begun is taken back whole."""
    require(by, Permission.ADMINISTER, grant.post.unit_id, on=clock.day_of(at))
    before = grant.until_on
    if before is not None and before <= on:
        raise PeopleRefused("people.ended_already", until=printed(before))
    if grant.from_on >= on:
        grant.delete()
    else:
        grant.until_on = on
        grant.save(update_fields=["until_on"])
    changes = {"role": (f"{grant.role} @ {grant.unit.name}", None), "until_on": (before, on)}
    record(by=by, at=at, verb="people.end_grant", subject=subject_of(grant.post), changes=changes)
