"""Puts the actor on the request: the signed-in person in the post they act for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.people.public import Post, PostNotHeld, actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import ANONYMOUS, Actor

POST_KEY = "acting_post"
"""Session key of the post one acts for."""


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
    post = Post.objects.filter(public_id=request.session[POST_KEY]).first() if POST_KEY in request.session else None
    address = request.META.get("REMOTE_ADDR", "")
    on = clock.today()
    try:
        return actor_of(account_id=account.pk, person=account.person, post=post, on=on, address=address)
    except PostNotHeld:
        del request.session[POST_KEY]
        return actor_of(account_id=account.pk, person=account.person, on=on, address=address)
