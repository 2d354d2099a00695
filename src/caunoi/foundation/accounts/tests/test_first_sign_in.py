import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from caunoi.foundation.accounts.models import Account, Invitation, SignInRule
from caunoi.foundation.accounts.operations.accounts import close_unused, set_password
from caunoi.foundation.accounts.public import invitation_path, invite
from caunoi.foundation.accounts.rules.names import sign_in_name
from caunoi.foundation.accounts.rules.passwords import digest_of, kinds_in
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.accounts.tests.steps import is_in, sign_in
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

GOOD = "gió mát trên đồi 26"


@pytest.fixture(autouse=True)
def _moment(office: Office, now: dt.datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


def invited(office: Office, at: dt.datetime, key: str = "thpt_2.principal") -> Invitation:
    return invite(person=office.people[key], email="moi@truong.example", by=system(), at=at)


def test_the_link_leads_to_a_page_that_says_what_one_may_do(office: Office, now: dt.datetime) -> None:
    client, invitation = Client(), invited(office, now)
    first = client.get(invitation_path(invitation))
    assert (first.status_code, first["Location"]) == (302, "/tai-khoan/loi-moi/")
    page = client.get("/tai-khoan/loi-moi/").content.decode()
    assert office.people["thpt_2.principal"].name in page
    assert "Cho ý kiến, duyệt và ký văn bản, kế hoạch, báo cáo; theo dõi việc của đơn vị." in page


def test_the_first_password_signs_in_once(office: Office, now: dt.datetime) -> None:
    client, invitation = Client(), invited(office, now)
    client.get(invitation_path(invitation))
    before = client.session.session_key
    done = client.post("/tai-khoan/loi-moi/", {"password1": GOOD, "password2": GOOD})
    assert (done.status_code, done["Location"]) == (302, "/tai-khoan/bat-dau/")
    assert is_in(client)
    assert client.session.session_key != before
    assert client.get("/tai-khoan/bat-dau/").status_code == 200
    assert Client().get(invitation_path(invitation)).status_code == 404
    assert is_in(sign_in("moi@truong.example", GOOD))


@pytest.mark.parametrize(
    ("first", "second"),
    [("ngan", "ngan"), ("chikhongdaucach", "chikhongdaucach"), (GOOD, GOOD + "x"), ("password1234", "password1234")],
)
def test_a_password_that_will_not_do_leaves_the_link_open(
    office: Office, now: dt.datetime, first: str, second: str
) -> None:
    client, invitation = Client(), invited(office, now)
    client.get(invitation_path(invitation))
    assert client.post("/tai-khoan/loi-moi/", {"password1": first, "password2": second}).status_code == 422
    assert not is_in(client)
    assert Invitation.objects.get().accepted_at is None


def test_who_was_signed_in_on_this_machine_before_is_signed_out(office: Office, now: dt.datetime) -> None:
    client, invitation = sign_in("giamdoc"), invited(office, now)
    client.get(invitation_path(invitation))
    client.post("/tai-khoan/loi-moi/", {"password1": GOOD, "password2": GOOD})
    assert client.session["_auth_user_id"] == str(invitation.account_id)


@pytest.mark.parametrize("token", ["0" * 64, "x", "Z" * 300])
def test_an_unknown_link_is_answered_alike(token: str) -> None:
    answer = Client().get(f"/tai-khoan/loi-moi/{token}/")
    assert answer.status_code == 404
    assert "Lời mời không còn dùng được" in answer.content.decode()


def test_an_administrator_without_a_second_factor_sees_nothing_but_how_to_get_one(
    office: Office, now: dt.datetime, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = False
    Account.objects.filter(username="quantri").update(password_set_at=now)
    client = sign_in("quantri")
    for path in ("/", "/tai-khoan/quan-ly/", "/tai-khoan/quan-ly/quy-tac/", "/quan-tri/nhat-ky/"):
        assert client.get(path)["Location"] == "/tai-khoan/bat-buoc-hai-buoc/"
    posted = client.post("/tai-khoan/quan-ly/quy-tac/idle_lock_minutes/", {"value": "60"})
    assert posted["Location"] == "/tai-khoan/bat-buoc-hai-buoc/"
    assert SignInRule.objects.get(code="idle_lock_minutes").value == 15
    assert client.get("/tai-khoan/bat-buoc-hai-buoc/").status_code == 200
    Authenticator.objects.create(user=office.accounts["administrator"], type=Authenticator.Type.TOTP, data={})
    assert client.get("/tai-khoan/quan-ly/").status_code == 200


def test_who_is_no_administrator_is_not_asked_for_a_second_factor(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = False
    assert sign_in("giamdoc").get("/").status_code == 200


def test_everybody_is_asked_where_the_rules_say_so(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = False
    SignInRule.objects.filter(code=RuleCode.SECOND_FACTOR).update(value=1)
    client = sign_in("chuyenvien")
    assert client.get("/van-ban/den/")["Location"] == "/tai-khoan/bat-buoc-hai-buoc/"
    assert "Bắt buộc với tài khoản này" in client.get("/tai-khoan/bat-dau/").content.decode()


def test_the_demonstration_says_that_the_second_factor_is_waived() -> None:
    assert "Bản thử nghiệm: không đòi xác thực hai bước" in sign_in("quantri").get("/tai-khoan/").content.decode()


def test_an_administrator_changes_the_password_every_two_months(
    office: Office, now: dt.datetime, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = False
    account = office.accounts["administrator"]
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(account)
    assert client.get("/tai-khoan/quan-ly/")["Location"] == "/tai-khoan/mat-khau/"
    Account.objects.filter(pk=account.pk).update(password_set_at=now - dt.timedelta(days=59))
    assert client.get("/tai-khoan/quan-ly/").status_code == 200


@pytest.mark.parametrize(
    ("password", "kinds"), [("abc", 1), ("abc def", 2), ("Abc1", 3), ("Ab 1", 4), ("đường", 1), ("", 0)]
)
def test_kinds_of_characters(password: str, kinds: int) -> None:
    assert kinds_in(password) == kinds


def test_the_last_ten_passwords_are_not_used_again(office: Office, now: dt.datetime) -> None:
    account = office.accounts["specialist"]
    words = [f"cau so {number} rat dai" for number in range(11)]
    for word in words:
        set_password(account=account, password=word, by=system(), at=now)
    for word in words[1:]:
        with pytest.raises(ValidationError, match="10 mật khẩu gần nhất"):
            validate_password(word, account)
    validate_password(words[0], account)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (GOOD, True),
        (digest_of(GOOD), True),
        (digest_of(GOOD)[:12].lower() + ":93", True),
        (digest_of(GOOD + "x"), False),
        ("", False),
    ],
)
def test_a_leaked_password_is_refused(
    office: Office, settings: LazySettings, tmp_path: Path, line: str, refused: bool
) -> None:
    settings.LEAKED_PASSWORDS = tmp_path / "leaked.txt"
    settings.LEAKED_PASSWORDS.write_text(f"mot tu khac\n{line}\n", encoding="utf-8")
    if refused:
        with pytest.raises(ValidationError, match="đã bị lộ"):
            validate_password(GOOD, office.accounts["specialist"])
    else:
        validate_password(GOOD, office.accounts["specialist"])


def test_sign_in_names_are_free_and_short() -> None:
    assert sign_in_name("Lê Thị Hoa", set()) == "hoalt"
    assert sign_in_name("Đặng Thị  Hương", {"huongdt", "huongdt2"}) == "huongdt3"
    assert sign_in_name("???", set()) == "nguoidung"


def test_accounts_that_nobody_uses_are_closed_after_45_days(office: Office, now: dt.datetime) -> None:
    Account.objects.update(is_demonstration=False, last_login=now - dt.timedelta(days=44))
    Account.objects.filter(username="vanthu").update(last_login=now - dt.timedelta(days=46))
    assert close_unused(by=system(), at=now) == 1
    assert not Account.objects.get(username="vanthu").is_active
