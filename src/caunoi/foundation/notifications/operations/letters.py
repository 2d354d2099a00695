"""Wanting letters: every one is a row and a job in the same transaction, and the same one is never wanted twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from caunoi.foundation.accounts.public import Account, Invitation
from caunoi.foundation.calendar.public import working_days
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.notifications.models import Delivery, DeliveryKind, Enclosure, Notice, Preference
from caunoi.foundation.notifications.models.delivery import DIGEST_AT
from caunoi.foundation.notifications.rules.mail import is_digest_due
from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.people.public import Holding
from caunoi.kernel import clock

DELIVER: Final = "notifications.deliver"
"""Name of the job that hands one letter to the mail server."""
RECENT: Final = dt.timedelta(days=14)
"""What has lain unread longer is told no more."""


def want(
    *, key: str, kind: DeliveryKind, account: Account, at: dt.datetime, invitation: Invitation | None = None,
    notices: Sequence[Notice] = (),
) -> Delivery | None:  # fmt: skip
    """Want a letter; ``None`` when the same was wanted before or the account has no address. Sent after the commit."""
    if not account.email:
        return None
    with transaction.atomic():
        letter, is_new = Delivery.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind, "account": account, "to": account.email, "invitation": invitation,
                "queued_at": at, "next_at": at,
            },
        )  # fmt: skip
        if not is_new:
            return None
        Enclosure.objects.bulk_create(
            (Enclosure(delivery=letter, notice=notice, account=account) for notice in notices), ignore_conflicts=True
        )
        enqueue(DELIVER, at=at, delivery=letter.pk)
    return letter


def want_digests(*, at: dt.datetime) -> int:
    """Want the digest of this day for everybody whose time has come and who has something unread; return how many."""
    day = clock.day_of(at)
    wanted = 0
    for account, notices in _unread_by_account(Q(), at=at, only=_due(at)):
        wanted += (
            want(key=f"digest:{account.pk}:{day}", kind=DeliveryKind.DIGEST, account=account, at=at, notices=notices)
            is not None
        )
    return wanted


def want_urgent(*, at: dt.datetime) -> int:
    """Want a letter for everybody who has something urgent that no letter has told yet; return how many."""
    wanted = 0
    unwanted = Preference.objects.filter(has_urgent=False).values("account_id")
    for account, notices in _unread_by_account(Q(is_urgent=True), at=at, only=Account.objects.exclude(pk__in=unwanted)):
        key = f"urgent:{account.pk}:{max(notice.pk for notice in notices)}"
        wanted += want(key=key, kind=DeliveryKind.URGENT, account=account, at=at, notices=notices) is not None
    return wanted


def _due(at: dt.datetime) -> QuerySet[Account]:
    """Return the accounts whose digest of this day is due and was not wanted yet."""
    day, now = clock.day_of(at), at.astimezone(clock.VIETNAM)
    works = day in working_days()
    common = is_digest_due(now=now, at=DIGEST_AT, is_working_day=works, on_working_days_only=True)
    own = Q(has_digest=True, digest_at__lte=now.time())
    chosen = Preference.objects.filter(own if works else own & Q(on_working_days_only=False)).values("account_id")
    everybody = Q(pk__in=chosen) | ~Q(pk__in=Preference.objects.values("account_id")) if common else Q(pk__in=chosen)
    had = Delivery.objects.filter(kind=DeliveryKind.DIGEST, key__endswith=f":{day}").values("account_id")
    return Account.objects.filter(everybody).exclude(pk__in=had)


def _unread_by_account(
    condition: Q, *, at: dt.datetime, only: QuerySet[Account]
) -> Iterator[tuple[Account, list[Notice]]]:
    """Yield accounts with the unread, recent notices of the posts they hold that no letter has told them yet."""
    day = clock.day_of(at)
    unread = Notice.objects.filter(condition, read_at__isnull=True, created_at__gt=at - RECENT, created_at__lte=at)
    holding = Holding.objects.filter(on_day(day), post_id__in=unread.values("post_id"))
    accounts = only.filter(is_active=True, person_id__in=holding.values("person_id")).exclude(email="")
    for account in accounts.order_by("id").iterator(chunk_size=500):
        notices = _untold(account, unread, day)
        if notices:
            yield account, notices


def _untold(account: Account, unread: QuerySet[Notice], day: dt.date) -> list[Notice]:
    posts = Holding.objects.filter(on_day(day), person_id=account.person_id).values("post_id")
    told = Enclosure.objects.filter(account=account).values("notice_id")
    return list(unread.filter(post_id__in=posts).exclude(pk__in=told).order_by("-created_at", "-id")[:100])


def set_preference(
    *, account: Account, has_digest: bool, digest_at: dt.time, on_working_days_only: bool, has_urgent: bool
) -> Preference:
    """Keep how a person wants to hear by e-mail."""
    row, _created = Preference.objects.update_or_create(
        account=account,
        defaults={
            "has_digest": has_digest, "digest_at": digest_at, "on_working_days_only": on_working_days_only,
            "has_urgent": has_urgent,
        },
    )  # fmt: skip
    return row


def notices_in(letter: Delivery, *, on: dt.date) -> Collection[Notice]:
    """Return what a letter tells of and is still unread and still its reader's: urgent things first, then the newest.

    A letter may wait for days for a mail server; who has handed a post over meanwhile hears no more of it.
    """
    enclosed = Enclosure.objects.filter(delivery=letter, account__is_active=True).values("notice_id")
    posts = Holding.objects.filter(on_day(on), person_id=letter.account.person_id).values("post_id")
    mine = Notice.objects.filter(pk__in=enclosed, read_at__isnull=True, post_id__in=posts)
    return list(mine.order_by("-is_urgent", "-created_at", "-id"))
