"""Where an account is signed in: beginning, seeing again, ending."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.sessions.models import Session

from caunoi.foundation.accounts.access import AccountNotFound, sign_ins_of
from caunoi.foundation.accounts.models import Account, SignIn
from caunoi.foundation.audit.public import Subject, record, use_case
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
            "began_at": at, "seen_at": at,
        },
    )  # fmt: skip
    _forget_ended(account)
    subject = Subject("account", str(account.public_id), account.username)
    record(by=by, at=at, verb="accounts.sign_in", subject=subject, changes={"way": (None, way)})
    return begun


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


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End every session of an account but one; return how many. Called within a use case that records why."""
    rows = sign_ins_of(account).exclude(session_key=but) if but else sign_ins_of(account)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


@use_case
def revoke_session(*, public_id: UUID, account: Account, by: Actor, at: dt.datetime) -> None:
    """End one session of one's own. Raises AccountNotFound."""
    row = sign_ins_of(account).filter(public_id=public_id).first()
    if row is None:
        raise AccountNotFound("accounts.not_found")
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    _record_end(account, 1, by, at)


@use_case
def revoke_other_sessions(*, account: Account, but: str | None, by: Actor, at: dt.datetime) -> int:
    """End every session of an account but the one in use; return how many."""
    ended = end_sessions(account, but=but)
    _record_end(account, ended, by, at)
    return ended


def _record_end(account: Account, ended: int, by: Actor, at: dt.datetime) -> None:
    subject = Subject("account", str(account.public_id), account.username)
    record(by=by, at=at, verb="accounts.end_sessions", subject=subject, changes={"sessions": (ended, 0)})
