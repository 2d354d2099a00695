from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "caunoi.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from caunoi.foundation.accounts.plugs import plug_in

        plug_in()
