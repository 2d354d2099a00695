"""Work in the background: many invitations, and accounts that nobody uses."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.models import InvitationBatch
from caunoi.foundation.accounts.operations.accounts import close_unused
from caunoi.foundation.accounts.operations.invitations import INVITE_MANY, invite_next
from caunoi.foundation.accounts.operations.locking import forget_old_tallies
from caunoi.foundation.accounts.operations.reviewing import tell_reviews_due
from caunoi.foundation.accounts.operations.sessions import forget_ended
from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.people.public import Post, actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, system

TIDY = "accounts.tidy"
AT_A_TIME = 20
"""Invitations of one transaction: a crash repeats at most so many, and none is made twice."""


@handler(INVITE_MANY)
def invite_many(run: Run, /, **arguments: object) -> None:
    """Invite the people of a batch as the person who asked for it."""
    batch = InvitationBatch.objects.select_related("account__person").get(pk=int(str(arguments["batch"])))
    by = _asker(batch, run.at)
    run.progress(batch.done, batch.total)
    while batch.finished_at is None and invite_next(batch=batch, size=AT_A_TIME, by=by, at=run.at):
        run.progress(batch.done, batch.total)
    run.progress(batch.done, batch.total)


def _asker(batch: InvitationBatch, at: dt.datetime) -> Actor:
    if batch.account is None:
        return system()
    post = Post.objects.filter(pk=batch.post_id).first() if batch.post_id else None
    return actor_of(account_id=batch.account.pk, person=batch.account.person, post=post, on=clock.day_of(at))


@handler(TIDY)
def tidy(run: Run, /, **arguments: object) -> None:
    """Close accounts that were not used for too long, tell of rights to look through, forget old wrong passwords."""
    close_unused(by=system("Rà soát tài khoản"), at=run.at)
    tell_reviews_due(at=run.at)
    forget_old_tallies(at=run.at)
    forget_ended(at=run.at)


every(TIDY, dt.timedelta(hours=12))
