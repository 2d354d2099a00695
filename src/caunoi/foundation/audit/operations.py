"""Recording. Every write of the system is a use case; its audit commits with it or not at all."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from caunoi.foundation.audit.access import Head, head_hash
from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.audit.models.chain import LONGEST_LABEL, digest_of, folded_of, genesis, hash_of
from caunoi.kernel.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")
Changes = Mapping[str, tuple[object, object]]

LANES = 16
"""How many use cases may end at the same moment on PostgreSQL; on SQLite the write transaction lets one."""
_LANE_LOCKS = 0x4361754E
"""First key of PostgreSQL's advisory locks of lanes; the second is the lane."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing that was touched: its kind, public id, printed label and the unit whose work it is."""

    kind: str
    id: str
    label: str
    unit_id: int | None = None


_pending: ContextVar[list[Entry] | None] = ContextVar("pending_audit", default=None)


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run the decorated operation in one transaction and link its audit entries as the last statement before commit."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _pending.get() is not None:
            return function(*args, **kwargs)
        token = _pending.set([])
        try:
            with transaction.atomic(), _writes() as written:
                answer = function(*args, **kwargs)
                entries = _pending.get() or []
                if written and not entries:
                    raise RuntimeError(
                        f"{function.__qualname__} wrote to {', '.join(sorted(written))} and recorded nothing"
                    )
                _link(entries)
                return answer
        finally:
            _pending.reset(token)

    return run


_WRITE = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_NOT_RECORDED = (
    "audit_", "cache", "django_session", "jobs_", "notifications_", "search_",
    "organisations_unitkind", "people_importrun",
)  # fmt: skip
"""How the tables begin whose rows follow from what is recorded or shipped: queue, index, sessions, notices."""


_watched: Final[set[str]] = set()


def watch_writes() -> None:
    """From now on let a use case fail that writes and records nothing; the tests ask for it by their settings."""
    _watched.add("writes")


@contextmanager
def _writes() -> Iterator[set[str]]:
    """Collect the tables that are written to, where somebody watches."""
    written: set[str] = set()

    def look(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if (found := _WRITE.match(sql.lstrip())) and not found[1].startswith(_NOT_RECORDED):
            written.add(found[1])
        return execute(sql, *rest)

    if not _watched:
        yield written
        return
    with connection.execute_wrapper(look):
        yield written


def record(*, by: Actor, at: dt.datetime, verb: str, subject: Subject, changes: Changes | None = None) -> None:
    """Note one change. Raises RuntimeError outside a use case: an unaudited write is a fault of the program."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError(f"{verb}: audit.record called outside an operation marked @use_case")
    entry = Entry(
        at=at,
        verb=verb,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:LONGEST_LABEL],
        unit_id=subject.unit_id if subject.unit_id is not None else by.unit_id,
        account_id=by.account_id,
        person_id=by.person_id,
        person_name=by.person_name,
        post_title=by.post_title,
        unit_name=by.unit_name,
        address=by.address,
        changes=_plain({name: list(pair) for name, pair in (changes or {}).items()}),
    )
    entry.folded = folded_of(entry)
    pending.append(entry)


@use_case
def note_export(*, filters: Mapping[str, str], count: int, file_format: str, by: Actor, at: dt.datetime) -> None:
    """Note that ``count`` entries of the audit left the system as a file, and by which filters they were chosen."""
    told = ", ".join(f"{name}={value}" for name, value in filters.items())
    changes = {"count": (None, count), "format": (None, file_format), "filters": (None, told or None)}
    record(by=by, at=at, verb="audit.export", subject=Subject("audit", "export", "Nhật ký thay đổi"), changes=changes)


@use_case
def note_anchor(*, heads: Sequence[Head], by: Actor, at: dt.datetime) -> None:
    """Note that the heads of all lanes were written down elsewhere, and their one hash."""
    subject = Subject("audit", "anchor", "Nhật ký thay đổi")
    record(by=by, at=at, verb="audit.anchor", subject=subject, changes={"hash": (None, head_hash(heads))})


def _plain(value: object) -> object:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, default=str))


def _link(entries: list[Entry]) -> None:
    """Chain the entries in a free lane; the lane is held until the transaction ends, the others stay free."""
    if not entries:
        return
    lane = _take_lane()
    last = ChainLink.objects.filter(lane=lane).order_by("-position").only("position", "hash").first()
    beside = ChainLink.objects.exclude(lane=lane).order_by("-id").only("hash").first()
    position, previous = (last.position + 1, last.hash) if last else (1, genesis(lane))
    digest, witness = digest_of(entries), beside.hash if beside else ""
    link = ChainLink.objects.create(
        lane=lane,
        position=position,
        at=entries[-1].at,
        entries_digest=digest,
        previous_hash=previous,
        witness=witness,
        hash=hash_of(position, previous, digest, witness),
    )
    for entry in entries:
        entry.link = link
    Entry.objects.bulk_create(entries)


def _take_lane() -> int:
    """Return the first lane that nobody holds, locked until the end of the transaction; when all are held, wait."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lane FROM generate_series(0, %s) AS lane WHERE pg_try_advisory_xact_lock(%s, lane) LIMIT 1",
            [LANES - 1, _LANE_LOCKS],
        )
        free = cursor.fetchone()
        if free is not None:
            return int(free[0])
        lane = secrets.randbelow(LANES)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LANE_LOCKS, lane])
        return lane
