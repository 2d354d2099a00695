"""Reading one's notices."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from caunoi.foundation.accounts.public import accounts_within
from caunoi.foundation.notifications.models import Delivery, Notice
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with letters."""

    OVERSEE = "notifications.oversee"
    """See the letters to the people whose accounts one manages."""


class LettersForbidden(NotAllowed):
    """The post does not look after letters: ``notifications.not_permitted``."""


class NoticeNotFound(NotFound):
    """No such notice, or it is not for this post."""


def notices_of(by: Actor) -> QuerySet[Notice]:
    """Return the notices to the post one acts for, newest first."""
    return Notice.objects.filter(post_id=by.post_id) if by.post_id else Notice.objects.none()


def unread_count(by: Actor) -> int:
    """Return how many notices to the post one acts for are unread."""
    return notices_of(by).filter(read_at__isnull=True).count()


def notice_by_public_id(public_id: UUID, *, by: Actor) -> Notice:
    """Return one of one's notices. Raises NoticeNotFound."""
    try:
        return notices_of(by).get(public_id=public_id)
    except Notice.DoesNotExist:
        raise NoticeNotFound("notice_not_found") from None


def letters_within(by: Actor, *, on: dt.date) -> QuerySet[Delivery]:
    """Return the letters to the people whose accounts one manages, newest first. Raises LettersForbidden."""
    if not by.may(Permission.OVERSEE):
        raise LettersForbidden("notifications.not_permitted")
    letters = Delivery.objects.filter(account__in=accounts_within(by, on=on).order_by().values("pk"))
    return letters.select_related("account__person").order_by("-queued_at", "-id")


def letter_by_public_id(public_id: UUID, *, by: Actor, on: dt.date) -> Delivery:
    """Return a letter to somebody whose account one manages. Raises LettersForbidden, NoticeNotFound."""
    found = letters_within(by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise NoticeNotFound("notifications.letter_not_found")
    return found


def letters_to(account_id: int | None) -> QuerySet[Delivery]:
    """Return the letters to one account, newest first."""
    letters = Delivery.objects.order_by("-queued_at", "-id")
    return letters.none() if account_id is None else letters.filter(account_id=account_id)
