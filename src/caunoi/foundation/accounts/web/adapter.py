"""What allauth asks of the installation: who may sign in, what is counted and noted, and that nobody signs up."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.operations.accounts import set_password
from caunoi.foundation.accounts.operations.letters import ask_password_link
from caunoi.foundation.accounts.operations.locking import (
    WayClosed,
    attempt_failed,
    attempt_succeeded,
    begin_attempt,
)
from caunoi.foundation.accounts.operations.sessions import begin_session, forget_session
from caunoi.foundation.accounts.web.backend import belongs_here
from caunoi.foundation.accounts.web.guard import note_beginning
from caunoi.foundation.accounts.web.middleware import note_post
from caunoi.foundation.accounts.web.people import address_of, moment_words, own_actor
from caunoi.foundation.pages.public import sentence
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

WAYS: Final = {"socialaccount": "office", "mfa": "passkey", "password": "password"}
"""How allauth calls the first step of signing in → how the list of sessions does."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by administrators and invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no sign-up page."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the proxies of the office vouch for."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 - a word for "unknown", not an address to listen at

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count the attempt before the password is looked at. Raises ValidationError when the way is closed."""
        super().pre_authenticate(request, **credentials)
        try:
            begin_attempt(name=_name_in(credentials), address=address_of(request), at=clock.now())
        except WayClosed as closed:
            spoken = WayClosed(closed.code, until=moment_words(closed.facts["until"]))  # type: ignore[arg-type]  # a moment
            raise ValidationError(sentence(spoken) or "", code=closed.code) from None

    def authenticate(self, request: HttpRequest, **credentials: object) -> Account | None:
        """Look at the password; forget the wrong attempts when it is right."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            attempt_succeeded(name=_name_in(credentials), address=address_of(request))
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Record a lock in the audit."""
        attempt_failed(name=_name_in(credentials), by=Actor(address=address_of(request)), at=clock.now())

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: object) -> HttpResponse | None:
        """Stop, by whatever way somebody signs in, an account that does not belong to this installation."""
        if not belongs_here(user):
            return redirect("account_inactive")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin the session, with a new key, and note where it began."""
        super().login(request, user)
        at = clock.now()
        by = own_actor(request, user)
        note_post(request, by.post_id)
        begun = begin_session(
            account=user,
            session_key=request.session.session_key or "",
            way=_way(request, user),
            user_agent=request.headers.get("User-Agent", ""),
            by=by,
            at=at,
        )
        note_beginning(request, begun, at)

    def logout(self, request: HttpRequest) -> None:
        """End the session and take it out of the list."""
        if request.session.session_key:
            forget_session(session_key=request.session.session_key)
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Set a password as a use case: the old one is remembered, other sessions end."""
        session = self.request.session.session_key if self.request.user == user else None
        set_password(
            account=user, password=password, keep_session=session, by=own_actor(self.request, user), at=clock.now()
        )

    def send_password_reset_mail(self, user: Account, email: str, context: object) -> None:
        """Have the letter sent by the mail queue: this answer takes as long for addresses that nobody has."""
        ask_password_link(account=user, by=Actor(address=address_of(self.request)), at=clock.now())


def _name_in(credentials: dict[str, object]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


def _way(request: HttpRequest, account: Account) -> str:
    records = get_authentication_records(request, account)
    return WAYS.get(records[0]["method"], "password") if records else "password"
