"""Keeping the index. Modules put their records in within their own use cases, so what is saved can be found at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.rules.kinds import Kind, add_kind
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def register(
    kind: str,
    label: StrOrPromise,
    *,
    visible: Callable[[Actor], Iterable[UUID]],
    address: Callable[[UUID], str],
) -> None:
    """Make a kind of record searchable.

    ``visible`` returns the public ids that the actor may see, lazily (``….values_list("public_id", flat=True)``)
    that the database joins; ``address`` the page of one record.
    """
    add_kind(Kind(kind, label, visible, address))


def put(*, kind: str, public_id: UUID, title: str, text: str, unit_id: int | None, at: dt.datetime) -> None:
    """Enter or renew a record. ``text`` is everything it should be found by, besides its title."""
    SearchEntry.objects.update_or_create(
        kind=kind,
        object_id=public_id,
        defaults={
            "title": title[:500],
            "folded_title": fold(title)[:500],
            "folded": fold(f"{title} {text}"),
            "unit_id": unit_id,
            "at": at,
        },
    )


def remove(*, kind: str, public_id: UUID) -> None:
    """Take a record out of the index."""
    SearchEntry.objects.filter(kind=kind, object_id=public_id).delete()
