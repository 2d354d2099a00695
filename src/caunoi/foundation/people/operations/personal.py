"""Contacts of people in the inventory of personal data: corrected and erased on request, or when their time is up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.people.access import PeopleForbidden, answers_for, holdings_of
from caunoi.foundation.people.models import Holding, Person
from caunoi.foundation.people.operations.people import correct_person, subject_of
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.personal_data.public import Held
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

IN_POST = _("còn giữ vị trí công tác nên phải có thông tin liên hệ; chỉ xóa được sau khi thôi giữ vị trí.")


def contact_of(person: Person | None) -> Held | None:
    """Return what is held to reach a person; who has left stays with where they were."""
    if person is None:
        return None
    last = Holding.objects.filter(person=person).select_related("post").order_by("-from_on", "-id")
    first = holdings_of(person, on=clock.today()).first() or last.first()
    values = {"email": person.email, "phone": person.phone}
    kept = IN_POST if _lasting(person.pk, clock.today()) else ""
    return Held(person.public_id, person.name, values, person.pk, first.post.unit_id if first else None, kept)


def _lasting(person_id: int, on: dt.date) -> bool:
    return Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), person_id=person_id).exists()


def correct_contact(record_id: UUID, values: Mapping[str, str], by: Actor, at: dt.datetime) -> None:
    """Correct address or number of a person. Raises PeopleForbidden, PeopleRefused."""
    person = Person.objects.get(public_id=record_id)
    email, phone = values.get("email", person.email), values.get("phone", person.phone)
    try:
        validate_email(email or "a@b.example")
    except ValidationError:
        raise PeopleRefused("people.email_wrong", email=email) from None
    if len(phone) > 30 or not set(phone) <= set("0123456789+() .-"):
        raise PeopleRefused("people.phone_wrong", phone=phone)
    correct_person(person=person, name=person.name, email=email, phone=phone, by=by, at=at)


@use_case
def erase_contact(record_id: UUID, by: Actor, at: dt.datetime) -> None:
    """Forget how to reach somebody who has left; name and posts stay, documents and the audit rest on them.

    Raises PeopleForbidden, and PeopleRefused for somebody who holds a post or will.
    """
    person = Person.objects.select_for_update().get(public_id=record_id)
    if not answers_for(by, person, on=clock.day_of(at)):
        raise PeopleForbidden("people.not_permitted")
    if _lasting(person.pk, clock.day_of(at)):
        raise PeopleRefused("people.contact_needed", person=person.name)
    person.email = person.phone = ""
    person.save(update_fields=["email", "phone"])
    record(by=by, at=at, verb="people.erase_contact", subject=subject_of(person), changes={"contact": (None, None)})


def contacts_left(before: dt.date) -> Iterable[UUID]:
    """Return the people with a contact whose last post ended before a day."""
    ended = Holding.objects.values("person_id").annotate(last=Max("until_on")).filter(last__lt=before)
    lasting = Holding.objects.filter(until_on__isnull=True).values("person_id")
    reached = Person.objects.exclude(email="", phone="").filter(pk__in=ended.values("person_id"))
    return reached.exclude(pk__in=lasting).order_by("id").values_list("public_id", flat=True)
