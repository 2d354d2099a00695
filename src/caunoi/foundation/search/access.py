"""Finding records by words, with or without accents, within what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.rules.kinds import Kind, kinds
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS_LIMIT = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    kind: str
    title: str
    url: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind that were found."""

    key: str
    label: StrOrPromise
    hits: tuple[Hit, ...]


def find(query: str, *, by: Actor, limit: int = 10, only: str | None = None) -> list[Group]:
    """Return what matches every word of ``query``, best and newest first, at most ``limit`` of each kind."""
    words = fold(query).split()[:WORDS_LIMIT]
    if not words or by.is_anonymous:
        return []
    groups = [
        Group(kind.key, kind.label, _hits(kind, words, by, limit)) for kind in kinds() if only in (None, kind.key)
    ]
    return [group for group in groups if group.hits]


def _hits(kind: Kind, words: Sequence[str], by: Actor, limit: int) -> tuple[Hit, ...]:
    rows = _matching(kind.key, words).filter(object_id__in=kind.visible(by))[:limit]
    return tuple(Hit(kind.key, row.title, kind.address(row.object_id), row.at) for row in rows)


def _matching(kind: str, words: Sequence[str]) -> QuerySet[SearchEntry]:
    everywhere, in_title = Q(), Q()
    for word in words:
        everywhere &= Q(folded__contains=word)
        in_title &= Q(folded_title__contains=word)
    best_first = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return SearchEntry.objects.filter(everywhere, kind=kind).order_by(best_first, "-at", "-id")
