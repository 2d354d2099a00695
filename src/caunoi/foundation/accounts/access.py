"""Which accounts a person may manage, and the rules that hold on a day."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from caunoi.foundation.accounts.models import AccessKey, Account, Invitation, KeyUse, SignIn, SignInRule
from caunoi.foundation.accounts.rules.policy import Policy
from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.people.public import Holding, Person, may_for_all, wholly_within
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound

_RULES = Path(__file__).parent / "data" / "sign_in_rules.toml"


class Permission(StrEnum):
    """What one may do with accounts."""

    MANAGE = "accounts.manage"
    """Invite people, unlock and close accounts within one's part of the tree."""
    RULES = "accounts.rules"
    """See the rules of signing in and change them."""


class AccountNotFound(NotFound):
    """No such account, invitation, key or session, or not for this person to know of."""


class AccountsForbidden(NotAllowed):
    """The post does not manage accounts, or not those of this person: ``accounts.not_permitted``."""


def require(by: Actor, permission: Permission) -> None:
    """Raise AccountsForbidden unless the permission is held."""
    if not by.may(permission):
        raise AccountsForbidden("accounts.not_permitted")


def require_for_all(by: Actor, permission: Permission, *, on: dt.date) -> None:
    """Raise AccountsForbidden unless the permission is held over everybody who works with this installation."""
    require(by, permission)
    if not may_for_all(by, permission, on=on):
        raise AccountsForbidden("accounts.not_for_all")


def people_within(by: Actor, *, on: dt.date) -> QuerySet[Holding, int]:
    """Return the ids of the people whose accounts one manages: they hold no post outside one's part of the tree."""
    if by.is_system:
        return Holding.objects.values_list("person_id", flat=True)
    return wholly_within(by.scopes(Permission.MANAGE), on=on)


def require_over(person: Person, *, by: Actor, on: dt.date) -> None:
    """Raise AccountsForbidden unless one manages the account of this person."""
    require(by, Permission.MANAGE)
    if not by.is_system and not people_within(by, on=on).filter(person_id=person.pk).exists():
        raise AccountsForbidden("accounts.not_permitted")


def accounts_within(by: Actor, *, on: dt.date) -> QuerySet[Account]:
    """Return the accounts that one manages, in Vietnamese order of names."""
    accounts = Account.objects.filter(person_id__in=people_within(by, on=on)).select_related("person")
    return accounts.order_by("person__sort_key", "id")


def account_by_public_id(public_id: UUID, *, by: Actor, on: dt.date) -> Account:
    """Return an account that one manages. Raises AccountNotFound."""
    found = accounts_within(by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise AccountNotFound("accounts.not_found")
    return found


def invitations_within(by: Actor, *, on: dt.date) -> QuerySet[Invitation]:
    """Return the invitations of the people whose accounts one manages, newest first."""
    mine = Invitation.objects.filter(account__person_id__in=people_within(by, on=on))
    return mine.select_related("account__person").order_by("-created_at", "-id")


def invitation_by_public_id(public_id: UUID, *, by: Actor, on: dt.date) -> Invitation:
    """Return an invitation to a person whose account one manages. Raises AccountNotFound."""
    found = invitations_within(by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise AccountNotFound("accounts.not_found")
    return found


def people_without_account(by: Actor, *, on: dt.date) -> QuerySet[Person]:
    """Return the people who hold a post in one's part of the tree today and have no account that was ever used."""
    current = people_within(by, on=on).filter(on_day(on))
    used = Account.objects.filter(Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX))
    return Person.objects.filter(pk__in=current).exclude(pk__in=used.values("person_id"))


def unit_of(person: Person) -> int | None:
    """Return the id of the unit of the post that a person holds, or held last."""
    held = Holding.objects.filter(person=person).order_by("until_on", "-from_on", "-id")
    rows = list(held.values_list("post__unit_id", "until_on"))
    return next((unit for unit, until in rows if until is None), rows[-1][0] if rows else None)


def keys_of(account: Account, use: KeyUse = KeyUse.API) -> QuerySet[AccessKey]:
    """Return the keys of an account that were not revoked, newest first."""
    keys = AccessKey.objects.filter(account=account, use=use, revoked_at__isnull=True)
    return keys.select_related("post__unit")


def key_by_public_id(public_id: UUID, *, account: Account) -> AccessKey:
    """Return one of one's own keys. Raises AccountNotFound."""
    found = AccessKey.objects.filter(account=account, public_id=public_id, revoked_at__isnull=True).first()
    if found is None:
        raise AccountNotFound("accounts.not_found")
    return found


def sign_ins_of(account: Account) -> QuerySet[SignIn]:
    """Return where an account is signed in, last seen first."""
    return SignIn.objects.filter(account=account, ended_why="").order_by("-seen_at", "-id")


def rules_on(day: dt.date) -> QuerySet[SignInRule]:
    """Return the rules of signing in that hold on a day, by code."""
    return SignInRule.objects.filter(on_day(day)).order_by("code")


def policy_on(day: dt.date) -> Policy:
    """Return the values of the rules that hold on a day; one query. What no row says is as this system ships it."""
    return Policy({**_shipped(), **dict(rules_on(day).values_list("code", "value"))})


@functools.cache
def _shipped() -> Mapping[str, int]:
    return {row["code"]: row["value"] for row in tomllib.loads(_RULES.read_text(encoding="utf-8"))["rule"]}
