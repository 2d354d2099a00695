from __future__ import annotations

from django.apps import AppConfig


class StaffSiteConfig(AppConfig):
    name = "caunoi.surfaces.staff_site"
    label = "staff_site"

    def ready(self) -> None:
        from caunoi.foundation.people.public import register_export
        from caunoi.surfaces.staff_site.plugs import plug_in
        from caunoi.surfaces.staff_site.web.views_audit import entries_of

        plug_in()
        register_export("staff_site.audit", entries_of)
