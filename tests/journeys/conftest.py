"""A real browser for the journeys: Debian's Chromium, which talks to nobody but the page under test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looks import Album
from tests.journeys.people import Person
from tests.journeys.site import Site, database, started

QUIET: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication",
)
"""What keeps Chromium from looking for updates, lists and translations."""

# The browser's own loop runs in the thread of the test; the database is used from there as in any other test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=15_000)  # a busy machine is not a fault of the pages; how fast they are is measured apart


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Start the Chromium of this machine. As root it has no sandbox of its own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is not installed (Debian: chromium)")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Look at the pages as most of their readers do."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the whole system once as ./run does; on a database server when one is named."""
    folder = tmp_path_factory.mktemp("site")
    with database(os.environ.get("DATABASE_URL", ""), "caunoi_journeys") as url, started(folder, url) as running:
        yield running


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """Return a maker of signed-in people by kind ("specialist"); at the end no browser has complained of anything."""
    people: list[Person] = []

    def sign_in(kind: str, album: Album | None = None) -> Person:
        people.append(Person(browser, site.address, kind, album))
        return people[-1]

    yield sign_in
    for one in people:
        one.leave()


@pytest.fixture(scope="session")
def album() -> Album:
    """Return the album of this run: test-results/ beside the checkout's own files, which git does not keep."""
    return Album(
        Path(os.environ.get("CAUNOI_PICTURES") or Path(__file__).resolve().parents[2] / "test-results" / "journey")
    )
