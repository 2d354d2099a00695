"""Every way in, in a real browser: by invitation, with a second factor, by passkey, by the office's own provider."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from caunoi.surfaces.demonstration.office import PASSWORD
from tests.journeys.looks import Album
from tests.journeys.site import Site, started

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # the provider's own library is old
READY: Final = "html[data-ready]"
CHOSEN: Final = "thuyen ve ben cu 2026"
PROVIDER: Final = "Trục xác thực tỉnh"
STAFF: Final = """
from caunoi.foundation.accounts.public import invitation_path, invite
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.public import Role, create_post, grant_role, register_person, take_up
from caunoi.kernel import clock
from caunoi.kernel.actor import system

at, by = clock.now(), system()
unit = Unit.objects.filter(kind__code="department").order_by("pk")[0]
for name, email, role in (
    ("Lò Thị Quản", "quan@journeys.example", Role.ADMINISTRATOR),
    ("Lê Văn Cơ", "co@journeys.example", Role.SPECIALIST),
):
    person = register_person(name=name, email=email, by=by, at=at)
    post = create_post(unit=unit, title="Chuyên viên phụ", by=by, at=at)
    grant_role(post=post, role=role, unit=unit, subtree=True, on=clock.today(), by=by, at=at)
    take_up(person=person, post=post, on=clock.today(), by=by, at=at)
    print("LINK", invitation_path(invite(person=person, email=email, by=by, at=at)))
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider of OpenID Connect that runs while these tests do, and knows one person of the office."""
    known = [User(sub="co", claims={"email": "co@journeys.example", "email_verified": True})]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # http, on the loopback
        with run_server_in_thread(user_claims=known, require_nonce=True) as running:
            yield f"http://localhost:{running.server_port}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Site]:
    """The system with that provider, and with the second factor compulsory for everybody who administers."""
    folder = tmp_path_factory.mktemp("office")
    more = {
        "CAUNOI_OIDC_ADDRESS": provider, "CAUNOI_OIDC_CLIENT": "cau-noi", "CAUNOI_OIDC_SECRET": "bi-mat",
        "CAUNOI_OIDC_NAME": PROVIDER, "CAUNOI_SECOND_FACTOR": "1",
    }  # fmt: skip
    with started(folder, None, **more) as running:
        yield running


@pytest.fixture(scope="module")
def links(office: Site) -> list[str]:
    """The links of two invitations: of an administrator, and of a specialist."""
    return re.findall(r"LINK (\S+)", office.run("shell", "-c", STAFF))


@pytest.fixture
def window(browser: Browser, office: Site) -> Iterator[Callable[[], Page]]:
    """Return a maker of windows of new visitors, by the name under which browsers allow passkeys on this machine."""
    opened: list[BrowserContext] = []

    def make() -> Page:
        context = browser.new_context(base_url=office.address.replace("127.0.0.1", "localhost"), locale="vi-VN")
        context.route(re.compile("cdn[.]jsdelivr"), lambda route: route.abort())
        context.set_default_timeout(20_000)
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def album(album: Album) -> Album:
    """An album of its own, so that its faults are those of these pages."""
    return Album(album.folder and Path(album.folder).parent / "sign-in")


def go(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector(READY)


def press(page: Page, name: str) -> None:
    page.evaluate("document.documentElement.dataset.before = '1'")
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_selector(f"{READY}:not([data-before])")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    go(page, "/tai-khoan/dang-nhap/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    press(page, "Đăng nhập")


def sign_out(page: Page) -> None:
    go(page, "/tai-khoan/dang-xuat/")
    press(page, "Đăng xuất")


def confirm(page: Page, password: str) -> None:
    """Give the password again, where a change of the ways in asks for it."""
    if "/xac-nhan-lai/" in page.url:
        page.fill("[name=password]", password)
        press(page, "Tiếp tục")


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that holds passkeys and always says yes; return its line and its id."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return line, str(line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def add_key(page: Page, name: str, password: str = PASSWORD) -> None:
    go(page, "/tai-khoan/xac-thuc/webauthn/add/")
    confirm(page, password)
    page.fill("[name=name]", name)
    page.check("[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("/xac-thuc/($|recovery-codes/)"))


def sign_in_by_key(page: Page) -> None:
    go(page, "/tai-khoan/dang-nhap/")
    page.locator("#passkey_login").click()


def lock(page: Page) -> None:
    """Lock the screen as when nobody touches it."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    locked = page.request.post(
        "/tai-khoan/khoa/", form={"csrfmiddlewaretoken": token}, headers={"X-Idle": "0", "Referer": page.url}
    )
    assert locked.status == 204
    page.evaluate("document.dispatchEvent(new Event('accounts:locked'))")
    expect(page.locator("#lock")).to_be_visible()


