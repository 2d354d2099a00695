from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "caunoi.business.plans"
    label = "plans"

    def ready(self) -> None:
        import caunoi.business.plans.jobs
        import caunoi.business.plans.reactions  # noqa: F401 - registers the reactions, as the line above the handlers
        from caunoi.business.plans.plugs import plug_in
        from caunoi.business.plans.web.refusals import register

        plug_in()
        register()
