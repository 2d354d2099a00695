from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "caunoi.foundation.calendar"
    label = "calendar"

    def ready(self) -> None:
        from caunoi.foundation.calendar.plugs import plug_in

        plug_in()
