"""Who may sign in at all."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from caunoi.foundation.accounts.models import Account


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Active accounts; those of the demonstration only where the demonstration may be loaded."""

    def user_can_authenticate(self, user: Account) -> bool:
        """Whether the account may sign in here, whatever the password or key."""
        return bool(super().user_can_authenticate(user)) and belongs_here(user)

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session; ``None`` ends the session."""
        account: Account | None = super().get_user(user_id)
        return account if account is not None and belongs_here(account) else None


def belongs_here(account: Account) -> bool:
    """Whether the account may be used in this installation."""
    return settings.DEMONSTRATION or not account.is_demonstration
