from __future__ import annotations

from django.apps import AppConfig


class StaffSiteConfig(AppConfig):
    name = "caunoi.surfaces.staff_site"
    label = "staff_site"

    def ready(self) -> None:
        from caunoi.surfaces.staff_site.plugs import plug_in

        plug_in()
