"""Keeping the index. Modules put their records in within their own use cases, so what is saved can be found at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.rules.kinds import Kind, add_kind, kinds
from caunoi.foundation.search.rules.words import indexed
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BATCH = 1000
_RENEWED = ("code", "title", "folded_title", "words", "unit_id", "at")


@dataclass(frozen=True, slots=True)
class Item:
    """A record to be found: ``text`` is everything it should be found by besides title and code."""

    public_id: UUID
    title: str
    at: dt.datetime
    text: str = ""
    code: str = ""
    unit_id: int | None = None


def register(
    kind: str,
    label: StrOrPromise,
    *,
    visible: Callable[[Actor], Iterable[UUID]],
    address: Callable[[UUID], str],
    source: Callable[[], Iterable[object]] | None = None,
) -> None:
    """Make a kind of record searchable.

    ``visible`` returns the public ids that the actor may see, lazily (``….values_list("public_id", flat=True)``)
    that the database joins; ``address`` the page of one record; ``source`` every ``Item`` there is, for
    ``caunoi rebuild_search``.
    """
    add_kind(Kind(kind, label, visible, address, source))


def put(
    *, kind: str, public_id: UUID, title: str, text: str, unit_id: int | None, at: dt.datetime, code: str = ""
) -> None:
    """Enter or renew a record. ``text`` is everything it should be found by, besides its title and code."""
    put_many(kind=kind, items=[Item(public_id, title, at, text, code, unit_id)])


def put_many(*, kind: str, items: Iterable[Item]) -> int:
    """Enter or renew many records in batches; return how many."""
    count, rest = 0, iter(items)
    while batch := list(islice(rest, BATCH)):
        SearchEntry.objects.bulk_create(
            [_row(kind, item) for item in batch],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=_RENEWED,
        )
        count += len(batch)
    return count


def remove(*, kind: str, public_id: UUID) -> None:
    """Take a record out of the index."""
    SearchEntry.objects.filter(kind=kind, object_id=public_id).delete()


def rebuild(*, only: str | None = None) -> dict[str, int]:
    """Enter every record of the kinds that name their source anew; return kind → how many."""
    made: dict[str, int] = {}
    for kind in list(kinds()):
        if kind.source is None or only not in (None, kind.key):
            continue
        SearchEntry.objects.filter(kind=kind.key).delete()
        made[kind.key] = put_many(kind=kind.key, items=(item for item in kind.source() if isinstance(item, Item)))
    return made


def _row(kind: str, item: Item) -> SearchEntry:
    return SearchEntry(
        kind=kind,
        object_id=item.public_id,
        code=fold(item.code)[:120],
        title=item.title[:500],
        folded_title=fold(item.title)[:500],
        words=indexed(kind, f"{item.title} {item.code}", item.text),
        unit_id=item.unit_id,
        at=item.at,
    )
