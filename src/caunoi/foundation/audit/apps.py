from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "caunoi.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        import caunoi.foundation.audit.jobs  # noqa: F401 - registers the handler
