from __future__ import annotations

from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "caunoi.foundation.spreadsheets"
    label = "spreadsheets"
