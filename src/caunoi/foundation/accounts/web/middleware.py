"""Puts the actor on the request: the signed-in person in the post they act for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.people.public import PostNotHeld, actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import ANONYMOUS, Actor

POST_KEY = "post"
"""Session key: id of the post one acts for, noted when the session begins and when one switches."""


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that sets ``request.actor`` lazily."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]  # added by this middleware
        return get_response(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return ANONYMOUS
    noted = request.session.get(POST_KEY)
    address = request.META.get("REMOTE_ADDR", "")
    on = clock.today()
    try:
        return actor_of(account_id=account.pk, person=account.person, post=noted, on=on, address=address)
    except PostNotHeld as lost:
        request.post_lost = str(lost.facts["post"])  # type: ignore[attr-defined]  # for the guard
        left = actor_of(account_id=account.pk, person=account.person, on=on, address=address)
        note_post(request, left.post_id)
        return left


def note_post(request: HttpRequest, post_id: int | None) -> None:
    """Keep in the session which post it acts for."""
    if post_id is None:
        request.session.pop(POST_KEY, None)
    else:
        request.session[POST_KEY] = post_id
