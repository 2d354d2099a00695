"""Finding records by words, with or without accents, within what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.rules.kinds import Kind, kinds
from caunoi.foundation.search.rules.words import TITLE, asked, asked_without_blanks, kind_word, rank
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CANDIDATES = 60
"""Records looked at for one kind in one step, or three times as many as are asked for; the best of them are shown."""
LEAST_JOINED = 5
"""Letters of a question from which its blanks may be missing."""
_MATCH = {
    "sqlite": "SELECT rowid AS id FROM search_words WHERE search_words MATCH %s",
    "postgresql": "SELECT id FROM search_searchentry WHERE lexemes @@ CAST(%s AS tsquery)",
}
_NEWEST = {
    "sqlite": "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s",
    # the matches are taken from the index of words first: the planner would else walk the ids of other kinds
    "postgresql": "WITH found AS MATERIALIZED (SELECT id FROM search_searchentry WHERE lexemes @@ CAST(%s AS tsquery)) "
    "SELECT id FROM found ORDER BY id DESC LIMIT %s",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    kind: str
    title: str
    url: str
    at: dt.datetime
    code: str = ""
    """As it is folded in the index; empty where the record has none."""


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind that were found."""

    key: str
    label: StrOrPromise
    hits: tuple[Hit, ...]


def find(query: str, *, by: Actor, limit: int = 10, only: str | None = None) -> list[Group]:
    """Return what matches every word of ``query``, at most ``limit`` of each kind; the kind with the best first.

    The best come first: the record with exactly that code, titles that begin so, words of the title, the text; among
    equals the newest. Words may be typed in part, with or without accents; where nothing answers, titles are looked
    through as if they had no blanks.
    """
    words = asked(query)
    if not words or by.is_anonymous:
        return []
    found = _groups(_Question(fold(query), words), by, limit, only)
    if not found and len("".join(words)) >= LEAST_JOINED:
        found = _groups(_Question(fold(query), asked_without_blanks(words)), by, limit, only)
    return found


def _groups(question: _Question, by: Actor, limit: int, only: str | None) -> list[Group]:
    found = [(kind, _best(kind, question, by, limit)[:limit]) for kind in kinds() if only in (None, kind.key)]
    best_first = sorted((pair for pair in found if pair[1]), key=lambda pair: question.rank_of(pair[1][0])[0])
    return [Group(kind.key, kind.label, _hits(kind, rows)) for kind, rows in best_first]


@dataclass(frozen=True, slots=True)
class _Question:
    folded: str
    words: Sequence[str]

    def rank_of(self, row: SearchEntry) -> tuple[int, float, str]:
        """Return the place of a row among the candidates: how well it answers, the newest first, then by title."""
        return rank(row.folded_title, row.code, self.folded, self.words), -row.at.timestamp(), row.folded_title


def _hits(kind: Kind, rows: Sequence[SearchEntry]) -> tuple[Hit, ...]:
    return tuple(Hit(kind.key, row.title, kind.address(row.object_id), row.at, row.code) for row in rows)


def _best(kind: Kind, question: _Question, by: Actor, limit: int) -> list[SearchEntry]:
    """Return the best visible rows: the better steps are taken first, until there are enough."""
    most = max(CANDIDATES, 3 * limit)
    seen: dict[int, SearchEntry] = {}
    tried: set[int] = set()
    for ids in _steps(kind, question, most):
        seen |= {row.pk: row for row in _seen(kind, _rows(set(ids) - tried), by)}
        tried |= set(ids)
        if len(seen) >= limit:
            return sorted(seen.values(), key=question.rank_of)
    if len(tried) >= most:  # there may be more: ask for those that may be seen
        matches = RawSQL(_MATCH[connection.vendor], [_expression(kind.key, question.words, prefix=True)])  # noqa: S611 - the question is a parameter
        rest = SearchEntry.objects.filter(kind=kind.key, id__in=matches, object_id__in=kind.visible(by))
        seen |= {row.pk: row for row in rest.order_by("-id").defer("words")[:most]}
    return sorted(seen.values(), key=question.rank_of)


def _steps(kind: Kind, question: _Question, most: int) -> Iterator[Sequence[int]]:
    """Yield the ids of what answers best first: the code, beginnings of titles, words of titles, words of texts.

    Where few records match at all, they come together in the third step and the rest is left out.
    """
    of_kind = SearchEntry.objects.filter(kind=kind.key)
    begins = {"folded_title__gte": question.folded, "folded_title__lt": question.folded + "\U0010ffff"}
    titled = [TITLE + word for word in question.words]
    yield list(of_kind.filter(code=question.folded).order_by("id").values_list("id", flat=True)[:most])
    yield list(of_kind.filter(**begins).order_by("folded_title").values_list("id", flat=True)[:most])
    everything = _matching(_expression(kind.key, question.words, prefix=True), most + 1)
    if len(everything) > most:
        yield _matching(_expression(kind.key, titled, prefix=False), most)
        yield _matching(_expression(kind.key, titled, prefix=True), most)
        yield _matching(_expression(kind.key, question.words, prefix=False), most)
    yield everything


def _matching(expression: str, most: int) -> list[int]:
    """Return the ids of the newest rows that answer a question in the language of the database."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST[connection.vendor], [expression, most])
        return [pk for (pk,) in cursor.fetchall()]


def _expression(kind_key: str, words: Sequence[str], *, prefix: bool) -> str:
    """Write a question in the language of the database; words are letters and digits of ASCII only."""
    kind = kind_word(kind_key)
    if connection.vendor == "sqlite":
        return " AND ".join([f'"{kind}"', *(f'"{word}"{"*" if prefix else ""}' for word in words)])
    return " & ".join([f"'{kind}'", *(f"'{word}'{':*' if prefix else ''}" for word in words)])


def _rows(ids: Collection[int]) -> list[SearchEntry]:
    return list(SearchEntry.objects.filter(pk__in=ids).defer("words")) if ids else []


def _seen(kind: Kind, rows: Sequence[SearchEntry], by: Actor) -> list[SearchEntry]:
    """Return the rows that the owner of the kind would show."""
    if not rows:
        return []
    ids = [row.object_id for row in rows]
    visible = kind.visible(by)
    allowed: set[UUID] = set(_among(visible, ids) if isinstance(visible, QuerySet) else visible)
    return [row for row in rows if row.object_id in allowed]


def _among(visible: QuerySet[Model], ids: Sequence[UUID]) -> Iterable[UUID]:
    """Ask only about these ids, so that the database does not list everything that may be seen."""
    (column,) = visible.query.values_select
    return visible.filter(**{f"{column}__in": ids})  # type: ignore[return-value]  # a values_list of one column
