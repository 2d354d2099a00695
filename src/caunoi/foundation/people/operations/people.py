"""Entering people and keeping what is known of them right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.access import PeopleForbidden, Permission, answers_for, visible_people
from caunoi.foundation.people.models import Person
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.search.public import Item, put_many
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold, sort_key, squeeze

LONGEST_NAME = 200
_KNOWN_SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""People stand in the search by name alone; none is newer than another."""


def subject_of(person: Person) -> Subject:
    """Return how the audit names a person."""
    return Subject("person", str(person.public_id), person.name)


def item_of(person: Person) -> Item:
    """Return a person as the search holds them: by name; ways to reach somebody are not searched."""
    return Item(person.public_id, person.name, _KNOWN_SINCE)


def every_item() -> Iterator[Item]:
    """Yield every person as the search holds them."""
    return map(item_of, Person.objects.order_by("id").iterator(chunk_size=1000))


@use_case
def register_person(*, name: str, email: str = "", phone: str = "", by: Actor, at: dt.datetime) -> Person:
    """Enter a person. Raises PeopleRefused when the name is missing or the e-mail address is somebody else's;

    PeopleForbidden for who administers nothing.
    """
    if not by.is_system and not by.may(Permission.ADMINISTER):
        raise PeopleForbidden("people.not_permitted")
    person = Person()
    _write(person, name, email, phone, by, clock.day_of(at))
    person.save()
    put_many(kind="person", items=[item_of(person)])
    record(by=by, at=at, verb="people.register", subject=subject_of(person))
    return person


@use_case
def correct_person(*, person: Person, name: str, email: str, phone: str, by: Actor, at: dt.datetime) -> None:
    """Correct a name or a way to reach somebody; the audit keeps that it was changed, of contacts not what to.

    Raises PeopleForbidden for somebody who holds a post outside one's branch, PeopleRefused.
    """
    if not answers_for(by, person, on=clock.day_of(at)):
        raise PeopleForbidden("people.not_permitted")
    before = (person.name, person.email, person.phone)
    _write(person, name, email, phone, by, clock.day_of(at))
    after = (person.name, person.email, person.phone)
    if before == after:
        return
    person.save()
    put_many(kind="person", items=[item_of(person)])
    changes: dict[str, tuple[object, object]] = {}
    if before[0] != after[0]:
        changes["name"] = (before[0], after[0])
    if before[1:] != after[1:]:
        changes["contact"] = (None, None)
    record(by=by, at=at, verb="people.correct", subject=subject_of(person), changes=changes)


def _write(person: Person, name: str, email: str, phone: str, by: Actor, on: dt.date) -> None:
    name, email = squeeze(name), email.strip().lower()
    if not name or len(name) > LONGEST_NAME:
        raise PeopleRefused("people.name_missing", limit=LONGEST_NAME)
    taken = Person.objects.filter(email=email).exclude(pk=person.pk).first() if email else None
    if taken is not None and person.email.lower() != email.lower() and fold(taken.name) != fold(name):
        if answers_for(by, taken, on=on) or visible_people(by, on=on).filter(pk=taken.pk).exists():
            raise PeopleRefused("people.email_used", email=email, person=taken.name)
        raise PeopleRefused("people.email_used_elsewhere", email=email)
    family, _, given = name.rpartition(" ")
    person.name, person.email, person.phone = name, email, squeeze(phone)
    person.folded = fold(name)
    person.sort_key = sort_key(f"{given} {family}")
