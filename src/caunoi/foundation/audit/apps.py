from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "caunoi.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from django.conf import settings

        import caunoi.foundation.audit.jobs  # noqa: F401 - registers the handler
        from caunoi.foundation.audit.operations import watch_writes

        if settings.UNRECORDED_WRITES_FAIL:
            watch_writes()
