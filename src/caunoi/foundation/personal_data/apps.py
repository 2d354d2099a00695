from __future__ import annotations

from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "caunoi.foundation.personal_data"
    label = "personal_data"

    def ready(self) -> None:
        import caunoi.foundation.personal_data.jobs  # noqa: F401 - registers the handlers
        from caunoi.foundation.personal_data.plugs import plug_in

        plug_in()
