"""A person at a browser: signs in, presses, fills, waits; what the browser complains of is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from caunoi.surfaces.demonstration.office import DEMO_ACCOUNTS, PASSWORD
from tests.journeys.looks import Album

READY: Final = "html[data-ready]"


class Person:
    """One signed-in browser window of a demonstration account."""

    def __init__(self, browser: Browser, address: str, kind: str, album: Album | None = None) -> None:
        self._browser, self.address, self.kind, self.album = browser, address, kind, album
        self.complaints: list[str] = []
        self._open()
        self.go("/tai-khoan/dang-nhap/")
        self.page.fill("[name=login]", DEMO_ACCOUNTS[kind])
        self.page.fill("[name=password]", PASSWORD)
        with self.moves():
            self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")

    def _open(self, kept: BrowserContext | None = None) -> None:
        state = kept.storage_state() if kept else None
        self.context = self._browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce", storage_state=state,
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on(
            "console",
            lambda said: self.complaints.append(f"{self.page.url}: {said.text}") if said.type == "error" else None,
        )

    def go(self, path: str) -> None:
        """Open an address of the system and wait until its scripts are there."""
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.page.wait_for_selector(READY)

    def close_the_window(self) -> None:
        """Close the window as at the end of a day and open a new one on the same machine."""
        old = self.context
        self._open(old)
        old.close()

    @contextmanager
    def moves(self) -> Iterator[None]:
        """Wait until what happens inside has brought a new page, scripts and all."""
        self.page.evaluate("document.documentElement.dataset.before = '1'")
        yield
        self.page.wait_for_selector(f"{READY}:not([data-before])")

    def press(self, name: str, *, within: Locator | None = None, confirm: bool = False) -> None:
        """Press the button with these words, confirm when asked to, and wait for the next page."""
        button = (within or self.page).get_by_role("button", name=name, exact=False).first
        with self.moves():
            button.click()
            if confirm:
                self.page.locator("dialog[open]").get_by_role("button", name=name, exact=False).click()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow the link with these words."""
        with self.moves():
            (within or self.page).get_by_role("link", name=name).first.click()

    @property
    def main(self) -> Locator:
        """The content of the page, without navigation."""
        return self.page.locator("main")

    def sees(self, words: str) -> None:
        """Wait until the content shows ``words``."""
        expect(self.main).to_contain_text(words)

    def look(self, name: str) -> None:
        """Have the page pictured and examined, when this journey keeps an album."""
        if self.album is not None:
            self.album.take(self.page, name)

    def leave(self) -> None:
        """Close the window; fails when the browser complained of anything."""
        self.context.close()
        assert self.complaints == []
