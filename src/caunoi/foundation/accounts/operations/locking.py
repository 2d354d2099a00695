"""Wrong passwords are counted before they are looked at, so that many tries at once gain nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from caunoi.foundation.accounts.access import policy_on
from caunoi.foundation.accounts.models import Account, Tally
from caunoi.foundation.accounts.operations.accounts import subject_of
from caunoi.foundation.accounts.rules import lockout
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused


class WayClosed(Refused):
    """Too many wrong passwords: ``sign_in.locked`` or, from this address, ``sign_in.address_locked`` (``until``)."""


def account_named(name: str) -> Account | None:
    """Return the account that a typed sign-in name or e-mail address means.

    Compared as the sign-in compares it: a spelling that finds the account (quantrı) must not have a count of its own.
    """
    typed = name.strip()
    return Account.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("id").first()


def begin_attempt(*, name: str, address: str, at: dt.datetime) -> None:
    """Count an attempt in advance. Raises WayClosed, alike for names that exist and names that do not."""
    policy = policy_on(clock.day_of(at))
    with transaction.atomic():
        by_address = _tally(f"address:{address}", None, address, at)
        if _as_rule(by_address).is_closed(at):
            raise WayClosed("sign_in.address_locked", until=by_address.until)
        account = account_named(name)
        by_name = _tally(_key_of(name, account), account, address, at)
        if _as_rule(by_name).is_closed(at):
            raise WayClosed("sign_in.locked", until=by_name.until)
        _count(by_name, at, policy[RuleCode.ATTEMPTS], policy.minutes(RuleCode.LOCK_MINUTES))
        limit, span = policy[RuleCode.ADDRESS_ATTEMPTS], policy.minutes(RuleCode.ADDRESS_LOCK_MINUTES)
        _count(by_address, at, limit, span)


def attempt_succeeded(*, name: str, address: str) -> None:
    """Forget the wrong attempts at a name; take the right one back from those of the address."""
    Tally.objects.filter(key=_digest(_key_of(name, account_named(name)))).delete()
    with transaction.atomic():
        row = Tally.objects.select_for_update().filter(key=_digest(f"address:{address}")).first()
        if row is not None and row.failures:
            row.failures, row.until = row.failures - 1, None
            row.save(update_fields=["failures", "until"])


@use_case
def attempt_failed(*, name: str, by: Actor, at: dt.datetime) -> None:
    """Record for the audit that this attempt has locked an account; single wrong attempts are not recorded."""
    account = account_named(name)
    row = Tally.objects.filter(account=account).first() if account is not None else None
    if account is None or row is None or not _as_rule(row).is_closed(at):
        return
    record(by=by, at=at, verb="accounts.lock", subject=subject_of(account), changes={"until": (None, row.until)})


def _key_of(name: str, account: Account | None) -> str:
    return f"account:{account.pk}" if account is not None else f"name:{name.strip().lower()}"


def _digest(key: str) -> str:
    return salted_hmac("caunoi.accounts.tally", key, algorithm="sha256").hexdigest()


def _tally(key: str, account: Account | None, address: str, at: dt.datetime) -> Tally:
    defaults = {"account": account, "address": address, "last_at": at}
    row, _created = Tally.objects.select_for_update().get_or_create(key=_digest(key), defaults=defaults)
    return row


def _as_rule(row: Tally) -> lockout.Tally:
    return lockout.Tally(row.failures, row.last_at if row.failures else None, row.until)


def _count(row: Tally, at: dt.datetime, limit: int, span: dt.timedelta) -> None:
    counted = lockout.after_failure(_as_rule(row), at=at, limit=limit, span=span)
    row.failures, row.last_at, row.until = counted.failures, at, counted.until
    row.save(update_fields=["failures", "last_at", "until"])


def forget_old_tallies(*, at: dt.datetime) -> int:
    """Drop tallies of thirty days ago whose lock has run out; return how many."""
    old = Tally.objects.filter(Q(until__isnull=True) | Q(until__lt=at), last_at__lt=at - dt.timedelta(days=30))
    return old.delete()[0]
