from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "caunoi.foundation.people"
    label = "people"

    def ready(self) -> None:
        import caunoi.foundation.people.jobs  # noqa: F401 - registers the handlers
        from caunoi.foundation.people.plugs import plug_in
        from caunoi.foundation.people.web.refusals import register

        plug_in()
        register()