def test_an_invited_administrator_sets_a_password_and_the_second_factor_first(
    window: Callable[[], Page], links: list[str], album: Album
) -> None:
    page = window()
    go(page, links[0])
    heading(page, "Chào Lò Thị Quản")
    assert page.url.endswith("/tai-khoan/loi-moi/")  # the token has left the address
    page.fill("[name=password1]", "ngan")
    page.fill("[name=password2]", "ngan")
    press(page, "Đặt mật khẩu và đăng nhập")
    expect(page.locator("main")).to_contain_text("Mật khẩu có 4 ký tự; cần ít nhất 12.")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", CHOSEN)
    press(page, "Đặt mật khẩu và đăng nhập")
    heading(page, "Tài khoản đã sẵn sàng")
    album.take(page, "welcome")
    go(page, "/tai-khoan/quan-ly/")
    heading(page, "Cần xác thực hai bước")
    page.get_by_role("link", name="Bật xác thực hai bước").click()
    page.wait_for_url("**/totp/activate/")
    secret = page.locator("input[readonly]").first.input_value()
    page.fill("[name=code]", "000000")
    press(page, "Bật")
    expect(page.locator("main")).to_contain_text("Mã không đúng.")
    album.take(page, "totp-wrong")
    page.fill("[name=code]", code_of(secret))
    press(page, "Bật")
    heading(page, "Mã dự phòng")
    codes = page.locator("main li").all_inner_texts()
    assert len(set(codes)) == 10
    album.take(page, "recovery-codes")
    go(page, "/tai-khoan/quan-ly/")
    heading(page, "Tài khoản")
    sign_out(page)
    sign_in(page, "quan@journeys.example", CHOSEN)
    heading(page, "Xác thực hai bước")
    page.fill("[name=code]", "nothing")
    press(page, "Đăng nhập")
    expect(page.locator("main")).to_contain_text("Mã không đúng.")
    page.fill("[name=code]", codes[0])
    press(page, "Đăng nhập")
    heading(page, "Việc của tôi")
    go(page, links[0])
    expect(page.locator("main")).not_to_contain_text("Đặt mật khẩu")  # the link was good once
    assert album.faults == []


