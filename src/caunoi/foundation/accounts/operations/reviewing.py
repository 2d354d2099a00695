"""Deciding right by right whether whoever holds it still needs it (QCVN 12:2026/BCA), and telling when it is time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from caunoi.foundation.accounts.access import AccountsForbidden, Permission
from caunoi.foundation.accounts.events import ReviewDue
from caunoi.foundation.accounts.models import AccessReview
from caunoi.foundation.accounts.queries import holders_of_posts, rights_due
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.public import covers, on_day
from caunoi.foundation.people.public import Grant, Holding, Role, actor_of, end_grant, holdings_of, permissions_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.events import announce


class ReviewRefused(Refused):
    """``review.own_post``: nobody decides about the rights of a post of their own; ``review.nothing_chosen``."""


@use_case
def review_rights(*, grants: Sequence[Grant], keep: bool, by: Actor, at: dt.datetime) -> int:
    """Keep rights, or withdraw them at once; each decision is recorded with its day. Returns how many.

    All or none. Raises AccountsForbidden outside one's reach, ReviewRefused, and what ``people.end_grant`` refuses.
    """
    on = clock.day_of(at)
    if not grants:
        raise ReviewRefused("review.nothing_chosen")
    own = own_posts(by, on)
    for grant in grants:
        if not by.is_system and not covers(by.scopes(Permission.MANAGE), grant.post.unit_id, on=on):
            raise AccountsForbidden("accounts.not_permitted")
        if grant.post_id in own:
            raise ReviewRefused("review.own_post", post=grant.post.title)
    holders = holders_of_posts({grant.post_id for grant in grants}, on=on)
    for grant in grants:
        _decide(grant, keep, ", ".join(name for name, _seen in holders.get(grant.post_id, [])), by, at)
    return len(grants)


def own_posts(by: Actor, on: dt.date) -> set[int]:
    """Return the posts (ids) about whose rights a person does not decide: those that they hold, or act in."""
    held = Holding.objects.filter(on_day(on), person_id=by.person_id or 0).values_list("post_id", flat=True)
    return {*held, by.post_id or 0}


def _decide(grant: Grant, keep: bool, holder: str, by: Actor, at: dt.datetime) -> None:
    post = grant.post
    subject = Subject("post", str(post.public_id), f"{post.title}, {post.unit.name}", post.unit_id)
    role = f"{grant.role} @ {grant.unit.name}"
    AccessReview.objects.create(
        grant=grant, role=grant.role, holder=holder[:300], post_title=post.title, unit_id=post.unit_id, is_kept=keep,
        decided_at=at, decided_by=by.person_name,
    )  # fmt: skip
    if not keep:
        end_grant(grant=grant, on=clock.day_of(at), by=by, at=at)
    verb = "accounts.review_kept" if keep else "accounts.review_withdrawn"
    record(by=by, at=at, verb=verb, subject=subject, changes={"role": (role, role if keep else None)})


@use_case
def note_review_export(*, count: int, by: Actor, at: dt.datetime) -> None:
    """Note that the rights within one's reach left the system as a workbook."""
    subject = Subject("account", "export", "Rà soát quyền truy cập")
    record(by=by, at=at, verb="accounts.review_export", subject=subject, changes={"count": (None, count)})


def tell_reviews_due(*, at: dt.datetime) -> int:
    """Announce to every post that manages accounts how many rights it has to look through; return how many posts."""
    on, told = clock.day_of(at), 0
    roles = [role for role in Role if Permission.MANAGE in permissions_of(role)]
    posts = Grant.objects.filter(on_day(on), role__in=roles).order_by("post_id").values("post_id").distinct()
    for held in Holding.objects.filter(on_day(on), post_id__in=posts).select_related("person", "post").order_by("id"):
        if not holdings_of(held.person, on=on).filter(post_id=held.post_id).exists():
            continue  # of a unit that has ended
        by = actor_of(account_id=None, person=held.person, post=held.post, on=on)
        count = rights_due(by, at=at).exclude(post_id__in=own_posts(by, on)).count()  # those are for others to decide
        if count:
            with transaction.atomic():  # what is told and that it was told
                announce(ReviewDue(held.post_id, held.post.unit_id, count, at))
            told += 1
    return told
