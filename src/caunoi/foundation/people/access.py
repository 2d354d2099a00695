"""Reading posts and rights; building the actor of a request."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from types import MappingProxyType

from django.db.models import QuerySet

from caunoi.foundation.organisations.public import on_day, path_of
from caunoi.foundation.people.models import Grant, Holding, Person, Post, SigningAuthority
from caunoi.foundation.people.rules.roles import Role, permissions_of
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.errors import Refused


class PostNotHeld(Refused):
    """The person does not hold that post on that day."""


def holdings_of(person: Person, *, on: dt.date) -> QuerySet[Holding]:
    """Return the posts that a person holds on a day, in the order in which they were taken up."""
    held = Holding.objects.filter(on_day(on), person=person).select_related("post__unit")
    return held.order_by("from_on", "id")


def holders_of(post: Post, *, on: dt.date) -> QuerySet[Person]:
    """Return the people who hold a post on a day."""
    return Person.objects.filter(pk__in=Holding.objects.filter(on_day(on), post=post).values("person_id"))


def posts_with_role(role: Role, *, unit_id: int, on: dt.date) -> QuerySet[Post]:
    """Return the posts of a unit that hold ``role`` over that unit on a day."""
    granted = Grant.objects.filter(on_day(on), role=role, unit_id=unit_id).values("post_id")
    return Post.objects.filter(pk__in=granted, unit_id=unit_id)


def actor_of(
    *, account_id: int | None, person: Person, post: Post | None = None, on: dt.date, address: str = ""
) -> Actor:
    """Return the actor: the person in ``post`` (the first one held when none is named) with its rights on a day.

    Raises PostNotHeld when the named post is not theirs on that day.
    """
    held = list(holdings_of(person, on=on))
    if post is not None and all(holding.post_id != post.pk for holding in held):
        raise PostNotHeld("post_not_held", post=post.title)
    if not held:
        return Actor(account_id=account_id, person_id=person.pk, person_name=person.name, address=address)
    chosen = post if post is not None else held[0].post
    grants = list(Grant.objects.filter(on_day(on), post=chosen))
    return Actor(
        account_id=account_id,
        person_id=person.pk,
        post_id=chosen.pk,
        unit_id=chosen.unit_id,
        person_name=person.name,
        post_title=chosen.title,
        unit_name=chosen.unit.name,
        roles=frozenset(grant.role for grant in grants),
        granted=_granted(grants, on),
        address=address,
    )


def _granted(grants: list[Grant], on: dt.date) -> MappingProxyType[str, tuple[Scope, ...]]:
    scopes: defaultdict[str, list[Scope]] = defaultdict(list)
    for grant in grants:
        line = Line(grant.line)
        scope = Scope(grant.unit_id, path_of(grant.unit_id, line=line, on=on) or "", line, grant.subtree)
        if grant.subtree and not scope.path:
            scope = Scope(grant.unit_id, "", line, subtree=False)
        for permission in permissions_of(Role(grant.role)):
            scopes[permission].append(scope)
    return MappingProxyType({permission: tuple(found) for permission, found in scopes.items()})


def signing_authorities(*, unit_id: int, on: dt.date) -> QuerySet[SigningAuthority]:
    """Return who may sign for a unit on a day and in which form (NĐ 30/2020/NĐ-CP, Điều 13)."""
    return (
        SigningAuthority.objects.filter(on_day(on), unit_id=unit_id)
        .select_related("post")
        .order_by("post__position", "id")
    )
