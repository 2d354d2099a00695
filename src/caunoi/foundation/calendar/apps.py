from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "caunoi.foundation.calendar"
    label = "calendar"
