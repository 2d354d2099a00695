"""What a person may see and do with people; the posts and rights that make an actor."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caunoi.foundation.organisations.public import Unit, covers, ids_within, on_day, paths_of
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post, SigningAuthority
from caunoi.foundation.people.rules.roles import NOT_FOR_SUBSTITUTES, Role, permissions_of
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.errors import NotAllowed, NotFound, Refused


class Permission(StrEnum):
    """What one may do with people and posts; ``plugs`` says which roles hold each."""

    READ = "people.read"
    """See the people, posts and rights of the branch."""
    ADMINISTER = "people.administer"
    """Set up posts, hand them over, give and take rights in the branch."""


class PostNotHeld(Refused):
    """The person does not hold that post on that day."""


class PeopleNotFound(NotFound):
    """No such person, post or right, or not for this person to know of."""


class PeopleForbidden(NotAllowed):
    """It may be known of but not changed: ``people.not_permitted``."""


def require(by: Actor, permission: Permission, unit: Unit | int, *, on: dt.date) -> None:
    """Raise PeopleForbidden unless the permission is held over the unit on a day."""
    if not by.is_system and not covers(by.scopes(permission), unit, on=on):
        raise PeopleForbidden("people.not_permitted")


def may(by: Actor, permission: Permission, unit: Unit | int, *, on: dt.date) -> bool:
    """Whether the permission is held over the unit on a day."""
    return by.is_system or covers(by.scopes(permission), unit, on=on)


def branch(by: Actor, permission: Permission, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units over which the permission is held on a day, as a lazy query in name order."""
    if by.is_system:
        return Unit.objects.order_by("sort_key", "id")
    return Unit.objects.filter(pk__in=ids_within(by.scopes(permission), on=on)).order_by("sort_key", "id")


def visible_posts(by: Actor, *, on: dt.date) -> QuerySet[Post]:
    """Return the posts of the branch; a lazy query."""
    posts = Post.objects.select_related("unit")
    return posts if by.is_system else posts.filter(unit_id__in=ids_within(by.scopes(Permission.READ), on=on))


def visible_people(by: Actor, *, on: dt.date) -> QuerySet[Person]:
    """Return the people who hold or held a post in the branch; a lazy query."""
    if by.is_system:
        return Person.objects.all()
    units = ids_within(by.scopes(Permission.READ), on=on)
    return Person.objects.filter(pk__in=Holding.objects.filter(post__unit_id__in=units).values("person_id"))


def wholly_within(scopes: Iterable[Scope], *, on: dt.date) -> QuerySet[Holding, int]:
    """Return the ids of the people who belong to these parts of the tree alone; a lazy query.

    All posts that they hold on the day or later lie there; whoever holds none any more counts where one was held.
    Somebody with a post elsewhere is answered for by whoever answers for both places: else a school that lends
    a post to an officer of the Sở could change the address to which that officer's invitation goes.
    """
    units = ids_within(scopes, on=on)
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=on)
    elsewhere = Holding.objects.filter(lasting, standing("post__unit", on=on), person_id=OuterRef("person_id"))
    elsewhere = elsewhere.exclude(post__unit_id__in=units).order_by()
    held = Holding.objects.filter(~Exists(elsewhere), post__unit_id__in=units)
    return held.values_list("person_id", flat=True)


def reaches_all(scopes: Iterable[Scope], *, on: dt.date) -> bool:
    """Whether these parts of the tree hold everybody who works with this installation: no post lies elsewhere.

    What belongs to no unit, and what holds for all of them alike, is for who answers for all: of several Sở none
    decides for the others, and one alone is the whole although the ministry stands above it. Posts in bodies outside
    the sector (UBND, sở, ngành) only receive and are not counted.
    """
    wide = [scope for scope in scopes if scope.subtree]
    if not wide:
        return False
    elsewhere = _working(on).exclude(unit_id__in=ids_within(wide, on=on).order_by())
    return not elsewhere.exists()


def _working(on: dt.date) -> QuerySet[Post]:
    posts = Post.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), standing("unit", on=on))
    return posts.filter(unit__kind__is_outside=False).order_by()


def each_reaching_all(scopes: Iterable[Scope], *, on: dt.date) -> set[Scope]:
    """Return those parts of the tree that hold everybody of this installation by themselves.

    They stand above whatever post one takes: a handful is asked about, however many there are.
    """
    one = _working(on).values_list("unit_id", flat=True).first()
    above = paths_of([(one, line) for line in Line], on=on) if one is not None else {}
    near = {scope for scope in scopes if one is None or above.get((one, scope.line), "").startswith(scope.path)}
    return {scope for scope in near if scope.path and reaches_all([scope], on=on)}


def may_for_all(by: Actor, permission: str, *, on: dt.date) -> bool:
    """Whether a permission is held over everybody who works with this installation."""
    return by.is_system or reaches_all(by.scopes(permission), on=on)


def answers_for(by: Actor, person: Person, *, on: dt.date) -> bool:
    """Whether one administers everything that a person holds; of somebody who never held a post, everything."""
    if by.is_system or wholly_within(by.scopes(Permission.ADMINISTER), on=on).filter(person_id=person.pk).exists():
        return True
    never = not Holding.objects.filter(person=person).exists()
    return never and may_for_all(by, Permission.ADMINISTER, on=on)


def is_own_post(by: Actor, post: Post, *, on: dt.date) -> bool:
    """Whether one acts in a post, holds it on the day or will hold it later."""
    if by.post_id == post.pk:
        return True
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return by.person_id is not None and Holding.objects.filter(lasting, post=post, person_id=by.person_id).exists()


