"""Access keys: made, shown once, kept as a hash, revoked, and turned into the actor they speak for."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.db.models import Q, QuerySet

from caunoi.foundation.accounts.access import policy_on
from caunoi.foundation.accounts.models import AccessKey, Account, KeyUse
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.public import Post, PostNotHeld, actor_of, holdings_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

MARK: Final = "caunoi_"
"""How every key begins, so that a leaked one is found by a search."""
SHOWN: Final = len(MARK) + 6
SEEN_EVERY: Final = dt.timedelta(hours=1)


class KeyRefused(Refused):
    """The key is unknown, expired or revoked, its account closed, or its post no longer held: ``key.not_accepted``.

    Or it may not be made: ``key.too_long`` (with ``days``), ``key.too_short``, ``key.post_not_held``.
    """


def hash_of(token: str) -> str:
    """Return what is kept of a secret: its SHA-256. A secret has 256 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@use_case
def make_key(
    *, account: Account, post: Post, name: str, expires_on: dt.date, by: Actor, at: dt.datetime
) -> tuple[AccessKey, str]:
    """Make a key with the rights that the person has in ``post``, until the end of ``expires_on``.

    Returns the key and its secret, which cannot be shown again. Raises KeyRefused.
    """
    today = clock.day_of(at)
    longest = policy_on(today)[RuleCode.KEY_DAYS]
    if expires_on < today:
        raise KeyRefused("key.too_short")
    if expires_on > today + dt.timedelta(days=longest):
        raise KeyRefused("key.too_long", days=longest)
    if not holdings_of(account.person, on=today).filter(post=post).exists():
        raise KeyRefused("key.post_not_held")
    end = dt.datetime.combine(expires_on + dt.timedelta(days=1), dt.time(), tzinfo=clock.VIETNAM)
    return _make(account, KeyUse.API, name, post, end, by, at)


@use_case
def make_calendar_key(*, account: Account, by: Actor, at: dt.datetime) -> tuple[AccessKey, str]:
    """Make the secret of one's calendar address; the one before it stops at once. Returns the key and its secret."""
    _revoke(AccessKey.objects.filter(account=account, use=KeyUse.CALENDAR, revoked_at__isnull=True), by, at)
    return _make(account, KeyUse.CALENDAR, "calendar", None, None, by, at)


def _make(
    account: Account, use: KeyUse, name: str, post: Post | None, end: dt.datetime | None, by: Actor, at: dt.datetime
) -> tuple[AccessKey, str]:
    secret = MARK + secrets.token_urlsafe(32)
    key = AccessKey.objects.create(
        account=account, post=post, use=use, name=name, beginning=secret[:SHOWN], token_hash=hash_of(secret),
        created_at=at, expires_at=end,
    )  # fmt: skip
    changes = {"expires_at": (None, end), "post": (None, post.title if post else None)}
    record(by=by, at=at, verb="accounts.make_key", subject=_subject(key), changes=changes)
    return key, secret


@use_case
def revoke_key(*, key: AccessKey, by: Actor, at: dt.datetime) -> None:
    """Stop a key at once."""
    _revoke(AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True), by, at)


def _revoke(keys: QuerySet[AccessKey], by: Actor, at: dt.datetime) -> None:
    for key in list(keys):
        AccessKey.objects.filter(pk=key.pk).update(revoked_at=at)
        record(by=by, at=at, verb="accounts.revoke_key", subject=_subject(key))


def _subject(key: AccessKey) -> Subject:
    return Subject("access_key", str(key.public_id), f"{key.name} ({key.beginning}…)")


def actor_of_key(token: str, *, demonstration: bool, at: dt.datetime, address: str = "") -> Actor:
    """Return who a program speaks for: the key's person in the key's post, with the rights of that day.

    Raises KeyRefused("key.not_accepted") for an unknown, expired or revoked key, a closed account, and a post that
    the person no longer holds, and for an account of the demonstration unless this is a ``demonstration``; the
    reason is not told apart.
    """
    key = _open_key(token, KeyUse.API, demonstration, at)
    try:
        actor = actor_of(
            account_id=key.account_id, person=key.account.person, post=key.post, on=clock.day_of(at), address=address
        )
    except PostNotHeld:
        raise KeyRefused("key.not_accepted") from None
    _seen(key, at)
    return actor


def account_of_calendar_key(token: str, *, demonstration: bool, at: dt.datetime) -> Account:
    """Return whose calendar a secret address shows. Raises KeyRefused("key.not_accepted")."""
    key = _open_key(token, KeyUse.CALENDAR, demonstration, at)
    _seen(key, at)
    return key.account


def _open_key(token: str, use: KeyUse, demonstration: bool, at: dt.datetime) -> AccessKey:
    alive = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=at))
    found = AccessKey.objects.filter(alive, token_hash=hash_of(token), use=use, account__is_active=True)
    key = found.select_related("account__person", "post__unit").first()
    if key is None or (key.account.is_demonstration and not demonstration):
        raise KeyRefused("key.not_accepted")
    return key


def _seen(key: AccessKey, at: dt.datetime) -> None:
    """Keep when a key was last used, to the hour: a busy program must not write at every call."""
    if key.last_used_at is None or at - key.last_used_at >= SEEN_EVERY:
        AccessKey.objects.filter(pk=key.pk).update(last_used_at=at)
