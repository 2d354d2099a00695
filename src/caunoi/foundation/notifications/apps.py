from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "caunoi.foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        from caunoi.foundation.notifications.plugs import plug_in

        plug_in()
