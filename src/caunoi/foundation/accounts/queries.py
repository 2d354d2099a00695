"""Reads of the look through rights: who holds what, since when, and when it was last looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from caunoi.foundation.accounts.access import Permission, policy_on
from caunoi.foundation.accounts.models import AccessReview, Account
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.organisations.public import ids_within, on_day
from caunoi.foundation.people.public import Grant, Holding
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def rights_within(by: Actor, *, on: dt.date) -> QuerySet[Grant]:
    """Return the rights held today by the posts whose accounts one manages, with ``reviewed_at`` and ``reviewed_by``.

    In the order of units and posts; a lazy query.
    """
    found = Grant.objects.filter(on_day(on))
    if not by.is_system:
        found = found.filter(post__unit_id__in=ids_within(by.scopes(Permission.MANAGE), on=on))
    last = AccessReview.objects.filter(grant=OuterRef("pk")).order_by("-decided_at", "-id")
    found = found.annotate(
        reviewed_at=Subquery(last.values("decided_at")[:1]), reviewed_by=Subquery(last.values("decided_by")[:1])
    )
    return found.select_related("post__unit", "unit").order_by(
        "post__unit__sort_key", "post__position", "post_id", "id"
    )


def rights_due(by: Actor, *, at: dt.datetime) -> QuerySet[Grant]:
    """Return the rights that nobody has looked at for as long as the rules say, newly given ones not yet; lazy."""
    on = clock.day_of(at)
    span = policy_on(on).days(RuleCode.REVIEW_DAYS)
    never = Q(reviewed_at__isnull=True, from_on__lte=on - span)
    return rights_within(by, on=on).filter(never | Q(reviewed_at__lte=at - span))


def rights_chosen(by: Actor, public_ids: Iterable[UUID], *, on: dt.date) -> list[Grant]:
    """Return those of the rights named that lie within one's reach."""
    return list(rights_within(by, on=on).filter(public_id__in=list(public_ids)))


def holders_of_posts(posts: Iterable[int], *, on: dt.date) -> dict[int, list[tuple[str, dt.datetime | None]]]:
    """Return post → name and last sign-in of everybody who holds it; two queries."""
    held = list(Holding.objects.filter(on_day(on), post_id__in=list(posts)).select_related("person").order_by("id"))
    signed = dict(
        Account.objects.filter(person_id__in={one.person_id for one in held}).values_list("person_id", "last_login")
    )
    found: dict[int, list[tuple[str, dt.datetime | None]]] = {}
    for one in held:
        found.setdefault(one.post_id, []).append((one.person.name, signed.get(one.person_id)))
    return found
