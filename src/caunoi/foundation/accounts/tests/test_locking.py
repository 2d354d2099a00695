import datetime as dt

import pytest
import time_machine
from allauth.account.utils import filter_users_by_username
from django.core.cache import cache

from caunoi.foundation.accounts.models import Tally
from caunoi.foundation.accounts.operations.locking import account_named
from caunoi.foundation.accounts.operations.rules import change_rule
from caunoi.foundation.accounts.public import RuleCode, unlock_account
from caunoi.foundation.accounts.rules.lockout import Tally as Counted
from caunoi.foundation.accounts.rules.lockout import after_failure
from caunoi.foundation.accounts.tests.steps import answer, is_in, sign_in
from caunoi.foundation.audit.public import Entry
from caunoi.kernel.actor import Actor, system
from caunoi.surfaces.demonstration.office import PASSWORD, Office

MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_bursts() -> None:
    """The burst limits of allauth count in the cache; they are not what is tested here."""
    cache.clear()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Counted(), Counted(1, NOON)),
        (Counted(3, NOON - MINUTE), Counted(4, NOON)),
        (Counted(4, NOON - MINUTE), Counted(5, NOON, NOON + 10 * MINUTE)),
        (Counted(4, NOON - 10 * MINUTE), Counted(1, NOON)),
        (Counted(5, NOON - 11 * MINUTE, NOON - MINUTE), Counted(1, NOON)),
    ],
    ids=["first", "fourth", "fifth closes", "old ones do not count", "after a lock"],
)
def test_wrong_attempts_are_counted(before: Counted, after: Counted) -> None:
    assert after_failure(before, at=NOON, limit=5, span=10 * MINUTE) == after


def errors(name: str, password: str, address: str = "10.0.0.1") -> list[str]:
    cache.clear()
    response = answer(name, password, address)
    return list(response.context["form"].non_field_errors()) if response.status_code == 200 else []  # type: ignore[attr-defined]


def test_five_wrong_passwords_lock_the_account_for_twelve_hours(office: Office, now: dt.datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        for number in range(5):
            errors("chuyenvien", "sai", f"10.0.0.{number}")
        told = errors("chuyenvien", PASSWORD)
        assert told == [
            "Sai mật khẩu quá số lần cho phép. Đăng nhập bằng mật khẩu bị khóa đến 21:30, 05/10/2026. "
            "Cần gấp, hãy liên hệ người quản trị của đơn vị."
        ]
        assert errors(office.accounts["specialist"].email, PASSWORD) == told
        clock.move_to(now + dt.timedelta(hours=12) - MINUTE)
        assert errors("chuyenvien", PASSWORD) == told
        clock.move_to(now + dt.timedelta(hours=12))
        assert is_in(sign_in())
    entry = Entry.objects.get(verb="accounts.lock")
    assert (entry.subject_label, entry.address) == ("chuyenvien", "10.0.0.4")
    assert entry.unit_id == office.actor("specialist", on=now.date()).unit_id  # else no screen would show it


def test_a_name_that_does_not_exist_is_locked_in_the_same_words(office: Office, now: dt.datetime) -> None:
    with time_machine.travel(now, tick=False):
        known = [errors("chuyenvien", "sai", "10.0.0.1") for _ in range(6)]
        unknown = [errors("khongco", "sai", "10.0.0.2") for _ in range(6)]
    assert known == unknown
    assert known[4] != known[5]
    assert "khongco" not in str(list(Tally.objects.values()))


def test_four_wrong_ones_and_a_right_one_begin_anew(office: Office, now: dt.datetime) -> None:
    with time_machine.travel(now, tick=False):
        for _ in range(2):
            for _ in range(4):
                errors("chuyenvien", "sai")
            cache.clear()
            assert is_in(sign_in())


def test_an_administrator_unlocks(office: Office, now: dt.datetime) -> None:
    with time_machine.travel(now, tick=False):
        for _ in range(5):
            errors("chuyenvien", "sai")
        assert not is_in(sign_in())
        unlock_account(account=office.accounts["specialist"], by=system(), at=now)
        assert is_in(sign_in())


def test_many_names_from_one_address_close_the_address_only(office: Office, now: dt.datetime) -> None:
    change_rule(code=RuleCode.ADDRESS_ATTEMPTS, value=6, source="Thử", confidence="I", by=_manager(office, now), at=now)
    with time_machine.travel(now, tick=False):
        for number in range(6):
            errors(f"ai{number}", "sai", "10.0.0.7")
        assert errors("chuyenvien", PASSWORD, "10.0.0.7") == [
            "Từ địa chỉ mạng này đã có quá nhiều lần đăng nhập sai. Hãy thử lại sau 09:45, 05/10/2026."
        ]
        cache.clear()
        assert is_in(sign_in(REMOTE_ADDR="10.0.0.8"))


def _manager(office: Office, now: dt.datetime) -> Actor:
    return office.actor("administrator", on=now.date())


@pytest.mark.parametrize("spelling", ["CHUYENVIEN", "ChuyenVien", "chuyenvıen", " chuyenvien "])
def test_another_spelling_of_a_name_has_no_count_of_its_own(office: Office, now: dt.datetime, spelling: str) -> None:
    found = filter_users_by_username(spelling.strip()).first()
    assert account_named(spelling) == found
    assert found in (office.accounts["specialist"], None)
