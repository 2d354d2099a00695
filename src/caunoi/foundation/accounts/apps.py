from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "caunoi.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        import caunoi.foundation.accounts.jobs
        import caunoi.foundation.accounts.reactions  # noqa: F401 - registers the reactions
        from caunoi.foundation.accounts.plugs import plug_in

        plug_in()
