"""The registry of personal data: what each module keeps about people, why, how long, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from caunoi.foundation.personal_data.rules.masking import How
from caunoi.kernel.actor import Actor

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class DataField:
    """One field about a person, and how it is masked."""

    key: str
    label: StrOrPromise
    how: How = How.TEXT
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What one record holds about one person."""

    record: UUID
    """Public id of the record."""
    label: str
    """How lists and the audit name the record, without masked values: the person's name, a document's code."""
    values: Mapping[str, str]
    """Field → value; empty when nothing is held."""
    person_id: int | None = None
    unit_id: int | None = None
    """The unit whose work it is; who may reveal follows from it."""
    kept_because: StrOrPromise = ""
    """Why this record may not be erased now, in words for the person who asks; empty when it may."""


def _nothing(person_id: int) -> Iterable[Held]:
    return ()


def _none(record: UUID) -> Held | None:
    return None


@dataclass(frozen=True, slots=True)
class DataKind:
    """A kind of personal data that a module keeps. Register it in ``plugs.py`` with ``register_kind``.

    ``ground`` and ``retention`` name rows of ``data/law.toml``. ``is_public_office`` marks data that belong to the
    exercise of a public office (signer names on documents): they stand in the inventory and are never masked.
    ``correct`` and ``erase`` are left out where the law forbids or the owner offers a page of its own.
    """

    key: str
    label: StrOrPromise
    purpose: StrOrPromise
    fields: tuple[DataField, ...]
    ground: str
    retention: str
    is_public_office: bool = False
    of_record: Callable[[UUID], Held | None] = field(default=_none)
    of_person: Callable[[int], Iterable[Held]] = field(default=_nothing)
    count: Callable[[], int] | None = None
    """How many records hold such data now."""
    correct: Callable[[UUID, Mapping[str, str], Actor, dt.datetime], None] | None = None
    """(record, field → new value, by, at): an operation of the owner, which records its own audit."""
    erase: Callable[[UUID, Actor, dt.datetime], None] | None = None
    expired: Callable[[dt.date], Iterable[UUID]] | None = None
    """Records whose reason to be kept ended before this day; a daily job has ``erase`` done to them."""

    def field_of(self, key: str) -> DataField | None:
        """Return the field with this key."""
        return next((one for one in self.fields if one.key == key), None)


_kinds: dict[str, DataKind] = {}


def register_kind(kind: DataKind) -> None:
    """Add a kind of personal data to the inventory, or replace the one of the same key."""
    _kinds[kind.key] = kind


def kinds() -> list[DataKind]:
    """Return the kinds in the order in which they were registered."""
    return list(_kinds.values())


def kind_of(key: str) -> DataKind | None:
    """Return a kind by its key."""
    return _kinds.get(key)
