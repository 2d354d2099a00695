"""The links that letters carry. They are worked out when the letter is written, so that no secret waits in a table."""

from __future__ import annotations

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from caunoi.foundation.accounts.events import PasswordLinkAsked
from caunoi.foundation.accounts.models import Account, Invitation
from caunoi.foundation.accounts.operations.accounts import subject_of
from caunoi.foundation.accounts.operations.invitations import token_of
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.events import announce


def invitation_path(invitation: Invitation) -> str:
    """Return the path of the page by which the person first signs in."""
    return reverse("account_invitation", args=[token_of(invitation)])


def password_path(account: Account) -> str:
    """Return the path of the page that sets a new password; it stops once a password was set."""
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})


@use_case
def ask_password_link(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Have a link to set a new password sent to the account's own address."""
    record(by=by, at=at, verb="accounts.ask_password", subject=subject_of(account))
    announce(PasswordLinkAsked(account.pk, at))
