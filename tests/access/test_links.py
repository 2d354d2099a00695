"""No page leads a person to an address that is closed to them."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from typing import Final

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve

from tests.access.scene import ANONYMOUS, AT, KINDS, Scene
from tests.access.visiting import undone

VISITS_OF_ONE_KIND: Final = 2
"""How often each address is visited with other records."""
LINK: Final = re.compile(rb'<a\b[^>]*?\shref="(?P<to>[^"#]+)')
LEAVES: Final = ("account_logout",)
"""Addresses that end the walk."""


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ANONYMOUS])
def test_every_link_of_every_page_opens(scene: Scene, kind: str) -> None:
    client = Client(raise_request_exception=False)
    closed: dict[str, tuple[str, int]] = {}
    visits: Counter[str] = Counter()
    waiting: deque[tuple[str, str]] = deque([("/", "")])
    seen = {"/"}
    with time_machine.travel(AT, tick=False), undone():
        client.force_login(scene.accounts[kind])
        while waiting:
            address, page = waiting.popleft()
            name = _name(address)
            if name in LEAVES or visits[name] >= VISITS_OF_ONE_KIND:
                continue
            visits[name] += 1
            cache.clear()
            with undone():
                response = client.get(address)
            if response.status_code >= 400:
                closed[address] = (page, response.status_code)
            elif response.headers.get("Content-Type", "").startswith("text/html"):
                found = [_whole(to, address) for to in LINK.findall(response.content)]
                waiting.extend((to, address) for to in dict.fromkeys(found) if to.startswith("/") and to not in seen)
                seen.update(found)
            elif response.status_code in (301, 302):
                waiting.append((response.headers["Location"], page))
    assert closed == {}
    assert len(visits) > 1


def _name(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address


def _whole(link: bytes, page: str) -> str:
    to = unescape(link.decode())
    return f"{page.partition('?')[0]}{to}" if to.startswith("?") else to
