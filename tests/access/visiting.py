"""Going to an address as somebody, and seeing what that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.scene import ANONYMOUS, Scene

WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")
METHODS: Final = ("GET", "POST")
API_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
NAMELESS: Final = "(forwards)"
"""An address without a name, kept only to lead on to another."""
OF_NO_RECORD: Final = ("django_session", '"cache"')
"""Tables that hold no record of the office: signing in writes there."""


def methods_of(name: str) -> tuple[str, ...]:
    """Return the ways in which an address is tried: pages by GET and POST, the API by every method that writes too."""
    return API_METHODS if name.startswith("api:") else METHODS


def every_name() -> list[str]:
    """Return the name of every address of the system, in the order of the resolver."""
    return list(dict.fromkeys(_names(get_resolver(), "")))


def _names(resolver: URLResolver, within: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{within}{pattern.name or NAMELESS}"


@dataclass(slots=True)
class Written:
    """What was written to the database while somebody visited."""

    statements: list[str] = field(default_factory=list)

    def __call__(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: Mapping[str, object]
    ) -> object:
        """Note a statement that writes, then let it through."""
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in OF_NO_RECORD):
            self.statements.append(sql[:300])
        return execute(sql, params, many, context)


def row_counts() -> dict[str, int]:
    """Return how many rows every table has, sessions and cache aside."""
    names = [name for name in connection.introspection.table_names() if name not in ("django_session", "cache")]
    quote = connection.ops.quote_name
    each = [f"SELECT '{name}', COUNT(*) FROM {quote(name)}" for name in names]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visitor:
    """Somebody with a browser, signed in unless anonymous; each visit begins as if it were the first."""

    def __init__(self, scene: Scene, kind: str) -> None:
        self._scene, self._client = scene, Client(raise_request_exception=False)
        if kind != ANONYMOUS:
            self._client.force_login(scene.accounts[kind])
        self._cookies = self._client.cookies.output(header="").strip()

    def goes_to(self, name: str, method: str) -> str:
        """Return the outcome of a visit: ``ok``, ``login``, or the status: ``403``, ``404``, ``405``, ``500`` …

        ``ok`` is a page, a file, a redirect to where the work goes on, or the sentence that refuses the empty form
        (400, 409, 422).
        """
        self._client.cookies.clear()
        self._client.cookies.load(self._cookies)
        form = self._scene.forms.get(name, {}) if method == "POST" else {}
        address = address_of(self._scene, name)
        if method == "POST":
            response = self._client.post(address, dict(form))
        elif method == "GET":
            response = self._client.get(address)
        else:
            response = self._client.generic(method, address, b"{}", content_type="application/json")
        status = response.status_code
        if status in (301, 302) and response.headers["Location"].startswith(reverse("account_login")):
            return "login"
        return "ok" if status < 400 or status in (400, 409, 422) else str(status)


def address_of(scene: Scene, name: str) -> str:
    """Return the address with its arguments; of the one without a name, where it stands."""
    if name.endswith(NAMELESS):
        return "/van-ban/"
    address = reverse(name, kwargs=dict(scene.arguments.get(name, {})))
    return f"{address}?{scene.queries[name]}" if name in scene.queries else address
