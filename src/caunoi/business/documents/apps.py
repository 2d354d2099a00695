from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "caunoi.business.documents"
    label = "documents"

    def ready(self) -> None:
        import caunoi.business.documents.jobs  # noqa: F401 - registers the handlers
        from caunoi.business.documents.plugs import plug_in
        from caunoi.business.documents.web.refusals import register

        plug_in()
        register()
