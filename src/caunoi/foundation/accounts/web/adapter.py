"""What allauth asks of the installation: who may sign in, and that nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.web.backend import belongs_here


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by administrators and invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no sign-up page."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: object) -> HttpResponse | None:
        """Stop, by whatever way somebody signs in, an account that does not belong to this installation."""
        if not belongs_here(user):
            return redirect("account_inactive")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer
