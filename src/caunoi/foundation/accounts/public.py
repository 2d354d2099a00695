"""The door of accounts."""

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.operations import close_account, open_account

__all__ = ["Account", "close_account", "open_account"]
