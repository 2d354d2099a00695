"""Model fields that behave alike on both databases."""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class ByteOrderedField(models.CharField):  # type: ignore[type-arg]  # the stubs' generic is not subscriptable at run time
    """Text compared byte by byte: paths and sort keys. SQLite does so by itself, PostgreSQL with the collation C."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        """Return the column's type, with collation C on PostgreSQL."""
        parameters: dict[str, str | None] = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
