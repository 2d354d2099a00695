"""Where an account is signed in: beginning, seeing again, ending."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from caunoi.foundation.accounts.access import AccountNotFound, policy_on, sign_ins_of
from caunoi.foundation.accounts.models import AccessKey, Account, Ending, SignIn
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.public import Person, holdings_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


@use_case
def begin_session(
    *, account: Account, session_key: str, way: str, user_agent: str, by: Actor, at: dt.datetime
) -> SignIn:
    """Note that an account signed in: by which way, from where, with what."""
    begun, _created = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "account": account, "way": way, "user_agent": user_agent[:300], "address": by.address,
            "began_at": at, "seen_at": at, "ended_why": "",
        },
    )  # fmt: skip
    _forget_ended(account)
    _end(sign_ins_of(account).filter(pk__in=_beyond(account, begun, at)), Ending.TOO_MANY)
    subject = Subject("account", str(account.public_id), account.username)
    record(by=by, at=at, verb="accounts.sign_in", subject=subject, changes={"way": (None, way)})
    return begun


def _beyond(account: Account, begun: SignIn, at: dt.datetime) -> list[int]:
    """Return the sessions beyond what the rules allow at once, those not used for longest."""
    others = sign_ins_of(account).exclude(pk=begun.pk).values_list("pk", flat=True)
    return list(others[policy_on(clock.day_of(at))[RuleCode.SESSIONS] - 1 :])


def _forget_ended(account: Account) -> None:
    """Drop the rows of sessions that ran out by themselves."""
    alive = Session.objects.filter(session_key__in=sign_ins_of(account).values("session_key"))
    sign_ins_of(account).exclude(session_key__in=alive.values("session_key")).delete()


def see_session(*, session_key: str, at: dt.datetime) -> None:
    """Note that a session was used; not for the audit."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=at)


def forget_session(*, session_key: str) -> None:
    """Take a session out of the list: it ended by signing out."""
    SignIn.objects.filter(session_key=session_key).delete()


def end_sessions(account: Account, why: Ending = Ending.ADMINISTRATOR, *, but: str | None = None) -> int:
    """End every session of an account but one; return how many. Called within a use case that records it."""
    rows = sign_ins_of(account).exclude(session_key=but) if but else sign_ins_of(account)
    return _end(rows, why)


def _end(rows: QuerySet[SignIn], why: Ending) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    if not keys:
        return 0
    Session.objects.filter(session_key__in=keys).delete()
    rows.update(ended_why=why)
    return len(keys)


def why_ended(session_key: str) -> Ending | None:
    """Return why a session was ended by somebody, if it was."""
    found = SignIn.objects.filter(session_key=session_key).exclude(ended_why="").values_list("ended_why", flat=True)
    return next((Ending(why) for why in found), None)


def forget_ended(*, at: dt.datetime) -> int:
    """Drop the rows of sessions that were ended two days ago and more; return how many."""
    return SignIn.objects.filter(seen_at__lt=at - dt.timedelta(days=2)).exclude(ended_why="").delete()[0]


@use_case
def after_leaving(*, person: Person, post_id: int, by: Actor, at: dt.datetime) -> None:
    """Take from the account of a person what rested on a post they have left: keys, and at the last post sessions.

    A session with another post left goes on with that, and says so at its next request (``web.guard``).
    """
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    keys = AccessKey.objects.filter(account=account, revoked_at__isnull=True)
    last = not holdings_of(person, on=clock.day_of(at)).exists()
    revoked = keys.filter(post_id=post_id).update(revoked_at=at)
    ended = end_sessions(account, Ending.POST_LEFT) if last else 0
    if ended or revoked:
        changes: dict[str, tuple[object, object]] = {"sessions": (ended, 0), "keys": (revoked, 0)}
        subject = Subject("account", str(account.public_id), account.username)
        record(by=by, at=at, verb="accounts.end_sessions", subject=subject, changes=changes)


@use_case
def revoke_session(*, public_id: UUID, account: Account, by: Actor, at: dt.datetime) -> None:
    """End one session of one's own. Raises AccountNotFound."""
    if not _end(sign_ins_of(account).filter(public_id=public_id), Ending.ELSEWHERE):
        raise AccountNotFound("accounts.not_found")
    _record_end(account, 1, by, at)


@use_case
def revoke_other_sessions(*, account: Account, but: str | None, by: Actor, at: dt.datetime) -> int:
    """End every session of an account but the one in use; return how many."""
    why = Ending.ELSEWHERE if by.account_id == account.pk else Ending.ADMINISTRATOR
    ended = end_sessions(account, why, but=but)
    _record_end(account, ended, by, at)
    return ended


def _record_end(account: Account, ended: int, by: Actor, at: dt.datetime) -> None:
    subject = Subject("account", str(account.public_id), account.username)
    record(by=by, at=at, verb="accounts.end_sessions", subject=subject, changes={"sessions": (ended, 0)})
