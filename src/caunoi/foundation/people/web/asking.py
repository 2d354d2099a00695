"""Small things every view of people needs: who asks, how a refusal is said, which choices a form offers."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest

from caunoi.foundation.organisations.public import Unit, ancestors, on_day
from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.people.access import PeopleForbidden, Permission, branch
from caunoi.foundation.people.models import Holding, Person, Post, SigningAuthority
from caunoi.kernel.actor import Actor, Line


def permitted(request: HttpRequest, permission: Permission = Permission.READ) -> Actor:
    """Return who asks. Raises PeopleForbidden without the permission."""
    by = actor_of(request)
    if not by.may(permission):
        raise PeopleForbidden("people.not_permitted")
    return by


def units_round(unit: Unit, by: Actor, *, on: dt.date) -> QuerySet[Unit]:
    """Return the unit and those above it in either line that one administers: over these a post may get rights."""
    above = {one.pk for line in Line for one in ancestors(unit, line=line, on=on)}
    return branch(by, Permission.ADMINISTER, on=on).filter(pk__in=above | {unit.pk})


def posts_round(post_unit: Unit, *, on: dt.date) -> QuerySet[Post]:
    """Return the posts of a unit and of those above it, heads first: to these a post may report."""
    above = {one.pk for one in ancestors(post_unit, on=on)} | {post_unit.pk}
    posts = Post.objects.filter(unit_id__in=above, closed_on__isnull=True).select_related("unit")
    return posts.order_by("-is_head", "unit__sort_key", "position", "pk")


def givers_round(units: QuerySet[Unit], *, on: dt.date) -> QuerySet[Post]:
    """Return the posts with any authority to sign for these units; whether they may hand it on is for the rules."""
    held = SigningAuthority.objects.filter(on_day(on), unit__in=units.order_by()).values("post_id")
    signing = Post.objects.filter(pk__in=held).select_related("unit")
    return signing.order_by("-is_head", "unit__sort_key", "position", "pk")


def people_round(unit: Unit, *, on: dt.date) -> QuerySet[Person]:
    """Return the people of a unit and of those directly round it: from these somebody stands in."""
    above = {one.pk for one in ancestors(unit, on=on)[-1:]} | {unit.pk}
    held = Holding.objects.filter(on_day(on), post__unit_id__in=above).values("person_id")
    return Person.objects.filter(pk__in=held).order_by("sort_key", "id")
