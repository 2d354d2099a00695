from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "caunoi.business.indicators"
    label = "indicators"

    def ready(self) -> None:
        from caunoi.business.indicators.plugs import plug_in
        from caunoi.business.indicators.web.refusals import register

        plug_in()
        register()
