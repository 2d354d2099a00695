"""What the shell shows to the person of this request; nothing is worked out before a template asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from caunoi.foundation.pages.queries import actor_of
from caunoi.foundation.pages.rules.navigation import NAVIGATION, NavigationItem, Section, Words
from caunoi.foundation.pages.rules.shell import SHELL, PostChoice


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An entry with its address."""

    label: Words
    url: str
    icon: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its entries; ``alone`` when it is shown as its one entry."""

    key: str
    label: Words
    icon: str
    items: list[ShownItem]

    @property
    def current(self) -> bool:
        """Whether the page of this request is in the section."""
        return any(item.current for item in self.items)

    @property
    def alone(self) -> bool:
        """Whether the section has one entry only."""
        return len(self.items) == 1

    @property
    def count(self) -> int:
        """How many things wait in all its entries."""
        return sum(item.count for item in self.items)


class ShownShell:
    """Navigation and top bar of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor = actor_of(request)
        self.office_name = SHELL.office_name

    @cached_property
    def sections(self) -> list[ShownSection]:
        """The sections that the person may use; none before signing in."""
        if self.actor.is_anonymous:
            return []
        sections = NAVIGATION.open_to(self.actor)
        current = self._current_address(sections)
        return [self._shown(section, current) for section in sections]

    @cached_property
    def notifications(self) -> ShownItem | None:
        """The bell with its count."""
        if SHELL.notifications is None or self.actor.is_anonymous:
            return None
        return self._item(SHELL.notifications, self.request.path)

    @cached_property
    def account_items(self) -> list[ShownItem]:
        """The entries of the account menu."""
        return [self._item(item, "") for item in SHELL.account_items if item.open_to(self.actor)]

    @property
    def page_parts(self) -> tuple[str, ...]:
        """Templates at the end of every page of a signed-in person."""
        return () if self.actor.is_anonymous else SHELL.page_parts

    @cached_property
    def posts(self) -> list[PostChoice]:
        """The posts that the person may act in."""
        choices = SHELL.post_choices
        return [] if choices is None or self.actor.is_anonymous else list(choices(self.actor))

    @property
    def home_url(self) -> str:
        """Where the product's name leads."""
        return _address(SHELL.home_url_name) or "/"

    @property
    def search_url(self) -> str:
        """Where the search form goes, or nothing."""
        return _address(SHELL.search_url_name)

    @property
    def switch_url(self) -> str:
        """Where the choice of a post goes, or nothing."""
        return _address(SHELL.switch_url_name)

    @property
    def sign_out_url(self) -> str:
        """Where signing out goes, or nothing."""
        return _address(SHELL.sign_out_url_name)

    @property
    def sign_in_url(self) -> str:
        """Where signing in goes, or nothing."""
        return _address(SHELL.sign_in_url_name)

    @property
    def language_url(self) -> str:
        """Where the choice of a language goes, or nothing."""
        return _address(SHELL.language_url_name)

    def _current_address(self, sections: list[Section]) -> str:
        """Return the longest address of an entry that the path of the request begins with."""
        path = self.request.path
        addresses = [reverse(item.url_name) for section in sections for item in section.items]
        fitting = [address for address in addresses if path == address or (address != "/" and path.startswith(address))]
        return max(fitting, key=len, default="")

    def _shown(self, section: Section, current: str) -> ShownSection:
        items = [self._item(item, current) for item in section.items]
        return ShownSection(section.key, section.label, section.icon, items)

    def _item(self, item: NavigationItem, current: str) -> ShownItem:
        url = reverse(item.url_name)
        count = item.badge(self.actor) if item.badge is not None else 0
        return ShownItem(item.label, url, item.icon, count, url == current)


def _address(url_name: str | None) -> str:
    return "" if url_name is None else reverse(url_name)


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates ``shell`` (navigation and top bar) and ``actor``."""
    return {"shell": ShownShell(request), "actor": actor_of(request)}
