"""Who asks: a program with a key, or a signed-in person on a page of this system."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from caunoi.foundation.accounts.public import KeyRefused, actor_of_key
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


class KeyAsker(HttpBearer):
    """A key in the header Authorization."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return whom the key speaks for."""
        try:
            address = request.META.get("REMOTE_ADDR", "")
            return actor_of_key(token, demonstration=settings.DEMONSTRATION, at=clock.now(), address=address)
        except KeyRefused:
            return None


class SessionAsker(APIKeyCookie):
    """The session of a signed-in person; writing needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return the signed-in person."""
        by = actor_of(request)
        return None if by.is_anonymous else by
