"""Who may see what of personal data, and the reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from caunoi.foundation.personal_data.models import Breach, Ground, Limit, Retention, Reveal, SubjectRequest
from caunoi.foundation.personal_data.models.law import LawRow
from caunoi.foundation.personal_data.rules.clocks import Length, Measured
from caunoi.foundation.personal_data.rules.kinds import DataKind, Held, kind_of, kinds
from caunoi.kernel.actor import Actor, Scope
from caunoi.kernel.clock import day_of
from caunoi.kernel.errors import NotFound, Refused

Row = TypeVar("Row", bound=LawRow)
M = TypeVar("M", bound=Model)
Reach = Callable[[Iterable[Scope], dt.date], Iterable[int]]


class Permission(StrEnum):
    """What one may do with personal data."""

    READ = "personal_data.read"
    """See the inventory and the list of reveals within one's part of the tree."""
    REVEAL = "personal_data.reveal"
    """Have masked data of the people of one's part of the tree shown in full."""
    MANAGE = "personal_data.manage"
    """Handle requests and breaches."""


class LimitMissing(Refused):
    """No row of law gives the limit on that day."""


Whole = Callable[[Iterable[Scope], dt.date], bool]
_reach: list[Reach] = []
_whole: list[Whole] = []


def register_reach(reach: Reach, *, whole: Whole) -> None:
    """Say how scopes become units and when they are the whole: both lie above this module, a surface plugs them in."""
    _reach[:], _whole[:] = [reach], [whole]


@dataclass(frozen=True, slots=True)
class Known:
    """A person whom a request on paper may be about: shown to be chosen, by name and where they work."""

    person_id: int
    public_id: UUID
    name: str
    work: str


class People(Protocol):
    """How people are found: they lie above this module, which plugs it in with ``register_people``."""

    def __call__(self, by: Actor, *, on: dt.date, words: str = "", public_id: str = "") -> Sequence[Known]:
        """Return the people within reach of MANAGE, by the words of a name or by one id; the first ones only."""


_people: list[People] = []


def register_people(people: People) -> None:
    """Say how the people within one's reach are found."""
    _people[:] = [people]


def people_found(by: Actor, *, on: dt.date, words: str) -> Sequence[Known]:
    """Return people within reach by name; nobody for no words."""
    return _people[0](by, on=on, words=words) if _people and words.strip() else ()


def person_known(by: Actor, public_id: str, *, on: dt.date) -> Known:
    """Return the person chosen. Raises NotFound for nobody within reach."""
    found = _people[0](by, on=on, public_id=public_id) if _people else ()
    if not found:
        raise NotFound("personal_person_unknown")
    return found[0]


def reach(by: Actor, permission: Permission, *, on: dt.date) -> Iterable[int]:
    """Return the ids of the units in which ``by`` holds ``permission`` on a day (a lazy query)."""
    scopes = by.scopes(permission)
    if not scopes:
        return ()
    return _reach[0](scopes, on) if _reach else [scope.unit_id for scope in scopes]


def holds_everywhere(by: Actor, permission: Permission, *, on: dt.date) -> bool:
    """Whether ``by`` answers for everybody of the installation, and so for what belongs to no unit."""
    return by.is_system or any(whole(by.scopes(permission), on) for whole in _whole)


def within_reach(rows: QuerySet[M], by: Actor, permission: Permission, *, on: dt.date) -> QuerySet[M]:
    """Return the rows whose unit is within reach; rows of no unit only for who answers for a whole tree."""
    if by.is_system:
        return rows
    condition = Q(unit_id__in=reach(by, permission, on=on))
    if holds_everywhere(by, permission, on=on):
        condition |= Q(unit_id__isnull=True)
    return rows.filter(condition)


def may_reveal(by: Actor, held: Held, *, on: dt.date) -> bool:
    """Whether ``by`` may have what a record holds shown in full: one's own, or within reach of REVEAL."""
    if by.is_system or (by.person_id is not None and by.person_id == held.person_id):
        return True
    if held.unit_id is None:
        return holds_everywhere(by, Permission.REVEAL, on=on)
    return held.unit_id in set(reach(by, Permission.REVEAL, on=on))


def is_near(by: Actor, held: Held, *, on: dt.date) -> bool:
    """Whether a record belongs to the unit of one's post or below it, not to one reached by a right given elsewhere."""
    if by.is_system or held.unit_id is None or held.unit_id == by.unit_id:
        return True
    own = [scope for scope in by.scopes(Permission.REVEAL) if scope.unit_id == by.unit_id]
    return bool(own) and held.unit_id in set(_reach[0](own, on) if _reach else [scope.unit_id for scope in own])


def may_know(by: Actor, held: Held, *, on: dt.date) -> bool:
    """Whether a record may be known of though not shown in full: one has any right at all where it belongs."""
    if held.unit_id is None:
        return holds_everywhere(by, Permission.REVEAL, on=on)
    scopes = {scope for granted in by.granted.values() for scope in granted}
    return bool(scopes) and held.unit_id in set(_units(scopes, on))


def _units(scopes: Iterable[Scope], on: dt.date) -> Iterable[int]:
    return _reach[0](scopes, on) if _reach else [scope.unit_id for scope in scopes]


def held_or_404(kind_key: str, record: UUID) -> tuple[DataKind, Held]:
    """Return a registered kind and what the record holds. Raises NotFound."""
    kind = kind_of(kind_key)
    held = kind.of_record(record) if kind is not None else None
    if kind is None or held is None:
        raise NotFound("personal_record_unknown")
    return kind, held


def held_about(person_id: int) -> list[tuple[DataKind, list[Held]]]:
    """Return everything that the registered modules hold about a person, kind by kind."""
    found = [(kind, list(kind.of_person(person_id))) for kind in kinds()]
    return [(kind, rows) for kind, rows in found if rows]


def in_force(rows: type[Row], *, on: dt.date) -> dict[str, Row]:
    """Return code → row of law in force on a day."""
    valid = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return {row.code: row for row in rows._default_manager.filter(valid, from_on__lte=on).order_by("from_on")}


def limit(code: str, *, at: dt.datetime) -> Length:
    """Return a limit of law in force at a moment. Raises LimitMissing."""
    row = in_force(Limit, on=day_of(at)).get(code)
    if row is None:
        raise LimitMissing("personal_limit_missing", limit=code)
    return Length(row.amount, Measured(row.measured))


def grounds(*, on: dt.date) -> dict[str, Ground]:
    """Return the grounds in force on a day, by code."""
    return in_force(Ground, on=on)


def retentions(*, on: dt.date) -> dict[str, Retention]:
    """Return the retention rules in force on a day, by code."""
    return in_force(Retention, on=on)


def visible_reveals(by: Actor, *, on: dt.date) -> QuerySet[Reveal]:
    """Return the reveals within one's part of the tree, newest first."""
    return within_reach(Reveal.objects.all(), by, Permission.READ, on=on)


def reveals_about(person_id: int) -> QuerySet[Reveal]:
    """Return who has had a person's data shown, newest first."""
    return Reveal.objects.filter(subject_person_id=person_id).exclude(by_person_id=person_id)


def visible_requests(by: Actor, *, on: dt.date) -> QuerySet[SubjectRequest]:
    """Return the requests one handles, newest first."""
    return within_reach(SubjectRequest.objects.all(), by, Permission.MANAGE, on=on)


def visible_breaches(by: Actor, *, on: dt.date) -> QuerySet[Breach]:
    """Return the breaches one handles, newest first."""
    return within_reach(Breach.objects.all(), by, Permission.MANAGE, on=on)