def test_passkeys_are_added_used_on_two_devices_and_removed(window: Callable[[], Page], album: Album) -> None:
    page = window()
    line, first = authenticator(page)
    sign_in(page, "chuyenvien")
    add_key(page, "Máy tính ở cơ quan")
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": first, "enabled": False})
    kept = line.send("WebAuthn.getCredentials", {"authenticatorId": first})["credentials"][0]
    line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    _line, second = authenticator(page)
    add_key(page, "Điện thoại")
    go(page, "/tai-khoan/xac-thuc/webauthn/")
    expect(page.locator("main")).to_contain_text("Máy tính ở cơ quan")
    expect(page.locator("main")).to_contain_text("Điện thoại")
    album.take(page, "keys")
    sign_out(page)
    sign_in_by_key(page)
    heading(page, "Việc của tôi")
    go(page, "/tai-khoan/phien/")
    expect(page.locator("tr", has_text="Phiên này")).to_contain_text("Khóa bảo mật")

    go(page, "/tai-khoan/xac-thuc/webauthn/")
    page.locator(".card", has_text="Máy tính ở cơ quan").get_by_role("link", name="Xóa").click()
    page.wait_for_selector(READY)
    confirm(page, PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/webauthn/")
    expect(page.locator("main")).not_to_contain_text("Máy tính ở cơ quan")
    sign_out(page)
    line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": second})
    _line, third = authenticator(page)
    line.send("WebAuthn.addCredential", {"authenticatorId": third, "credential": kept})
    sign_in_by_key(page)
    expect(page.locator(".messages")).to_contain_text(re.compile("."))
    heading(page, "Đăng nhập")  # a removed key opens nothing
    assert album.faults == []


def test_a_key_is_of_use_at_this_address_alone(window: Callable[[], Page], office: Site) -> None:
    """The browser gives a statement for the address it sees; the system believes none made for another."""
    page = window()
    authenticator(page)
    sign_in(page, "giamdoc")
    add_key(page, "Máy tính")
    sign_out(page)
    go(page, "/tai-khoan/dang-nhap/")
    given = page.evaluate(
        """async () => {
          const asked = await fetch("/tai-khoan/xac-thuc/webauthn/login/", {headers: {Accept: "application/json"}});
          return JSON.stringify(await webauthnJSON.get((await asked.json()).request_options));
        }"""
    )
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    sent = {"csrfmiddlewaretoken": cookies["csrftoken"], "credential": given}
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]  # it has one
    elsewhere = office.address + "/tai-khoan/xac-thuc/webauthn/login/"  # 127.0.0.1, where the key is of localhost
    answer = stranger.request.post(elsewhere, form=sent, headers={"Cookie": header}, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (302, "/tai-khoan/dang-nhap/")
    stranger.close()
    here = page.request.post("/tai-khoan/xac-thuc/webauthn/login/", form=sent, max_redirects=0)
    assert (here.status, here.headers["location"]) == (302, "/")

    other = window()
    go(other, office.address + "/tai-khoan/dang-nhap/")
    authenticator(other)
    other.locator("#passkey_login").click()
    expect(other.locator("[data-key-error]")).to_contain_text("Chưa dùng được khóa bảo mật.")


def test_a_locked_screen_opens_by_passkey_and_what_was_typed_is_kept(window: Callable[[], Page]) -> None:
    page = window()
    authenticator(page)
    sign_in(page, "phogiamdoc")
    add_key(page, "Máy tính")
    go(page, "/tai-khoan/khoa-truy-cap/")
    page.fill("[name=name]", "Kho dữ liệu của Sở")
    lock(page)
    page.get_by_role("button", name="Mở khóa bằng khóa bảo mật").click()
    expect(page.locator("#lock")).to_be_hidden()
    assert page.input_value("[name=name]") == "Kho dữ liệu của Sở"
    press(page, "Tạo khóa")
    expect(page.locator("main")).to_contain_text("Đã tạo khóa")

    page.request.post("/tai-khoan/khoa/", form={"csrfmiddlewaretoken": page.evaluate(TOKEN)})
    go(page, "/tai-khoan/phien/")
    heading(page, "Màn hình đã khóa")
    page.get_by_role("button", name="Mở khóa bằng khóa bảo mật").click()
    heading(page, "Phiên đăng nhập")


def test_the_office_s_own_sign_in_opens_the_system_and_the_locked_screen(
    window: Callable[[], Page], links: list[str], album: Album
) -> None:
    """Somebody invited who never set a password here."""
    assert len(links) == 2
    page = window()
    go(page, "/tai-khoan/dang-nhap/")
    page.get_by_role("button", name=f"Đăng nhập bằng {PROVIDER}").click()
    page.get_by_role("button", name="co", exact=True).click()
    heading(page, "Việc của tôi")
    go(page, "/tai-khoan/khoa-truy-cap/")
    page.fill("[name=name]", "Kho dữ liệu của Sở")
    lock(page)
    opener = page.get_by_role("button", name=f"Mở khóa bằng {PROVIDER}")
    expect(opener).to_be_focused()
    expect(page.locator("#lock-password")).to_be_hidden()
    album.take(page, "lock-by-the-office")
    with page.expect_popup() as opened:
        opener.click()
    opened.value.get_by_role("button", name="co", exact=True).click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Đã mở khóa")
    expect(page.locator("#lock")).to_be_hidden()
    assert page.input_value("[name=name]") == "Kho dữ liệu của Sở"
    press(page, "Tạo khóa")
    expect(page.locator("main")).to_contain_text("Đã tạo khóa")
    assert album.faults == []


TOKEN: Final = "document.cookie.split('; ').find((one) => one.startsWith('csrftoken=')).slice(10)"
