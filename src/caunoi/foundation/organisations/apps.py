from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "caunoi.foundation.organisations"
    label = "organisations"

    def ready(self) -> None:
        import caunoi.foundation.organisations.jobs  # noqa: F401 - registers the handlers
        from caunoi.foundation.organisations.plugs import plug_in
        from caunoi.foundation.organisations.web.refusals import register

        plug_in()
        register()
