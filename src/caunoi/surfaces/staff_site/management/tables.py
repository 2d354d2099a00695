"""The tables of an installation as they are carried from one database to another: rows, counts, hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.apps import apps
from django.db import connections
from django.db.models import CharField, Field, Model
from django.db.models.fields.json import JSONField

ROWS = 1000
"""Rows read, written and hashed in one go."""
LEFT_BEHIND = frozenset({"cache", "django_migrations"})
"""Tables that are not carried: what can be worked out again, and what the target writes by itself."""
OF_THE_INDEX = "search_words"
"""Tables of the full-text index of SQLite begin so; triggers fill them."""


class MoveRefused(Exception):
    """The move cannot be done; the message says why, in the administrator's words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One table: how many rows, and a hash of them that does not depend on their order."""

    table: str
    count: int
    digest: str


def carried() -> list[type[Model]]:
    """Return the models whose tables are carried, in the order of their tables' names."""
    every = apps.get_models(include_auto_created=True)
    own = {model for model in every if model._meta.managed and not model._meta.proxy and not model._meta.swapped}
    return sorted(own, key=lambda model: model._meta.db_table)


def unknown_tables(alias: str) -> list[str]:
    """Return the tables of a database that no model owns: nothing may be left behind unseen."""
    known = {model._meta.db_table for model in carried()} | LEFT_BEHIND
    names = connections[alias].introspection.table_names()
    return sorted(name for name in names if name not in known and not name.startswith(OF_THE_INDEX))


def told(model: type[Model], alias: str) -> Told:
    """Count and hash a table. The hash is the sum of the hashes of its rows, so that collations do not matter."""
    fields = columns(model)
    count, total = 0, 0
    for row in model._base_manager.using(alias).values_list(*(field.attname for field in fields)).iterator(ROWS):
        line = json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True)
        total = (total + int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")) % 2**256
        count += 1
    return Told(model._meta.db_table, count, f"{total:064x}")


def columns(model: type[Model]) -> list[Field[object, object]]:
    """Return the columns that are written; what the database works out is left to it."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def copy(model: type[Model], source: str, target: str) -> int:
    """Write every row of a table into the target as it stands. Raises MoveRefused, naming the row that does not fit."""
    fields, count = columns(model), 0
    rows = iter(model._base_manager.using(source).order_by("pk").iterator(ROWS))
    most = max(1, min(ROWS, connections[target].ops.bulk_batch_size(fields, range(ROWS))))
    while batch := list(islice(rows, most)):
        _check(model, batch, fields)
        model._base_manager._insert(batch, fields=fields, using=target, raw=True)  # type: ignore[attr-defined]  # raw: no value is made anew
        count += len(batch)
    return count


def _check(model: type[Model], batch: Sequence[Model], fields: Iterable[Field[object, object]]) -> None:
    """Find what SQLite lets in and PostgreSQL refuses: texts longer than their column, and NUL in texts."""
    for row in batch:
        for field in fields:
            value = getattr(row, field.attname)
            words = json.dumps(value, default=str) if isinstance(field, JSONField) else value
            if not isinstance(words, str):
                continue
            limit = field.max_length if isinstance(field, CharField) else None
            if "\0" in words or "\\u0000" in words or (limit is not None and len(words) > limit):
                raise MoveRefused(
                    f"Bảng {model._meta.db_table}, dòng {row.pk}, cột {field.column}: nội dung dài quá {limit} ký tự "
                    "hoặc có ký tự NUL; hãy sửa dòng này rồi chạy lại."
                )


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def is_empty(alias: str) -> bool:
    """Whether a database has no table at all."""
    return not connections[alias].introspection.table_names()
