from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "caunoi.foundation.organisations"
    label = "organisations"
