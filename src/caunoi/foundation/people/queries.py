"""Reads of imports, and of who signs for a unit."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from caunoi.foundation.organisations.public import Unit, ids_within, on_day
from caunoi.foundation.people.access import PeopleForbidden, PeopleNotFound, Permission, standing
from caunoi.foundation.people.models import ExportRun, Holding, ImportRun, Person, SigningAuthority
from caunoi.foundation.people.rules.signing import ORIGINAL
from caunoi.foundation.personal_data.public import Known, holds_everywhere
from caunoi.foundation.personal_data.public import Permission as PersonalPermission
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

FOUND = 20
"""People offered to be chosen from; more words find fewer."""


def import_roots(by: Actor, *, on: dt.date) -> list[Unit]:
    """Return the units whose whole branch one administers: into these one may import."""
    ids = [scope.unit_id for scope in by.scopes(Permission.ADMINISTER) if scope.subtree]
    return list(Unit.objects.filter(pk__in=ids).order_by("sort_key", "id"))


def import_root(by: Actor, asked: str, *, on: dt.date) -> Unit:
    """Return the unit asked for, or the first one. Raises PeopleForbidden when one administers no branch."""
    roots = import_roots(by, on=on)
    if not roots:
        raise PeopleForbidden("people.no_branch")
    return next((unit for unit in roots if str(unit.public_id) == asked), roots[0])


def imports_within(by: Actor, *, on: dt.date) -> QuerySet[ImportRun]:
    """Return the imports into the branches that one administers, newest first."""
    units = ids_within([scope for scope in by.scopes(Permission.ADMINISTER) if scope.subtree], on=on)
    rows = ImportRun.objects.filter(unit_id__in=units).select_related("unit", "file", "person")
    return rows.order_by("-begun_at", "-id")


def import_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> ImportRun:
    """Return an import. Raises PeopleNotFound."""
    found = imports_within(by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise PeopleNotFound("people.import_not_found")
    return found


def exports_of(by: Actor) -> QuerySet[ExportRun]:
    """Return the workbooks that a person asked for in the post acted for, newest first; they stop with the post."""
    rows = ExportRun.objects.none()
    if by.person_id is not None and by.post_id is not None:
        rows = ExportRun.objects.filter(person_id=by.person_id, post_id=by.post_id)
    return rows.select_related("unit", "file").order_by("-asked_at", "-id")


def export_by_public_id(public_id: UUID | str, by: Actor) -> ExportRun:
    """Return one of one's own workbooks. Raises PeopleNotFound."""
    found = exports_of(by).filter(public_id=public_id).first()
    if found is None:
        raise PeopleNotFound("people.export_not_found")
    return found


def with_givers(rows: QuerySet[SigningAuthority], *, on: dt.date) -> QuerySet[SigningAuthority]:
    """Annotate ``giver_signs``: nobody is named as the giver, or their post signs by a right of its own on the day."""
    signs = ExpressionWrapper(_giver_signs(on), output_field=BooleanField())
    return rows.select_related("post__unit", "unit", "given_by__unit").annotate(giver_signs=signs)


def _giver_signs(on: dt.date) -> Q:
    own = SigningAuthority.objects.filter(
        on_day(on), post_id=OuterRef("given_by_id"), unit_id=OuterRef("unit_id"), form__in=ORIGINAL
    )
    return Q(given_by__isnull=True) | Q(Exists(own.order_by()))


def signing_authorities(*, unit_id: int, on: dt.date) -> QuerySet[SigningAuthority]:
    """Return who may sign for a unit on a day and in which form (NĐ 30/2020/NĐ-CP, Điều 13).

    Nobody signs for a unit that has ended, from a post of one, or by the word of a giver who no longer signs.
    """
    rows = SigningAuthority.objects.filter(on_day(on), _giver_signs(on), unit_id=unit_id)
    rows = rows.filter(standing("unit", on=on), standing("post__unit", on=on))
    return rows.select_related("post").order_by("post__position", "id")


def known_within(by: Actor, *, on: dt.date, words: str = "", public_id: str = "") -> list[Known]:
    """Return people whom a request about personal data may be about: of units within reach of MANAGE, now or once.

    Whoever answers for all may choose somebody who never held a post. By the words of a name, or by one id.
    """
    units = ids_within(by.scopes(PersonalPermission.MANAGE), on=on)
    near = Q(pk__in=Holding.objects.filter(post__unit_id__in=units).values("person_id"))
    if holds_everywhere(by, PersonalPermission.MANAGE, on=on):
        near = near | Q(~Exists(Holding.objects.filter(person_id=OuterRef("pk"))))
    found = Person.objects.filter(near)
    if public_id:
        try:
            found = found.filter(public_id=UUID(public_id))
        except ValueError:
            return []
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    chosen = list(found.order_by("sort_key", "id")[:FOUND])
    work: dict[int, list[str]] = {}
    for one in Holding.objects.filter(on_day(on), person__in=chosen).select_related("post__unit").order_by("from_on"):
        work.setdefault(one.person_id, []).append(f"{one.post.title}, {one.post.unit.name}")
    return [Known(one.pk, one.public_id, one.name, "; ".join(work.get(one.pk, ()))) for one in chosen]
