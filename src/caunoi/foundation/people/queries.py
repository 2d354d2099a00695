"""Reads of imports, of rights and of what a branch owns."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from caunoi.foundation.organisations.public import Unit, ids_within
from caunoi.foundation.people.access import PeopleForbidden, PeopleNotFound, Permission
from caunoi.foundation.people.models import ImportRun
from caunoi.kernel.actor import Actor


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
