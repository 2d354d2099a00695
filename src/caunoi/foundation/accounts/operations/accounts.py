"""Opening, closing and unlocking accounts; setting passwords."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.access import policy_on, unit_of
from caunoi.foundation.accounts.models import AccessKey, Account, Ending, FormerPassword, Invitation, Tally
from caunoi.foundation.accounts.operations.addresses import address_kept
from caunoi.foundation.accounts.operations.sessions import end_sessions
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.public import Person
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def subject_of(account: Account) -> Subject:
    """Return how the audit names an account: it is of the unit of its person, whoever acts, signed in or not."""
    return Subject("account", str(account.public_id), account.username, unit_of(account.person))


@use_case
def open_account(
    *, person: Person, username: str, password: str | None, demonstration: bool = False, by: Actor, at: dt.datetime
) -> Account:
    """Open the account of a person; without a password it is used by single sign-on or passkey only.

    Raises InvitationRefused when the person's address is that of somebody else's account.
    """
    with address_kept(person.email, person):
        account = Account.objects.create_user(
            username,
            password,
            email=person.email,
            person=person,
            is_demonstration=demonstration,
            created_at=at,
            password_set_at=at if password else None,
        )
    record(by=by, at=at, verb="accounts.open", subject=subject_of(account))
    return account


@use_case
def close_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Close an account: it can no longer sign in, and its sessions, keys and invitations end in the same moment."""
    account.is_active, account.closed_at = False, at
    account.save(update_fields=["is_active", "closed_at"])
    ended = end_sessions(account, Ending.CLOSED)
    AccessKey.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=at)
    Invitation.objects.filter(account=account, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    changes = {"sessions": (ended, 0)} if ended else None
    record(by=by, at=at, verb="accounts.close", subject=subject_of(account), changes=changes)


@use_case
def reopen_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Let a closed account sign in again, with the password it had; keys and sessions stay ended."""
    account.is_active, account.closed_at, account.last_login = True, None, at
    account.save(update_fields=["is_active", "closed_at", "last_login"])
    record(by=by, at=at, verb="accounts.reopen", subject=subject_of(account))


@use_case
def unlock_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Open an account again that was locked by wrong passwords."""
    Tally.objects.filter(account=account).delete()
    record(by=by, at=at, verb="accounts.unlock", subject=subject_of(account))


@use_case
def set_password(
    *, account: Account, password: str, keep_session: str | None = None, by: Actor, at: dt.datetime
) -> None:
    """Set a password, remember the one before it, and end every session but ``keep_session``."""
    if account.has_usable_password():
        FormerPassword.objects.create(account=account, password=account.password, set_at=account.password_set_at or at)
        _forget_old(account, at)
    account.set_password(password)
    account.password_set_at = at
    account.save(update_fields=["password", "password_set_at"])
    end_sessions(account, Ending.PASSWORD, but=keep_session)
    record(by=by, at=at, verb="accounts.password", subject=subject_of(account))


def _forget_old(account: Account, at: dt.datetime) -> None:
    kept = policy_on(clock.day_of(at))[RuleCode.PASSWORD_HISTORY]
    rows = FormerPassword.objects.filter(account=account).order_by("-set_at", "-id")
    FormerPassword.objects.filter(pk__in=[row.pk for row in rows[kept:]]).delete()


@use_case
def close_unused(*, by: Actor, at: dt.datetime) -> int:
    """Close the accounts that nobody has used for as long as the rules allow; return how many.

    Source: QCVN 12:2026/BCA (accounts unused for 45 days are disabled). Invited accounts are not yet in use.
    """
    since = at - policy_on(clock.day_of(at)).days(RuleCode.UNUSED_DAYS)
    unused = Account.objects.filter(is_active=True, is_demonstration=False, last_login__lt=since)
    for account in unused:
        close_account(account=account, by=by, at=at)
    return len(unused)
