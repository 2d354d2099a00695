from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "caunoi.surfaces.demonstration"
    label = "demonstration"
