"""Reading one's notices."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from caunoi.foundation.notifications.models import Notice
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotFound


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
