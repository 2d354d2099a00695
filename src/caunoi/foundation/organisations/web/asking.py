"""Small things every view of units needs: who asks, about which day, how a refusal is said."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest

from caunoi.foundation.organisations.access import NotManaged, Permission
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def permitted(request: HttpRequest, permission: Permission = Permission.READ) -> Actor:
    """Return who asks. Raises NotManaged without the permission."""
    by = actor_of(request)
    if not by.may(permission):
        raise NotManaged("not_permitted_units")
    return by


def day_asked(request: HttpRequest) -> dt.date:
    """Return the day in the address (``on=dd/mm/yyyy`` or ``yyyy-mm-dd``); today when there is none or it is no day."""
    text = request.GET.get("on", "")
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=clock.VIETNAM).date()
        except ValueError:
            continue
    return clock.today()


def is_uuid(text: str) -> bool:
    """Whether a text of the address or a form is a public id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
