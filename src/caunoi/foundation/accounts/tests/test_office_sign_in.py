"""Against a real provider of OpenID Connect that runs on the loopback while the test does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from caunoi.foundation.accounts.models import Account, SignIn
from caunoi.foundation.accounts.public import close_account, invite
from caunoi.foundation.accounts.tests.steps import is_in
from caunoi.foundation.accounts.web.office_sign_in import NONCES, check_fresh
from caunoi.kernel import clock
from caunoi.kernel.actor import system
from caunoi.settings.environment import Environment, IdentityServer, office_sign_in
from caunoi.surfaces.demonstration.office import Office

# The provider of the test calls functions that its own library calls old.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning")]
BEGIN = "/tai-khoan/co-quan/co-quan/"
BACK = "/tai-khoan/co-quan/co-quan/tra-ve/"


@pytest.fixture(scope="module", autouse=True)
def _plain_http() -> Iterator[None]:
    """The provider speaks http on the loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        yield


@pytest.fixture(scope="module")
def server(_plain_http: None) -> Iterator[str]:
    people = [
        User(sub="s-1", claims={"email": "co@thanhgiang.example", "email_verified": True}),
        User(sub="s-2", claims={"email": "co@thanhgiang.example", "email_verified": False}),
        User(sub="s-3", claims={"email": "la@elsewhere.example", "email_verified": True}),
    ]
    with run_server_in_thread(user_claims=people, require_nonce=True) as running:
        yield f"http://localhost:{running.server_port}"


