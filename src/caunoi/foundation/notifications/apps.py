from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "caunoi.foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        import caunoi.foundation.notifications.jobs
        import caunoi.foundation.notifications.reactions  # noqa: F401 - registers the reactions, as the line above the handlers
        from caunoi.foundation.notifications.plugs import plug_in

        plug_in()
