"""The kinds of records that can be found, and who says what an actor may see of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caunoi.kernel.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """A searchable kind: its label, the public ids an actor may see (a lazy query), and the page of a record."""

    key: str
    label: StrOrPromise
    visible: Callable[[Actor], Iterable[UUID]]
    address: Callable[[UUID], str]
    source: Callable[[], Iterable[object]] | None = None
    """Everything of the kind, to enter it anew."""


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Add a kind, or replace the one of the same key."""
    _kinds[kind.key] = kind


def kinds() -> Iterable[Kind]:
    """Return the kinds in the order in which they were added."""
    return _kinds.values()