@dataclass
class Visit:
    """One try to sign in by the office."""

    client: Client
    server: str

    def asks(self, target: str = "") -> str:
        """Press the button; return the address of the provider that one is led to."""
        page = self.client.post(BEGIN, {"next": target} if target else {})
        assert page.status_code == 200, page.content
        return str(page.context["address"])

    def proves(self, address: str, sub: str) -> str:
        """Sign in there as somebody; return the path that one is sent back to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        assert back.path == BACK
        return f"{back.path}?{back.query}"

    def comes_in_as(self, sub: str, target: str = "") -> object:
        """Go the whole way; return the last answer."""
        return self.client.get(self.proves(self.asks(target), sub))


@pytest.fixture
def visit(office: Office, settings: LazySettings, server: str) -> Visit:
    cache.clear()
    office.accounts["specialist"].email = "co@thanhgiang.example"
    office.accounts["specialist"].save()
    described = office_sign_in(IdentityServer(server, "cau-noi", "bi-mat", "Trục xác thực tỉnh"))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": described}}
    return Visit(Client(), server)


def test_a_person_with_an_account_comes_in_by_the_verified_address_and_later_by_the_subject(
    office: Office, visit: Visit
) -> None:
    answer = visit.comes_in_as("s-1", "/bao-cao/")
    assert (answer.status_code, answer["Location"]) == (302, "/bao-cao/")  # type: ignore[attr-defined,index]
    account = office.accounts["specialist"]
    assert visit.client.session["_auth_user_id"] == str(account.pk)
    assert SignIn.objects.get().way == "office"
    assert SocialAccount.objects.get().uid == "s-1"
    Account.objects.filter(pk=account.pk).update(email="khac@thanhgiang.example")
    again = Visit(Client(), visit.server)
    again.comes_in_as("s-1")
    assert again.client.session["_auth_user_id"] == str(account.pk)
    assert account.has_usable_password()


def test_an_invited_person_comes_in_without_a_password(office: Office, now: dt.datetime, visit: Visit) -> None:
    made = invite(person=office.people["thpt_2.principal"], email="la@elsewhere.example", by=system(), at=now)
    visit.comes_in_as("s-3")
    assert visit.client.session["_auth_user_id"] == str(made.account_id)


@pytest.mark.parametrize("sub", ["s-2", "s-3"], ids=["address not verified", "not known here"])
def test_nobody_else_comes_in_and_nothing_is_made(visit: Visit, sub: str) -> None:
    before = Account.objects.count()
    answer = visit.comes_in_as(sub)
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert not is_in(visit.client)
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_closed_account_stays_closed(office: Office, now: dt.datetime, visit: Visit) -> None:
    close_account(account=office.accounts["specialist"], by=system(), at=now)
    visit.comes_in_as("s-1")
    assert not is_in(visit.client)


def test_the_answer_is_good_once_and_for_the_browser_that_asked(visit: Visit) -> None:
    back = visit.proves(visit.asks(), "s-1")
    stranger = Client()
    assert stranger.get(back).status_code == 401
    assert not is_in(stranger)
    assert visit.client.get(back).status_code == 302
    visit.client.post("/tai-khoan/dang-xuat/")
    assert visit.client.get(back).status_code == 401
    assert not is_in(visit.client)


def test_a_statement_with_another_nonce_is_not_believed(visit: Visit) -> None:
    back = visit.proves(visit.asks(), "s-1")
    session = visit.client.session
    session[NONCES] = ["another"]
    session.save()
    assert visit.client.get(back).status_code == 401
    assert not is_in(visit.client)


def test_every_try_has_a_nonce_a_state_and_a_challenge_of_its_own(visit: Visit) -> None:
    first, second = (parse_qs(urlsplit(visit.asks()).query) for _ in range(2))
    for name in ("nonce", "state", "code_challenge"):
        assert first[name] != second[name]
    assert first["code_challenge_method"] == ["S256"]


def test_nothing_from_the_address_of_the_request_is_passed_on(visit: Visit) -> None:
    page = visit.client.post(
        f"{BEGIN}?{urlencode({'auth_params': 'prompt=none', 'scope': 'all', 'process': 'connect'})}"
    )
    asked = parse_qs(urlsplit(str(page.context["address"])).query)
    assert "prompt" not in asked
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]


def test_a_server_that_names_another_issuer_is_not_believed(visit: Visit, settings: LazySettings) -> None:
    described = office_sign_in(IdentityServer(visit.server.replace("localhost", "127.0.0.1"), "cau-noi", "x", "Khác"))
    described[0]["settings"]["openid_configuration_overrides"] = {"issuer": "https://evil.example"}  # type: ignore[index]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": described}}
    assert visit.client.post(BEGIN).status_code == 401


def test_a_server_that_does_not_answer_is_said_so(visit: Visit, settings: LazySettings) -> None:
    described = office_sign_in(IdentityServer("http://127.0.0.1:9", "cau-noi", "x", "Khác"))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": described}}
    answer = visit.client.post(BEGIN)
    assert answer.status_code == 401
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_who_changes_their_mind_is_led_back(visit: Visit) -> None:
    state = parse_qs(urlsplit(visit.asks()).query)["state"][0]
    assert visit.client.get(f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}").status_code == 401


def test_where_to_go_next_stays_in_this_system(visit: Visit) -> None:
    answer = visit.comes_in_as("s-1", "https://elsewhere.example/")
    assert answer["Location"] == "/"  # type: ignore[index]


def test_the_sign_in_page_offers_the_office_only_where_one_is_named(visit: Visit, settings: LazySettings) -> None:
    assert "Đăng nhập bằng Trục xác thực tỉnh" in Client().get("/tai-khoan/dang-nhap/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Trục xác thực" not in Client().get("/tai-khoan/dang-nhap/").content.decode()


def test_the_environment_names_the_office() -> None:
    named = Environment.read({
        "CAUNOI_OIDC_ADDRESS": "https://id.example/", "CAUNOI_OIDC_CLIENT": "c", "CAUNOI_OIDC_SECRET": "s",
    }).identity  # fmt: skip
    assert named == IdentityServer("https://id.example", "c", "s", "OpenID Connect")
    assert Environment.read({}).identity is None
    with pytest.raises(ValueError, match="CAUNOI_OIDC_CLIENT"):
        Environment.read({"CAUNOI_OIDC_ADDRESS": "https://id.example/"})


def test_the_office_opens_a_locked_session_to_its_own_person_and_the_session_goes_on(visit: Visit) -> None:
    visit.comes_in_as("s-1")
    visit.client.get("/tai-khoan/")
    key, token = visit.client.session.session_key, visit.client.cookies["csrftoken"].value
    visit.client.post("/tai-khoan/khoa/")
    assert visit.client.get("/tai-khoan/").status_code == 302
    ways = visit.client.get("/tai-khoan/mo-khoa/", headers={"X-Pages-Lock": "1"}).json()
    assert ways["office"] == {
        "address": BEGIN,
        "name": "Trục xác thực tỉnh",
        "words": "Mở khóa bằng Trục xác thực tỉnh",
    }
    asked = visit.asks()
    assert parse_qs(urlsplit(asked).query)["prompt"] == ["login"]
    opened = visit.client.get(visit.proves(asked, "s-1"))
    assert (opened.status_code, opened.templates[0].name) == (200, "accounts/unlocked.html")
    assert visit.client.get("/tai-khoan/").status_code == 200
    assert (visit.client.session.session_key, visit.client.cookies["csrftoken"].value) == (key, token)


def test_the_office_leads_on_to_the_page_that_was_asked_for(visit: Visit) -> None:
    visit.comes_in_as("s-1")
    visit.client.post("/tai-khoan/khoa/")
    answer = visit.comes_in_as("s-1", "/bao-cao/")
    assert (answer.status_code, answer["Location"]) == (302, "/bao-cao/")  # type: ignore[attr-defined,index]


@pytest.mark.parametrize("sub", ["s-2", "s-3"], ids=["address not verified", "another person"])
def test_nobody_else_opens_a_locked_session(visit: Visit, sub: str) -> None:
    visit.comes_in_as("s-1")
    visit.client.post("/tai-khoan/khoa/")
    assert visit.comes_in_as(sub).status_code == 403  # type: ignore[attr-defined]
    assert visit.client.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize(("ago", "expected"), [(10, None), (3600, "the person was not asked again")])
def test_the_memory_of_a_browser_alone_opens_nothing(ago: int, expected: str | None) -> None:
    proved = clock.now().timestamp() - ago
    if expected is None:
        check_fresh(proved)
        check_fresh(None)  # a server that does not say when
        return
    with pytest.raises(OAuth2Error, match=expected):
        check_fresh(proved)
