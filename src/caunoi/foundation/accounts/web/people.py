"""Who stands behind a request, before and after the sign-in is complete."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.people.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def address_of(request: HttpRequest) -> str:
    """Return the visitor's network address."""
    return str(request.META.get("REMOTE_ADDR", ""))


def account_of(request: HttpRequest) -> Account:
    """Return the signed-in account; for views behind ``login_required``."""
    assert isinstance(request.user, Account)  # noqa: S101 - login_required has seen to it
    return request.user


def own_actor(request: HttpRequest, account: Account) -> Actor:
    """Return the actor of an account that acts for itself while signing in."""
    return actor_of(account_id=account.pk, person=account.person, on=clock.today(), address=address_of(request))


def moment_words(moment: dt.datetime | None, zone: ZoneInfo = clock.VIETNAM) -> str:
    """Return a moment as it is said: 16:30 ngày 05/10/2026."""
    return "" if moment is None else f"{moment.astimezone(zone):%H:%M, %d/%m/%Y}"
