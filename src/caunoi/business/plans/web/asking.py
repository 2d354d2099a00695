"""Small things every view of plans needs: who asks, on which day, how a refusal is said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from caunoi.business.plans.access import Permission, PlansForbidden
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel.actor import Actor


def permitted(request: HttpRequest, permission: Permission = Permission.READ) -> Actor:
    """Return who asks. Raises PlansForbidden without the permission."""
    by = actor_of(request)
    if not by.may(permission):
        raise PlansForbidden("plans.not_permitted")
    return by


def is_uuid(text: str) -> bool:
    """Whether a text of the address or a form is a public id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
