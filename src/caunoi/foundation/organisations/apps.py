from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "caunoi.foundation.organisations"
    label = "organisations"

    def ready(self) -> None:
        from caunoi.foundation.organisations.plugs import plug_in
        from caunoi.foundation.organisations.web.refusals import register

        plug_in()
        register()
