import datetime as dt

import pytest

from caunoi.foundation.accounts.models import AccessKey
from caunoi.foundation.accounts.public import (
    Account,
    KeyRefused,
    KeyUse,
    account_of_calendar_key,
    actor_of_key,
    close_account,
    make_calendar_key,
    make_key,
    revoke_key,
)
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.public import leave
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

DAY = dt.timedelta(days=1)


def made(office: Office, at: dt.datetime, days: int = 30) -> tuple[AccessKey, str]:
    return make_key(
        account=office.accounts["specialist"], post=office.posts["specialist"], name="Kho dữ liệu",
        expires_on=at.date() + days * DAY, by=office.actor("specialist", on=at.date()), at=at,
    )  # fmt: skip


def test_a_key_speaks_for_its_person_in_its_post(office: Office, now: dt.datetime, today: dt.date) -> None:
    _key, secret = made(office, now)
    actor, own = (
        actor_of_key(secret, demonstration=True, at=now, address="10.0.0.9"),
        office.actor("specialist", on=today),
    )
    assert (actor.person_id, actor.post_id, actor.granted) == (own.person_id, own.post_id, own.granted)
    assert actor.address == "10.0.0.9"


def test_the_secret_is_kept_nowhere(office: Office, now: dt.datetime) -> None:
    key, secret = made(office, now)
    kept = AccessKey.objects.filter(pk=key.pk).values().get()
    assert secret.startswith("caunoi_")
    assert len(secret) == 50
    assert secret not in str(kept)
    assert secret not in str(list(Entry.objects.filter(verb="accounts.make_key").values()))
    assert key.beginning == secret[:13]


@pytest.mark.parametrize("spoil", ["unknown", "expired", "revoked", "closed", "post left", "calendar"])
def test_a_key_that_is_not_good_opens_nothing(office: Office, now: dt.datetime, spoil: str) -> None:
    key, secret = made(office, now)
    at = now + DAY
    if spoil == "unknown":
        secret = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    elif spoil == "expired":
        assert key.expires_at is not None
        at = key.expires_at
    elif spoil == "revoked":
        revoke_key(key=key, by=system(), at=now)
    elif spoil == "closed":
        close_account(account=office.accounts["specialist"], by=system(), at=now)
    elif spoil == "post left":
        person, post = office.people["specialist"], office.posts["specialist"]
        leave(person=person, post=post, on=now.date(), by=system(), at=now)
    else:
        _row, secret = make_calendar_key(account=office.accounts["specialist"], by=system(), at=now)
    with pytest.raises(KeyRefused) as refused:
        actor_of_key(secret, demonstration=True, at=at)
    assert refused.value.code == "key.not_accepted"


@pytest.mark.parametrize(("days", "code"), [(-1, "key.too_short"), (366, "key.too_long")])
def test_a_key_has_an_end_within_the_rules(office: Office, now: dt.datetime, days: int, code: str) -> None:
    with pytest.raises(KeyRefused) as refused:
        made(office, now, days)
    assert refused.value.code == code
    assert AccessKey.objects.count() == 0


def test_a_key_is_made_only_for_a_post_that_one_holds(office: Office, now: dt.datetime) -> None:
    with pytest.raises(KeyRefused) as refused:
        make_key(
            account=office.accounts["specialist"], post=office.posts["director"], name="x",
            expires_on=now.date(), by=system(), at=now,
        )  # fmt: skip
    assert refused.value.code == "key.post_not_held"


def test_a_calendar_has_one_address_and_a_new_one_ends_the_old(office: Office, now: dt.datetime) -> None:
    account: Account = office.accounts["specialist"]
    _old, first = make_calendar_key(account=account, by=system(), at=now)
    _new, second = make_calendar_key(account=account, by=system(), at=now)
    with pytest.raises(KeyRefused):
        account_of_calendar_key(first, demonstration=True, at=now)
    assert account_of_calendar_key(second, demonstration=True, at=now) == account
    assert AccessKey.objects.filter(use=KeyUse.CALENDAR, revoked_at__isnull=True).count() == 1
    with pytest.raises(KeyRefused):
        actor_of_key(second, demonstration=True, at=now)


def test_a_busy_key_writes_once_an_hour(office: Office, now: dt.datetime) -> None:
    key, secret = made(office, now)
    actor_of_key(secret, demonstration=True, at=now)
    actor_of_key(secret, demonstration=True, at=now + dt.timedelta(minutes=59))
    key.refresh_from_db()
    assert key.last_used_at == now
    actor_of_key(secret, demonstration=True, at=now + dt.timedelta(hours=1))
    key.refresh_from_db()
    assert key.last_used_at == now + dt.timedelta(hours=1)


def test_keys_of_the_demonstration_open_nothing_where_there_is_none(office: Office, now: dt.datetime) -> None:
    _key, secret = made(office, now)
    _calendar, address = make_calendar_key(account=office.accounts["specialist"], by=system(), at=now)
    for open_with, token in ((actor_of_key, secret), (account_of_calendar_key, address)):
        open_with(token, demonstration=True, at=now)
        with pytest.raises(KeyRefused):
            open_with(token, demonstration=False, at=now)