def person_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> Person:
    """Return a person of the branch. Raises PeopleNotFound."""
    found = visible_people(by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise PeopleNotFound("people.person_not_found")
    return found


def post_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> Post:
    """Return a post of the branch with its unit. Raises PeopleNotFound."""
    found = visible_posts(by, on=on).select_related("reports_to__unit").filter(public_id=public_id).first()
    if found is None:
        raise PeopleNotFound("people.post_not_found")
    return found


def unit_of_branch(public_id: UUID | str, by: Actor, *, on: dt.date) -> Unit:
    """Return a unit of the branch. Raises PeopleNotFound."""
    found = branch(by, Permission.READ, on=on).select_related("kind").filter(public_id=public_id).first()
    if found is None:
        raise PeopleNotFound("people.unit_not_found")
    return found


def grant_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> Grant:
    """Return a grant of a post of the branch. Raises PeopleNotFound."""
    rows = Grant.objects.select_related("post__unit", "unit")
    found = rows.filter(public_id=public_id, post__in=visible_posts(by, on=on)).first()
    if found is None:
        raise PeopleNotFound("people.grant_not_found")
    return found


def signing_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> SigningAuthority:
    """Return a signing authority of a post of the branch. Raises PeopleNotFound."""
    rows = SigningAuthority.objects.select_related("post__unit", "unit")
    found = rows.filter(public_id=public_id, post__in=visible_posts(by, on=on)).first()
    if found is None:
        raise PeopleNotFound("people.signing_not_found")
    return found


def standing(prefix: str, *, on: dt.date) -> Q:
    """Return the condition that the unit behind a field still stands on a day."""
    return Q(**{f"{prefix}__dissolved_on__isnull": True}) | Q(**{f"{prefix}__dissolved_on__gt": on})


def holdings_of(person: Person, *, on: dt.date) -> QuerySet[Holding]:
    """Return the posts that a person holds on a day, in the order in which they were taken up.

    A post ends with its unit: nobody acts in one of a unit that was merged or dissolved, wherever its rights reach.
    """
    held = Holding.objects.filter(on_day(on), standing("post__unit", on=on), person=person)
    held = held.select_related("post__unit")
    return held.order_by("from_on", "id")


def holders_of(post: Post, *, on: dt.date) -> QuerySet[Person]:
    """Return the people who hold a post on a day."""
    return Person.objects.filter(pk__in=Holding.objects.filter(on_day(on), post=post).values("person_id"))


def posts_with_role(role: Role, *, unit_id: int, on: dt.date) -> QuerySet[Post]:
    """Return the posts of a unit that hold ``role`` over that unit on a day."""
    granted = Grant.objects.filter(on_day(on), role=role, unit_id=unit_id).values("post_id")
    return Post.objects.filter(pk__in=granted, unit_id=unit_id)


def actor_of(
    *, account_id: int | None, person: Person, post: Post | int | None = None, on: dt.date, address: str = ""
) -> Actor:
    """Return the actor: the person in ``post``, or its id (the first one held when none is named), and its rights.

    Costs three queries whatever the number of rights. Raises PostNotHeld when the post is not theirs on that day.
    """
    held = list(holdings_of(person, on=on))
    wanted = post.pk if isinstance(post, Post) else post
    if wanted is not None and all(holding.post_id != wanted for holding in held):
        raise PostNotHeld("post_not_held", post=Post.objects.filter(pk=wanted).values_list("title", flat=True).first())
    if not held:
        return Actor(account_id=account_id, person_id=person.pk, person_name=person.name, address=address)
    holding = next((one for one in held if wanted in (None, one.post_id)), held[0])
    chosen = holding.post
    grants = _rights_of(holding, on)
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


def _rights_of(holding: Holding, on: dt.date) -> list[Grant]:
    """Return the grants of the post; a substitute neither signs nor administers (see ``NOT_FOR_SUBSTITUTES``)."""
    grants = Grant.objects.filter(on_day(on), post=holding.post)
    if holding.capacity == Capacity.SUBSTITUTE:
        grants = grants.exclude(role__in=NOT_FOR_SUBSTITUTES)
    return list(grants)


def _granted(grants: Collection[Grant], on: dt.date) -> MappingProxyType[str, tuple[Scope, ...]]:
    paths = _paths(grants, on)
    scopes: defaultdict[str, list[Scope]] = defaultdict(list)
    for grant in grants:
        line = Line(grant.line)
        path = paths.get((grant.unit_id, line), "")
        scope = Scope(grant.unit_id, path, line, grant.subtree and bool(path))
        for permission in permissions_of(Role(grant.role)):
            scopes[permission].append(scope)
    return MappingProxyType({permission: tuple(found) for permission, found in scopes.items()})


def _paths(grants: Iterable[Grant], on: dt.date) -> dict[tuple[int, Line], str]:
    """Return (unit, line) → path in one query."""
    wanted = {(grant.unit_id, Line(grant.line)) for grant in grants}
    return paths_of(wanted, on=on) if wanted else {}


def only_stands_in(by: Actor, *, on: dt.date) -> bool:
    """Whether a person acts in a post as a substitute alone: authority to sign by another's word is not theirs."""
    if by.post_id is None or by.person_id is None:
        return False
    held = Holding.objects.filter(on_day(on), post_id=by.post_id, person_id=by.person_id)
    capacities = set(held.values_list("capacity", flat=True))
    return capacities == {Capacity.SUBSTITUTE}
