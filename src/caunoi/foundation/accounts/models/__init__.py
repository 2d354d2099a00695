from caunoi.foundation.accounts.models.account import Account

__all__ = ["Account"]
