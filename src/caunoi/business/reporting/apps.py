from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "caunoi.business.reporting"
    label = "reporting"

    def ready(self) -> None:
        import caunoi.business.reporting.jobs  # noqa: F401 - registers the handlers
        from caunoi.business.reporting.plugs import plug_in
        from caunoi.business.reporting.web.refusals import register

        plug_in()
        register()
