from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "caunoi.business.reporting"
    label = "reporting"

    def ready(self) -> None:
        import caunoi.business.reporting.jobs
        import caunoi.business.reporting.reactions  # noqa: F401 - both register what they handle
        from caunoi.business.reporting.plugs import plug_in
        from caunoi.business.reporting.web.refusals import register

        plug_in()
        register()
