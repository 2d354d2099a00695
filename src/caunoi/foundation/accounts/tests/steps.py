"""What a person does in a browser, for the tests of this module."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.test import Client

from caunoi.surfaces.demonstration.office import PASSWORD

SIGN_IN: Final = "/tai-khoan/dang-nhap/"


def sign_in(name: str = "chuyenvien", password: str = PASSWORD, client: Client | None = None, **extra: str) -> Client:
    """Sign in by the page; the client may be one that was used before."""
    used = client or Client()
    used.post(SIGN_IN, {"login": name, "password": password}, **extra)  # type: ignore[arg-type]  # headers of the request
    return used


def is_in(client: Client) -> bool:
    """Say whether somebody is signed in."""
    return "_auth_user_id" in client.session


def answer(name: str, password: str, address: str = "10.0.0.1") -> HttpResponse:
    """Try to sign in from an address; return the answer."""
    return Client(REMOTE_ADDR=address).post(SIGN_IN, {"login": name, "password": password})  # type: ignore[return-value]
