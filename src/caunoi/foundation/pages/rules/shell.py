"""What modules above this one put into the top bar: search, notifications, posts one may act in, account menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from caunoi.foundation.pages.rules.navigation import NavigationItem, Words
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A post the person may act in; ``value`` is what the switch form sends."""

    value: str
    post_title: str
    unit_name: str
    current: bool = False


@dataclass(slots=True)
class Shell:
    """The places of the top bar. What nobody registered is not shown."""

    home_url_name: str | None = None
    search_url_name: str | None = None
    """GET with ``q``."""
    notifications: NavigationItem | None = None
    switch_url_name: str | None = None
    """POST with ``post`` (a PostChoice.value) and ``next``."""
    post_choices: Callable[[Actor], Iterable[PostChoice]] | None = None
    account_items: tuple[NavigationItem, ...] = ()
    sign_out_url_name: str | None = None
    """POST."""
    sign_in_url_name: str | None = None
    language_url_name: str | None = None
    """POST with ``language`` and ``next``; Django's own ``set_language`` fits."""
    office_name: Words = ""
    """Printed beside the product's name, such as the name of the department."""
    page_parts: tuple[str, ...] = ()
    """Templates put at the end of every page of a signed-in person."""


SHELL: Final = Shell()


def configure_shell(
    *,
    home_url_name: str | None = None,
    search_url_name: str | None = None,
    notifications: NavigationItem | None = None,
    switch_url_name: str | None = None,
    post_choices: Callable[[Actor], Iterable[PostChoice]] | None = None,
    account_items: Iterable[NavigationItem] = (),
    sign_out_url_name: str | None = None,
    sign_in_url_name: str | None = None,
    language_url_name: str | None = None,
    office_name: Words = "",
    page_parts: Iterable[str] = (),
) -> None:
    """Fill places of the top bar, in ``AppConfig.ready``. What is left out stays; entries and parts add up."""
    given: dict[str, object] = {
        "home_url_name": home_url_name,
        "search_url_name": search_url_name,
        "notifications": notifications,
        "switch_url_name": switch_url_name,
        "post_choices": post_choices,
        "sign_out_url_name": sign_out_url_name,
        "sign_in_url_name": sign_in_url_name,
        "language_url_name": language_url_name,
        "office_name": office_name,
    }
    for name, value in given.items():
        if value:
            setattr(SHELL, name, value)
    known = {item.url_name for item in SHELL.account_items}
    SHELL.account_items += tuple(item for item in account_items if item.url_name not in known)
    SHELL.page_parts += tuple(part for part in page_parts if part not in SHELL.page_parts)
