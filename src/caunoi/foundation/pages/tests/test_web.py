"""What every answer carries, what refusals become, and the shell of a page."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path

from caunoi.foundation.pages.public import NavigationItem, PostChoice, register_refusals
from caunoi.foundation.pages.rules.navigation import Navigation, Section
from caunoi.foundation.pages.rules.shell import Shell
from caunoi.foundation.pages.web import context, failures
from caunoi.foundation.pages.web.middleware import client_address, limited_body, refusals, security_headers
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", nothing, name="home"),
    path("van-ban/", nothing, name="documents"),
    path("van-ban/di/", nothing, name="outgoing"),
    path("thong-bao/", nothing, name="inbox"),
    path("doi-vi-tri/", nothing, name="switch"),
]
HERE = override_settings(ROOT_URLCONF=__name__)
PERSON = Actor(account_id=1, person_name="Nguyễn Thị Hòa", post_title="Chuyên viên", unit_name="Sở GD&ĐT")


@pytest.fixture
def own_shell(monkeypatch: pytest.MonkeyPatch) -> tuple[Navigation, Shell]:
    """Give an empty navigation and top bar instead of those that the modules filled."""
    navigation, shell = Navigation(), Shell()
    monkeypatch.setattr(context, "NAVIGATION", navigation)
    monkeypatch.setattr(context, "SHELL", shell)
    return navigation, shell


def page(template: str, actor: Actor | None, address: str = "/") -> str:
    request = RequestFactory().get(address)
    if actor is not None:
        request.actor = actor  # type: ignore[attr-defined] # set by the middleware of accounts
    return render_to_string(template, {"messages": []}, request)


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "<script>", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_the_own_proxies_say_where_a_visitor_comes_from(proxies: int, passed: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=passed)
    with override_settings(TRUSTED_PROXIES=proxies):
        client_address(nothing)(request)
    assert request.META["REMOTE_ADDR"] == address


def test_every_answer_carries_the_strict_content_policy() -> None:
    response = security_headers(nothing)(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert policy.split("; ") == [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ]  # fmt: skip
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_an_answer_may_bring_its_own_policy() -> None:
    own = {"Content-Security-Policy": "sandbox"}
    response = security_headers(lambda request: HttpResponse(headers=own))(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


@HERE
@pytest.mark.parametrize(
    ("refused", "status"),
    [(NotFound("pages.tests.gone"), 404), (NotAllowed("pages.tests.denied"), 403), (Refused("pages.tests.stale"), 409)],
)
@pytest.mark.usefixtures("own_shell")
def test_a_refusal_becomes_a_page(refused: Refused, status: int) -> None:
    register_refusals({"pages.tests.denied": "Chỉ văn thư được hủy số."})
    response = refusals(nothing).process_exception(RequestFactory().get("/"), refused)
    assert response is not None
    assert response.status_code == status
    said = response.content.decode()
    assert ("Chỉ văn thư được hủy số." in said) is (status == 403)
    assert f'<p class="failure-code">{status}</p>' in said


def test_a_refusal_in_a_part_of_a_page_is_said_and_changes_nothing() -> None:
    register_refusals({"pages.tests.full": "Lớp %(title)s đã đủ chỗ."})
    request = RequestFactory().post("/", headers={"HX-Request": "true"})
    response = refusals(nothing).process_exception(request, Refused("pages.tests.full", title="A1"))
    assert response is not None
    assert (response.status_code, response.headers["HX-Reswap"]) == (409, "none")
    assert json.loads(response.headers["HX-Trigger"]) == {"pages:say": {"text": "Lớp A1 đã đủ chỗ.", "tone": "late"}}


def test_other_faults_are_left_to_django() -> None:
    assert refusals(nothing).process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "sent", [{"q": "a\x00b"}, {"q\x00": "a"}, {"q": ["a", "\x00"]}], ids=["value", "name", "second"]
)
def test_what_the_database_could_not_keep_is_a_bad_request(method: str, sent: dict[str, object]) -> None:
    guard = refusals(nothing)
    with pytest.raises(BadRequest):
        guard.process_view(getattr(RequestFactory(), method)("/", sent), nothing, (), {})
    guard.process_view(getattr(RequestFactory(), method)("/", {"q": "a\tb"}), nothing, (), {})


def test_an_upload_is_told_where_to_go_and_other_redirects_stay() -> None:
    answer = refusals(lambda request: HttpResponseRedirect("/van-ban/"))
    sent = answer(RequestFactory().post("/", headers={"X-Pages-Upload": "1"}))
    assert (sent.status_code, sent.headers["X-Pages-Go"]) == (204, "/van-ban/")
    assert answer(RequestFactory().post("/")).status_code == 302


@HERE
@pytest.mark.usefixtures("own_shell")
@pytest.mark.parametrize(
    ("referer", "offered"),
    [
        ("http://testserver/van-ban/?page=2", True),
        ("http://elsewhere.example/van-ban/?page=2", False),
        ("http://testserver/here/", False),
        ("", False),
    ],
)
def test_a_failure_page_leads_back_only_to_our_own_pages(referer: str, offered: bool) -> None:
    request = RequestFactory().get("/here/", headers={"Referer": referer})
    said = failures.failure_page(request, 404).content.decode()
    assert ('href="/van-ban/?page=2"' in said) is offered


@HERE
@pytest.mark.usefixtures("own_shell")
def test_a_failure_stays_in_the_frame_that_the_person_is_in() -> None:
    request = RequestFactory().get("/here/")
    assert 'class="public"' in failures.failure_page(request, 403).content.decode()
    request.actor = PERSON  # type: ignore[attr-defined] # set by the middleware of accounts
    assert 'class="topbar"' in failures.failure_page(request, 403).content.decode()


def test_the_page_of_a_fault_needs_no_request_and_no_database() -> None:
    response = failures.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.content.decode()


@HERE
def test_the_shell_shows_where_one_is_and_what_waits(own_shell: tuple[Navigation, Shell]) -> None:
    navigation, shell = own_shell
    both = (NavigationItem("Văn bản đến", "documents", badge=lambda actor: 7), NavigationItem("Văn bản đi", "outgoing"))
    navigation.register(Section("documents", "Văn bản", "files", 20, both))
    navigation.register(Section("work", "Việc của tôi", "checklist", 10, (NavigationItem("Việc của tôi", "home"),)))
    shell.notifications = NavigationItem("Thông báo", "inbox", badge=lambda actor: 120)
    shell.switch_url_name = "switch"
    shell.post_choices = lambda actor: [
        PostChoice("1", "Chuyên viên", "Sở GD&ĐT", current=True),
        PostChoice("2", "Thư ký", "Ban Biên tập"),
    ]
    markup = page("pages/base.html", PERSON, "/van-ban/di/7/")
    assert '<a class="nav-entry nav-sub" href="/van-ban/di/" aria-current="page">' in markup
    assert markup.count('aria-current="page"') == 1
    assert '<span class="nav-count">7</span>' in markup
    assert "99+" in markup
    assert 'name="post" value="2"' in markup
    assert "Sở GD&amp;ĐT" in markup


@HERE
def test_a_stranger_sees_no_navigation_and_nothing_is_counted(own_shell: tuple[Navigation, Shell]) -> None:
    navigation, shell = own_shell

    def counted(actor: Actor) -> int:
        raise AssertionError("nothing may be counted for a stranger")

    navigation.register(
        Section("work", "Việc của tôi", "checklist", 10, (NavigationItem("Việc", "home", badge=counted),))
    )
    shell.notifications = NavigationItem("Thông báo", "inbox", badge=counted)
    markup = page("pages/base.html", None)
    assert "nav-entry" not in markup
    assert "bell" not in markup


@pytest.mark.parametrize(("length", "status"), [("1000", 200), ("99999999999", 413), ("", 200), ("x", 200)])
def test_a_body_larger_than_all_files_may_be_is_not_read(length: str, status: int) -> None:
    request = RequestFactory().generic("POST", "/tai-khoan/dang-nhap/", CONTENT_LENGTH=length)
    assert limited_body(nothing)(request).status_code == status
