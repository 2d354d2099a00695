"""Carrying a whole installation from one database to another: SQLite to PostgreSQL, or back."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from caunoi.surfaces.staff_site.management.tables import (
    OF_THE_INDEX,
    MoveRefused,
    Told,
    carried,
    copy,
    is_empty,
    told,
    unknown_tables,
)

MARK = "caunoi_moving"
"""Table of a target that a move has begun to fill; it goes when the move is done."""
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried, table by table; both sides are alike."""

    tables: Sequence[Told]

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(one.count for one in self.tables)


def open_alias(alias: str, url: str) -> None:
    """Make the database at ``url`` known under ``alias``. Raises MoveRefused for an address that is none."""
    try:
        described = settings.DATABASE_AT(url)
    except ValueError as error:
        raise MoveRefused(str(error)) from None
    connections.databases[alias] = ConnectionHandler().configure_settings({"default": described})["default"]


def move(*, source: str, target: str, url: str, say: Say) -> Moved:
    """Carry every row from one alias to another, whose address is ``url``.

    The source is held still and left as it is; a target that is not empty is refused.
    Everything is written in one transaction: when something fails the target holds nothing but empty tables, and the
    next call begins again there. Raises MoveRefused.
    """
    _check_source(source)
    _prepare(target, url, say)
    with _held_still(source), transaction.atomic(using=target):
        with _without_triggers(target):
            _empty(target)
            counts = _carry(source, target, say)
        moved = _compare(source, target, counts, say)
        _set_sequences(target)
        _drop_mark(target)
    return moved


def _check_source(source: str) -> None:
    executor = MigrationExecutor(connections[source])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveRefused("Cơ sở dữ liệu nguồn chưa ở phiên bản này: chạy “caunoi migrate” trước.")
    if strange := unknown_tables(source):
        raise MoveRefused(f"Cơ sở dữ liệu nguồn có bảng không thuộc hệ thống: {', '.join(strange)}.")


def _prepare(target: str, url: str, say: Say) -> None:
    """Make the tables of an empty target; go on with one that an earlier move had begun."""
    connection = connections[target]
    names = connection.introspection.table_names()
    if names and MARK not in names:
        raise MoveRefused("Cơ sở dữ liệu đích không trống: chỉ chuyển vào cơ sở dữ liệu mới tạo.")
    if is_empty(target):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {MARK} (begun integer)")
    say("Lập bảng ở cơ sở dữ liệu đích …")
    # a process of its own: migrations that enter rows write to the default database
    command = [sys.executable, "-m", "caunoi", "migrate", "--verbosity", "0", "--no-input"]
    done = subprocess.run(  # noqa: S603 - our own command, no shell; no other thread runs here
        command,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_end_with_parent,
    )
    if done.returncode:
        raise MoveRefused(f"Không lập được bảng ở cơ sở dữ liệu đích: {done.stderr.strip().splitlines()[-1]}")


def _end_with_parent() -> None:
    """Let the kernel end this child with a killed move (Linux), so that the next move does not meet it at work."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@contextmanager
def _held_still(alias: str) -> Iterator[None]:
    """Let nobody write to the source meanwhile; whatever was done there is undone."""
    with transaction.atomic(using=alias):
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in carried())
                cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")
        yield


@contextmanager
def _without_triggers(alias: str) -> Iterator[None]:
    """Take the triggers out, which guard rows or fill the index, and put them back as they were."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = [connection.ops.quote_name(model._meta.db_table) for model in carried()]
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
        cursor.execute(f"INSERT INTO {OF_THE_INDEX}({OF_THE_INDEX}) VALUES ('rebuild')")  # noqa: S608 - a name of ours


def _empty(alias: str) -> None:
    """Take out what the migrations have entered: the source has it too."""
    connection = connections[alias]
    names = [connection.ops.quote_name(model._meta.db_table) for model in carried()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            return
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - a name of ours


def _carry(source: str, target: str, say: Say) -> dict[str, int]:
    models = carried()
    counts: dict[str, int] = {}
    for number, model in enumerate(models, start=1):
        table = model._meta.db_table
        counts[table] = copy(model, source, target)
        say(f"{number}/{len(models)}  {table}: {counts[table]} dòng")
    return counts


def _compare(source: str, target: str, counts: dict[str, int], say: Say) -> Moved:
    """Count and hash every table on both sides. Raises MoveRefused where they differ."""
    say("So từng bảng ở hai bên …")
    tables = []
    for model in carried():
        before, after = told(model, source), told(model, target)
        if before != after or before.count != counts[before.table]:
            raise MoveRefused(
                f"Bảng {before.table} không giống nhau ở hai bên ({before.count} dòng, mã {before.digest[:16]} và "
                f"{after.count} dòng, mã {after.digest[:16]}); cơ sở dữ liệu đích đã được hoàn lại."
            )
        tables.append(after)
    return Moved(tables)


def _set_sequences(alias: str) -> None:
    connection = connections[alias]
    statements = connection.ops.sequence_reset_sql(no_style(), carried())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop_mark(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARK}")
