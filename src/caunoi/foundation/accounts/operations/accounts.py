"""Opening and closing accounts."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.public import Person
from caunoi.kernel.actor import Actor


@use_case
def open_account(
    *, person: Person, username: str, password: str | None, demonstration: bool = False, by: Actor, at: dt.datetime
) -> Account:
    """Open the account of a person; without a password it is used by single sign-on or passkey only."""
    account = Account.objects.create_user(
        username, password, email=person.email, person=person, is_demonstration=demonstration, created_at=at
    )
    record(by=by, at=at, verb="accounts.open", subject=Subject("account", str(account.public_id), account.username))
    return account


@use_case
def close_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Close an account: it can no longer sign in."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(by=by, at=at, verb="accounts.close", subject=Subject("account", str(account.public_id), account.username))
